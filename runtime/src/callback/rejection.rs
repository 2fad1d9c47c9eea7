//! In: what is wrong with a message. Out: the one refusal of this module, and the HTTP status that goes with it.

use std::error::Error as StdError;
use std::fmt;

/// Why a message is not handed to the program.
///
/// The kinds are private: ask with the predicates, and answer the vendor with [`http_status`](Self::http_status). Neither
/// `Display` nor `Debug` holds a secret or anything of the message; both may be logged. Don't send them to the sender:
/// somebody who tries forgeries need not learn what was wrong.
pub struct Rejection(Kind);

pub(super) enum Kind {
    TooLarge { bytes: usize, limit: usize },
    NoSignature,
    Forged,
    WrongPath,
    NoKey,
    Undecryptable,
    Unreadable { line: usize, column: usize },
    Handled,
    InHand,
    Full,
    Store(Box<dyn StdError + Send + Sync>),
}

impl Rejection {
    pub(super) fn new(kind: Kind) -> Self {
        Self(kind)
    }

    pub(super) fn too_large(bytes: usize, limit: usize) -> Self {
        Self(Kind::TooLarge { bytes, limit })
    }

    pub(super) fn unreadable(error: &serde_json::Error) -> Self {
        Self(Kind::Unreadable {
            line: error.line(),
            column: error.column(),
        })
    }

    /// The message is not the vendor's: its signature, or the secret in the path, is missing or wrong.
    pub fn is_forged(&self) -> bool {
        matches!(self.0, Kind::NoSignature | Kind::Forged | Kind::WrongPath)
    }

    /// The body is larger than what this service takes.
    pub fn is_too_large(&self) -> bool {
        matches!(self.0, Kind::TooLarge { .. })
    }

    /// The message is the vendor's, but nothing that can be read: no JSON, or not encrypted with the key that is configured.
    pub fn is_unreadable(&self) -> bool {
        matches!(self.0, Kind::Undecryptable | Kind::Unreadable { .. })
    }

    /// The message is encrypted, and no key is configured.
    pub fn is_configuration(&self) -> bool {
        matches!(self.0, Kind::NoKey)
    }

    /// The event has been handled and acknowledged already. Handle it no second time, but answer 200: perhaps the vendor
    /// never saw the first answer, and would send the event again and again.
    pub fn is_replay(&self) -> bool {
        matches!(self.0, Kind::Handled)
    }

    /// The event cannot be taken now: it is being handled at this moment, or the store of events is full or out of reach.
    /// The vendor sends it again.
    pub fn is_temporary(&self) -> bool {
        matches!(self.0, Kind::InHand | Kind::Full | Kind::Store(_))
    }

    /// The status to answer with. Whatever is not 200 makes the vendor send the message again.
    ///
    /// | refusal | status |
    /// |---|---|
    /// | forged | 401 |
    /// | too large | 413 |
    /// | unreadable | 400 |
    /// | no key configured | 500 |
    /// | handled before | 200 |
    /// | cannot be taken now | 503 |
    pub fn http_status(&self) -> u16 {
        match self.0 {
            Kind::NoSignature | Kind::Forged | Kind::WrongPath => 401,
            Kind::TooLarge { .. } => 413,
            Kind::Undecryptable | Kind::Unreadable { .. } => 400,
            Kind::NoKey => 500,
            Kind::Handled => 200,
            Kind::InHand | Kind::Full | Kind::Store(_) => 503,
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match &self.0 {
            Kind::TooLarge { bytes, limit } => {
                return write!(f, "the body has {bytes} bytes, at most {limit} are taken");
            }
            Kind::Unreadable { line, column } => {
                return write!(
                    f,
                    "the body is no message in JSON (line {line}, column {column})"
                );
            }
            Kind::NoSignature => "there is not exactly one header Content-Signature",
            Kind::Forged => "the signature is not this body's",
            Kind::WrongPath => "the path does not have the secret",
            Kind::NoKey => "the body is encrypted, and no key is configured",
            Kind::Undecryptable => "the body cannot be decrypted with the configured key",
            Kind::Handled => "the event was handled before",
            Kind::InHand => "the event is being handled at this moment",
            Kind::Full => "more events are being handled than can be remembered",
            Kind::Store(_) => "the store of handled events is out of reach",
        };
        f.write_str(text)
    }
}

impl fmt::Debug for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rejection({self})")
    }
}

impl StdError for Rejection {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            Kind::Store(source) => Some(source.as_ref()),
            _ => None,
        }
    }
}
