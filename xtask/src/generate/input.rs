//! Schema files as they were found in, the parts of the crate that they become out: one service version at a time, on any core.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use yunqiao_codegen::{Outline, Part};
use yunqiao_model::api::{ServiceId, Vendor};
use yunqiao_model::unit::{LoadedVendor, Owner, load_service, load_vendor, strays};
use yunqiao_model::{Diagnostic, Source, on_all_cores};

use crate::outcome::{Failure, Result};
use crate::tree::{self, Found};

use super::cache::{self, Entry};
use super::clock::{Clock, Stage};

/// Schema files by what they belong to; none of them read yet.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) folder: PathBuf,
    pub(super) vendors: BTreeMap<Vendor, Vec<Found>>,
    pub(super) services: Vec<(ServiceId, Vec<Found>)>,
    pub(super) strays: Vec<Found>,
    /// The actions that are asked for; all if there are none.
    actions: Vec<String>,
    /// When the files were looked at.
    pub(super) start: u64,
}

/// What a service version becomes.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) outline: Outline,
    /// Its lines of `api.lock`.
    pub(super) surface: String,
    pub(super) files: Vec<(String, String)>,
    pub(super) inputs: Vec<Entry>,
}

/// Why nothing is generated. Names are reported only where the schemas are otherwise sound.
#[derive(Debug, Default)]
pub(super) struct Problems {
    pub(super) schemas: Vec<Diagnostic>,
    pub(super) names: Vec<Diagnostic>,
}

impl Input {
    /// Looks for the schema files of a folder.
    pub(super) fn find(folder: &Path, only: &[String], actions: &[String]) -> Result<Self> {
        let start = cache::now();
        let found = tree::find_schemas(folder)?;
        if found.is_empty() {
            return Err(crate::schemas::nothing_in(folder));
        }
        let mut owners: BTreeMap<Owner, Vec<Found>> = BTreeMap::new();
        let mut owner = Owner::Nobody;
        let mut home = String::new();
        for found in found {
            // Files of a folder come one after the other; its name is taken apart once.
            let here = &found.path[..found.path.rfind('/').unwrap_or(0)];
            if here != home {
                owner = Owner::of(&found.path);
                here.clone_into(&mut home);
            }
            match owners.get_mut(&owner) {
                Some(files) => files.push(found),
                None => drop(owners.insert(owner.clone(), vec![found])),
            }
        }
        let mut input = Self {
            folder: folder.to_path_buf(),
            vendors: BTreeMap::new(),
            services: Vec::new(),
            strays: Vec::new(),
            actions: actions.to_vec(),
            start,
        };
        for (owner, files) in owners {
            match owner {
                Owner::Nobody => input.strays = files,
                Owner::Vendor(vendor) => drop(input.vendors.insert(vendor, files)),
                Owner::Service(id) => input.services.push((id, files)),
            }
        }
        input.keep(only)?;
        if let (false, [_, _, ..]) = (actions.is_empty(), input.services.as_slice()) {
            let ids: Vec<String> = input
                .services
                .iter()
                .map(|(id, _)| id.to_string())
                .collect();
            let ids = ids.join(", ");
            return Err(Failure::new(format!(
                "--actions are of one service version, and --only names {ids}"
            )));
        }
        Ok(input)
    }

    /// Leaves out what is not asked for.
    fn keep(&mut self, only: &[String]) -> Result<()> {
        let mut wanted = Vec::new();
        for name in only {
            let prefix = format!("{}/", name.trim_end_matches('/'));
            let parts = prefix.split('/').count() - 1;
            let known = |(id, _): &(ServiceId, Vec<Found>)| format!("{id}/").starts_with(&prefix);
            if !(2..=3).contains(&parts) || !self.services.iter().any(known) {
                let known: Vec<String> =
                    self.services.iter().map(|(id, _)| id.to_string()).collect();
                let known = known.join(", ");
                let message = format!("--only {name}: no such service; there are {known}");
                return Err(Failure::new(message));
            }
            wanted.push(prefix);
        }
        if !wanted.is_empty() {
            let asked = |path: &str| wanted.iter().any(|prefix| path.starts_with(prefix));
            self.services.retain(|(id, _)| asked(&format!("{id}/")));
            self.strays.retain(|found| asked(&found.path));
        }
        Ok(())
    }

