//! A report and its two models in, what callers see in Rust of each changed thing on both sides out: from the generator itself.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_codegen::{Part, shared_code};
use yunqiao_model::api::{Service, VendorInfo};
use yunqiao_model::{Api, on_all_cores};

use crate::change::Change;
use crate::report::Report;

/// What callers see of one thing; `None` where a side does not have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// On the old side.
    pub before: Option<String>,
    /// On the new side.
    pub after: Option<String>,
}

/// What callers see of everything that a report is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declarations {
    things: BTreeMap<String, Declared>,
}

/// A thing that the generator declares: its service version or vendor, and where it is in that.
type Thing<'a> = (&'a str, &'a str);

impl Declarations {
    /// Asks the generator for each thing that a change is about, on both sides. A service version that cannot become Rust has none.
    #[must_use]
    pub fn of(report: &Report, old: &Api, new: &Api) -> Self {
        let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for change in &report.changes {
            let (unit, place) = thing(&change.path);
            wanted.entry(unit).or_default().insert(place);
        }
        let sides = [old, new].map(services);
        let mut things = BTreeMap::new();
        for (unit, places) in wanted {
            let places: Vec<&str> = places.into_iter().collect();
            let both = [0, 1].map(|side| sides[side].get(unit).copied());
            let declared = if both == [None, None] {
                let vendors = [old, new].map(|api| vendor(api, unit));
                let each = places.iter().map(|place| Declared {
                    before: vendors[0].and_then(|vendor| code(vendor, place)),
                    after: vendors[1].and_then(|vendor| code(vendor, place)),
                });
                each.collect()
            } else {
                of_service(both, [old, new], &places)
            };
            for (place, declared) in places.iter().zip(declared) {
                if declared != Declared::default() {
                    things.insert(key(unit, place), declared);
                }
            }
        }
        Self { things }
    }

    /// Each thing by its path, and what callers see of it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Declared)> {
        self.things
            .iter()
            .map(|(path, declared)| (path.as_str(), declared))
    }

    /// The thing that a change is about, by a name that all changes of the same thing share.
    pub(crate) fn thing(change: &Change) -> String {
        let (unit, place) = thing(&change.path);
        key(unit, place)
    }

    pub(crate) fn get(&self, thing: &str) -> Option<&Declared> {
        self.things.get(thing)
    }
}

fn key(unit: &str, place: &str) -> String {
    if place.is_empty() {
        unit.to_owned()
    } else {
        format!("{unit}/{place}")
    }
}

fn services(api: &Api) -> BTreeMap<String, &Service> {
    let services = api.services.iter();
    services
        .map(|(id, service)| (id.to_string(), service))
        .collect()
}

fn vendor<'a>(api: &'a Api, name: &str) -> Option<&'a VendorInfo> {
    let mut vendors = api.vendors.iter();
    vendors
        .find(|(vendor, _)| vendor.folder() == name)
        .map(|(_, info)| info)
}

fn code(vendor: &VendorInfo, place: &str) -> Option<String> {
    shared_code(vendor, place.strip_prefix("errors/")?)
}

/// The service version of a path, or else its vendor; and the thing in it, or nothing for the whole.
fn thing(path: &str) -> Thing<'_> {
    let is_version = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let parts = if path.split('/').nth(2).is_some_and(is_version) {
        3
    } else {
        1
    };
    let (unit, rest) = split(path, parts);
    let mut parts = rest.split('/');
    let length = match (parts.next().unwrap_or_default(), parts.nth(1)) {
        ("actions", Some("request" | "response")) => 3,
        ("actions" | "structs" | "enums", _) => 2,
        // A code may have any sign in it.
        ("errors", _) => return (unit, rest),
        _ => return (unit, ""),
    };
    (unit, split(rest, length).0)
}

/// A path after so many parts.
fn split(path: &str, parts: usize) -> (&str, &str) {
    match path.match_indices('/').nth(parts - 1) {
        Some((end, _)) => (&path[..end], &path[end + 1..]),
        None => (path, ""),
    }
}

fn of_service(sides: [Option<&Service>; 2], apis: [&Api; 2], places: &[&str]) -> Vec<Declared> {
    let parts = [0, 1].map(|side| {
        let service = sides[side]?;
        Part::new(service, apis[side].vendors.get(&service.id.vendor)).ok()
    });
    on_all_cores(places, |place| {
        let of = |part: &Option<Part<'_>>, place: &str| {
            let part = part.as_ref()?;
            match place {
                "" => part.client_declarations(),
                place => part.declarations(place),
            }
        };
        let after = of(&parts[1], place);
        let before = of(&parts[0], place).or_else(|| {
            let former = former(sides[1]?, place)?;
            of(&parts[0], &former)
        });
        Declared { before, after }
    })
}

/// Where a thing was before it was renamed.
fn former(service: &Service, place: &str) -> Option<String> {
    let (kind, rest) = place.split_once('/')?;
    let (name, side) = rest
        .split_once('/')
        .map_or((rest, ""), |(name, side)| (name, side));
    let life = match kind {
        "structs" => &service.structs.get(name)?.life,
        "enums" => &service.enums.get(name)?.life,
        "actions" => &service.actions.get(name)?.life,
        _ => return None,
    };
    let former = life.renamed_from.as_deref()?;
    Some(if side.is_empty() {
        format!("{kind}/{former}")
    } else {
        format!("{kind}/{former}/{side}")
    })
}

#[cfg(test)]
mod tests {
    use super::thing;

    #[test]
    fn a_path_leads_to_what_is_declared_there() {
        for (path, unit, place) in [
            ("tencent", "tencent", ""),
            ("tencent/hosts/intl", "tencent", ""),
            ("tencent/errors/A.B", "tencent", "errors/A.B"),
            ("tencent/ess/2020-11-11", "tencent/ess/2020-11-11", ""),
            (
                "tencent/ess/2020-11-11/hosts/a",
                "tencent/ess/2020-11-11",
                "",
            ),
            (
                "tencent/ess/2020-11-11/errors/A.B",
                "tencent/ess/2020-11-11",
                "errors/A.B",
            ),
            (
                "tencent/ess/2020-11-11/structs/A/B",
                "tencent/ess/2020-11-11",
                "structs/A",
            ),
            (
                "tencent/ess/2020-11-11/enums/A",
                "tencent/ess/2020-11-11",
                "enums/A",
            ),
            (
                "tencent/ess/2020-11-11/actions/A/request/B",
                "tencent/ess/2020-11-11",
                "actions/A/request",
            ),
            (
                "tencent/ess/2020-11-11/actions/A/hosts/b",
                "tencent/ess/2020-11-11",
                "actions/A",
            ),
        ] {
            assert_eq!(thing(path), (unit, place), "{path}");
        }
    }
}
