//! In: an object. Out: the flat name-value pairs of a query or a form: `Filters.0.Values.1=zone`.
//!
//! Tencent counts list items from 0, Volcengine from 1 (both vendors' SDKs).

use super::binary;
use super::encode::present;
use super::member::{Object, Value};
use super::scalar::Scalar;
use super::shape::Location;

/// The pairs of the fields that travel at `location`, in the order of the struct.
pub(crate) fn flatten(
    object: &dyn Object,
    location: Location,
    first_index: usize,
) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (field, value) in present(object).filter(|(field, _)| field.location == location) {
        push(&mut pairs, field.name, value, first_index);
    }
    pairs
}

/// The JSON that is the whole of a request that nobody describes.
pub(crate) fn whole(object: &dyn Object) -> Option<&serde_json::Value> {
    present(object).find_map(|(field, value)| match value {
        Value::Json(json) if field.location == Location::Result => Some(json),
        _ => None,
    })
}

/// The fields of bytes that travel beside a [`whole`] request, by name.
pub(crate) fn whole_bytes(object: &dyn Object) -> Vec<(&str, &[u8])> {
    let mut found = Vec::new();
    for (_, value) in present(object) {
        let Value::List(list) = value else { continue };
        for item in (0..list.count()).filter_map(|index| list.item(index)) {
            let Value::Object(part) = item.value() else {
                continue;
            };
            let value = |index: usize| part.member(index).map(|member| member.value());
            if let (Some(Value::Text(name)), Some(Value::Binary(bytes))) = (value(0), value(1)) {
                found.push((name, bytes));
            }
        }
    }
    found
}

/// The pairs of the members of a JSON object.
pub(crate) fn flatten_json(json: &serde_json::Value, first_index: usize) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (key, value) in json.as_object().into_iter().flatten() {
        push_json(&mut pairs, key, value, first_index);
    }
    pairs
}

/// The fields that travel as headers, by the names of the headers. What is no scalar comes out as if in a query.
pub(crate) fn header(object: &dyn Object, first_index: usize) -> Vec<(&'static str, Pair)> {
    let mut headers = Vec::new();
    for (field, value) in present(object) {
        if let Location::Header(name) = field.location {
            let mut pairs = Vec::new();
            push(&mut pairs, name, value, first_index);
            headers.extend(pairs.into_iter().map(|pair| (field.name, pair)));
        }
    }
    headers
}

/// A name with its value.
pub(crate) type Pair = (String, String);

fn push(pairs: &mut Vec<(String, String)>, name: &str, value: Value<'_>, first_index: usize) {
    let scalar = match value {
        Value::Absent => return,
        Value::Bool(value) => Scalar::Bool(value),
        Value::Int(value) => Scalar::Int(value),
        Value::Float(value) => Scalar::Float(value),
        Value::Text(value) => Scalar::Text(value),
        Value::List(list) => {
            for index in 0..list.count() {
                let item = list.item(index).map_or(Value::Absent, |item| item.value());
                push(
                    pairs,
                    &format!("{name}.{}", index + first_index),
                    item,
                    first_index,
                );
            }
            return;
        }
        Value::Object(object) => {
            for (field, value) in present(object) {
                push(pairs, &format!("{name}.{}", field.name), value, first_index);
            }
            return;
        }
        Value::Json(json) => return push_json(pairs, name, json, first_index),
        Value::Binary(bytes) => return pairs.push((name.to_owned(), binary::text(bytes))),
    };
    pairs.push((name.to_owned(), scalar.spelling()));
}

fn push_json(
    pairs: &mut Vec<(String, String)>,
    name: &str,
    json: &serde_json::Value,
    first_index: usize,
) {
    use serde_json::Value as Json;
    match json {
        Json::Null => {}
        Json::String(text) => pairs.push((name.to_owned(), text.clone())),
        Json::Bool(_) | Json::Number(_) => pairs.push((name.to_owned(), json.to_string())),
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                push_json(
                    pairs,
                    &format!("{name}.{}", index + first_index),
                    item,
                    first_index,
                );
            }
        }
        Json::Object(entries) => {
            for (key, value) in entries {
                push_json(pairs, &format!("{name}.{key}"), value, first_index);
            }
        }
    }
}
