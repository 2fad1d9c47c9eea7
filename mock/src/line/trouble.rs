//! What can go wrong between a client and a cloud, as data.

use std::time::Duration;

use crate::Answer;

/// What becomes of a request and its answer. The groups are in the order of the way: before the request is executed, after it,
/// within the answer.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Trouble {
    /// Nothing: it is executed and answered.
    #[default]
    None,
    /// The connection is reset while the request is still on its way. It is not executed.
    ResetUnread,
    /// The connection is reset when half of the request has been read. It is not executed.
    ResetMidway,
    /// The request is read whole, then the connection is reset. It is not executed.
    ResetUnexecuted,
    /// The request is read whole, then the connection is closed in good order. It is not executed.
    CloseUnexecuted,
    /// The request is read whole, and nothing follows. It is not executed.
    StallUnexecuted,
    /// The request is executed, then the connection is reset.
    ResetExecuted,
    /// The request is executed, and nothing follows.
    StallExecuted,
    /// The answer breaks off in the middle of its headers.
    CutHead,
    /// The answer breaks off in the middle of its body; a stream after the first half of its events, in the middle of the next.
    CutBody,
    /// The answer stops there, and nothing follows.
    StallBody,
    /// Half of the body comes as if it were all of it; of a stream the first half of its events.
    HalfBody,
    /// The first half of the events of a stream come, then this JSON as the last one. Answers that do not stream come whole.
    LastEvent(String),
    /// The answer comes in small pieces, the last of them after this time.
    Drip(Duration),
    /// `Content-Length` promises more than there is, or in a stream the last chunk does; then the connection is closed.
    LengthTooLong,
    /// `Content-Length` promises less than there is, or in a stream the last chunk does; then the connection is closed.
    LengthTooShort,
    /// An intermediary sends the request twice. The client gets the answer to the first; the second is recorded as
    /// [`Call::is_copy`](crate::Call::is_copy).
    Twice,
    /// The answer comes whole, then the connection is closed without a header that says so.
    CloseAfter,
    /// Something else answers, in the vendor's envelope or not: a gateway, a cache, a part of the cloud that has broken.
    Answer {
        /// What it answers.
        answer: Answer,
        /// Whether the request is executed all the same.
        executed: bool,
    },
}

impl Trouble {
    /// Another answer, and the request is not executed.
    pub fn instead(answer: Answer) -> Self {
        Self::Answer {
            answer,
            executed: false,
        }
    }

    /// Another answer, though the request is executed.
    pub fn in_spite(answer: Answer) -> Self {
        Self::Answer {
            answer,
            executed: true,
        }
    }

    /// Whether the cloud gets to see the request.
    #[must_use]
    pub fn executes(&self) -> bool {
        !matches!(
            self,
            Self::ResetUnread
                | Self::ResetMidway
                | Self::ResetUnexecuted
                | Self::CloseUnexecuted
                | Self::StallUnexecuted
                | Self::Answer {
                    executed: false,
                    ..
                }
        )
    }

    /// Whether the client gets the cloud's own answer, whole and at once.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        matches!(self, Self::None | Self::Twice | Self::CloseAfter)
    }
}
