//! A path such as `FlowInfo.FlowId` and a JSON value in, what stands there out; lists on the way are walked through.

use serde_json::{Map, Value as Json};

/// Texts of all values at the path.
pub(super) fn ids(value: &Json, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, path, &mut found);
    found
}

fn collect(value: &Json, path: &str, found: &mut Vec<String>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| collect(item, path, found)),
        Json::Null => {}
        _ if path.is_empty() => found.push(text(value)),
        _ => {
            let (name, rest) = path.split_once('.').unwrap_or((path, ""));
            if let Some(inner) = value.get(name) {
                collect(inner, rest, found);
            }
        }
    }
}

/// Changes every single value at the path.
pub(super) fn change(value: &mut Json, path: &str, with: &mut dyn FnMut(&mut Json)) {
    match value {
        Json::Array(items) => items.iter_mut().for_each(|item| change(item, path, with)),
        Json::Null => {}
        _ if path.is_empty() => with(value),
        _ => {
            let (name, rest) = path.split_once('.').unwrap_or((path, ""));
            if let Some(inner) = value.get_mut(name) {
                change(inner, rest, with);
            }
        }
    }
}

/// A single value as a text, without quotes.
pub(super) fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The members that have these names.
pub(super) fn some(value: &Json, names: &[String]) -> Map<String, Json> {
    let member = |name: &String| Some((name.clone(), value.get(name)?.clone()));
    names.iter().filter_map(member).collect()
}
