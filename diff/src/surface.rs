//! A report and the surfaces of both sides in, the report with what `api.lock` says of each change out; or where the two
//! contradict each other.
//!
//! The lock says what changes for callers, the report says why. Each is the other's judge.

mod committed;
mod disagreement;

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_codegen::{Pinned, Surface, breaks};

use crate::axis::{Source, Wire};
use crate::change::Change;
use crate::report::Report;
use crate::rule::{MOVED, SHOWN};

pub use self::disagreement::Disagreement;

/// Something that callers have lost, or that has become something else.
struct Lost<'a> {
    old: &'a Pinned<'a>,
    /// What it has become.
    new: Option<&'a Pinned<'a>>,
    /// Where the schemas can say why: its own places, and those of the types that it names.
    places: BTreeSet<&'a str>,
}

impl Lost<'_> {
    /// Whether callers compile on: the Rust type has stayed, and what the line pins beside it has not.
    fn is_pinned_only(&self) -> bool {
        let is_same = |new: &Pinned<'_>| new.rust_type() == self.old.rust_type();
        self.new.is_some_and(is_same)
    }
}

/// Where changes are told, by what they mean for callers.
struct Told {
    breaks: BTreeSet<String>,
    /// Deployed programs are hit; code that calls compiles on.
    wires: BTreeSet<String>,
}

impl Told {
    fn of(changes: &[Change]) -> Self {
        let of = |is: fn(&Change) -> bool| -> BTreeSet<String> {
            let those = changes.iter().filter(|change| is(change));
            those.flat_map(places).collect()
        };
        Self {
            breaks: of(|change| change.verdict().source >= Source::Break),
            wires: of(|change| change.verdict().wire > Wire::Ok),
        }
    }

    fn tells(&self, lost: &Lost<'_>) -> bool {
        let is_pinned_only = lost.is_pinned_only();
        let mut around = lost.places.iter().flat_map(|place| around(place));
        around.any(|place| {
            self.breaks.contains(place) || (is_pinned_only && self.wires.contains(place))
        })
    }

    /// Whether a vendor's own item went with the last of its services.
    fn tells_of_vendor(&self, lost: &Lost<'_>, new: &Surface<'_>) -> bool {
        let vendor = family(&lost.old.place);
        let is_vendors = !vendor.contains('/') && !new.has_vendor(vendor);
        is_vendors
            && self
                .breaks
                .iter()
                .any(|path| family(path) != vendor && path.starts_with(vendor))
    }
}

/// Where a change is, and where the thing was when it had another name.
fn places(change: &Change) -> Vec<String> {
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    let stem = after.and_then(|after| change.path.strip_suffix(after));
    let stem = stem.filter(|stem| stem.ends_with('/'));
    let former = stem
        .zip(before)
        .map(|(stem, before)| format!("{stem}{before}"));
    std::iter::once(change.path.clone()).chain(former).collect()
}

/// A place, and whatever it is in.
fn around(place: &str) -> impl Iterator<Item = &str> {
    let ends = place.match_indices('/').map(|(end, _)| &place[..end]);
    ends.chain([place])
}

/// The service version that a place is in, or the vendor.
fn service(place: &str) -> &str {
    match place.match_indices('/').nth(2) {
        Some((end, _)) => &place[..end],
        None => place,
    }
}

/// The service without its version, or the vendor where a place is the vendor's own.
fn family(place: &str) -> &str {
    let mut ends = place.match_indices('/').map(|(end, _)| end);
    let (first, second) = (ends.next(), ends.next());
    match (first, second) {
        (Some(end), _) if place[end..].starts_with("/errors") => &place[..end],
        (_, Some(end)) => &place[..end],
        _ => place,
    }
}

