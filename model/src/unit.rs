//! The files of one vendor or of one service version in, their part of the model and every problem in it out.
//!
//! A service version needs no other to be checked, so that each can be loaded on a core of its own, or alone.

use std::collections::BTreeMap;

use crate::api::{Service, ServiceId, Vendor, VendorInfo};
use crate::resolve::{self, gather};
use crate::{Diagnostic, Source, layout};

/// What a file belongs to, by its path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// Nothing that could be told: the path is reported.
    Nobody,
    /// The vendor itself.
    Vendor(Vendor),
    /// A version of a service.
    Service(ServiceId),
}

impl Owner {
    /// Whose file lies at a path below the schema folder.
    #[must_use]
    pub fn of(path: &str) -> Self {
        if let Some((id, _)) = layout::in_version(path) {
            return Self::Service(id);
        }
        let vendor = path.split_once('/').filter(|(_, file)| !file.contains('/'));
        vendor
            .and_then(|(vendor, _)| Vendor::from_folder(vendor))
            .map_or(Self::Nobody, Self::Vendor)
    }
}

/// A vendor's part of the model.
#[derive(Clone, Debug, Default)]
pub struct LoadedVendor {
    /// As far as it could be read; absent without a vendor file.
    pub info: Option<VendorInfo>,
    /// Every problem, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// A declaration may have been overlooked.
    pub(crate) hidden: bool,
}

/// A service version's part of the model.
#[derive(Clone, Debug)]
pub struct LoadedService {
    /// As far as it could be read; absent if none of the files lies where one can.
    pub service: Option<Service>,
    /// Every problem, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks the files of [`Owner::Vendor`].
#[must_use]
pub fn load_vendor(vendor: Vendor, sources: &[&Source]) -> LoadedVendor {
    let mut problems = Vec::new();
    let file = gather::vendor(&sorted(sources), &mut problems);
    let info = file.map(|file| resolve::vendor_info(&file, &mut problems));
    let hidden = resolve::any(
        &problems,
        &format!("{vendor}/vendor."),
        resolve::hides_declarations,
    );
    LoadedVendor {
        info,
        hidden,
        diagnostics: in_order(problems),
    }
}

/// Reads and checks the files of [`Owner::Service`]. Error codes of the vendor may be named.
#[must_use]
pub fn load_service(
    id: &ServiceId,
    sources: &[&Source],
    vendor: Option<&LoadedVendor>,
) -> LoadedService {
    let mut problems = Vec::new();
    let draft = gather::service(&sorted(sources), &mut problems);
    LoadedService {
        service: draft.map(|draft| resolve::resolve(id, &draft, vendor, &mut problems)),
        diagnostics: in_order(problems),
    }
}

/// Sorts files by what they belong to.
#[must_use]
pub fn by_owner(sources: &[Source]) -> BTreeMap<Owner, Vec<&Source>> {
    let mut owners: BTreeMap<Owner, Vec<&Source>> = BTreeMap::new();
    for source in sources {
        owners
            .entry(Owner::of(&source.path))
            .or_default()
            .push(source);
    }
    owners
}

/// Problems of the files of [`Owner::Nobody`].
#[must_use]
pub fn strays<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<Diagnostic> {
    let problems = paths
        .into_iter()
        .filter_map(|path| layout::place(path).err());
    in_order(problems.collect())
}

fn sorted<'a>(sources: &[&'a Source]) -> Vec<&'a Source> {
    let mut sorted = sources.to_vec();
    sorted.sort();
    sorted
}

pub(crate) fn in_order(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.sort();
    problems.dedup();
    problems
}
