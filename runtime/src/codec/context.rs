//! In: the events of one decoding. Out: where it stands, why it failed and, in strict mode, what it forgave.

use std::fmt;

use serde::de;

use super::deviation::{Deviation, DeviationKind};
use super::member::Slot;
use super::path::{Path, Step};
use super::scalar::{Mismatch, Put, Scalar};

/// What one decoding carries along.
#[derive(Default)]
pub(crate) struct Context {
    /// Where it stands. Left as it is when decoding stops, so that a syntax error knows its path too.
    pub(crate) path: Path,
    /// The first value that did not fit.
    pub(crate) failure: Option<Failure>,
    /// Strict mode: what was forgiven.
    pub(crate) deviations: Option<Vec<Deviation>>,
    /// Numbers that stand for a text are read in the spelling of the document; needs `serde_json`'s own deserializer.
    pub(crate) exact: bool,
    /// Such a number was met without `exact`, and its spelling may have changed.
    pub(crate) inexact: bool,
}

/// A value that did not fit, told without the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) expected: &'static str,
    pub(crate) found: &'static str,
    pub(crate) reason: Mismatch,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found ", self.expected)?;
        match self.reason {
            Mismatch::Kind => f.write_str(self.found),
            Mismatch::Range => f.write_str("a number beyond its range"),
            Mismatch::Fraction => f.write_str("a number with a fraction"),
        }
    }
}

impl Context {
    /// A context that reports every deviation.
    pub(crate) fn strict() -> Self {
        Self {
            deviations: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// Forgets what a first pass found, for a second one that reads numbers in text fields exactly.
    pub(crate) fn restart_exact(&mut self) {
        let strict = self.deviations.is_some();
        *self = Self {
            exact: true,
            deviations: strict.then(Vec::new),
            ..Self::default()
        };
    }

    pub(super) fn enter(&mut self, step: Step) {
        self.path.push(step);
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    /// Remembers why decoding stops and makes the error that stops it.
    pub(super) fn fail<E: de::Error>(
        &mut self,
        slot: &Slot<'_>,
        found: &'static str,
        reason: Mismatch,
    ) -> E {
        let failure = Failure {
            expected: slot.expects(),
            found,
            reason,
        };
        self.failure = Some(failure);
        if self.path.is_root() {
            E::custom(failure)
        } else {
            E::custom(format_args!("{}: {failure}", self.path))
        }
    }

    /// Reports how a scalar was taken.
    pub(super) fn note_put(&mut self, put: Put, scalar: Scalar<'_>, expected: &'static str) {
        if self.deviations.is_none() {
            return;
        }
        let found = scalar.kind();
        match put {
            Put::Set | Put::Null => {}
            Put::Coerced => self.note(DeviationKind::Coerced { expected, found }),
            Put::Unknown => self.note(DeviationKind::UnknownValue),
            Put::Blank => self.note(DeviationKind::Blank { expected, found }),
        }
    }

    pub(super) fn note(&mut self, kind: DeviationKind) {
        let path = &self.path;
        if let Some(deviations) = &mut self.deviations {
            deviations.push(Deviation::new(path.to_string(), kind));
        }
    }

    pub(super) fn note_unknown_key(&mut self, key: &str) {
        let path = &self.path;
        if let Some(deviations) = &mut self.deviations {
            deviations.push(Deviation::new(path.join(key), DeviationKind::UnknownKey));
        }
    }
}
