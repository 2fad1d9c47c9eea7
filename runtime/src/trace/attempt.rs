//! In: one attempt and what becomes of it. Out: its span, and an event that tells whether another one follows.

use std::time::Duration;

use tokio::time::Instant;
use tracing::Span;
use tracing::field::{Empty, debug};

use super::{milliseconds, plain, target};
use crate::clock::moment;
use crate::error::Error;

/// The span of one attempt, inside that of its call.
pub(crate) struct AttemptTrace {
    span: Span,
    start: Instant,
}

impl AttemptTrace {
    pub(super) fn begin(call: &Span, number: u32) -> Self {
        let span = tracing::debug_span!(
            target: target!(),
            parent: call,
            "attempt",
            attempt = number,
            outcome = Empty,
            code = Empty,
            delivery = Empty,
            status = Empty,
            request_id = Empty,
            response_bytes = Empty,
            duration_ms = Empty,
        );
        Self {
            span,
            start: moment(),
        }
    }

    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// An answer has come whole, whatever it says.
    pub(crate) fn received(&self, status: u16, bytes: usize) {
        self.span.record("status", status);
        self.span.record("response_bytes", bytes);
    }

    /// It brought the answer, or its beginning.
    pub(crate) fn answered(&self, request_id: Option<&str>) {
        if self.span.is_disabled() {
            return;
        }
        self.span.record("request_id", request_id.map(plain));
        self.end("ok");
    }

    pub(crate) fn failed(&self, error: &Error) {
        self.span.record("code", error.code().map(plain));
        self.span.record("delivery", debug(error.delivery()));
        self.span.record("status", error.http_status());
        self.span
            .record("request_id", error.request_id().map(plain));
        self.end(error.word());
    }

    /// Another attempt follows after a while.
    pub(crate) fn repeated_after(&self, pause: Duration) {
        let pause_ms = pause.as_secs_f64() * 1000.0;
        tracing::debug!(target: target!(), parent: &self.span, pause_ms, "another attempt follows");
    }

    fn end(&self, outcome: &'static str) {
        if self.span.is_disabled() {
            return;
        }
        let duration = milliseconds(self.start);
        self.span.record("outcome", outcome);
        self.span.record("duration_ms", duration);
        tracing::debug!(target: target!(), parent: &self.span, outcome, duration_ms = duration, "the attempt has ended");
    }
}
