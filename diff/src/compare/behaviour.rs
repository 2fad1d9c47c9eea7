//! An action on both sides in, what is different about how it is called out: the wire, repeats, limits, paging, waiting.

use yunqiao_model::api::{
    Action, Body, HandlePlace, Method, PageStyle, PageUnit, Pagination, RateLimit, Service, Waiter,
};

use super::place::Place;
use super::types::spell;
use super::{hosts, service};
use crate::change::Change;

const KEEP: &str = "keep the block as it is until the next major release, if the fields that it names are still there";

pub(super) fn compare(
    place: &Place<'_>,
    rest: &str,
    old: &Action,
    new: &Action,
    out: &mut Vec<Change>,
) {
    hosts::production(place, rest, old.host.as_ref(), new.host.as_ref(), out);
    hosts::named(&place.path(rest), &old.hosts, &new.hosts, out);
    let own = [new.name.clone()];
    let mut tell = |id: &str, before: String, after: String| {
        let change = place.change(id, rest).actions(&own);
        let change = change.before(before).after(after);
        // Waiters and paging leave no tombstones: whoever keeps them keeps them as they are.
        let is_kept = change.rule.bare.is_none();
        out.push(change.guarded(is_kept, || KEEP.to_owned()));
    };
    if old.version != new.version {
        let version = |one: &Action| {
            one.version
                .clone()
                .unwrap_or_else(|| place.new.id.version.clone())
        };
        tell("A8", version(old), version(new));
    }
    if old.unsigned != new.unsigned {
        let word = |one: &Action| (if one.unsigned { "unsigned" } else { "signed" }).to_owned();
        tell(if new.unsigned { "B6" } else { "B7" }, word(old), word(new));
    }
    if (old.method, old.body) != (new.method, new.body) {
        tell("B8", encoding(old), encoding(new));
    }
    if old.streaming != new.streaming {
        let word = |one: &Action| {
            (if one.streaming {
                "events"
            } else {
                "one answer"
            })
            .to_owned()
        };
        let id = if new.streaming { "B11" } else { "B14" };
        tell(id, word(old), word(new));
    }
    if old.error_member != new.error_member {
        let word = |one: &Action| {
            (if one.error_member {
                "an error or a member"
            } else {
                "an error"
            })
            .to_owned()
        };
        tell("B10", word(old), word(new));
    }
    // What an action takes from its service is told there, once.
    let inherits_region = old.region == place.old.region && new.region == place.new.region;
    if old.region != new.region && !inherits_region {
        tell(
            "B12",
            service::region(old.region, None),
            service::region(new.region, None),
        );
    }
    let repeats = |one: &Action| {
        let token = one.idempotency_token.as_deref();
        match (one.idempotent, token) {
            (true, None) => "may be repeated".to_owned(),
            (_, Some(token)) => format!("may be repeated with the same {token}"),
            (false, None) => "is sent once".to_owned(),
        }
    };
    if repeats(old) != repeats(new) {
        tell("C12", repeats(old), repeats(new));
    }
    if old.rate_limit != new.rate_limit && !inherits_limit(place, old, new) {
        let id = limit_rule(old.rate_limit, new.rate_limit);
        tell(id, limit(old.rate_limit), limit(new.rate_limit));
    }
    match (&old.waiter, &new.waiter) {
        (None, Some(waiter)) => tell("C17", "none".to_owned(), waiter_word(waiter)),
        (Some(waiter), None) => tell("C18", waiter_word(waiter), "none".to_owned()),
        // Another type is waited for, or waited with.
        (Some(before), Some(after)) if types(before) != types(after) => {
            tell("C18", waiter_word(before), "none".to_owned());
            tell("C17", "none".to_owned(), waiter_word(after));
        }
        (Some(before), Some(after)) if before != after => {
            tell("C19", waiter_word(before), waiter_word(after));
        }
        _ => {}
    }
    paging(place, (old, new), &mut tell);
}

/// What decides which request or answer can be waited with, and what comes in the end.
fn types(waiter: &Waiter) -> (&str, HandlePlace) {
    (&waiter.poll, waiter.handle_in)
}

