//! In: a prepared call. Out: what one attempt has come to, before it is read.

use std::time::Duration;

use tokio::time::{Instant, timeout, timeout_at};

use super::prepared::{Exchange, Prepared};
use crate::clock::moment;
use crate::config::Limits;
use crate::credential::Credential;
use crate::error::{Error, Kind, Limit};
use crate::excerpt;
use crate::quota::Quota;
use crate::transport::{self, Answer, Failure, Incoming, Request};
use crate::vendor::Outgoing;

/// What came back, before it is read.
pub(super) enum Received {
    Whole(Answer),
    Stream(Incoming),
}

/// When a call has to be over.
#[derive(Clone, Copy)]
pub(super) struct Deadline {
    total: Duration,
    at: Instant,
}

impl Deadline {
    pub(super) fn after(total: Duration) -> Self {
        let now = moment();
        // A time beyond the reach of clocks is no limit; a year is none either.
        let year = Duration::from_secs(365 * 86_400);
        let at = now.checked_add(total).unwrap_or_else(|| now + year);
        Self { total, at }
    }

    /// The time that is left.
    pub(super) fn left(&self) -> Duration {
        self.at.saturating_duration_since(moment())
    }
}

/// All that has to be there before an attempt may start: who signs, and room in the quota. Nothing is sent.
pub(super) async fn admit(
    prepared: &Prepared<'_>,
    deadline: Deadline,
) -> Result<Option<Credential>, Error> {
    let Exchange {
        settings, action, ..
    } = prepared.exchange;
    let admission = async {
        let credential = settings.credential(action.signed).await?;
        if let Some(limiter) = &settings.limiter {
            let quota = Quota::of(
                action,
                credential.as_ref().filter(|_| action.signed),
                prepared.region,
                deadline.left(),
            );
            limiter
                .acquire(quota)
                .await
                .map_err(|refusal| Error::new(Kind::Quota(refusal.into_message())))?;
        }
        Ok(credential)
    };
    match timeout_at(deadline.at, admission).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::new(Kind::Timeout(Limit::Waiting, deadline.total))),
    }
}

/// One attempt: signed with the time of now, which is `offset` seconds off the local clock's, sent, and received.
pub(super) async fn attempt(
    prepared: &Prepared<'_>,
    credential: Option<&Credential>,
    offset: i64,
    takes_stream: bool,
    deadline: Deadline,
) -> Result<Received, Error> {
    let Prepared {
        exchange:
            Exchange {
                settings,
                action,
                protocol,
                ..
            },
        endpoint,
        region,
        message,
    } = prepared;
    let Limits {
        attempt,
        response_bytes,
        ..
    } = settings.limits;
    let exchange = async {
        let headers = protocol.headers(&Outgoing {
            action,
            message,
            host: endpoint.authority(),
            credential: credential.filter(|_| action.signed),
            region: *region,
            language: settings.language.as_deref(),
            now: settings.time.now().saturating_add(offset),
        })?;
        let request = Request {
            method: action.method.as_str(),
            url: endpoint.url(&message.query),
            headers,
            body: message.body.clone(),
        };
        let incoming = transport::send(&*settings.http.transport, request).await?;
        if takes_stream && incoming.is_event_stream() {
            return Ok(Received::Stream(incoming));
        }
        let log_id = protocol.log_id_header();
        incoming
            .whole(log_id, response_bytes)
            .await
            .map(Received::Whole)
    };
    let left = deadline.left();
    let (limit, after, within) = if left < attempt {
        (Limit::Total, deadline.total, left)
    } else {
        (Limit::Attempt, attempt, attempt)
    };
    match timeout(within, exchange).await {
        Ok(outcome) => outcome.map_err(|failure| unanswered(failure, settings.limits)),
        Err(_) => Err(Error::new(Kind::Timeout(limit, after))),
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
        Failure::Refused(reason, cause) => {
            let error = Error::new(Kind::Refused(reason));
            match cause {
                Some(cause) => error.because(cause),
                None => error,
            }
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
        Failure::Compressed { status, coding } => {
            let coding = excerpt::line(&coding);
            Error::answer(format!(
                "the answer is compressed ({coding}), which nobody asked for: the feature `gzip` asks for gzip and reads it; a transport of your own has to decompress what it asks for"
            ))
            .with_status(status)
        }
        Failure::Redirected => Error::answer(
            "the HTTP client followed a redirect; pass Config::builder().http_client one that does not",
        ),
    }
}
