//! In: what became of each attempt. Out: what has become of the request, and why it was not tried again.

use super::kind::{Class, Kind, Limit};

/// Whether the vendor has the request, as far as anybody can tell from here. See [`Error::delivery`](super::Error::delivery).
///
/// It speaks of the whole call: of several attempts, the one that got furthest counts. More variants may come; treat one that
/// you do not know like [`Unknown`](Self::Unknown).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// Nothing reached the vendor: the request was not valid, the configuration not complete, the quota used up, or there was
    /// no connection. Mend the cause, if it is here, and call again; nothing can happen twice.
    NotSent,
    /// The vendor answered that it does not do it: a wrong parameter, a credential or signature that it does not accept, no
    /// right, too many requests, a state that forbids it. Read [`code`](super::Error::code), mend the cause and call again;
    /// nothing has been done that could happen twice.
    Rejected,
    /// The request may have been carried out: the connection broke, no answer came in time, the answer cannot be read, or the
    /// vendor says that something broke on its side. Look up what has become of it before calling again, unless the action
    /// may be repeated ([`can_be_repeated`](super::Error::can_be_repeated)).
    Unknown,
}

impl Delivery {
    /// What one attempt that ended so says.
    pub(super) fn of(kind: &Kind, status: Option<u16>) -> Self {
        match kind {
            Kind::Configuration(_)
            | Kind::Validation(_)
            | Kind::Credential(_)
            | Kind::Quota(_)
            | Kind::Connect
            | Kind::Refused(_)
            | Kind::Timeout(Limit::Connect | Limit::Waiting, _) => Self::NotSent,
            Kind::Service(_, Class::Uncertain) => Self::Unknown,
            Kind::Service(..) => Self::Rejected,
            // A gateway that sends elsewhere or refuses has not passed it on; 408 is one that gave up waiting.
            Kind::Answer(_) | Kind::Unreadable(_) => match status {
                Some(status) if (300..500).contains(&status) && status != 408 => Self::Rejected,
                _ => Self::Unknown,
            },
            Kind::Timeout(..)
            | Kind::Broken
            | Kind::Job(_)
            | Kind::Unfinished(..)
            | Kind::Drift(_) => Self::Unknown,
        }
    }
}

/// Why an error that may pass was the end of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The time left is shorter than the wait.
    Deadline,
    /// The limiter lets no further attempt through.
    Quota,
    /// The clients of the configuration have repeated too much of late.
    Budget,
}

impl Ending {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Deadline => "the total timeout leaves no time for it",
            Self::Quota => "the rate limiter lets no further attempt through in time",
            Self::Budget => "the retry budget is used up",
        }
    }
}
