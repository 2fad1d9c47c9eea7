//! Lines of the lock and changes that contradict each other in, a message by service out.

use std::collections::BTreeMap;
use std::fmt;

use yunqiao_codegen::Pinned;

use super::service;
use crate::change::Change;

/// Lines of a kind that are named one by one.
const NAMED: usize = 12;

/// `api.lock` and the schema diff contradict each other. One of them is wrong, and so is whatever follows from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disagreement {
    services: BTreeMap<String, Sides>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sides {
    /// Lines that differ, and that no change explains.
    untold: Vec<String>,
    /// Changes that break callers, and that no line shows.
    unproved: Vec<String>,
    /// All changes of the service.
    changes: Vec<String>,
}

impl Disagreement {
    pub(super) fn is_empty(&self) -> bool {
        self.services.is_empty()
    }

    pub(super) fn untold(&mut self, old: &Pinned<'_>, new: Option<&Pinned<'_>>) {
        let now = new.map_or(String::new(), |new| format!("\n      now {}", new.line));
        let line = format!("{}{now}", old.line);
        self.of(&old.place).untold.push(line);
    }

    pub(super) fn unproved(&mut self, change: &Change) {
        self.of(&change.path).unproved.push(shown(change));
    }

    /// Adds what is told of the services that are named.
    pub(super) fn beside(&mut self, changes: &[Change]) {
        for change in changes {
            if let Some(sides) = self.services.get_mut(service(&change.path)) {
                sides.changes.push(shown(change));
            }
        }
    }

    fn of(&mut self, place: &str) -> &mut Sides {
        self.services.entry(service(place).to_owned()).or_default()
    }
}

fn shown(change: &Change) -> String {
    format!("{} {}: {}", change.rule.id, change.path, change.rule.title)
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the schema diff and api.lock contradict each other; one of the two is wrong, please report it"
        )?;
        for (service, sides) in &self.services {
            write!(f, "\n{service}:")?;
            for (heading, lines) in [
                (
                    "lines of api.lock that differ, and no change says why",
                    &sides.untold,
                ),
                (
                    "changes that break callers, and no line of api.lock shows it",
                    &sides.unproved,
                ),
                ("all changes", &sides.changes),
            ] {
                if lines.is_empty() {
                    continue;
                }
                write!(f, "\n  {heading}:")?;
                for line in lines.iter().take(NAMED) {
                    write!(f, "\n    {line}")?;
                }
                if lines.len() > NAMED {
                    write!(f, "\n    and {} more", lines.len() - NAMED)?;
                }
            }
        }
        Ok(())
    }
}

impl std::error::Error for Disagreement {}
