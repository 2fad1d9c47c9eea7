//! In: what decoding had to forgive. Out: one report per place, by JSON path and without the value.

use std::fmt;

/// A place where a document differs from its description, though it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    path: String,
    kind: DeviationKind,
}

/// What the difference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviationKind {
    /// A scalar of another JSON type was converted.
    Coerced {
        /// What the description says.
        expected: &'static str,
        /// What was there.
        found: &'static str,
    },
    /// An empty text, or `null` for a list, was read as nothing.
    Blank {
        /// What the description says.
        expected: &'static str,
        /// What was there.
        found: &'static str,
    },
    /// An item without a value was left out of its list.
    DroppedItem,
    /// The description knows no such key.
    UnknownKey,
    /// The enum knows no such value.
    UnknownValue,
}

impl Deviation {
    pub(crate) fn new(path: String, kind: DeviationKind) -> Self {
        Self { path, kind }
    }

    /// Where: `Agent.AppId`, `Approvers[2].Mobile`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What.
    pub fn kind(&self) -> DeviationKind {
        self.kind
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path)?;
        match self.kind {
            DeviationKind::Coerced { expected, found } => {
                write!(f, "expected {expected}, read from {found}")
            }
            DeviationKind::Blank { expected, found } => {
                write!(f, "expected {expected}, {found} read as absent")
            }
            DeviationKind::DroppedItem => f.write_str("item without a value left out"),
            DeviationKind::UnknownKey => f.write_str("unknown key"),
            DeviationKind::UnknownValue => f.write_str("value outside the documented list"),
        }
    }
}
