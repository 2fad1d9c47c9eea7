//! In: a call and what becomes of it. Out: spans and events of `tracing`, which hold no body, no value and no secret.
//!
//! All that the runtime tells an operator is told here, under one target. Without a subscriber it costs a comparison.

mod attempt;

use tokio::time::Instant;
use tracing::Span;
use tracing::field::{Empty, debug};

use crate::call::Outline;
use crate::clock::moment;
use crate::credential::CredentialError;
use crate::error::Error;
use crate::operation::Action;

pub(crate) use self::attempt::AttemptTrace;

/// What subscribers filter by.
macro_rules! target {
    () => {
        "yunqiao"
    };
}
use target;

/// The span of one call. What a call has come to is recorded when it is known, and that it was given up when nothing else is.
pub(crate) struct CallTrace {
    span: Span,
    start: Instant,
    is_open: bool,
}

impl CallTrace {
    pub(crate) fn begin(action: &Action) -> Self {
        let service = action.service();
        let span = tracing::info_span!(
            target: target!(),
            "call",
            service = service.name(),
            version = &**action.sent_version(),
            action = action.name(),
            region = Empty,
            host = Empty,
            outcome = Empty,
            code = Empty,
            delivery = Empty,
            status = Empty,
            request_id = Empty,
            log_id = Empty,
            attempts = Empty,
            request_bytes = Empty,
            response_bytes = Empty,
            events = Empty,
            duration_ms = Empty,
        );
        Self {
            span,
            start: moment(),
            is_open: true,
        }
    }

    /// What the work of the call goes on in.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// The call is checked and encoded: where it goes, and how much.
    pub(crate) fn prepared(&self, host: &str, region: Option<&str>, request_bytes: usize) {
        self.span.record("host", host);
        self.span.record("region", region);
        self.span.record("request_bytes", request_bytes);
    }

    /// Another attempt starts.
    pub(crate) fn attempt(&self, number: u32) -> AttemptTrace {
        AttemptTrace::begin(&self.span, number)
    }

    /// The whole answer is there.
    pub(crate) fn answered(&mut self, outline: &Outline) {
        self.span.record("response_bytes", outline.bytes);
        self.head(outline);
        self.end("ok");
    }

    /// The answer begins.
    pub(crate) fn head(&self, outline: &Outline) {
        self.span.record("status", outline.http_status);
        self.span.record("attempts", outline.attempts);
        self.ids(outline.request_id.as_deref(), outline.log_id.as_deref());
    }

    /// So much of the answer has come, in so many events.
    pub(crate) fn streamed(&self, events: u64, bytes: u64) {
        self.span.record("events", events);
        self.span.record("response_bytes", bytes);
    }

    /// The stream has come to its end.
    pub(crate) fn ended(&mut self) {
        self.end("ok");
    }

    pub(crate) fn failed(&mut self, error: &Error) {
        self.span.record("code", error.code().map(plain));
        self.span.record("delivery", debug(error.delivery()));
        self.span.record("status", error.http_status());
        self.span.record("attempts", error.attempts());
        self.ids(error.request_id(), error.log_id());
        self.end(error.word());
    }

    fn ids(&self, request_id: Option<&str>, log_id: Option<&str>) {
        if self.span.is_disabled() {
            return;
        }
        self.span.record("request_id", request_id.map(plain));
        self.span.record("log_id", log_id.map(plain));
    }

    fn end(&mut self, outcome: &'static str) {
        self.is_open = false;
        if self.span.is_disabled() {
            return;
        }
        let duration = milliseconds(self.start);
        self.span.record("outcome", outcome);
        self.span.record("duration_ms", duration);
        tracing::debug!(target: target!(), parent: &self.span, outcome, duration_ms = duration, "the call has ended");
    }
}

impl Drop for CallTrace {
    fn drop(&mut self) {
        if self.is_open {
            self.end("given up");
        }
    }
}

/// Signatures for this host are made with another time than the local clock's. Told once for each host.
pub(crate) fn clock_corrected(host: &str, offset: i64) {
    tracing::warn!(
        target: target!(),
        host,
        offset,
        "the local clock is wrong by {offset} seconds, as {host} says; signatures are corrected, but please set the clock"
    );
}

/// A source has handed out a credential.
pub(crate) fn renewed(source: &str, expires_at: Option<i64>) {
    tracing::debug!(target: target!(), source, expires_at, "a credential was fetched");
}

/// A source has none; whether calls fail for it depends on what is left of the one before.
pub(crate) fn not_renewed(error: &CredentialError) {
    tracing::warn!(target: target!(), "no credential could be fetched: {error}");
}

/// How long ago it was, in milliseconds and parts of one.
fn milliseconds(since: Instant) -> f64 {
    let micros = moment().saturating_duration_since(since).as_micros();
    // Fifty years of microseconds are exact.
    micros as f64 / 1000.0
}

/// A code or an id as it came, if it looks like one: what a server puts there can be anything.
fn plain(word: &str) -> &str {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte);
    if (1..=128).contains(&word.len()) && word.bytes().all(is_plain) {
        word
    } else {
        "not shown"
    }
}
