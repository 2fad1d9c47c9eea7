//! In: a checked configuration, an action, a request and a blank answer. Out: the answer filled, or the error.
//!
//! The one path that every action shares: validate, encode, then per attempt sign with a fresh time, send and read, until
//! there is an answer or an error that ends the call.

use super::attempt::{Deadline, Received, admit, attempt};
use super::course::{Course, Step};
use super::pending::Pending;
use super::prepared::{Prepared, prepare};
use super::verdict::{self, Outline};
use crate::codec::{Object, Slot, Value};
use crate::credential::Credential;
use crate::error::Error;
use crate::operation::Action;
use crate::random::Random;
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
    let token = token(&mut *pending.request, action, &pending.config.0.random);
    let (settings, request) = (&*pending.config.0, &*pending.request);
    let prepared = prepare(settings, action, request, pending.validate).map_err(about)?;
    let deadline = Deadline::after(pending.total.unwrap_or(settings.limits.total));
    let policy = pending.retry.as_ref().unwrap_or(&settings.retry);
    let course = Course::new(&prepared, policy, token, deadline);
    repeat(&prepared, course, deadline, takes_stream, answer)
        .await
        .map_err(|error| about(error).at(prepared.endpoint.authority()))
}

async fn repeat(
    prepared: &Prepared<'_>,
    mut course: Course<'_>,
    deadline: Deadline,
    takes_stream: bool,
    answer: &mut dyn Object,
) -> Result<Begun, Error> {
    loop {
        let credential = match admit(prepared, deadline).await {
            Ok(credential) => credential,
            Err(error) => return Err(course.unadmitted(error)),
        };
        let (credential, offset) = (credential.as_ref(), course.begin());
        let sent = attempt(prepared, credential, offset, takes_stream, deadline).await;
        let (error, hints) = match sent {
            Ok(Received::Stream(incoming)) => {
                let streaming = Streaming {
                    incoming,
                    host: prepared.endpoint.authority().to_owned(),
                    credential: credential.cloned(),
                    attempts: course.succeeded(),
                };
                return Ok(Begun::Stream(Box::new(streaming)));
            }
            Ok(Received::Whole(received)) => {
                match verdict::read(prepared.exchange, credential, &received, answer) {
                    Ok(outline) => {
                        let attempts = course.succeeded();
                        return Ok(Begun::Whole(Outline {
                            attempts,
                            ..outline
                        }));
                    }
                    Err(error) => (error, Some((received.date, received.retry_after))),
                }
            }
            Err(error) => (error, None),
        };
        match course.failed(error, credential, hints.unwrap_or_default()) {
            Step::Wait(delay) => tokio::time::sleep(delay).await,
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