/// What is lost between two locks, with what each has become.
fn lost<'a>(locks: [&'a str; 2], surfaces: &'a [Surface<'a>; 2]) -> Vec<Lost<'a>> {
    let [old, new] = surfaces;
    let lines: Vec<&str> = locks[0].lines().collect();
    let broken = breaks(locks[0], locks[1]).into_iter();
    let items = broken.filter_map(|broken| {
        let line = lines.get(usize::try_from(broken.at.line).ok()?.checked_sub(1)?)?;
        let marks = [": ", " = "].iter();
        let end = marks.filter_map(|mark| line.find(mark)).min()?;
        old.get(&line[..end])
    });
    let lost = items.map(|item| {
        let now = new.resolve(item.item);
        let mut places = old.types(item);
        places.insert(&item.place);
        // The old name of a field leads to a setter: what could be read is lost, and the new name says why.
        let alias = item.item.split_once(' ').map(|(_, path)| path);
        let alias = alias.and_then(|path| new.get(&format!("alias {path}")));
        for now in now.into_iter().chain(alias) {
            places.extend(new.types(now));
            places.insert(&now.place);
        }
        places.remove("");
        Lost {
            old: item,
            new: now,
            places,
        }
    });
    lost.collect()
}

/// The lines that only one side has, by their places.
fn differing<'a>(surfaces: &'a [Surface<'a>; 2]) -> BTreeMap<&'a str, Vec<&'a Pinned<'a>>> {
    let [old, new] = surfaces;
    let mut differing: BTreeMap<&str, Vec<&Pinned<'_>>> = BTreeMap::new();
    for (one, other) in [(old, new), (new, old)] {
        for item in one.items() {
            if other.get(item.item).map(|other| other.meaning) != Some(item.meaning) {
                differing.entry(&item.place).or_default().push(item);
            }
        }
    }
    differing
}

impl Report {
    /// Judges every change by the surfaces that the same generator has made of both sides ([`yunqiao_codegen::surface`]), and
    /// adds what only they know: names without a version that lead elsewhere.
    ///
    /// # Errors
    /// A change is said to break callers and the surface does not show it, or the surface breaks and no change tells why.
    pub fn judge(&mut self, old: &str, new: &str) -> Result<(), Disagreement> {
        let surfaces = [Surface::read(old), Surface::read(new)];
        let lost = lost([old, new], &surfaces);
        let differing = differing(&surfaces);
        for change in &mut self.changes {
            let is_shown = SHOWN.contains(&change.rule.id);
            let differs = |place: &String| differing.contains_key(place.as_str());
            change.surface = Some(is_shown && places(change).iter().any(differs));
        }
        let mut disagreement = Disagreement::default();
        let told = Told::of(&self.changes);
        let mut moved = Vec::new();
        for lost in &lost {
            if told.tells(lost) || told.tells_of_vendor(lost, &surfaces[1]) {
                continue;
            }
            if lost.old.is_plain {
                moved.push(moved_name(lost));
            } else {
                disagreement.untold(lost.old, lost.new);
            }
        }
        let proved = lost.iter().flat_map(|lost| &lost.places);
        let proved: BTreeSet<&str> = proved.flat_map(|place| around(place)).collect();
        for change in &self.changes {
            let is_break = change.verdict().source >= Source::Break;
            let is_proved = |place: &String| proved.contains(place.as_str());
            if is_break && !places(change).iter().any(is_proved) {
                disagreement.unproved(change);
            }
        }
        // What comes new has to be told, too; names without a version follow from all versions of a service.
        let touched: BTreeSet<&str> = self.changes.iter().map(|it| family(&it.path)).collect();
        let is_told = |place: &str| {
            let family = family(place);
            let is_vendors = !family.contains('/');
            touched.contains(family)
                || (is_vendors && touched.iter().any(|it| it.starts_with(family)))
        };
        let untold = differing.iter().filter(|(place, _)| !is_told(place));
        for item in untold.flat_map(|(_, items)| items) {
            disagreement.untold(item, None);
        }
        if !disagreement.is_empty() {
            disagreement.beside(&self.changes);
            return Err(disagreement);
        }
        self.changes.extend(moved);
        self.sort();
        Ok(())
    }
}

/// A name without a version leads to another one, or nowhere.
fn moved_name(lost: &Lost<'_>) -> Change {
    let mut parts: Vec<&str> = lost.old.place.split('/').collect();
    if parts.len() > 3 {
        parts.remove(2);
    }
    let mut change = Change::new(&MOVED, parts.join("/")).before(lost.old.line);
    change.after = lost.new.map(|new| new.line.to_owned());
    change.surface = Some(true);
    change.advice = Some(ADVICE.to_owned());
    change
}

const ADVICE: &str = "callers who write the version into the path keep theirs; `generate` takes it with --accept-breaking only";
