//! In: what a stage knows. Out: the error, with all that the stages know of it.

use std::error::Error as StdError;

use super::delivery::{Delivery, Ending};
use super::kind::Kind;
use super::{Error, Inner};
use crate::codec::{Problem, Unreadable};

/// How the stages make errors and add what they know.
impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            host: None,
            request_id: None,
            log_id: None,
            http_status: None,
            attempts: 0,
            earlier: Delivery::NotSent,
            repeatable: false,
            ending: None,
            excerpt: None,
            source: None,
        }))
    }

    /// The connection broke before the answer was there.
    pub(crate) fn is_broken(&self) -> bool {
        matches!(self.0.kind, Kind::Broken)
    }

    /// What kind of error it is, in one word.
    pub(crate) fn word(&self) -> &'static str {
        self.0.kind.word()
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(Kind::Configuration(message.into()))
    }

    pub(crate) fn validation(problems: Vec<Problem>) -> Self {
        Self::new(Kind::Validation(problems))
    }

    pub(crate) fn unreadable(unreadable: Unreadable) -> Self {
        Self::new(Kind::Unreadable(unreadable))
    }

    pub(crate) fn not_finite() -> Self {
        Self::validation(vec![Problem::new(
            "the request",
            "has a number that is not finite",
        )])
    }

    pub(crate) fn answer(message: impl Into<String>) -> Self {
        Self::new(Kind::Answer(message.into()))
    }

    #[must_use]
    pub(crate) fn of(mut self, service: &str, action: &str) -> Self {
        self.0.operation = Some((service.to_owned(), action.to_owned()));
        self
    }

    #[must_use]
    pub(crate) fn at(mut self, host: &str) -> Self {
        self.0.host = Some(host.to_owned());
        self
    }

    #[must_use]
    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    #[must_use]
    pub(crate) fn with_ids(mut self, request_id: Option<String>, log_id: Option<String>) -> Self {
        self.0.request_id = request_id;
        self.0.log_id = log_id;
        self
    }

    #[must_use]
    pub(crate) fn with_excerpt(mut self, excerpt: String) -> Self {
        self.0.excerpt = Some(excerpt);
        self
    }

    #[must_use]
    pub(crate) fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds what the attempts before this one have come to.
    #[must_use]
    pub(crate) fn after(mut self, attempts: u32, earlier: Delivery) -> Self {
        self.0.attempts = attempts;
        self.0.earlier = earlier;
        self
    }

    #[must_use]
    pub(crate) fn repeatable(mut self, repeatable: bool) -> Self {
        self.0.repeatable = repeatable;
        self
    }

    #[must_use]
    pub(crate) fn ended_by(mut self, ending: Ending) -> Self {
        self.0.ending = Some(ending);
        self
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
    }
}
