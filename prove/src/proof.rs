//! What compilers and programs have shown in, whether a verdict holds out.

use std::fmt;

/// What has been shown of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// For code that is compiled against the new crate.
    pub source: Evidence,
    /// For programs that are deployed.
    pub wire: Evidence,
}

/// What has been shown of a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// It holds.
    Proved,
    /// It does not hold: what was found, and the program that shows it.
    Refuted {
        /// What was expected and what came, with the compiler's first error where there is one.
        reason: String,
        /// The source of the witness, or what was sent or answered.
        witness: String,
    },
    /// Nothing can show it, for this reason.
    Unshown(&'static str),
    /// A change of another rule at the same place hides it.
    Covered(&'static str),
}

impl Proof {
    /// Whether one of the verdicts does not hold.
    #[must_use]
    pub fn is_refuted(&self) -> bool {
        self.source.is_refuted() || self.wire.is_refuted()
    }
}

impl Evidence {
    /// Whether the verdict does not hold.
    #[must_use]
    pub fn is_refuted(&self) -> bool {
        matches!(self, Self::Refuted { .. })
    }

    pub(crate) fn refuted(reason: impl Into<String>, witness: impl Into<String>) -> Self {
        Self::Refuted {
            reason: reason.into(),
            witness: witness.into(),
        }
    }
}

/// In a line: `proved`, `refuted: why`, or why it cannot be shown.
impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proved => f.write_str("proved"),
            Self::Refuted { reason, .. } => write!(f, "refuted: {reason}"),
            Self::Unshown(reason) => write!(f, "cannot be shown: {reason}"),
            Self::Covered(rule) => write!(f, "covered by {rule}"),
        }
    }
}
