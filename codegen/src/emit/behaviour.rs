//! An action in, the sentences out that say how it behaves: host, region, limit, repeats, pages, jobs.

use yunqiao_model::api::{
    Action, HandlePlace, PageStyle, PageUnit, Pagination, RegionRule, Waiter,
};

use crate::emit::operation::idempotency_token;
use crate::emit::{docs, hosts};
use crate::names::NamedService;

pub(super) fn behaviour(service: &NamedService<'_>, action: &Action) -> String {
    let mut facts = vec![hosts::of_action(service, action)];
    facts.push(match action.region {
        RegionRule::Required => "A region is required.".to_owned(),
        RegionRule::Optional => "A region is optional.".to_owned(),
        RegionRule::Unused => "No region is sent.".to_owned(),
    });
    if let Some(limit) = action.rate_limit {
        let period = match limit.seconds {
            1 => "second".to_owned(),
            60 => "minute".to_owned(),
            3_600 => "hour".to_owned(),
            86_400 => "day".to_owned(),
            other => format!("{other} seconds"),
        };
        facts.push(format!(
            "Documented limit: {} calls a {period}.",
            limit.calls
        ));
    }
    facts.push(if action.idempotent {
        "Repeating the call is harmless.".to_owned()
    } else if let Some(token) = idempotency_token(action) {
        format!("Repeating the call is harmless with the same `{token}`; each call that sets none gets one of its own.")
    } else {
        "Repeating the call may do its work twice.".to_owned()
    });
    facts.extend(action.pagination.as_ref().map(paging));
    if action.pagination.is_some() && !action.streaming {
        facts.push("`pages()` or `items()` of the call go through all of them.".to_owned());
    }
    facts.extend(action.waiter.as_ref().map(waiting));
    if action.streaming {
        facts.push("The answer may come in pieces, each an event.".to_owned());
    }
    if action.unsigned {
        facts.push("The call is not signed.".to_owned());
    }
    facts.join(" ")
}

/// How to page, in a sentence or two.
fn paging(pagination: &Pagination) -> String {
    let Pagination { input, items, .. } = pagination;
    let moves = match (pagination.style, pagination.unit) {
        (PageStyle::Offset, PageUnit::Row) => format!("`{input}` counts rows to skip"),
        (PageStyle::Offset, PageUnit::Page) => format!("`{input}` counts pages to skip, not rows"),
        (PageStyle::Page, _) => format!("`{input}` is the number of the page"),
        (PageStyle::Cursor, _) => match &pagination.next {
            Some(next) => format!("`{input}` takes `{next}` of the answer before"),
            None => format!("`{input}` takes the cursor of the answer before"),
        },
    };
    let size = pagination.size.as_ref();
    let size = size.map(|size| format!(", `{size}` is the size of a page"));
    let total = pagination.total.as_ref();
    let total = total.map(|total| format!(", `{total}` the number of all"));
    format!(
        "The answer is paged: {moves}{}; `{items}` holds one page{}.",
        size.unwrap_or_default(),
        total.unwrap_or_default()
    )
}

/// How to wait for the job that the action starts, in a sentence or two.
fn waiting(waiter: &Waiter) -> String {
    let states = |states: &[serde_json::Value]| {
        let states: Vec<String> = states
            .iter()
            .map(|state| match state.as_str() {
                Some(text) => docs::code(text),
                None => docs::code(&state.to_string()),
            })
            .collect();
        states.join(", ")
    };
    let Waiter {
        handle,
        poll,
        poll_input,
        state,
        ..
    } = waiter;
    let of = match waiter.handle_in {
        HandlePlace::Answer => "the answer's",
        HandlePlace::Request => "the request's",
    };
    let failure = if waiter.failure.is_empty() {
        String::new()
    } else {
        format!(", in failure with {}", states(&waiter.failure))
    };
    format!(
        "It starts a job: call {poll} with {of} `{handle}` as `{poll_input}` until `{state}` says that it has ended, in success \
         with {}{failure}; the client's `wait_for` does it.",
        states(&waiter.success)
    )
}
