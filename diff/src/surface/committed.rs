//! A judged report, the surfaces that one generator has made of both sides, and the locks that are committed with them in; what
//! the generator itself has changed, as changes of their own, out.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_codegen::Surface;

use super::{differing, lost, service};
use crate::change::{Change, counted};
use crate::report::Report;
use crate::rule::GENERATOR;

impl Report {
    /// Adds what differs between two committed locks and not between the surfaces that one generator makes of the same two
    /// sides: nothing in the schemas explains it, so it was the generator.
    pub fn judge_generator(&mut self, surfaces: [&str; 2], committed: [&str; 2]) {
        let read = surfaces.map(Surface::read);
        let by_schemas = lost(surfaces, &read);
        let by_schemas: BTreeSet<&str> = by_schemas.iter().map(|lost| lost.old.item).collect();
        let explained = differing(&read);
        let explained: BTreeSet<&str> =
            explained.values().flatten().map(|item| item.item).collect();
        let read = committed.map(Surface::read);
        for lost in lost(committed, &read) {
            if by_schemas.contains(lost.old.item) {
                continue;
            }
            let mut change = Change::new(&GENERATOR, path(&lost.old.place, lost.old.item))
                .guarded(false, || ADVICE.to_owned())
                .before(lost.old.line);
            change.after = lost.new.map(|new| new.line.to_owned());
            change.surface = Some(true);
            self.changes.push(change);
        }
        let mut added: BTreeMap<&str, usize> = BTreeMap::new();
        let [old, new] = &read;
        for item in new.items() {
            if old.get(item.item).is_none() && !explained.contains(item.item) {
                *added.entry(service(&item.place)).or_default() += 1;
            }
        }
        for (place, count) in added {
            let mut change = Change::new(&GENERATOR, path(place, "api.lock"));
            change.surface = Some(true);
            self.changes.push(change.after(counted(count, "new line")));
        }
        self.sort();
    }
}

const ADVICE: &str = "keep what api.lock pins in the generator, until the next major release";

/// The place in the schemas, or the item itself, where the lock is of a generator whose lines nobody knows any more.
fn path(place: &str, item: &str) -> String {
    if place.is_empty() { item } else { place }.to_owned()
}
