//! The waiters of a service in, what its actions do with jobs out: one starts a job, another tells that it is on, then that it is done.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use yunqiao_model::api::{
    Action, ExampleAnswer, Field, HandlePlace, Service, Type, Waiter, WireValue,
};

use super::path;
use crate::script::{Make, Step, Tell};

/// Steps, each with the action that does it.
pub(super) fn steps(service: &Service) -> Vec<(String, Step)> {
    let mut steps = Vec::new();
    for action in service.actions.values() {
        let Some(waiter) = &action.waiter else {
            continue;
        };
        // What the caller names was made before, by somebody else.
        if waiter.handle_in == HandlePlace::Request {
            continue;
        }
        let (Some(poll), Some(done)) = (service.actions.get(&waiter.poll), waiter.success.first())
        else {
            continue;
        };
        let thing = kind(&waiter.poll_input);
        let pending = pending(service, poll, waiter);
        let make = Make {
            thing: thing.clone(),
            id: waiter.handle.clone(),
            state: pending.clone().unwrap_or_else(|| done.clone()),
            each: None,
            digits: None,
            lives: None,
            tries: None,
        };
        steps.push((action.name.clone(), Step::Make(make)));
        let then = pending
            .iter()
            .map(|state| (path::text(state), done.clone()));
        let tell = Tell {
            thing,
            id: waiter.poll_input.clone(),
            state: waiter.state.clone(),
            repeats: repeats(service, poll, waiter),
            shows: BTreeMap::new(),
            then: then.collect(),
            polls: 1,
            pending: pending.into_iter().collect(),
        };
        steps.push((poll.name.clone(), Step::Tell(tell)));
    }
    steps
}

/// `flow` for `FlowIds`.
fn kind(input: &str) -> String {
    let name = input.strip_suffix('s').unwrap_or(input);
    let name = name.strip_suffix("Id").filter(|name| !name.is_empty());
    name.unwrap_or(input).to_ascii_lowercase()
}

/// A state in which the job is still on: of an enum the value nearest before the one that means success, which is documented
/// after those that come before it in time; else one that an example shows.
fn pending(service: &Service, poll: &Action, waiter: &Waiter) -> Option<Json> {
    let ends = |state: &Json| waiter.success.contains(state) || waiter.failure.contains(state);
    let field = field(service, &poll.response, &waiter.state)?;
    if let Some(name) = field.ty.enum_name()
        && let Some(found) = service.enums.get(name)
    {
        let states = found
            .values
            .iter()
            .filter(|value| value.life.removed.is_none());
        let states: Vec<Json> = states.map(|value| on_the_wire(&value.value)).collect();
        let done = states
            .iter()
            .position(|state| waiter.success.contains(state));
        let (before, after) = states.split_at(done.unwrap_or(0));
        let mut near = before.iter().rev().chain(after);
        return near.find(|state| !ends(state)).cloned();
    }
    let answers = poll
        .examples
        .iter()
        .filter_map(|example| match &example.answer {
            ExampleAnswer::Response(answer) => Some(answer),
            ExampleAnswer::Error { .. } => None,
        });
    let mut states = answers.flat_map(|answer| path::ids(answer, &waiter.state));
    let text = states.find(|state| !ends(&Json::from(state.as_str())))?;
    match field.ty.innermost() {
        Type::Int => text
            .parse::<i64>()
            .ok()
            .map(Json::from)
            .filter(|state| !ends(state)),
        _ => Some(text.into()),
    }
}

/// The field beside the state that repeats the handle: it is called like the handle, or like what the poll takes.
fn repeats(service: &Service, poll: &Action, waiter: &Waiter) -> Option<String> {
    let (list, _) = waiter.state.rsplit_once('.')?;
    let beside = &service
        .structs
        .get(field(service, &poll.response, list)?.ty.struct_name()?)?
        .fields;
    let handle = waiter.handle.rsplit('.').next().unwrap_or_default();
    let names = [waiter.poll_input.as_str(), handle];
    let names = names
        .into_iter()
        .flat_map(|name| [name, name.strip_suffix('s').unwrap_or(name)]);
    let single = |field: &&Field| matches!(field.ty, Type::String | Type::Int);
    let found = names.into_iter().find_map(|name| {
        beside
            .iter()
            .filter(single)
            .find(|field| field.name == name)
    })?;
    Some(found.name.clone())
}

fn field<'a>(service: &'a Service, fields: &'a [Field], path: &str) -> Option<&'a Field> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let found = fields.iter().find(|field| field.name == name)?;
    if rest.is_empty() {
        return Some(found);
    }
    let inner = service.structs.get(found.ty.struct_name()?)?;
    field(service, &inner.fields, rest)
}

fn on_the_wire(value: &WireValue) -> Json {
    match value {
        WireValue::Text(text) => text.as_str().into(),
        WireValue::Int(number) => (*number).into(),
    }
}
