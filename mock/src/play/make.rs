//! An answer in, the same with new ids out, each of which stands for a thing from now on.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::things::{Held, Thing};
use super::{fresh, path};
use crate::lookup::Found;
use crate::script::Make;

pub(super) fn make(
    things: &mut Held,
    found: Found<'_>,
    make: &Make,
    request: &Json,
    answer: &mut Json,
    now: i64,
) {
    if let Some(each) = &make.each
        && let Some(wanted) = request.get(each).and_then(Json::as_array)
    {
        resize(answer, &make.id, wanted.len());
    }
    let seconds = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    path::change(answer, &make.id, &mut |place| {
        let number = things.next();
        *place = fresh::like(place, number);
        things.add(Thing {
            kind: make.thing.clone(),
            id: path::text(place),
            state: make.state.clone(),
            asked: 0,
            at: now,
            until: make
                .lives
                .as_ref()
                .map(|lives| now.saturating_add(seconds(lives.of(request)))),
            tries: make.tries.as_ref().map(|tries| tries.of(request)),
            code: make
                .digits
                .as_ref()
                .map(|digits| fresh::digits(digits.of(request), number)),
            fields: singles(request),
            made_by: found.action.name.clone(),
            told: 0,
            number,
            maker: Arc::clone(found.service),
        });
    });
}

/// As many entries in the list at the path as are wanted, each like the first.
fn resize(answer: &mut Json, path: &str, wanted: usize) {
    let list = path
        .split('.')
        .try_fold(answer, |value, name| value.get_mut(name));
    if let Some(Json::Array(items)) = list
        && let Some(first) = items.first().cloned()
    {
        // Nobody asks for more; and what is asked for must not fill the memory.
        items.resize(wanted.min(1_000), first);
    }
}

/// The parameters that are single values: what later answers repeat. Files are none of them.
fn singles(request: &Json) -> Map<String, Json> {
    let single = |value: &Json| match value {
        Json::String(text) => text.len() <= 4096,
        Json::Bool(_) | Json::Number(_) => true,
        _ => false,
    };
    let members = request.as_object().into_iter().flatten();
    members
        .filter(|(_, value)| single(value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