    pub(super) fn load_vendors(&self) -> Result<BTreeMap<Vendor, LoadedVendor>> {
        let mut loaded = BTreeMap::new();
        for (vendor, files) in &self.vendors {
            let sources = self.read(files)?;
            let sources: Vec<&Source> = sources.iter().collect();
            loaded.insert(*vendor, load_vendor(*vendor, &sources));
        }
        Ok(loaded)
    }

    fn read(&self, files: &[Found]) -> Result<Vec<Source>> {
        let read = on_all_cores(files, |found| tree::read_source(&self.folder, found));
        read.into_iter().collect()
    }

    /// The vendors' files as they were read.
    pub(super) fn vendor_entries(&self) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for files in self.vendors.values() {
            for (found, source) in files.iter().zip(self.read(files)?) {
                entries.push(Entry::input(found, &source.bytes, self.start));
            }
        }
        Ok(entries)
    }

    /// Makes service versions on all cores. Once one of them is refused, the others are checked, but no longer made.
    pub(super) fn make(
        &self,
        services: &[&(ServiceId, Vec<Found>)],
        vendors: &BTreeMap<Vendor, LoadedVendor>,
        clock: &Clock,
    ) -> Result<std::result::Result<Vec<Made>, Problems>> {
        let refused = AtomicBool::new(false);
        let done = on_all_cores(services, |(id, files)| {
            let made = self.make_one(id, files, vendors.get(&id.vendor), &refused, clock);
            if !matches!(made, Ok(Ok(_))) {
                refused.store(true, Ordering::Relaxed);
            }
            made
        });
        let (mut made, mut problems) = (Vec::new(), Problems::default());
        for one in done {
            match one? {
                Ok(one) => made.push(one),
                Err(more) => {
                    problems.schemas.extend(more.schemas);
                    problems.names.extend(more.names);
                }
            }
        }
        problems
            .schemas
            .extend(strays(self.strays.iter().map(|found| found.path.as_str())));
        let of_vendors = vendors
            .values()
            .flat_map(|vendor| vendor.diagnostics.iter().cloned());
        problems.schemas.extend(of_vendors);
        let fine = problems.schemas.is_empty() && problems.names.is_empty();
        Ok(if fine { Ok(made) } else { Err(problems) })
    }

    fn make_one(
        &self,
        id: &ServiceId,
        files: &[Found],
        vendor: Option<&LoadedVendor>,
        refused: &AtomicBool,
        clock: &Clock,
    ) -> Result<std::result::Result<Made, Problems>> {
        let sources = clock.time(Stage::Read, || self.read(files))?;
        let all: Vec<&Source> = sources.iter().collect();
        let loaded = clock.time(Stage::Check, || load_service(id, &all, vendor));
        let Some(mut service) = loaded.service.filter(|_| loaded.diagnostics.is_empty()) else {
            return Ok(Err(Problems {
                schemas: loaded.diagnostics,
                names: Vec::new(),
            }));
        };
        if !self.actions.is_empty() {
            let wanted = self.actions.iter().map(String::as_str);
            service.keep_actions(wanted).map_err(|missing| {
                let words: Vec<String> = missing
                    .iter()
                    .map(|missing| format!("no action {} in {id}; {}", missing.name, missing.hint))
                    .collect();
                Failure::new(words.join("\n       "))
            })?;
        }
        clock.time(Stage::Emit, || {
            let info = vendor.and_then(|vendor| vendor.info.as_ref());
            let part = match Part::new(&service, info) {
                Ok(part) => part,
                Err(names) => {
                    let schemas = Vec::new();
                    return Ok(Err(Problems { schemas, names }));
                }
            };
            let wanted = !refused.load(Ordering::Relaxed);
            let (surface, files_made) = thread::scope(|scope| {
                let surface = scope.spawn(|| part.surface());
                let made = if wanted { part.files() } else { Vec::new() };
                match surface.join() {
                    Ok(surface) => (surface, made),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            });
            let pairs = files.iter().zip(&sources);
            Ok(Ok(Made {
                outline: part.outline(),
                surface,
                files: files_made,
                inputs: pairs
                    .map(|(found, source)| Entry::input(found, &source.bytes, self.start))
                    .collect(),
            }))
        })
    }
}
