//! What compilers and programs have shown of a change in, whether its verdict holds out, in words.

use std::fmt;

use crate::report::Report;

/// What has been shown of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// For code that is compiled against the new crate.
    pub source: Shown,
    /// For programs that are deployed.
    pub wire: Shown,
}

/// What has been shown of a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
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

impl Shown {
    /// Whether the verdict does not hold.
    #[must_use]
    pub fn is_refuted(&self) -> bool {
        matches!(self, Self::Refuted { .. })
    }

    /// It does not hold, for this reason; the witness shows it.
    #[must_use]
    pub fn refuted(reason: impl Into<String>, witness: impl Into<String>) -> Self {
        Self::Refuted {
            reason: reason.into(),
            witness: witness.into(),
        }
    }
}

/// In a line: `proved`, `refuted: why`, or why it cannot be shown.
impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proved => f.write_str("proved"),
            Self::Refuted { reason, .. } => write!(f, "refuted: {reason}"),
            Self::Unshown(reason) => write!(f, "cannot be shown: {reason}"),
            Self::Covered(rule) => write!(f, "covered by {rule}"),
        }
    }
}

/// How many verdicts have been proved, refuted, or cannot be shown; nothing if nobody was asked.
pub(crate) fn summary(report: &Report) -> Option<String> {
    let proofs = report
        .changes
        .iter()
        .filter_map(|change| change.proof.as_ref());
    let shown: Vec<&Shown> = proofs
        .flat_map(|proof| [&proof.source, &proof.wire])
        .collect();
    let proved = shown.iter().filter(|one| ***one == Shown::Proved).count();
    let refuted = shown.iter().filter(|one| one.is_refuted()).count();
    let others = shown.len() - proved - refuted;
    (!shown.is_empty())
        .then(|| format!("{proved} verdicts proved, {refuted} refuted, {others} cannot be shown"))
}
