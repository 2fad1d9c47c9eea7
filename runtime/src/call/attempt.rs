//! In: a checked configuration, an action, a request and a blank answer. Out: the answer filled, or the error.
//!
//! The one path that every action shares: validate, encode, then per attempt sign with a fresh time, send and read.

use tokio::time::timeout;

use super::pending::Pending;
use super::prepared::{Exchange, Prepared, prepare};
use super::verdict::{self, Outline};
use crate::codec::Object;
use crate::config::Limits;
use crate::error::{Error, Kind, Limit};
use crate::transport::{self, Answer, Failure, Incoming, Request};
use crate::vendor::Outgoing;

/// What a call has come to when its answer begins.
pub(super) enum Begun {
    /// All of the answer has come and is read.
    Whole(Outline),
    /// The answer goes on; it comes from this host.
    Stream(Incoming, String),
}

/// Makes the call, and reads the whole answer.
pub(crate) async fn run(pending: &Pending, answer: &mut dyn Object) -> Result<Outline, Error> {
    match call(pending, false, answer).await? {
        Begun::Whole(outline) => Ok(outline),
        Begun::Stream(..) => unreachable!("a stream is begun only where one is asked for"),
    }
}

/// Makes the call; where the answer is a stream, only its head is read.
pub(super) async fn begin(pending: &Pending, answer: &mut dyn Object) -> Result<Begun, Error> {
    call(pending, true, answer).await
}

async fn call(
    pending: &Pending,
    takes_stream: bool,
    answer: &mut dyn Object,
) -> Result<Begun, Error> {
    let (settings, action) = (&*pending.config.0, &*pending.action);
    let about = |error: Error| error.of(&action.service.name, &action.name);
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(about(Error::configuration(
            "a call must be awaited inside a tokio runtime",
        )));
    }
    let prepared = prepare(settings, action, &*pending.request, pending.validate).map_err(about)?;
    let total = pending.total.unwrap_or(settings.limits.total);
    let outcome = match timeout(total, attempt(&prepared, takes_stream)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::new(Kind::Timeout(Limit::Total, total))),
    };
    let host = prepared.endpoint.authority();
    let begun = outcome.and_then(|received| match received {
        Received::Whole(received) => {
            verdict::read(prepared.exchange, &received, answer).map(Begun::Whole)
        }
        Received::Stream(incoming) => Ok(Begun::Stream(incoming, host.to_owned())),
    });
    begun.map_err(|error| about(error).at(host))
}

/// What came back, before it is read.
enum Received {
    Whole(Answer),
    Stream(Incoming),
}

/// One attempt: signed with the time of now, sent, and received.
async fn attempt(prepared: &Prepared<'_>, takes_stream: bool) -> Result<Received, Error> {
    let Prepared {
        exchange:
            Exchange {
                settings,
                action,
                protocol,
            },
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
    let exchange = async {
        let incoming = transport::send(&settings.http.client, request).await?;
        if takes_stream && incoming.is_event_stream() {
            return Ok(Received::Stream(incoming));
        }
        let log_id = protocol.log_id_header();
        incoming
            .whole(log_id, response_bytes)
            .await
            .map(Received::Whole)
    };
    match timeout(attempt, exchange).await {
        Ok(outcome) => outcome.map_err(|failure| unanswered(failure, settings.limits)),
        Err(_) => Err(Error::new(Kind::Timeout(Limit::Attempt, attempt))),
    }
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
