//! In: what a transport met with. Out: an error that says how far the request can have got.

use std::error::Error as StdError;
use std::fmt;

use super::answer::{Cause, Failure};

/// Why a [`Transport`](super::Transport) has no answer, or no more of it.
///
/// The choice is about the request and not about the network: one that was [not connected](Self::connect) is sent again,
/// whatever it asks for, while one that [broke](Self::broken) later is sent again only if twice is like once. In doubt it
/// broke. What the causes say becomes part of the call's error, and must not hold a secret.
pub struct TransportError {
    kind: Kind,
    source: Option<Cause>,
}

#[derive(Debug)]
enum Kind {
    Connect,
    ConnectTimeout,
    Refused(String),
    Broken,
    Redirected,
}

impl TransportError {
    /// There was no connection, so that nothing was sent. Another attempt may have one.
    pub fn connect(cause: impl Into<Cause>) -> Self {
        Self::new(Kind::Connect, cause)
    }

    /// There was no connection in time, so that nothing was sent.
    pub fn connect_timeout(cause: impl Into<Cause>) -> Self {
        Self::new(Kind::ConnectTimeout, cause)
    }

    /// There was no connection, so that nothing was sent, and every attempt would end so until somebody mends the cause: a
    /// certificate that is not trusted, a password that a proxy does not take. The reason is what the call's error shows.
    pub fn refused(reason: impl Into<String>) -> Self {
        Self {
            kind: Kind::Refused(reason.into()),
            source: None,
        }
    }

    /// It broke when the request may have reached the server: while it was sent, while the answer was waited for, or within
    /// the answer.
    pub fn broken(cause: impl Into<Cause>) -> Self {
        Self::new(Kind::Broken, cause)
    }

    /// The client has gone elsewhere than it was sent.
    pub(super) fn redirected() -> Self {
        Self {
            kind: Kind::Redirected,
            source: None,
        }
    }

    fn new(kind: Kind, cause: impl Into<Cause>) -> Self {
        Self {
            kind,
            source: Some(cause.into()),
        }
    }

    #[must_use]
    pub(super) fn because(mut self, cause: impl Into<Cause>) -> Self {
        self.source = Some(cause.into());
        self
    }

    /// The failure of an exchange; the status is known once the head has come.
    pub(super) fn into_failure(self, status: Option<u16>) -> Failure {
        let unsaid = || Cause::from("the transport does not say why");
        let Self { kind, source } = self;
        match kind {
            // A head has come, so there was a connection, whatever the transport says.
            _ if status.is_some() => Failure::Broken(source.unwrap_or_else(unsaid), status),
            Kind::Connect => Failure::Connect(source.unwrap_or_else(unsaid)),
            Kind::ConnectTimeout => Failure::ConnectTimeout(source.unwrap_or_else(unsaid)),
            Kind::Refused(reason) => Failure::Refused(reason, source),
            Kind::Broken => Failure::Broken(source.unwrap_or_else(unsaid), None),
            Kind::Redirected => Failure::Redirected,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.kind {
            Kind::Connect => "cannot connect",
            Kind::ConnectTimeout => "cannot connect in time",
            Kind::Refused(reason) => reason,
            Kind::Broken => "the connection broke",
            Kind::Redirected => "the client followed a redirect",
        })
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.source.as_deref();
        source.map(|source| source as &(dyn StdError + 'static))
    }
}
