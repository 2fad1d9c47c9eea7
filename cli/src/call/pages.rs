//! A list that comes in pages in, all of its items out.

use serde_json::{Map, Value as Json};
use yunqiao_model::api::{Field, PageStyle, PageUnit, Pagination, Type};
use yunqiao_runtime::{self as runtime, AnyPaging, Config};

use super::query::Query;
use super::{connect, refusal};
use crate::Outcome;
use crate::catalog::Found;
use crate::failure::{Failure, Result};
use crate::output::{self, Format};
use crate::progress::{self, Progress};

/// How an action is paged, or that it is not.
pub(super) fn of(found: Found<'_>) -> Result<&Pagination> {
    found.action.pagination.as_ref().ok_or_else(|| {
        Failure::new(format!(
            "--all: the answer of {} does not come in pages; call it without --all",
            found.action.name
        ))
    })
}

/// The first page, told to a server that may require it, unless the request says where to begin.
pub(super) fn begin(found: Found<'_>, paging: &Pagination, request: &mut Map<String, Json>) {
    let first = match paging.style {
        PageStyle::Offset => 0,
        PageStyle::Page => 1,
        PageStyle::Cursor => return,
    };
    if request.get(&paging.input).is_none_or(Json::is_null) {
        let first = if counts_in_text(found, paging) {
            Json::String(first.to_string())
        } else {
            Json::from(first)
        };
        request.insert(paging.input.clone(), first);
    }
}

fn counts_in_text(found: Found<'_>, paging: &Pagination) -> bool {
    let is_input = |field: &&Field| field.name == paging.input;
    let input = found.action.request.iter().find(is_input);
    input.is_some_and(|field| field.ty == Type::String)
}

fn paging(found: Found<'_>, of: &Pagination) -> AnyPaging {
    let style = match (of.style, of.unit) {
        (PageStyle::Offset, PageUnit::Row) => runtime::PageStyle::Rows,
        (PageStyle::Offset, PageUnit::Page) => runtime::PageStyle::SkippedPages,
        (PageStyle::Page, _) => runtime::PageStyle::PageNumber,
        (PageStyle::Cursor, _) => runtime::PageStyle::Cursor,
    };
    let mut paging = AnyPaging::new(style, &of.input, &of.items);
    if let Some(size) = &of.size {
        paging = paging.size(size);
    }
    if let Some(total) = &of.total {
        paging = paging.total(total);
    }
    if let Some(next) = &of.next {
        paging = paging.next(next);
    }
    if counts_in_text(found, of) {
        paging = paging.counts_in_text();
    }
    paging
}

/// What is printed of a list.
pub(super) struct Choice<'a> {
    /// At most so many items.
    pub(super) most: Option<usize>,
    pub(super) query: Option<&'a Query>,
    pub(super) format: Format,
}

/// Prints all items: those of lines as they come, others when all are there, so that what is printed is never a part of a list
/// that looks like the whole.
pub(super) fn print(
    config: &Config,
    found: Found<'_>,
    of: &Pagination,
    request: Json,
    choice: &Choice<'_>,
) -> Result<Outcome> {
    let call = connect::any_call(config, found, request)?;
    let mut items = call.items(paging(found, of));
    let progress = Progress::new();
    let mut kept = Vec::new();
    let mut count = 0;
    let walk = async {
        while choice.most.is_none_or(|most| count < most) {
            let Some(item) = items.next().await.transpose() else {
                break;
            };
            match item {
                Ok(item) => {
                    count += 1;
                    if choice.format == Format::Lines {
                        progress.clear();
                        output::print(&shown(item, choice.query)?, Format::Lines, &[])?;
                    } else {
                        kept.push(item);
                    }
                    progress.show(|| format!("{}: {count} items", found.action.name));
                }
                Err(error) => return Ok(Some(error)),
            }
        }
        Ok(None)
    };
    let ended = connect::block_on(walk)?;
    progress.clear();
    let Some(ended) = ended else {
        return interrupted(count, choice.format);
    };
    if let Some(error) = ended? {
        let outcome = refusal::tell(found, &error)?;
        progress::tell(&stopped(of, items.position(), count, choice.format));
        return Ok(outcome);
    }
    if choice.format != Format::Lines {
        let all = shown(Json::Array(kept), choice.query)?;
        output::print(&all, choice.format, &[])?;
    }
    Ok(Outcome::Fine)
}

fn shown(value: Json, query: Option<&Query>) -> Result<Json> {
    match query {
        Some(query) => query.find(&value),
        None => Ok(value),
    }
}

fn interrupted(count: usize, format: Format) -> Result<Outcome> {
    progress::tell(&format!(
        "interrupted: {count} items had come{}\n",
        printed(format)
    ));
    Ok(Outcome::Interrupted)
}

/// What has come before an error, and how to go on.
fn stopped(of: &Pagination, position: Option<i64>, count: usize, format: Format) -> String {
    let go_on = match position {
        Some(position) => format!("; --{} {position} goes on from there", of.input),
        None => String::new(),
    };
    format!(
        "  the list: {count} items had come{}{go_on}\n",
        printed(format)
    )
}

fn printed(format: Format) -> &'static str {
    if format == Format::Lines {
        ", and were printed"
    } else {
        ", and were not printed: --output lines prints them as they come"
    }
}
