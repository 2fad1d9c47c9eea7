//! A call that holds, one that does not, or an answer from elsewhere in; the reply out.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value as Json;

use crate::answer;
use crate::fault::Fault;
use crate::handle::{self, State};
use crate::issue;
use crate::line::Trouble;
use crate::lookup::Found;
use crate::play;
use crate::protocol::{self, Content, Names, Protocol, Reply};
use crate::received::Received;
use crate::script::{Outcome, Rule};
use crate::scripted::{Answer, Kind};

/// What a reply has to know of its call.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) names: Names<'a>,
    pub(crate) found: Option<Found<'a>>,
    pub(crate) request_id: &'a str,
}

/// A reply, and what is to be recorded of it.
pub(crate) struct Answered {
    pub(crate) outcome: handle::Outcome,
    pub(crate) error_code: Option<String>,
    /// The fault in its way, as the rule names it.
    pub(crate) fault: Option<String>,
}

impl From<Reply> for Answered {
    fn from(reply: Reply) -> Self {
        Self {
            outcome: reply.into(),
            error_code: None,
            fault: None,
        }
    }
}

/// The reply to a call that holds, and what is to be recorded of it.
pub(crate) fn answered(
    state: &State,
    protocol: &dyn Protocol,
    found: Found<'_>,
    request: &Json,
    about: About<'_>,
) -> Answered {
    let asked = state.asked.take(found, request);
    let rule = match asked {
        Some(_) => None,
        None => state.rules.take(found, request),
    };
    let (mut trouble, mut fault, mut delay) = (None, None, Duration::ZERO);
    if let Some(Outcome::Fault(what, after, name)) = rule.as_deref().and_then(Rule::outcome) {
        // What drips takes this time, and does not wait for it.
        delay = match what {
            Trouble::Drip(_) => Duration::ZERO,
            _ => *after,
        };
        (trouble, fault) = (Some(what.clone()), Some(name.clone()));
        if !what.executes() {
            return Answered {
                outcome: handle::Outcome {
                    reply: Reply::default(),
                    delay,
                    trouble,
                },
                error_code: None,
                fault,
            };
        }
    }
    let streams = answer::is_streamed(found.action, request);
    let chosen = match asked {
        Some(answer) => Chosen::Answer(answer),
        None => chosen(state, found, request, rule.as_deref()),
    };
    let fields = match &chosen {
        Chosen::Answer(answer) => match &answer.kind {
            Kind::Fields(fields) => Some(fields),
            _ => None,
        },
        Chosen::Fields(fields, _) => Some(&**fields),
    };
    if let Some(key) = fields.and_then(|fields| issue::credential(found, fields)) {
        state.keys.issue(key);
    }
    let (reply, error_code) = match chosen {
        Chosen::Answer(answer) => {
            delay += answer.delay;
            spoken(state, protocol, answer, streams, about)
        }
        Chosen::Fields(fields, after) => {
            delay += after;
            let fields = whole(found, &fields);
            let written = found.written(fields).filter(|_| !streams);
            let content = written.map_or_else(|| answered_as(fields, streams), Content::Written);
            (protocol.reply(about.names, about.request_id, content), None)
        }
    };
    Answered {
        outcome: handle::Outcome {
            reply,
            delay,
            trouble,
        },
        error_code,
        fault,
    }
}

/// What is answered. Fields of an example are written where they stand, and not copied.
enum Chosen<'a> {
    Answer(Answer),
    Fields(Cow<'a, Json>, Duration),
}

