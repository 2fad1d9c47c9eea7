//! The changes of a class in, those that belong to the same struct, action or enum together out.

use std::collections::{BTreeMap, BTreeSet};

use crate::axis::Class;
use crate::change::Change;
use crate::report::Report;

/// Changes of one thing.
pub(super) struct Group<'a> {
    /// Where it is, as `tencent/ess/2020-11-11/structs/FlowInfo`.
    pub(super) place: &'a str,
    pub(super) changes: Vec<&'a Change>,
}

/// The groups of a class, in the order of their first change.
pub(super) fn groups(report: &Report, class: Class) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for change in report
        .changes
        .iter()
        .filter(|change| change.class() == class)
    {
        let place = place(&change.path);
        match known.get(place) {
            Some(index) => groups[*index].changes.push(change),
            None => {
                known.insert(place, groups.len());
                groups.push(Group {
                    place,
                    changes: vec![change],
                });
            }
        }
    }
    groups
}

/// The struct, the side of an action, or the service that a path is in.
fn place(path: &str) -> &str {
    let kinds = ["structs", "enums", "actions", "errors"];
    let parts: Vec<(usize, &str)> = path
        .split('/')
        .scan(0, |at, part| {
            let start = *at;
            *at += part.len() + 1;
            Some((start, part))
        })
        .collect();
    let Some(kind) = parts.iter().position(|(_, part)| kinds.contains(part)) else {
        return path;
    };
    // Codes stand together, and so do actions that come or go.
    let parts_of_place = match parts[kind].1 {
        "errors" => kind + 1,
        "actions" if parts.len() == kind + 2 => kind + 1,
        "actions" => kind + 3,
        _ if parts.len() == kind + 2 => kind + 1,
        _ => kind + 2,
    };
    match parts.get(parts_of_place) {
        Some((start, _)) => &path[..start - 1],
        None => path,
    }
}

impl<'a> Group<'a> {
    /// What is left of a change's path.
    pub(super) fn name(&self, change: &'a Change) -> &'a str {
        let rest = change.path.strip_prefix(self.place).unwrap_or_default();
        rest.trim_start_matches('/')
    }

    /// The actions that the changes reach, unless the place is an action, or many things stand together.
    pub(super) fn actions(&self) -> Vec<&'a str> {
        let is_own = self.place.contains("/actions")
            || self.place.ends_with("/structs")
            || self.place.ends_with("/enums");
        if is_own {
            return Vec::new();
        }
        let actions: BTreeSet<&str> = self
            .changes
            .iter()
            .flat_map(|change| change.actions.iter().map(String::as_str))
            .collect();
        actions.into_iter().collect()
    }
}
