//! An answer and the things that its request names in, the same answer about these things out.

use std::borrow::Cow;

use serde_json::Value as Json;
use yunqiao_model::api::{Field, Format, Service, Type};

use super::path;
use super::things::{Held, Thing};
use crate::lookup::Found;
use crate::script::Tell;

pub(super) fn tell(
    things: &mut Held,
    found: Found<'_>,
    tell: &Tell,
    request: &Json,
    answer: &mut Cow<'_, Json>,
) {
    let ids = path::ids(request, &tell.id);
    let told: Vec<Thing> = ids
        .iter()
        .filter_map(|id| {
            let thing = things.find_mut(found, &tell.thing, id)?;
            thing.asked += 1;
            thing.told += 1;
            let now = thing.clone();
            if thing.told >= tell.polls
                && let Some(next) = tell.then.get(&path::text(&thing.state))
            {
                thing.state = next.clone();
                thing.told = 0;
            }
            Some(now)
        })
        .collect();
    // Of what the cloud has not made, the examples tell.
    let Some(first) = told.first() else {
        return;
    };
    let answer = answer.to_mut();
    let (service, fields) = (&**found.service, &found.action.response[..]);
    match entries(service, fields, &tell.state) {
        Some((list, item, state)) => {
            let Some(place) = at(answer, &list) else {
                return;
            };
            let template = place
                .get(0)
                .cloned()
                .unwrap_or_else(|| Json::Object(Default::default()));
            let entry = |thing: &Thing| {
                let mut entry = template.clone();
                describe(service, item, tell, thing, &state, &mut entry);
                entry
            };
            *place = Json::Array(told.iter().map(entry).collect());
        }
        None => describe(service, fields, tell, first, &tell.state, answer),
    }
}

/// The list that the path goes through, the fields of its entries, and the rest of the path.
fn entries<'a>(
    service: &'a Service,
    fields: &'a [Field],
    path: &str,
) -> Option<(String, &'a [Field], String)> {
    let (name, rest) = path.split_once('.')?;
    let field = fields.iter().find(|field| field.name == name)?;
    let inner = &service.structs.get(field.ty.struct_name()?)?.fields;
    match &field.ty {
        Type::List(_) => Some((name.to_owned(), inner, rest.to_owned())),
        _ => {
            let (list, item, state) = entries(service, inner, rest)?;
            Some((format!("{name}.{list}"), item, state))
        }
    }
}

/// The value at a path, made if it is not there.
fn at<'a>(value: &'a mut Json, path: &str) -> Option<&'a mut Json> {
    path.split('.').try_fold(value, |value, name| {
        if value.is_null() {
            *value = Json::Object(Default::default());
        }
        let members = value.as_object_mut()?;
        Some(members.entry(name).or_insert(Json::Null))
    })
}

fn describe(
    service: &Service,
    fields: &[Field],
    tell: &Tell,
    thing: &Thing,
    state: &str,
    entry: &mut Json,
) {
    let maker = thing.maker.actions.get(&thing.made_by);
    let asked = maker.map_or(&[][..], |action| &action.request);
    let pending = tell.pending.contains(&thing.state);
    for field in fields {
        // What was said about it when it was made, it still is, where both mean the same.
        let said = asked.iter().find(|said| said.name == field.name);
        let same =
            said.is_some_and(|said| said.ty == field.ty && !matches!(said.ty, Type::Enum(_)));
        if same && let Some(value) = thing.fields.get(&field.name) {
            entry[&field.name] = value.clone();
        }
        let is_link = field.format == Some(Format::Url) && field.ty == Type::String;
        if pending && is_link && entry.get(&field.name).is_some() {
            entry[&field.name] = "".into();
        }
    }
    if let Some(name) = &tell.repeats {
        // An id that is a number on the wire is told as one.
        let number = fields
            .iter()
            .any(|field| field.name == *name && field.ty == Type::Int);
        let id = thing.id.as_str();
        entry[name] = match id.parse::<i64>() {
            Ok(id) if number => id.into(),
            _ => id.into(),
        };
    }
    let shown = tell
        .shows
        .get(&path::text(&thing.state))
        .unwrap_or(&thing.state);
    // A state that the answer cannot hold is left as the example has it.
    if !shown.is_null()
        && entries(service, fields, state).is_none()
        && let Some(place) = at(entry, state)
    {
        *place = shown.clone();
    }
}
