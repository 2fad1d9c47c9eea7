//! In: a call and how its answer is paged. Out: page after page, to the true end of the list and never in a circle.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::{PageStyle, Paging};
use crate::call::{Outline, Pending, run};
use crate::codec::{Object, Value, digest, each, put_int, put_text, spelling};
use crate::error::Error;
use crate::operation::Shared;

/// So many empty pages in a row, each with a cursor to another one, are no list any more.
const EMPTY_PAGES: u32 = 100;

/// Where the way through a list has come to.
pub(super) struct Walk {
    pending: Pending,
    paging: Shared<Paging>,
    /// Offset or page number of the page that is asked for next.
    position: i64,
    /// The size that the request asks for.
    size: Option<u64>,
    /// Items of the whole list up to here, those before the first page included; `None` if that cannot be known.
    reached: Option<u64>,
    /// The most items that a page has had: what the server takes for a full page.
    largest: u64,
    /// No total has proved wrong yet.
    believes_total: bool,
    pages: u64,
    empty_pages: u32,
    /// Digests of the pages, and of the cursors, that have come.
    seen: HashSet<u64>,
    is_over: bool,
}

impl Walk {
    pub(super) fn new(mut pending: Pending, paging: Shared<Paging>) -> Self {
        let first = match paging.style {
            PageStyle::PageNumber => 1,
            _ => 0,
        };
        let request = &mut *pending.request;
        let start = integer(request, Some(&*paging.input));
        let position = start.unwrap_or(first);
        if start.is_none() && paging.style != PageStyle::Cursor {
            // Told, so that the server and this side mean the same page; some actions require it.
            put_position(request, &paging, position);
        }
        let size = integer(request, paging.size.as_deref());
        let before = position.saturating_sub(first).max(0).unsigned_abs();
        let reached = match paging.style {
            PageStyle::Rows => Some(before),
            // Whether the pages before were of the size asked for, the first one shows.
            _ => (before == 0).then_some(0),
        };
        Self {
            pending,
            paging,
            position,
            size: size
                .and_then(|size| u64::try_from(size).ok())
                .filter(|size| *size > 0),
            reached,
            largest: 0,
            believes_total: true,
            pages: 0,
            empty_pages: 0,
            seen: HashSet::new(),
            is_over: false,
        }
    }

    pub(super) fn position(&self) -> Option<i64> {
        (self.paging.style != PageStyle::Cursor).then_some(self.position)
    }

    /// Asks for the next page with something in it. `None` if there is none; a first page is handed out as it is.
    pub(super) async fn advance(
        &mut self,
        answer: &mut dyn Object,
    ) -> Result<Option<Outline>, Error> {
        while !self.is_over {
            let outline = run(&mut self.pending, answer).await?;
            let is_first = self.pages == 0;
            let is_empty = self.note(answer)?;
            if !is_empty || is_first {
                return Ok(Some(outline));
            }
            // What an empty page left behind must not look like a part of the next one.
            for index in 0..answer.shape().len() {
                if let Some(member) = answer.member_mut(index) {
                    member.clear();
                }
            }
        }
        Ok(None)
    }

    /// Takes a page into account and prepares the request for the next one. Whether the page is empty.
    fn note(&mut self, answer: &dyn Object) -> Result<bool, Error> {
        let mut count = 0;
        let mut print: Option<u64> = None;
        let mut is_list = true;
        each(answer, &self.paging.items, &mut |value| match value {
            Value::List(list) => {
                count += list.count() as u64;
                print = Some(print.unwrap_or_default().rotate_left(1) ^ digest(value));
            }
            Value::Absent => {}
            _ => is_list = false,
        });
        self.pages += 1;
        let outcome = if !is_list {
            Err(format!("{} is no list", self.paging.items))
        } else if self.paging.style == PageStyle::Cursor {
            self.follow(answer, count)
        } else if count == 0 {
            self.is_over = true;
            Ok(())
        } else if print.is_some_and(|print| !self.seen.insert(print)) {
            Err(format!(
                "the page at {} {} has the same items as one before: the server does not move on",
                self.paging.input, self.position
            ))
        } else {
            self.count(answer, count)
        };
        outcome.map_err(|message| {
            self.is_over = true;
            let action = &self.pending.action;
            Error::answer(message).of(&action.service.name, &action.name)
        })?;
        Ok(count == 0)
    }

