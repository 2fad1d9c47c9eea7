//! What a caller of one call was told, in the client's own words.

use std::time::Duration;

use crate::canary;

/// What became of the request, as the client says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It never reached the vendor.
    NotSent,
    /// The vendor has not done it.
    Rejected,
    /// It may have been done.
    Unknown,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// With an answer.
    Success {
        /// The request id that it carries.
        request_id: Option<String>,
    },
    /// With an error.
    Failure {
        /// What became of the request.
        delivery: Delivery,
        /// The time ran out.
        is_timeout: bool,
        /// Attempts that were made.
        attempts: u32,
    },
    /// The caller has dropped it.
    Abandoned,
}

/// All that a caller has seen of a call.
#[derive(Clone, Debug)]
pub struct Told {
    /// How it ended.
    pub outcome: Outcome,
    /// The error in one line; empty if there is none.
    pub said: String,
    /// Everything that could end up in a log: the request, the answer and the error as `Debug`, `Display` and sources show them.
    pub texts: Vec<String>,
    /// How long it took; of an answer in parts, until it began.
    pub elapsed: Duration,
    /// What came of an answer in parts, if it began.
    pub streamed: Option<Streamed>,
}

/// What a caller has seen of an answer in parts.
#[derive(Clone, Debug)]
pub struct Streamed {
    /// The request id that its head carries.
    pub request_id: Option<String>,
    /// The parts, in the order of their coming.
    pub parts: Vec<String>,
    /// How long the caller had to wait for one of them, or for the end.
    pub longest_wait: Duration,
}

impl Told {
    /// Forgets the texts in which there is nothing to find.
    pub(crate) fn keep_leaks(&mut self) {
        self.texts.retain(|text| canary::shown(text).is_some());
    }

    /// What happened, in a line.
    pub(crate) fn summary(&self) -> String {
        match &self.outcome {
            Outcome::Success { request_id } => format!("success, request id {request_id:?}"),
            Outcome::Abandoned => "abandoned".to_owned(),
            Outcome::Failure {
                delivery, attempts, ..
            } => format!("{delivery:?} after {attempts} attempts: {}", self.said),
        }
    }
}
