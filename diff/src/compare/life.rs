//! Lifecycle marks in, what has become of the thing out.

use yunqiao_model::api::Life;

/// What there is of a thing on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// On neither side, or a tombstone all along.
    Nothing,
    Stays,
    Comes,
    /// It leaves a tombstone.
    Buried,
    /// It leaves nothing; or its tombstone goes.
    Gone,
}

pub(super) fn fate(old: Option<&Life>, new: Option<&Life>) -> Fate {
    let is_dead = |life: &Life| life.removed.is_some();
    match (old, new) {
        (Some(old), Some(new)) => match (is_dead(old), is_dead(new)) {
            (false, false) => Fate::Stays,
            (false, true) => Fate::Buried,
            (true, false) => Fate::Comes,
            (true, true) => Fate::Nothing,
        },
        (Some(_), None) => Fate::Gone,
        (None, Some(new)) if is_dead(new) => Fate::Nothing,
        (None, Some(_)) => Fate::Comes,
        (None, None) => Fate::Nothing,
    }
}

/// Whether the mark `deprecated:` came (`Some(true)`) or went (`Some(false)`).
pub(super) fn deprecation(old: &Life, new: &Life) -> Option<bool> {
    match (old.deprecated.is_some(), new.deprecated.is_some()) {
        (false, true) => Some(true),
        (true, false) => Some(false),
        _ => None,
    }
}
