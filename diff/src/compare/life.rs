//! Lifecycle marks in, what has become of the thing out.

use yunqiao_model::api::Life;

use crate::change::Change;
use crate::prose;

/// What there is of a thing on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// On neither side, or a tombstone of something that never was here.
    Nothing,
    Stays,
    Comes,
    /// It leaves a tombstone.
    Buried,
    /// It was a tombstone, and is one.
    Dead,
    /// It leaves nothing.
    Gone,
    /// Its tombstone leaves nothing.
    Dropped,
}

impl Fate {
    pub(super) fn of(old: Option<&Life>, new: Option<&Life>) -> Self {
        match (old.map(is_dead), new.map(is_dead)) {
            (Some(false), Some(false)) => Self::Stays,
            (Some(false), Some(true)) => Self::Buried,
            (Some(true), Some(true)) => Self::Dead,
            (Some(false), None) => Self::Gone,
            (Some(true), None) => Self::Dropped,
            (Some(true) | None, Some(false)) => Self::Comes,
            (None, Some(true) | None) => Self::Nothing,
        }
    }
}

pub(super) fn is_dead(life: &Life) -> bool {
    life.removed.is_some()
}

/// Whether the mark `deprecated:` came (`Some(true)`) or went (`Some(false)`).
pub(super) fn deprecation(old: &Life, new: &Life) -> Option<bool> {
    match (old.deprecated.is_some(), new.deprecated.is_some()) {
        (false, true) => Some(true),
        (true, false) => Some(false),
        _ => None,
    }
}

/// What should be used in its place.
pub(super) fn note(life: &Life) -> String {
    let note = life.deprecated.clone();
    note.unwrap_or_else(|| "not deprecated".to_owned())
}

/// Adds what is to be said of a note that reads otherwise: what the compiler shows beside its warning.
pub(super) fn notes(path: &str, old: &Life, new: &Life, actions: &[String], out: &mut Vec<Change>) {
    for (old, new) in [
        (&old.deprecated, &new.deprecated),
        (&old.removed, &new.removed),
    ] {
        if let (Some(old), Some(new)) = (old, new) {
            prose::compare(path, old, new, actions, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_sides_has_its_fate() {
        let (alive, dead) = (
            Life::default(),
            Life {
                removed: Some("Since 2024.".to_owned()),
                ..Life::default()
            },
        );
        let (alive, dead) = (Some(&alive), Some(&dead));
        for (old, new, fate) in [
            (None, None, Fate::Nothing),
            (None, alive, Fate::Comes),
            (None, dead, Fate::Nothing),
            (alive, None, Fate::Gone),
            (alive, alive, Fate::Stays),
            (alive, dead, Fate::Buried),
            (dead, None, Fate::Dropped),
            (dead, alive, Fate::Comes),
            (dead, dead, Fate::Dead),
        ] {
            assert_eq!(Fate::of(old, new), fate, "{old:?} {new:?}");
        }
    }
}
