//! Two models in, all changes, worst first, with the bump that they ask for out.

use std::collections::BTreeMap;

use yunqiao_model::Api;

use crate::axis::{Bump, Class};
use crate::change::{Change, counted};
use crate::compare;

/// What a change of schemas comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Every change: worst class first, then by path.
    pub changes: Vec<Change>,
}

/// Compares two models.
#[must_use]
pub fn diff(old: &Api, new: &Api) -> Report {
    let changes = compare::compare(old, new);
    let mut report = Report { changes };
    report.sort();
    report
}

impl Report {
    /// Puts what is worst first.
    pub(crate) fn sort(&mut self) {
        self.changes.sort_by(|one, other| {
            let key = |change: &Change| {
                (
                    std::cmp::Reverse(change.class()),
                    std::cmp::Reverse(change.bump()),
                )
            };
            key(one)
                .cmp(&key(other))
                .then_with(|| one.path.cmp(&other.path))
                .then_with(|| one.rule.id.cmp(other.rule.id))
        });
    }

    /// The bump that all changes together ask for.
    #[must_use]
    pub fn bump(&self) -> Bump {
        self.changes
            .iter()
            .map(Change::bump)
            .max()
            .unwrap_or_default()
    }

    /// How many changes of each class there are, worst first.
    #[must_use]
    pub fn counts(&self) -> Vec<(Class, usize)> {
        let mut counts: BTreeMap<Class, usize> = BTreeMap::new();
        for change in &self.changes {
            *counts.entry(change.class()).or_default() += 1;
        }
        counts.into_iter().rev().collect()
    }

    /// How many changes are none in Rust, in words; `None` if there are none of them, or nobody has looked.
    pub(crate) fn same_in_rust(&self) -> Option<String> {
        let same = self.changes.iter().filter(|it| it.is_same_in_rust());
        let (same, all) = (same.count(), self.changes.len());
        (same > 0).then(|| format!("{same} of {}", counted(all, "change")))
    }

    /// Whether callers or deployed programs are hit by something that nobody has accepted.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        let mut open = self
            .changes
            .iter()
            .filter(|change| change.approval.is_none());
        open.any(|change| change.class().is_breaking())
    }
}