fn waiter_word(waiter: &Waiter) -> String {
    let place = match waiter.handle_in {
        HandlePlace::Answer => "the answer",
        HandlePlace::Request => "the request",
    };
    format!(
        "{} of {place} to {} in {}, {} until {}; failed at {}",
        waiter.handle,
        waiter.poll,
        waiter.poll_input,
        waiter.state,
        joined(&waiter.success),
        joined(&waiter.failure)
    )
}

fn joined(states: &[impl ToString]) -> String {
    if states.is_empty() {
        return "none".to_owned();
    }
    let states: Vec<String> = states.iter().map(ToString::to_string).collect();
    states.join(", ")
}

fn paging(
    place: &Place<'_>,
    (old, new): (&Action, &Action),
    tell: &mut impl FnMut(&str, String, String),
) {
    match (&old.pagination, &new.pagination) {
        (None, Some(paging)) => tell("C21", "none".to_owned(), paging_word(paging)),
        (Some(paging), None) => tell("C22", paging_word(paging), "none".to_owned()),
        (Some(before), Some(after)) if before != after => {
            let lists = (items(place.old, old, before), items(place.new, new, after));
            let id = match lists {
                (before, after) if before != after => "C24",
                _ if before.items == after.items => "C23",
                (None, _) => "C24",
                (Some(_), _) => "C26",
            };
            tell(id, paging_word(before), paging_word(after));
        }
        _ => {}
    }
}

/// The type of the list that a page holds.
fn items(service: &Service, action: &Action, paging: &Pagination) -> Option<String> {
    let mut fields = action.response.as_slice();
    let mut found = None;
    for name in paging.items.split('.') {
        let field = fields.iter().find(|field| field.name == name)?;
        let inner = field.ty.struct_name();
        let inner = inner.and_then(|name| service.structs.get(name));
        fields = inner.map_or(&[], |inner| &inner.fields);
        found = Some(spell(&field.ty));
    }
    found
}

fn paging_word(paging: &Pagination) -> String {
    let style = match (paging.style, paging.unit) {
        (PageStyle::Offset, PageUnit::Row) => "rows skipped",
        (PageStyle::Offset, PageUnit::Page) => "pages skipped",
        (PageStyle::Page, _) => "number of the page",
        (PageStyle::Cursor, _) => "cursor",
    };
    let mut word = format!("{style} in {}, items in {}", paging.input, paging.items);
    for (what, path) in [
        ("size", &paging.size),
        ("total", &paging.total),
        ("next", &paging.next),
    ] {
        if let Some(path) = path {
            word.push_str(&format!(", {what} in {path}"));
        }
    }
    word
}

fn encoding(action: &Action) -> String {
    let method = match action.method {
        Method::Post => "POST",
        Method::Get => "GET",
    };
    let body = match action.body {
        Body::Json => "JSON",
        Body::Form => "form",
        Body::Query => "query",
        Body::Multipart => "multipart",
        Body::OctetStream => "octet stream",
    };
    format!("{method} {body}")
}

/// Whether the limits of both sides are those of the service.
pub(super) fn inherits_limit(place: &Place<'_>, old: &Action, new: &Action) -> bool {
    let (of_old, of_new) = (place.old.rate_limit, place.new.rate_limit);
    of_old != of_new && old.rate_limit == of_old && new.rate_limit == of_new
}

/// The rule for another limit.
pub(super) fn limit_rule(old: Option<RateLimit>, new: Option<RateLimit>) -> &'static str {
    let rate = |limit: RateLimit| f64::from(limit.calls) / f64::from(limit.seconds.max(1));
    let is_lower = match (old, new) {
        (Some(old), Some(new)) => rate(new) < rate(old),
        (None, Some(_)) => true,
        _ => false,
    };
    if is_lower { "C14" } else { "C13" }
}

pub(super) fn limit(limit: Option<RateLimit>) -> String {
    match limit {
        Some(RateLimit { calls, seconds: 1 }) => format!("{calls}/s"),
        Some(RateLimit { calls, seconds }) => format!("{calls} in {seconds} s"),
        None => "none".to_owned(),
    }
}