/// What a rule answers, or what the cloud does of itself.
fn chosen<'a>(state: &State, found: Found<'a>, request: &Json, rule: Option<&Rule>) -> Chosen<'a> {
    let steps = rule.map_or(&[][..], |rule| &rule.steps);
    let (steps, delay, more) = match rule.and_then(Rule::outcome) {
        Some(Outcome::Fixed(answer)) => return Chosen::Answer(answer.clone()),
        Some(Outcome::Answer(fields, after)) if steps.is_empty() => {
            return Chosen::Fields(Cow::Owned(fields.clone()), *after);
        }
        Some(Outcome::Answer(fields, after)) => (steps, *after, Some(fields)),
        _ if steps.is_empty() => (state.plays.of(found), Duration::ZERO, None),
        _ => (steps, Duration::ZERO, None),
    };
    let fields = || {
        let fields = answer::fields(found, request);
        match more {
            Some(more) => Cow::Owned(play::over(fields.into_owned(), more)),
            None => fields,
        }
    };
    match play::run(state, found, steps, request, fields) {
        Ok(fields) => Chosen::Fields(fields, delay),
        Err(wrong) => Chosen::Answer(Answer::error(wrong.code, wrong.message).after(delay)),
    }
}

/// The reply of somebody who answers in place of the cloud, whatever the request says.
pub(crate) fn instead(state: &State, received: &Received, answer: Answer) -> Reply {
    let Some(protocol) = protocol::detect(received) else {
        return unknown();
    };
    let names = protocol.names(received);
    let about = About {
        names,
        found: state.catalogue.find(protocol.vendor(), names).ok(),
        request_id: &state.next_request_id(protocol),
    };
    spoken(state, protocol, answer, false, about).0
}

/// An answer as the vendor speaks, and its error code.
fn spoken(
    state: &State,
    protocol: &dyn Protocol,
    answer: Answer,
    streams: bool,
    about: About<'_>,
) -> (Reply, Option<String>) {
    let reply = |content: Content<'_>| protocol.reply(about.names, about.request_id, content);
    let (mut reply, code) = match answer.kind {
        Kind::Fields(fields) => {
            let fields = about.found.map_or(&fields, |found| whole(found, &fields));
            (reply(answered_as(fields, streams)), None)
        }
        Kind::Events(events) => (reply(Content::Events(&events)), None),
        Kind::Error { code, message } => {
            let service = about.found.map(|found| found.service);
            let declared = state
                .catalogue
                .error_code(protocol.vendor(), service, &code);
            let content = protocol::error(&code, &message, declared, 200);
            (reply(content), Some(code.clone()))
        }
        Kind::Raw {
            status,
            content_type,
            body,
        } => {
            let reply = Reply {
                status,
                content_type: content_type.into(),
                headers: Vec::new(),
                body: body.into(),
            };
            (reply, None)
        }
    };
    reply.headers.extend(answer.headers);
    (reply, code)
}

/// What answers: the fields, or for an action without any the value of its one field that is the whole `Result`.
fn whole<'a>(found: Found<'_>, fields: &'a Json) -> &'a Json {
    let result = found.action.response.iter().find(|field| field.result);
    result
        .and_then(|field| fields.get(&field.name))
        .unwrap_or(fields)
}

/// The fields whole, or as the one event of a stream.
fn answered_as(fields: &Json, streams: bool) -> Content<'_> {
    if streams {
        Content::Events(std::slice::from_ref(fields))
    } else {
        Content::Fields(fields)
    }
}

/// The refusal of a call, and its code.
pub(crate) fn refused(
    state: &State,
    protocol: &dyn Protocol,
    fault: &Fault,
    about: About<'_>,
) -> (Reply, String) {
    let service = about.found.map(|found| found.service);
    let declared = |code: &str| state.catalogue.error_code(protocol.vendor(), service, code);
    let declares = |code: &str| service.is_some_and(|service| service.errors.contains_key(code));
    let (code, fallback) = protocol.code(fault, &declares);
    let message = fault.to_string();
    let content = protocol::error(code, &message, declared(code), fallback);
    (
        protocol.reply(about.names, about.request_id, content),
        code.to_owned(),
    )
}

/// The answer to what is no call to any vendor, for example a browser that looks whether somebody is there.
pub(crate) fn unknown() -> Reply {
    let text = "This is a local cloud. Calls to Tencent Cloud carry the header X-TC-Action, those to Volcengine the \
        queries Action and Version.\n";
    Reply {
        status: 404,
        content_type: "text/plain; charset=utf-8".into(),
        headers: Vec::new(),
        body: Bytes::from_static(text.as_bytes()),
    }
}
