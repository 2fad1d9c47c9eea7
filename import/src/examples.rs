//! The text of an `examples.json` in, example calls out: the request as JSON whatever form it is written in, and the answer.

use std::collections::BTreeMap;

use serde_json::Value as Json;

mod flat;

use crate::Problem;
use crate::problem::shown;
use crate::upstream::{syntax, text};

/// An example call as upstream documents it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The action that it is an example of.
    pub action: String,
    /// Its place among the examples of the action, from 0.
    pub index: usize,
    /// The request, or why it cannot be read.
    pub request: Result<Request, String>,
    /// What the answer's envelope holds, or why it cannot be read. Only an answer that streams has another number of documents
    /// than one: the data of each event.
    pub answer: Result<Vec<Json>, String>,
}

/// An example's request.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A JSON body.
    Json(Json),
    /// The parameters of a query, put together again. Every value is text.
    Query(Json),
}

/// Reads a file of examples.
///
/// # Errors
/// What is wrong with the file as a whole. A single example that cannot be read says so itself.
pub fn examples(bytes: &[u8]) -> Result<Vec<Example>, Vec<Problem>> {
    let text = text(bytes).map_err(|problem| vec![problem])?;
    let document: Json = serde_json::from_str(text).map_err(|error| vec![syntax(&error)])?;
    let Some(actions) = document.get("actions").and_then(Json::as_object) else {
        return Err(vec![
            Problem::at("/actions", "expected an object with the examples by action").placed(text),
        ]);
    };
    let mut out = Vec::new();
    let mut problems = Vec::new();
    for (action, list) in actions {
        let Some(list) = list.as_array() else {
            problems.push(
                Problem::at(
                    &format!("/actions/{}", shown(action)),
                    "expected a list of examples",
                )
                .placed(text),
            );
            continue;
        };
        for (index, example) in list.iter().enumerate() {
            let part = |key: &str| example.get(key).and_then(Json::as_str).unwrap_or_default();
            out.push(Example {
                action: action.clone(),
                index,
                request: request(part("input")),
                answer: answer(part("output")),
            });
        }
    }
    if problems.is_empty() {
        Ok(out)
    } else {
        Err(problems)
    }
}

/// Most error codes that are taken from a file. The vendor's longest list of a service has 530.
const MOST_CODES: usize = 5_000;

/// The error codes that the examples of each action show, in their order. Files that cannot be read have been reported.
pub(crate) fn error_codes(bytes: &[u8]) -> Result<BTreeMap<String, Vec<String>>, Vec<Problem>> {
    let text = text(bytes).map_err(|problem| vec![problem])?;
    let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // Most files show no error at all, and then there is nothing to read.
    if !text.contains("\\\"Error\\\"") {
        return serde_json::from_str::<serde::de::IgnoredAny>(text)
            .map(|_| codes)
            .map_err(|error| vec![syntax(&error)]);
    }
    let mut number = 0;
    for example in examples(bytes)? {
        let Ok(answer) = &example.answer else {
            continue;
        };
        let first = answer.first();
        let Some(code) = first.and_then(|answer| answer.pointer("/Error/Code")?.as_str()) else {
            continue;
        };
        let fits = code.starts_with(|c: char| c.is_ascii_alphanumeric())
            && code.len() <= 128
            && code
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"._:/-".contains(&b));
        let list = codes.entry(example.action).or_default();
        // An answer's own member called `Error` may hold anything.
        if fits
            && code.bytes().any(|b| b.is_ascii_uppercase())
            && !list.iter().any(|known| known == code)
        {
            list.push(code.to_owned());
            number += 1;
        }
        if number > MOST_CODES {
            let message = format!("more than {MOST_CODES} error codes");
            return Err(vec![Problem::at("/actions", message).placed(text)]);
        }
    }
    codes.retain(|_, list| !list.is_empty());
    Ok(codes)
}

/// The request, from an HTTP message, a bare body or a URL.
fn request(input: &str) -> Result<Request, String> {
    let input = input.trim();
    if input.starts_with("http://") || input.starts_with("https://") {
        return flat::query(input).map(Request::Query);
    }
    let body = if input.starts_with('{') {
        input
    } else {
        let blank = |line: &str| line.trim().is_empty();
        let head = input.lines().take_while(|line| !blank(line)).count();
        if input
            .lines()
            .any(|line| line.to_ascii_lowercase().contains("multipart/form-data"))
        {
            return Err("a multipart form".to_owned());
        }
        let at = input.split_inclusive('\n').take(head).map(str::len).sum();
        input.get(at..).unwrap_or_default().trim()
    };
    if body.is_empty() {
        return Ok(Request::Json(Json::Object(serde_json::Map::new())));
    }
    serde_json::from_str(body)
        .map(Request::Json)
        .map_err(|error| format!("no JSON: {error}"))
}

/// What the envelope holds; some examples leave the envelope out.
fn answer(output: &str) -> Result<Vec<Json>, String> {
    let output = output.trim();
    let streams = |line: &str| line.starts_with("data:") || line.starts_with("id:");
    if output.lines().next().is_some_and(streams) {
        let events = events(output);
        return events.iter().map(|data| document(data)).collect();
    }
    document(output).map(|document| vec![document])
}

/// The data of each server-sent event; lines of one event belong together.
fn events(output: &str) -> Vec<String> {
    let mut events = vec![String::new()];
    for line in output.lines().map(str::trim_end) {
        match (line.strip_prefix("data:"), events.last_mut()) {
            (Some(data), Some(event)) => {
                if !event.is_empty() {
                    event.push('\n');
                }
                event.push_str(data.trim_start());
            }
            _ if line.is_empty() => events.push(String::new()),
            _ => {}
        }
    }
    // The mark that some streams end with is no event.
    events.retain(|data| !data.is_empty() && data != "[DONE]");
    events
}

fn document(text: &str) -> Result<Json, String> {
    let document: Json = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
    match document {
        Json::Object(mut members) => Ok(match members.get("Response") {
            Some(Json::Object(_)) => members.remove("Response").unwrap_or_default(),
            _ => Json::Object(members),
        }),
        _ => Err("no object".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::answer;

    #[test]
    fn answers_come_whole_or_as_events() {
        let whole = "{\"Response\": {\"A\": 1}}";
        assert_eq!(answer(whole), Ok(vec![json!({"A": 1})]));
        let stream =
            "id: 1\ndata: {\"A\": 1}\n\nid: 2\r\ndata:{\"A\":\r\ndata: 2}\r\n\r\ndata: [DONE]\n";
        assert_eq!(answer(stream), Ok(vec![json!({"A": 1}), json!({"A": 2})]));
        assert!(answer("data: {").is_err() && answer("[]").is_err());
    }
}
