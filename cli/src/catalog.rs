//! Schema files in, the services, actions and names that people ask for out. Only what is asked for is read.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;

use yunqiao_model::api::{Action, ErrorCode, Service, ServiceId, Vendor, VendorInfo};
use yunqiao_model::unit::{LoadedVendor, Owner, by_owner, load_service, load_vendor};
use yunqiao_model::{Diagnostic, Source, render};

use crate::failure::{Failure, Result};
use crate::near;

/// Every service version of a set of schema files.
pub(crate) struct Catalog {
    sources: Vec<Source>,
    entries: Vec<Entry>,
    vendors: BTreeMap<Vendor, OnceCell<LoadedVendor>>,
}

/// A service version: what its paths tell, and the rest when it is needed.
struct Entry {
    id: ServiceId,
    /// Wire names, in order.
    actions: Vec<String>,
    read: OnceCell<std::result::Result<Service, String>>,
}

/// An action that was asked for.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    vendor: Option<&'a VendorInfo>,
    pub(crate) service: &'a Service,
    pub(crate) action: &'a Action,
}

impl<'a> Found<'a> {
    /// Another action of the same service version.
    pub(crate) fn sibling(&self, name: &str) -> Option<Found<'a>> {
        let action = self.service.actions.get(name)?;
        Some(Found { action, ..*self })
    }

    /// An action of a model that is there as a whole.
    pub(crate) fn new(
        vendor: Option<&'a VendorInfo>,
        service: &'a Service,
        action: &'a Action,
    ) -> Self {
        Self {
            vendor,
            service,
            action,
        }
    }

    /// What the service, or else the vendor, declares of an error code.
    pub(crate) fn code(&self, code: &str) -> Option<&'a ErrorCode> {
        let vendors = self.vendor.and_then(|vendor| vendor.errors.get(code));
        self.service.errors.get(code).or(vendors)
    }

    /// What an error code means, if the schemas tell.
    pub(crate) fn meaning(&self, code: &str) -> Option<String> {
        let words: Vec<&str> = self.code(code)?.doc.split_whitespace().collect();
        Some(words.join(" ")).filter(|doc| !doc.is_empty())
    }
}

impl Catalog {
    /// The schemas that were compiled in.
    pub(crate) fn embedded() -> Self {
        Self::new(yunqiao_mock::embedded_sources())
    }

    /// The schemas of a folder.
    pub(crate) fn folder(folder: &Path) -> Result<Self> {
        let shown = folder.display();
        let found = yunqiao_mock::sources_in(folder)
            .map_err(|error| Failure::io(&format!("cannot read {shown}"), &error))?;
        if found.is_empty() {
            return Err(Failure::new(format!("{shown} holds no schema files")));
        }
        Ok(Self::new(found))
    }

    fn new(sources: Vec<Source>) -> Self {
        let mut actions: BTreeMap<ServiceId, Vec<String>> = BTreeMap::new();
        for source in &sources {
            if let Owner::Service(id) = Owner::of(&source.path) {
                let of_service = actions.entry(id).or_default();
                let name = source.path.rsplit_once("/actions/").map(|(_, name)| name);
                let name = name.and_then(|name| name.rsplit_once('.'));
                of_service.extend(name.map(|(name, _)| name.to_owned()));
            }
        }
        let entries = actions.into_iter().map(|(id, mut actions)| {
            actions.sort();
            Entry {
                id,
                actions,
                read: OnceCell::new(),
            }
        });
        Self {
            entries: entries.collect(),
            vendors: Vendor::ALL.map(|vendor| (vendor, OnceCell::new())).into(),
            sources,
        }
    }

