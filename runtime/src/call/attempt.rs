//! In: a checked configuration, an action, a request and a blank answer. Out: the answer filled, or the error.
//!
//! The one path that every action shares: validate, encode, then per attempt sign with a fresh time, send and read.

use std::time::Duration;

use tokio::time::timeout;

use super::prepared::{Prepared, prepare};
use super::verdict::{self, Outline};
use crate::codec::Object;
use crate::config::{Limits, Settings};
use crate::error::{Error, Kind, Limit};
use crate::operation::Action;
use crate::transport::{self, Failure, Request};
use crate::vendor::Outgoing;

/// Makes the call.
pub(super) async fn run(
    settings: &Settings,
    action: &'static Action,
    request: &dyn Object,
    check: bool,
    total: Option<Duration>,
    answer: &mut dyn Object,
) -> Result<Outline, Error> {
    let about = |error: Error| error.of(action.service.name, action.name);
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(about(Error::configuration(
            "a call must be awaited inside a tokio runtime",
        )));
    }
    let prepared = prepare(settings, action, request, check).map_err(about)?;
    let total = total.unwrap_or(settings.limits.total);
    let outcome = match timeout(total, attempt(&prepared, answer)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::new(Kind::Timeout(Limit::Total, total))),
    };
    outcome.map_err(|error| about(error).at(prepared.endpoint.authority()))
}

/// One attempt: signed with the time of now, sent, and read.
async fn attempt(prepared: &Prepared<'_>, answer: &mut dyn Object) -> Result<Outline, Error> {
    let Prepared {
        settings,
        action,
        protocol,
        endpoint,
        region,
        message,
    } = prepared;
    let credential = settings.credential.as_ref().filter(|_| action.signed);
    let headers = protocol.headers(&Outgoing {
        action,
        message,
        host: endpoint.authority(),
        credential,
        region: *region,
        language: settings.language.as_deref(),
        now: settings.time.now(),
    });
    let request = Request {
        method: action.method.as_str(),
        url: endpoint.url(&message.query),
        headers,
        body: message.body.clone(),
    };
    let Limits {
        attempt,
        response_bytes,
        ..
    } = settings.limits;
    let sending = transport::send(
        &settings.http.client,
        request,
        protocol.log_id_header(),
        response_bytes,
    );
    let received = match timeout(attempt, sending).await {
        Ok(outcome) => outcome.map_err(|failure| unanswered(failure, settings.limits))?,
        Err(_) => return Err(Error::new(Kind::Timeout(Limit::Attempt, attempt))),
    };
    verdict::read(prepared, &received, answer)
}

/// The error for an answer that never came, or not whole.
fn unanswered(failure: Failure, limits: Limits) -> Error {
    match failure {
        Failure::Malformed(part) => Error::configuration(format!(
            "the {part} of the request cannot be expressed in HTTP"
        )),
        Failure::Connect(cause) => Error::new(Kind::Connect).because(cause),
        Failure::ConnectTimeout(cause) => {
            Error::new(Kind::Timeout(Limit::Connect, limits.connect)).because(cause)
        }
        Failure::Broken(cause, status) => {
            let error = Error::new(Kind::Broken).because(cause);
            match status {
                Some(status) => error.with_status(status),
                None => error,
            }
        }
        Failure::TooLarge {
            status,
            limit,
            declared,
        } => {
            let declared = declared
                .map(|bytes| format!(", {bytes} are announced"))
                .unwrap_or_default();
            let message = format!(
                "the answer is larger than the {limit} bytes that Config::builder().max_response_bytes allows{declared}"
            );
            Error::answer(message).with_status(status)
        }
        Failure::Redirected => Error::answer(
            "the HTTP client followed a redirect; pass Config::builder().http_client one that does not",
        ),
    }
}
