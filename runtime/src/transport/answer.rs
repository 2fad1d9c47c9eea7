//! In: a request and a transport. Out: the answer's status, log id and bytes, within the limits, or why there is none.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream as _;
use http::Uri;
use http::header::{
    AsHeaderName, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderMap, LOCATION,
    RETRY_AFTER,
};

use super::{Request, ResponseBody, Transport, urls};
use crate::clock::http_date;

/// An answer as it came in.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) log_id: Option<String>,
    pub(crate) body: Bytes,
    /// What only those look at who find something wrong.
    headers: HeaderMap,
    /// Where the request went.
    uri: Uri,
}

impl Answer {
    /// Where a redirect points, as scheme and host: the rest may hold anything.
    pub(crate) fn location(&self) -> Option<String> {
        let target = plain(&self.headers, &LOCATION)?;
        let target = urls::url(&self.uri)?.join(target).ok()?;
        Some(format!("{}://{}", target.scheme(), target.host_str()?))
    }

    /// When the server says that it answered, in seconds since 1970.
    pub(crate) fn date(&self) -> Option<i64> {
        plain(&self.headers, &DATE).and_then(http_date::parse)
    }

    pub(crate) fn retry_after(&self) -> Option<RetryAfter> {
        plain(&self.headers, &RETRY_AFTER).and_then(retry_after)
    }
}

/// How long a server asks to be left alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RetryAfter {
    Seconds(u64),
    /// Until then, in seconds since 1970.
    Until(i64),
}

/// Why there is no answer.
pub(crate) enum Failure {
    /// The request cannot be expressed in HTTP.
    Malformed(&'static str),
    Connect(Cause),
    ConnectTimeout(Cause),
    /// No connection, and no other attempt would have one; in words.
    Refused(String, Option<Cause>),
    /// Sending or receiving broke; the status is known when the head had arrived.
    Broken(Cause, Option<u16>),
    TooLarge {
        status: u16,
        limit: usize,
        declared: Option<u64>,
    },
    /// The answer is compressed, which nobody asked for; the coding as the server names it.
    Compressed {
        status: u16,
        coding: String,
    },
    /// The client followed a redirect, which ours never does.
    Redirected,
}

pub(crate) type Cause = Box<dyn StdError + Send + Sync>;

/// An answer whose head has come in.
pub(crate) struct Incoming {
    status: u16,
    headers: HeaderMap,
    body: ResponseBody,
    /// Where the request went.
    uri: Uri,
}

/// Sends one request and reads the head of the answer.
pub(crate) async fn send(transport: &dyn Transport, request: Request) -> Result<Incoming, Failure> {
    let request = request.into_http()?;
    let uri = request.uri().clone();
    let sending = transport.send(request);
    let response = sending.await.map_err(|error| error.into_failure(None))?;
    let (head, body) = response.into_parts();
    let incoming = Incoming {
        status: head.status.as_u16(),
        headers: head.headers,
        body,
        uri,
    };
    match incoming.plain(&CONTENT_ENCODING) {
        None | Some("" | "identity") => Ok(incoming),
        Some(coding) => Err(Failure::Compressed {
            status: incoming.status,
            // A name is short; whatever else stands there is nobody's to show.
            coding: coding.chars().take(40).collect(),
        }),
    }
}

impl Incoming {
    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.plain(name).map(str::to_owned)
    }

    /// A header's value, without a copy.
    fn plain(&self, name: impl AsHeaderName) -> Option<&str> {
        plain(&self.headers, name)
    }

    /// Whether it is a success that comes as server-sent events. The media type decides, whatever its parameters.
    pub(crate) fn is_event_stream(&self) -> bool {
        let media_type = self.plain(&CONTENT_TYPE).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        self.status == 200 && media_type.eq_ignore_ascii_case("text/event-stream")
    }

    /// The next piece of the body, whatever its size; `None` at the end.
    pub(crate) async fn piece(&mut self) -> Result<Option<Bytes>, Failure> {
        let piece = poll_fn(|context| Pin::new(&mut self.body).poll_next(context)).await;
        let status = Some(self.status);
        piece
            .transpose()
            .map_err(|error| error.into_failure(status))
    }

    /// Reads the whole answer, at most `limit` bytes of it.
    pub(crate) async fn whole(
        mut self,
        log_id: Option<&str>,
        limit: usize,
    ) -> Result<Answer, Failure> {
        let body = self.read(limit).await?;
        Ok(Answer {
            status: self.status,
            log_id: log_id.and_then(|name| self.header(name)),
            body,
            headers: self.headers,
            uri: self.uri,
        })
    }

    /// Reads the body in pieces, so that neither a false declaration nor an endless body fills the memory. A body that comes in
    /// one piece, as most do, stays where it is.
    async fn read(&mut self, limit: usize) -> Result<Bytes, Failure> {
        let status = self.status;
        let declared = self.plain(&CONTENT_LENGTH);
        let declared = declared.and_then(|length| length.parse::<u64>().ok());
        let too_large = |declared| Failure::TooLarge {
            status,
            limit,
            declared,
        };
        if declared.is_some_and(|length| length > limit as u64) {
            return Err(too_large(declared));
        }
        let (mut first, mut body) = (Bytes::new(), Vec::new());
        while let Some(piece) = self.piece().await? {
            if piece.len() > limit - first.len() - body.len() {
                return Err(too_large(None));
            }
            if first.is_empty() && body.is_empty() {
                first = piece;
                continue;
            }
            body.extend_from_slice(&mem::take(&mut first));
            body.extend_from_slice(&piece);
        }
        Ok(if body.is_empty() { first } else { body.into() })
    }
}

/// A header's value, without a copy.
fn plain(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The two forms of the header (RFC 9110, 10.2.3). Anything else asks for nothing.
fn retry_after(text: &str) -> Option<RetryAfter> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(RetryAfter::Seconds(text.parse().unwrap_or(u64::MAX)));
    }
    http_date::parse(text).map(RetryAfter::Until)
}
