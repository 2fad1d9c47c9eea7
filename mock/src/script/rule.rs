//! One rule as JSON in, what it says out.

use std::time::Duration;

use serde_json::{Map, Value as Json};

use super::read::{count, duration, object, optional_text, text, wrong};
use super::{ScriptError, Step, Wrong, step, trouble};
use crate::line::Trouble;
use crate::scripted::Answer;

/// What becomes of the calls of an action.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// Where it stands, for messages.
    pub(crate) place: String,
    /// The action's name, or more of its path, or `*`.
    pub(crate) action: String,
    /// The parameters that a call has among its own.
    pub(crate) when: Map<String, Json>,
    /// How many calls it is for; every call unless it says so.
    pub(crate) times: Option<u64>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) steps: Vec<Step>,
    /// As it was written.
    pub(crate) text: Json,
}

/// What a rule does with a call.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// Fields of the answer, in place of those that the cloud would choose. Where the rule has steps, the others stay.
    Answer(Json, Duration),
    /// An error, or these bytes.
    Fixed(Answer),
    /// The connection breaks, after this time.
    Fault(Trouble, Duration, String),
    Limit(Limit),
}

/// Calls of one key to one action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) calls: u64,
    pub(crate) seconds: u64,
}

const KEYS: &[&str] = &[
    "action", "when", "times", "after", "answer", "error", "raw", "fault", "limit", "make", "move",
    "tell", "need", "check",
];

impl Rule {
    /// What it does with a call, beside its steps.
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    pub(super) fn read(json: &Json, place: &str) -> Result<Self, ScriptError> {
        let Json::Object(members) = json else {
            return Err(ScriptError::new(
                "it is no mapping",
                "write action: NAME first",
            ));
        };
        super::read::known_keys(members, KEYS)?;
        let action = optional_text(members, "action")?.ok_or_else(|| {
            wrong(
                "action",
                "is missing",
                "name one, for example ess.CreateFlow, or \"*\" for all",
            )
        })?;
        let when = match members.get("when") {
            None => Map::new(),
            Some(Json::Object(when)) => when.clone(),
            Some(_) => {
                return Err(wrong(
                    "when",
                    "is no mapping",
                    "write parameters and values",
                ));
            }
        };
        let rule = Self {
            place: place.to_owned(),
            when,
            times: count(members, "times", 1, u64::MAX)?,
            outcome: outcome(members)?,
            steps: step::read(members)?,
            text: json.clone(),
            action,
        };
        match &rule.outcome {
            None if rule.steps.is_empty() => Err(ScriptError::new(
                "it does nothing",
                "add answer, error, raw, fault, limit, make, move, tell, need or check",
            )),
            Some(outcome) if !rule.steps.is_empty() && !matches!(outcome, Outcome::Answer(..)) => {
                Err(ScriptError::new(
                    "what the cloud remembers goes with an answer only",
                    "write two rules",
                ))
            }
            _ => Ok(rule),
        }
    }
}

fn outcome(members: &Map<String, Json>) -> Result<Option<Outcome>, ScriptError> {
    let kinds = ["answer", "error", "raw", "fault", "limit"];
    let given: Vec<&str> = kinds
        .into_iter()
        .filter(|kind| members.contains_key(*kind))
        .collect();
    if let [one, other, ..] = given[..] {
        let message = format!("it has both {one} and {other}");
        return Err(ScriptError::new(message, "write two rules"));
    }
    let after = duration(members, "after")?;
    let Some(kind) = given.first() else {
        return Ok(None);
    };
    let value = &members[*kind];
    Ok(Some(match *kind {
        "answer" => Outcome::Answer(value.clone(), after),
        "error" => {
            let Wrong { code, message } = wrong_of("error", value)?;
            Outcome::Fixed(Answer::error(code, message).after(after))
        }
        "raw" => Outcome::Fixed(raw(value)?.after(after)),
        "fault" => {
            let name = text(members, "fault")?;
            Outcome::Fault(trouble::read(&name, after)?, after, name)
        }
        _ => {
            let members = object("limit", value, &["calls", "seconds"])?;
            let part = |key| {
                let number = count(members, key, 1, 1_000_000)?;
                number.ok_or_else(|| wrong(key, "is missing in limit", "write a whole number"))
            };
            Outcome::Limit(Limit {
                calls: part("calls")?,
                seconds: part("seconds")?,
            })
        }
    }))
}

/// A code and a message.
pub(super) fn wrong_of(name: &str, value: &Json) -> Result<Wrong, ScriptError> {
    let members = object(name, value, &["code", "message"])?;
    let inside = |error: ScriptError| error.inside(name);
    Ok(Wrong {
        code: text(members, "code").map_err(inside)?,
        message: optional_text(members, "message")
            .map_err(inside)?
            .unwrap_or_else(|| "The script says so.".to_owned()),
    })
}

fn raw(value: &Json) -> Result<Answer, ScriptError> {
    let members = object("raw", value, &["status", "content_type", "body"])?;
    let status = count(members, "status", 200, 599)?.unwrap_or(200);
    let content_type = optional_text(members, "content_type")?;
    let content_type = content_type.unwrap_or_else(|| "text/plain; charset=utf-8".to_owned());
    let printable = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    if !content_type.bytes().all(printable) {
        return Err(wrong(
            "content_type",
            "cannot stand in a header",
            "write ASCII",
        ));
    }
    let body = match members.get("body") {
        None => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(json) => json.to_string(),
    };
    let status = u16::try_from(status).unwrap_or(200);
    Ok(Answer::raw(status, content_type, body))
}
