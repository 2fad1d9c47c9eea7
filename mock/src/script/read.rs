//! Members of a rule in, typed values out, or what is wrong with them.

use std::time::Duration;

use serde_json::{Map, Value as Json};

use super::ScriptError;

/// Longest time that an answer is put off.
const LONGEST: Duration = Duration::from_secs(600);

/// The candidate nearest to the word, if one is near.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // Longer words are no slips, and comparing them costs their square.
    let lower = word.get(..word.len().min(80))?.to_lowercase();
    candidates
        .into_iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&lower, &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, name)| *distance <= 1 + name.len().min(word.len()) / 3)
        .min()
        .map(|(_, name)| name)
}

/// What was probably meant, or what there is.
pub(super) fn hint(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean {near:?}?"),
        None => format!("it can be one of: {}", known.join(", ")),
    }
}

pub(super) fn known_keys(members: &Map<String, Json>, known: &[&str]) -> Result<(), ScriptError> {
    match members.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(ScriptError::new(
            format!("there is no key {key:?}"),
            hint(key, known),
        )),
    }
}

/// An object with some of these keys and no others.
pub(super) fn object<'a>(
    name: &str,
    json: &'a Json,
    known: &[&str],
) -> Result<&'a Map<String, Json>, ScriptError> {
    let Json::Object(members) = json else {
        let hint = format!("it has the keys {}", known.join(", "));
        return Err(wrong(name, "is no mapping", &hint));
    };
    known_keys(members, known).map_err(|error| error.inside(name))?;
    Ok(members)
}

pub(super) fn text(members: &Map<String, Json>, key: &str) -> Result<String, ScriptError> {
    optional_text(members, key)?.ok_or_else(|| wrong(key, "is missing", "it is a text"))
}

pub(super) fn optional_text(
    members: &Map<String, Json>,
    key: &str,
) -> Result<Option<String>, ScriptError> {
    match members.get(key) {
        None => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.clone())),
        // YAML reads codes of digits as numbers; they are texts all the same.
        Some(Json::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(wrong(key, "is no text", "write one in quotes")),
    }
}

pub(super) fn count(
    members: &Map<String, Json>,
    key: &str,
    from: u64,
    to: u64,
) -> Result<Option<u64>, ScriptError> {
    let Some(json) = members.get(key) else {
        return Ok(None);
    };
    let number = json.as_u64().filter(|number| (from..=to).contains(number));
    let hint = format!("write a whole number from {from} to {to}");
    number
        .map(Some)
        .ok_or_else(|| wrong(key, "is no such number", &hint))
}

/// A text, or a list of texts.
pub(super) fn texts(members: &Map<String, Json>, key: &str) -> Result<Vec<String>, ScriptError> {
    let text = |json: &Json| match json {
        Json::String(text) => Ok(text.clone()),
        _ => Err(wrong(key, "holds something else than texts", "write names")),
    };
    match members.get(key) {
        None => Ok(Vec::new()),
        Some(Json::Array(list)) => list.iter().map(text).collect(),
        Some(one) => Ok(vec![text(one)?]),
    }
}

/// `200ms`, `1.5s` or `2m`.
pub(super) fn duration(members: &Map<String, Json>, key: &str) -> Result<Duration, ScriptError> {
    let Some(json) = members.get(key) else {
        return Ok(Duration::ZERO);
    };
    let units = [("ms", 0.001), ("s", 1.0), ("m", 60.0)];
    let read = |text: &str| {
        let (number, unit) = units
            .iter()
            .find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit)))?;
        let number: f64 = number.trim().parse().ok()?;
        let time = Duration::try_from_secs_f64(number * unit).ok()?;
        (time <= LONGEST).then_some(time)
    };
    json.as_str().and_then(read).ok_or_else(|| {
        wrong(
            key,
            "is no length of time",
            "write it like 200ms or 1.5s; the longest is 10m",
        )
    })
}

pub(super) fn wrong(key: &str, what: &str, hint: &str) -> ScriptError {
    ScriptError::new(format!("{key} {what}"), hint)
}
