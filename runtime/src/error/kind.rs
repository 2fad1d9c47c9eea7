//! In: the outcome of a stage. Out: the private kinds behind the predicates.

use std::time::Duration;

use crate::codec::{Deviation, Problem, Unreadable};

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Before sending: the configuration, with the way to mend it.
    Configuration(String),
    /// Before sending: nobody to sign it.
    Credential(String),
    /// Before sending: the request.
    Validation(Vec<Problem>),
    /// Before sending: the limiter let nothing through, in words.
    Quota(String),
    /// No connection.
    Connect,
    /// No connection, and no other attempt would have one, in words.
    Refused(String),
    /// Out of time.
    Timeout(Limit, Duration),
    /// The connection broke while sending or receiving.
    Broken,
    /// The vendor's own error.
    Service(Fault, Class),
    /// An answer that is not the vendor's, in words.
    Answer(String),
    /// The job that was waited for has ended in this state, which means failure.
    Job(String),
    /// The job that was waited for has not ended in this time; the last state that was seen.
    Unfinished(Duration, Option<String>),
    /// A strict configuration, and an answer that differs from its description.
    Drift(Vec<Deviation>),
    /// JSON that breaks off or has another shape.
    Unreadable(Unreadable),
}

impl Kind {
    /// One word, for those who count.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Configuration(_) => "configuration",
            Self::Credential(_) => "credential",
            Self::Validation(_) => "validation",
            Self::Quota(_) => "quota",
            Self::Connect | Self::Refused(_) => "connect",
            Self::Timeout(..) | Self::Unfinished(..) => "timeout",
            Self::Broken => "broken",
            Self::Service(..) => "service",
            Self::Answer(_) | Self::Unreadable(_) => "decode",
            Self::Job(_) => "job",
            Self::Drift(_) => "drift",
        }
    }
}

/// Which of the time limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Connect,
    Attempt,
    Total,
    /// The total one, while no attempt was on its way.
    Waiting,
    /// Between two pieces of a stream.
    Idle,
}

impl Limit {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect timeout",
            Self::Attempt => "attempt timeout",
            Self::Total | Self::Waiting => "total timeout",
            Self::Idle => "idle timeout",
        }
    }
}

/// An error as the vendor's envelope tells it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Fault {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) code_n: Option<i64>,
}

/// What a fault is about, judged by the vendor's own codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// The credential or its signature.
    Authentication,
    /// The time of the signature.
    Clock,
    /// Too many requests; refused before anything was done.
    Throttling,
    /// A parameter.
    Validation,
    /// Refused for any other reason.
    Refused,
    /// Something broke on the vendor's side, before or after the work was done.
    Uncertain,
}
