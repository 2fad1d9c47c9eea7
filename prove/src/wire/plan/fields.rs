//! A field on both sides in, the calls out that send and answer each value that it may have.

use serde_json::{Value as Json, json};
use yunqiao_model::api::Field;

use crate::subject::{Item, Owner};
use crate::wire::plan::{Call, Pair, Plan, Purpose};
use crate::wire::values::{Special, edges, full, only};
use crate::wire::ways::ways;

/// Values of a field that are tried.
const VALUES: usize = 12;

impl<'a> Plan<'a, '_> {
    pub(super) fn field(&mut self) -> Vec<Call<'a>> {
        let field = |item: Option<Item<'a>>| match item {
            Some(Item::Field(_, owner, field)) => Some((owner, field)),
            _ => None,
        };
        let (old, new) = (field(self.subject.old), field(self.subject.new));
        let Some((owner, _)) = old.or(new) else {
            return Vec::new();
        };
        let alive = |side: Option<(Owner<'a>, &'a Field)>| {
            side.map(|(_, field)| field)
                .filter(|field| field.life.removed.is_none())
        };
        let (before, after) = (alive(old), alive(new));
        let mut calls = Vec::new();
        if !matches!(owner, Owner::Response(_)) {
            calls.extend(self.requests(before, after));
        }
        if !matches!(owner, Owner::Request(_)) {
            calls.extend(self.answers(before, after));
        }
        calls
    }

    fn requests(&mut self, before: Option<&'a Field>, after: Option<&'a Field>) -> Vec<Call<'a>> {
        let ways_of = |pair: &Pair<'a>| {
            let is = |field: Option<&'a Field>, one: &Field| {
                field.is_some_and(|field| std::ptr::eq(field, one))
            };
            let mut found = ways(pair.service, &pair.action.request, &|one| is(before, one));
            found.extend(ways(pair.server, &pair.served.request, &|one| {
                is(after, one)
            }));
            found
        };
        let actions = self.reaching(|pair| !ways_of(pair).is_empty());
        let Some(on) = actions.into_iter().next() else {
            return Vec::new();
        };
        let purpose = Purpose::Request {
            ways: ways_of(&on),
            is_deep: self.is_deep(),
            fields: [before, after],
            value: None,
            is_typed: false,
        };
        let make = |special: Special<'_>| full(on.service, &on.action.request, special);
        let Some(field) = before else {
            return vec![self.call(on, make(Special::Nothing), &json!({}), purpose)];
        };
        let values = edges(on.service, field);
        let values = values.into_iter().filter(is_sendable).take(VALUES);
        let mut calls: Vec<Call<'a>> = values
            .map(|value| {
                let request = make(Special::Value(field, &value));
                self.call(on, request, &json!({}), purpose.clone())
            })
            .collect();
        if !field.required {
            let request = make(Special::Absent(field));
            let call = self.call(on, request, &json!({}), purpose);
            calls.push(Call {
                is_value: false,
                ..call
            });
        }
        calls
    }

    fn answers(&mut self, before: Option<&'a Field>, after: Option<&'a Field>) -> Vec<Call<'a>> {
        let is = |field: Option<&'a Field>, one: &Field| {
            field.is_some_and(|field| std::ptr::eq(field, one))
        };
        let old_way = |pair: &Pair<'a>| {
            ways(pair.service, &pair.action.response, &|one| is(before, one))
                .into_iter()
                .next()
        };
        let new_way = |pair: &Pair<'a>| {
            ways(pair.server, &pair.served.response, &|one| is(after, one))
                .into_iter()
                .next()
        };
        let has = |pair: &Pair<'a>| old_way(pair).is_some() || new_way(pair).is_some();
        let Some(on) = self.reaching(has).into_iter().next() else {
            return Vec::new();
        };
        let (old, new) = (old_way(&on), new_way(&on));
        let request = full(on.service, &on.action.request, Special::Nothing);
        let is_deep = self.is_deep();
        let purpose = |sent: Option<Json>| Purpose::Answer {
            old: old.clone(),
            sent,
            is_deep,
        };
        let (Some(field), Some(way)) = (after, new) else {
            // Nothing is left to answer.
            return vec![self.call(on, request, &json!({}), purpose(None))];
        };
        // What was beyond Rust's types before is no news.
        let is_wider = before.is_some_and(|before| before.width != field.width);
        let values = edges(on.server, field).into_iter();
        let values = values
            .filter(|value| is_wider || is_sendable(value))
            .take(VALUES);
        let mut calls: Vec<Call<'a>> = Vec::new();
        for value in values.chain([Json::Null]) {
            let special = Special::Value(field, &value);
            let answer = only(on.server, &on.served.response, &way, special);
            let is_value = !value.is_null();
            let purpose = purpose(is_value.then_some(value));
            let call = self.call(on, request.clone(), &answer, purpose);
            calls.push(Call { is_value, ..call });
        }
        calls
    }

    /// Whether what is below a field belongs to the change: where its type is another one, the types around it are not at fault.
    fn is_deep(&self) -> bool {
        let of_types = [
            "D14", "D21", "D22", "D24", "D43", "E16", "E17", "E18", "E34", "E35",
        ];
        of_types.contains(&self.change.rule.id)
    }
}

/// Whether Rust's types can hold it: an integer beyond 64 bits with a sign cannot be built.
fn is_sendable(value: &Json) -> bool {
    match value {
        Json::Number(number) => !number.is_u64() || number.is_i64(),
        Json::Array(items) => items.iter().all(is_sendable),
        _ => true,
    }
}