    /// Every service version, in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &ServiceId> {
        self.entries.iter().map(|entry| &entry.id)
    }

    /// The actions of a service version by their wire names, in order.
    pub(crate) fn actions(&self, id: &ServiceId) -> &[String] {
        let entry = self.entries.iter().find(|entry| entry.id == *id);
        entry.map_or(&[], |entry| &entry.actions)
    }

    /// A service version, read.
    pub(crate) fn service(&self, id: &ServiceId) -> Result<&Service> {
        let entry = self.entries.iter().find(|entry| entry.id == *id);
        let entry = entry.ok_or_else(|| Failure::new(format!("there is no {id}")))?;
        let read = entry.read.get_or_init(|| self.read(id));
        read.as_ref().map_err(|report| Failure::new(report.clone()))
    }

    fn read(&self, id: &ServiceId) -> std::result::Result<Service, String> {
        let owners = by_owner(&self.sources);
        let of = |owner: &Owner| owners.get(owner).cloned().unwrap_or_default();
        let vendor = self.vendors[&id.vendor]
            .get_or_init(|| load_vendor(id.vendor, &of(&Owner::Vendor(id.vendor))));
        let loaded = load_service(id, &of(&Owner::Service(id.clone())), Some(vendor));
        let problems: Vec<Diagnostic> = vendor
            .diagnostics
            .iter()
            .cloned()
            .chain(loaded.diagnostics)
            .collect();
        match loaded.service {
            Some(service) if problems.is_empty() => Ok(service),
            _ => Err(format!(
                "{id} cannot be read\n{}",
                render(&problems, &self.sources, "schemas", false)
            )),
        }
    }

    /// The service versions that a word names: `ess`, `tencent/ess`, `ess@2020-11-11`, `tencent/ess/2020-11-11`; newest last.
    pub(crate) fn services(&self, word: &str) -> Result<Vec<&ServiceId>> {
        let lower = word.to_lowercase().replace('@', "/");
        let parts: Vec<&str> = lower.split('/').collect();
        let is_meant = |id: &&ServiceId| {
            let (vendor, service, version) =
                (id.vendor.folder(), id.service.to_lowercase(), &*id.version);
            match parts.as_slice() {
                [one] => *one == service,
                [one, other] => {
                    (*one == vendor && *other == service)
                        || (*one == service && is_version(other, version))
                }
                [one, two, three] => {
                    *one == vendor && *two == service && is_version(three, version)
                }
                _ => false,
            }
        };
        let found: Vec<&ServiceId> = self.ids().filter(is_meant).collect();
        if found.is_empty() {
            let names = self.ids().map(|id| id.service.as_str());
            return Err(Failure::new(near::none(
                "service",
                word,
                names,
                "`yunqiao list` shows all",
            )));
        }
        Ok(found)
    }

    /// The action that words name, with what its parameters are made of: read by itself, whatever may be wrong with the rest of
    /// its service. For whoever has no time.
    pub(crate) fn sketch(&self, words: &[&str]) -> Option<(Service, Action)> {
        let (id, name) = self.named(words).ok()?;
        let owners = by_owner(&self.sources);
        let files = needed(owners.get(&Owner::Service(id.clone()))?, name);
        let service = load_service(id, &files, None).service?;
        let action = service.actions.get(name)?.clone();
        Some((service, action))
    }

    /// The action that words name: `CreateFlow`, `create_flow`, `ess.CreateFlow`, or a service and an action. Where several
    /// versions of one service have it, the newest one's is meant.
    pub(crate) fn find(&self, words: &[&str]) -> Result<Found<'_>> {
        let (id, action) = self.named(words)?;
        let service = self.service(id)?;
        let action = service.actions.get(action).ok_or_else(|| {
            Failure::new(format!(
                "{id}: the file of {action} describes another action"
            ))
        })?;
        let vendor = self.vendors[&id.vendor].get();
        Ok(Found {
            vendor: vendor.and_then(|vendor| vendor.info.as_ref()),
            service,
            action,
        })
    }

    /// The service version and the action that words name, by what paths tell.
    fn named(&self, words: &[&str]) -> Result<(&ServiceId, &str)> {
        let (services, name): (Vec<&ServiceId>, &str) = match words {
            [word] => match word.rsplit_once(['.', '/', ':']) {
                Some((service, name)) => (self.services(service)?, name),
                None => (self.ids().collect(), word),
            },
            [service, name] => (self.services(service)?, name),
            _ => return Err(Failure::new("name an action, such as ess.CreateFlow")),
        };
        let wanted = plain(name);
        let candidates: Vec<(&ServiceId, &String)> = services
            .iter()
            .flat_map(|id| self.actions(id).iter().map(move |action| (*id, action)))
            .collect();
        let exact = candidates.iter().filter(|(_, action)| *action == name);
        let mut found: Vec<(&ServiceId, &String)> = exact.copied().collect();
        if found.is_empty() {
            let alike = candidates
                .iter()
                .filter(|(_, action)| plain(action) == wanted);
            found = alike.copied().collect();
        }
        let Some((newest, action)) = found.last().copied() else {
            let names = candidates.iter().map(|(_, action)| action.as_str());
            let more = "`yunqiao list WORD` searches";
            return Err(Failure::new(near::none("action", name, names, more)));
        };
        let is_sibling =
            |id: &ServiceId| id.vendor == newest.vendor && id.service == newest.service;
        if !found.iter().all(|(id, _)| is_sibling(id)) {
            let places: Vec<String> = found
                .iter()
                .map(|(id, action)| format!("{}.{action}", id.service))
                .collect();
            return Err(Failure::new(format!(
                "several services have {action}: say which one, as in {}",
                places.join(" or ")
            )));
        }
        Ok((newest, action))
    }
}

/// The files of a service version that one action's parameters are told by: whatever type is named in a file that is needed is
/// needed too. A word of a description that is a type's name does no harm.
fn needed<'a>(files: &[&'a Source], action: &str) -> Vec<&'a Source> {
    let wanted = format!("/actions/{action}.");
    let mut types: BTreeMap<&str, &Source> = BTreeMap::new();
    let mut waiting: Vec<&Source> = Vec::new();
    for file in files {
        let is_type = file.path.contains("/structs/") || file.path.contains("/enums/");
        let name = file.path.rsplit_once('/').map_or("", |(_, name)| name);
        let name = name.split_once('.').map_or(name, |(name, _)| name);
        if is_type {
            types.insert(name, file);
        } else if !file.path.contains("/actions/") || file.path.contains(&wanted) {
            waiting.push(file);
        }
    }
    let mut found = Vec::new();
    while let Some(file) = waiting.pop() {
        found.push(file);
        let text = String::from_utf8_lossy(&file.bytes);
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        waiting.extend(words.filter_map(|word| types.remove(word)));
    }
    found
}

/// Whether a word is a version, with its dashes or without.
fn is_version(word: &str, version: &str) -> bool {
    word == version || word.trim_start_matches('v') == version.replace('-', "")
}

/// A name without what spellings differ in.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| *c != '_' && *c != '-');
    letters.flat_map(char::to_lowercase).collect()
}
