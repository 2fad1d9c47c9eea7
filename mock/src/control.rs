//! A request to a path below `/-/` in, JSON about the cloud itself out: what it has been asked, and what it remembers.

use serde_json::{Value as Json, json};

use crate::guard::Refusal;
use crate::handle::State;
use crate::protocol::Reply;
use crate::received::Received;

mod call;
mod calls;
mod rules;
mod things;

/// Everything below it is about the cloud itself.
const BELOW: &str = "/-/";

/// What cannot be done, for whoever has asked.
#[derive(Debug)]
pub(crate) struct Problem {
    status: u16,
    error: String,
    hint: String,
}

impl Problem {
    /// What was sent cannot be used.
    pub(crate) fn wrong(error: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            status: 400,
            error: error.into(),
            hint: hint.into(),
        }
    }
}

/// Whether the request is about the cloud itself.
pub(crate) fn is_meant(received: &Received) -> bool {
    received.path().starts_with(BELOW)
}

/// The answer to a request that is.
pub(crate) async fn answer(state: &State, received: &Received) -> Reply {
    let name = received.path().strip_prefix(BELOW).unwrap_or_default();
    let outcome = match (received.method.as_str(), name) {
        ("GET" | "HEAD", "health") => Ok(health(state)),
        ("GET", "calls") => calls::list(state, received.query()).await,
        ("DELETE", "calls") => {
            state.recording.clear();
            Ok(json!({}))
        }
        ("GET", "rules") => Ok(state.rules.shown()),
        ("POST", "rules") => rules::add(state, received),
        ("PUT", "rules") => rules::replace(state, received),
        ("DELETE", "rules") => {
            state.rules.clear();
            Ok(state.rules.shown())
        }
        ("GET", "things") => Ok(things::list(state)),
        ("POST", "reset") => {
            state.reset();
            Ok(json!({}))
        }
        (method, name) => Err(unknown(method, name)),
    };
    match outcome {
        Ok(body) => reply(200, &body),
        Err(problem) => {
            let Problem {
                status,
                error,
                hint,
            } = problem;
            reply(status, &json!({ "error": error, "hint": hint }))
        }
    }
}

/// The answer to a request that is not served.
pub(crate) fn refused(refusal: &Refusal) -> Reply {
    let (error, hint) = match refusal {
        Refusal::Host => (
            "The header Host names another computer.",
            "Ask at 127.0.0.1, localhost or a host of the schemas.",
        ),
        Refusal::Origin => (
            "The request comes from a page of another site.",
            "Only pages that this server has sent may ask it.",
        ),
    };
    reply(403, &json!({ "error": error, "hint": hint }))
}

fn health(state: &State) -> Json {
    let actions = state.catalogue.actions().count();
    json!({ "ready": true, "actions": actions, "url": state.url })
}

/// Paths and their methods.
const KNOWN: &[(&str, &str)] = &[
    ("health", "GET"),
    ("calls", "GET, DELETE"),
    ("rules", "GET, POST, PUT, DELETE"),
    ("things", "GET"),
    ("reset", "POST"),
];

fn unknown(method: &str, name: &str) -> Problem {
    match KNOWN.iter().find(|(known, _)| *known == name) {
        Some((_, methods)) => Problem {
            status: 405,
            error: format!("{BELOW}{name} does not take {method}."),
            hint: format!("It takes {methods}."),
        },
        None => Problem {
            status: 404,
            error: "There is nothing at this path.".to_owned(),
            hint: format!(
                "There are {}.",
                KNOWN
                    .iter()
                    .map(|(name, _)| format!("{BELOW}{name}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        },
    }
}

fn reply(status: u16, body: &Json) -> Reply {
    let headers = [
        ("cache-control", "no-store"),
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'",
        ),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ];
    Reply {
        status,
        content_type: "application/json".into(),
        headers: headers
            .map(|(name, value)| (name, value.to_owned()))
            .to_vec(),
        body: body.to_string().into(),
    }
}
