//! The rules: each kind of change with its verdict, where the guards of the generator hold and where they do not.

mod absent;
mod lock;
mod table;

use crate::axis::{Bump, Class, Kind, Source, Wire};

pub use self::absent::{ABSENT, Absent};
pub use self::lock::{GENERATOR, MOVED, SHOWN};
pub use self::table::RULES;

/// The answers to the four questions, and the bump that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// For programs that are deployed.
    pub wire: Wire,
    /// For code that is compiled against the new crate.
    pub source: Source,
    /// For what it does then, and for readers.
    pub kind: Kind,
    /// Of a crate that has reached 1.0.
    pub bump: Bump,
}

impl Verdict {
    /// The class.
    #[must_use]
    pub fn class(&self) -> Class {
        Class::of(self.wire, self.source, self.kind)
    }
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in the truth table: a letter for what it is about, and a number.
    pub id: &'static str,
    /// What happens.
    pub title: &'static str,
    /// What it means with the guards of the generator.
    pub guarded: Verdict,
    /// What it means where the guard has not been kept: no tombstone, another `rust:`.
    pub bare: Option<Verdict>,
    /// Why, in a sentence.
    pub why: &'static str,
    /// The rule for the opposite change.
    pub mirror: Mirror,
}

/// The opposite of a change: removing for adding, loosening for tightening, the answer for the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mirror {
    /// Back in time: what old to new is here, new to old is there.
    Of(&'static str),
    /// Its own opposite.
    Own,
    /// There is none, for this reason.
    None(&'static str),
}

/// The rule of this name.
///
/// # Panics
/// If there is none: names are written by hand in this crate only, and a test looks at each.
#[must_use]
pub fn rule(id: &str) -> &'static Rule {
    RULES
        .iter()
        .find(|rule| rule.id == id)
        .unwrap_or_else(|| panic!("no rule {id}"))
}
