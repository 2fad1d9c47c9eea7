//! In: a checked configuration, an action, a request and a blank answer. Out: the answer filled, or the error.
//!
//! The one path that every action shares: validate, encode, then per attempt sign with a fresh time, send and read, until
//! there is an answer or an error that ends the call.

use tracing::Instrument as _;

use super::attempt::{Deadline, Received, admit, attempt};
use super::course::{Course, Step};
use super::pending::Pending;
use super::prepared::{Prepared, prepare};
use super::verdict::{self, Outline};
use crate::codec::{Object, Slot, Value};
use crate::credential::Credential;
use crate::error::{Delivery, Error};
use crate::operation::Action;
use crate::random::Random;
use crate::trace::CallTrace;
use crate::transport::Incoming;

/// What a call has come to when its answer begins.
pub(super) enum Begun {
    /// All of the answer has come and is read.
    Whole(Outline),
    /// The answer goes on.
    Stream(Box<Streaming>),
}

/// An answer that goes on, and what is known of its call.
pub(super) struct Streaming {
    pub(super) incoming: Incoming,
    /// Where it comes from.
    pub(super) host: String,
    /// Who has signed: events repeat nothing of it.
    pub(super) credential: Option<Credential>,
    pub(super) attempts: u32,
    /// How far the attempts before this one got.
    pub(super) earlier: Delivery,
    pub(super) trace: CallTrace,
}

/// Makes the call, and reads the whole answer.
pub(crate) async fn run(pending: &mut Pending, answer: &mut dyn Object) -> Result<Outline, Error> {
    match call(pending, false, answer).await? {
        Begun::Whole(outline) => Ok(outline),
        Begun::Stream(..) => unreachable!("a stream is begun only where one is asked for"),
    }
}

/// Makes the call; where the answer is a stream, only its head is read.
pub(super) async fn begin(pending: &mut Pending, answer: &mut dyn Object) -> Result<Begun, Error> {
    call(pending, true, answer).await
}

async fn call(
    pending: &mut Pending,
    takes_stream: bool,
    answer: &mut dyn Object,
) -> Result<Begun, Error> {
    let action = pending.action.clone();
    let action = &*action;
    let about = |error: Error| error.of(&action.service.name, &action.name);
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(about(Error::configuration(
            "a call must be awaited inside a tokio runtime",
        )));
    }
    let trace = CallTrace::begin(action);
    let span = trace.span();
    traced(pending, action, trace, takes_stream, answer)
        .instrument(span)
        .await
        .map_err(about)
}

async fn traced(
    pending: &mut Pending,
    action: &Action,
    mut trace: CallTrace,
    takes_stream: bool,
    answer: &mut dyn Object,
) -> Result<Begun, Error> {
    let token = token(&mut *pending.request, action, &pending.config.0.random);
    let (settings, request) = (&*pending.config.0, &*pending.request);
    let prepared = prepare(settings, action, request, pending.validate)
        .inspect_err(|error| trace.failed(error))?;
    let host = prepared.endpoint.authority();
    trace.prepared(host, prepared.region, prepared.message.body.len());
    let deadline = Deadline::after(pending.total.unwrap_or(settings.limits.total));
    let policy = pending.retry.as_ref().unwrap_or(&settings.retry);
    let course = Course::new(&prepared, policy, token, deadline);
    let brought = repeat(&prepared, course, deadline, &trace, takes_stream, answer)
        .await
        .inspect_err(|error| trace.failed(error))
        .map_err(|error| error.at(host))?;
    Ok(match brought {
        Brought::Whole(outline) => {
            trace.answered(&outline);
            Begun::Whole(outline)
        }
        Brought::Stream(incoming, credential, attempts, earlier) => {
            Begun::Stream(Box::new(Streaming {
                incoming,
                host: host.to_owned(),
                credential,
                attempts,
                earlier,
                trace,
            }))
        }
    })
}

/// What the last attempt has brought.
enum Brought {
    Whole(Outline),
    /// The head of a stream, who has signed for it, how many attempts it took, and how far those before it got.
    Stream(Incoming, Option<Credential>, u32, Delivery),
}

async fn repeat(
    prepared: &Prepared<'_>,
    mut course: Course<'_>,
    deadline: Deadline,
    trace: &CallTrace,
    takes_stream: bool,
    answer: &mut dyn Object,
) -> Result<Brought, Error> {
    loop {
        let credential = match admit(prepared, deadline).await {
            Ok(credential) => credential,
            Err(error) => return Err(course.unadmitted(error)),
        };
        let offset = course.begin();
        let trace = trace.attempt(course.attempts());
        let sent = attempt(
            prepared,
            credential.as_ref(),
            offset,
            takes_stream,
            deadline,
        );
        let (error, hints) = match sent.instrument(trace.span()).await {
            Ok(Received::Stream(incoming)) => {
                trace.answered(None);
                let attempts = course.succeeded();
                let earlier = course.furthest();
                return Ok(Brought::Stream(incoming, credential, attempts, earlier));
            }
            Ok(Received::Whole(received)) => {
                trace.received(received.status, received.body.len());
                match verdict::read(prepared.exchange, credential.as_ref(), &received, answer) {
                    Ok(outline) => {
                        trace.answered(outline.request_id.as_deref());
                        let attempts = course.succeeded();
                        return Ok(Brought::Whole(Outline {
                            attempts,
                            ..outline
                        }));
                    }
                    Err(error) => (error, Some((received.date(), received.retry_after()))),
                }
            }
            Err(error) => (error, None),
        };
        trace.failed(&error);
        match course.failed(error, credential.as_ref(), hints.unwrap_or_default()) {
            Step::Wait(pause) => {
                trace.repeated_after(pause);
                drop(trace);
                tokio::time::sleep(pause).await;
            }
            Step::End(error) => return Err(error),
        }
        // A part of the answer may have been read.
        clear(answer);
    }
}

/// What the request holds of a token that makes repeats harmless.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token {
    /// The action has none.
    None,
    /// The caller's: the caller can make the same call again.
    Given,
    /// One for this call alone.
    Made,
}

/// Looks for the token, and makes one where the caller gave none.
fn token(request: &mut dyn Object, action: &Action, random: &Random) -> Token {
    let Some(index) = action
        .idempotency_token
        .and_then(|name| request.shape().find(name, 0))
    else {
        return Token::None;
    };
    if let Some(Value::Text(text)) = request.member(index).map(|member| member.value())
        && !text.is_empty()
    {
        return Token::Given;
    }
    match request.member_mut(index).map(|member| member.open()) {
        Some(Slot::Text(text)) => {
            *text = random.token();
            Token::Made
        }
        _ => Token::None,
    }
}

/// Makes an answer blank again.
fn clear(answer: &mut dyn Object) {
    for index in 0..answer.shape().len() {
        if let Some(member) = answer.member_mut(index) {
            member.clear();
        }
    }
}