    /// Offset and page number: decides whether a page with items was the last one.
    fn count(&mut self, answer: &dyn Object, count: u64) -> Result<(), String> {
        let is_first = self.pages == 1;
        if is_first && self.reached.is_none() {
            // Started in the middle: pages are as long as asked for only if this one is.
            let first = i64::from(self.paging.style == PageStyle::PageNumber);
            let before = self.position.saturating_sub(first).max(0).unsigned_abs();
            let full = self.size.filter(|size| *size == count);
            self.reached = full.and_then(|size| size.checked_mul(before));
        }
        self.reached = self.reached.and_then(|reached| reached.checked_add(count));
        let total = integer(answer, self.paging.total.as_deref())
            .and_then(|total| u64::try_from(total).ok());
        let left = match (total, self.reached) {
            (Some(total), Some(reached)) => {
                self.believes_total &= reached <= total;
                total.checked_sub(reached).filter(|_| self.believes_total)
            }
            _ => None,
        };
        let is_over = match left {
            // A total that is no more than what a full first page holds may be the number of that page's items.
            Some(0) => {
                !(is_first && total == Some(count) && self.size.is_some_and(|size| count >= size))
            }
            Some(_) => false,
            None => count < self.largest,
        };
        self.largest = self.largest.max(count);
        if is_over {
            self.is_over = true;
            return Ok(());
        }
        let step = match self.paging.style {
            PageStyle::Rows => i64::try_from(count).ok(),
            _ => Some(1),
        };
        let next = step.and_then(|step| self.position.checked_add(step));
        let Some(next) =
            next.filter(|next| put_position(&mut *self.pending.request, &self.paging, *next))
        else {
            return Err(format!(
                "{} cannot go on after {}",
                self.paging.input, self.position
            ));
        };
        self.position = next;
        Ok(())
    }

    /// Cursor: the answer says where to go on, if anywhere.
    fn follow(&mut self, answer: &dyn Object, count: u64) -> Result<(), String> {
        self.empty_pages = if count == 0 { self.empty_pages + 1 } else { 0 };
        let cursor = text(answer, self.paging.next.as_deref()).filter(|cursor| !cursor.is_empty());
        let Some(cursor) = cursor else {
            self.is_over = true;
            return Ok(());
        };
        let input = &*self.paging.input;
        if self.pages == 1 {
            let start = text(&*self.pending.request, Some(input));
            self.seen
                .extend(start.map(|start| digest(Value::Text(&start))));
        }
        if !self.seen.insert(digest(Value::Text(&cursor))) {
            return Err(format!(
                "the next {input} is one that came before: the server does not move on"
            ));
        }
        if self.empty_pages >= EMPTY_PAGES {
            return Err(format!(
                "{EMPTY_PAGES} empty pages in a row, each with a next {input}"
            ));
        }
        let request = &mut *self.pending.request;
        // What came as a number goes back as one.
        let number = cursor.parse().ok().filter(|_| {
            let mut is_number = false;
            each(
                answer,
                self.paging.next.as_deref().unwrap_or_default(),
                &mut |value| {
                    is_number = matches!(value, Value::Int(_) | Value::Json(Json::Number(_)));
                },
            );
            is_number
        });
        let is_put = match number {
            Some(number) => put_int(request, input, number),
            None => put_text(request, input, &cursor),
        };
        if !is_put {
            return Err(format!("{input} cannot take the next cursor"));
        }
        Ok(())
    }
}

/// Sets the offset or page number of a request. Whether it could take it.
fn put_position(request: &mut dyn Object, paging: &Paging, position: i64) -> bool {
    if paging.counts_in_text {
        put_text(request, &paging.input, &position.to_string())
    } else {
        put_int(request, &paging.input, position)
    }
}

fn text(object: &dyn Object, path: Option<&str>) -> Option<String> {
    let mut found = None;
    each(object, path?, &mut |value| found = spelling(value));
    found
}

fn integer(object: &dyn Object, path: Option<&str>) -> Option<i64> {
    text(object, path)?.parse().ok()
}
