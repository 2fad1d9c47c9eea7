//! What stands on the command line in, one side's files and its model out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use yunqiao_model::api::ServiceId;
use yunqiao_model::{Api, Loaded, Source, load, on_all_cores};

use super::git::Revision;
use super::upstream;
use crate::outcome::{Failure, Result};
use crate::{schemas, tree};

/// Where a clone of the project has its schemas.
const FOLDER: &str = "schemas";
/// Where it has the lock of the committed crate.
const LOCK: &str = "generated/api.lock";

/// One side of the comparison.
#[derive(Debug)]
pub(crate) struct Side {
    shown: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    /// A revision, and the folder in it.
    Revision(Revision, String),
}

/// The files of a side.
enum Files {
    Schemas(Vec<Source>),
    /// The vendor's own metadata.
    Upstream(Vec<upstream::File>),
}

impl Side {
    /// A folder, or a revision of `repository` (of the clone around this folder, if none is given); a revision may go on with
    /// `:path/to/schemas`.
    pub(crate) fn find(given: &str, repository: Option<&Path>) -> Result<Self> {
        let repository = repository.unwrap_or(Path::new("."));
        let (name, folder) = match given.split_once(':') {
            Some((name, folder)) => (name, folder.trim_end_matches('/')),
            None => (given, FOLDER),
        };
        let path = PathBuf::from(given);
        let revision = Revision::find(name, repository)?;
        let place = match (revision, path.is_dir()) {
            (Some(_), true) if !given.contains(['/', '.']) => {
                return Err(Failure::new(format!(
                    "{given} is a folder and a revision: write ./{given} or {given}^0"
                )));
            }
            (Some(revision), false) => Place::Revision(revision, folder.to_owned()),
            (_, true) => Place::Folder(path),
            (None, false) => {
                return Err(Failure::new(format!(
                    "{given} is neither a folder nor a revision that git knows in {}",
                    repository.display()
                )));
            }
        };
        Ok(Self {
            shown: given.to_owned(),
            place,
        })
    }

    /// A folder, whatever signs are in its path.
    pub(crate) fn folder(path: PathBuf) -> Self {
        Self {
            shown: path.display().to_string(),
            place: Place::Folder(path),
        }
    }

    /// The version of the crate on this side; of a folder, that of this project.
    pub(super) fn version(&self) -> Result<String> {
        let stated = self.stated_version()?;
        Ok(stated.unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned()))
    }

    /// The version in the manifest of a revision.
    pub(crate) fn stated_version(&self) -> Result<Option<String>> {
        let manifest = match &self.place {
            Place::Revision(revision, _) => revision.file("Cargo.toml")?,
            Place::Folder(_) => None,
        };
        let text = manifest.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(text.as_deref().and_then(workspace_version))
    }

    /// As it stands on the command line.
    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    /// The lock that is committed beside the schemas, in `generated/`; vendors' metadata have none.
    pub(super) fn lock(&self) -> Result<Option<String>> {
        let bytes = match &self.place {
            Place::Revision(revision, folder) => {
                let beside = folder.rsplit_once('/').map_or("", |(beside, _)| beside);
                revision.file(format!("{beside}/{LOCK}").trim_start_matches('/'))?
            }
            Place::Folder(folder) => {
                let path = folder.join("..").join(LOCK);
                let read = path.is_file().then(|| std::fs::read(&path)).transpose();
                read.map_err(|error| Failure::io("read", &path, &error))?
            }
        };
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn files(&self) -> Result<Files> {
        match &self.place {
            Place::Folder(folder) => {
                let found = tree::find_schemas(folder)?;
                if found.iter().any(|found| is_service(&found.path)) {
                    return tree::read_schemas(folder).map(Files::Schemas);
                }
                upstream::in_folder(folder)
                    .map(Files::Upstream)
                    .map_err(|_| schemas::nothing_in(folder))
            }
            Place::Revision(revision, folder) => {
                let files = revision.files(folder)?;
                if files.iter().any(|(path, _)| is_service(path)) {
                    let belongs = |path: &str| {
                        let name = path.rsplit('/').next().unwrap_or(path);
                        path.contains('/')
                            && !name.starts_with('.')
                            && !path.starts_with("dialect/")
                    };
                    let sources = files.into_iter().filter(|(path, _)| belongs(path));
                    return Ok(Files::Schemas(
                        sources
                            .map(|(path, bytes)| Source::new(path, bytes))
                            .collect(),
                    ));
                }
                let upstream = upstream::in_files(files);
                if upstream.is_empty() {
                    return Err(Failure::new(format!(
                        "{}:{folder} holds no schema files",
                        revision.shown()
                    )));
                }
                Ok(Files::Upstream(upstream))
            }
        }
    }
}

/// Both models. What is the same on both sides, byte for byte, is left out of either.
pub(super) fn read(old: &Side, new: &Side) -> Result<(Api, Api)> {
    let (before, after) = match (old.files()?, new.files()?) {
        (Files::Schemas(before), Files::Schemas(after)) => without_what_stays(before, after),
        (Files::Upstream(before), Files::Upstream(after)) => {
            let (before, after) = upstream::without_what_stays(before, after);
            let [older, newer] = upstream::read([&before, &after])?;
            let before = upstream::import(&older, &[])?;
            let after = upstream::import(&newer, &before)?;
            (before, after)
        }
        // What an import of the vendor's metadata would make of the schemas: the other services are not its business.
        (Files::Schemas(before), Files::Upstream(after)) => {
            let ids = upstream::ids(&after)?;
            let before = only(before, &ids);
            let [_, newer] = upstream::read([&[], &after])?;
            let after = upstream::import(&newer, &before)?;
            (before, after)
        }
        (Files::Upstream(_), Files::Schemas(_)) => {
            return Err(Failure::new(
                "the vendor's metadata can be the new side of schemas, not the old one: swap the two",
            ));
        }
    };
    let sides = [(old, before), (new, after)];
    let loaded = on_all_cores(&sides, |(_, sources)| load(sources));
    let mut models = sides
        .iter()
        .zip(loaded)
        .map(|((side, sources), loaded)| model(&side.shown, loaded, sources));
    match (models.next(), models.next()) {
        (Some(old), Some(new)) => Ok((old?, new?)),
        _ => unreachable!("two sides give two models"),
    }
}

fn model(shown: &str, loaded: Loaded, sources: &[Source]) -> Result<Api> {
    if loaded.diagnostics.is_empty() {
        return Ok(loaded.api);
    }
    schemas::report(&loaded.diagnostics, sources, shown);
    Err(Failure::new(format!("{shown} cannot be read")))
}

/// Whether it describes a service, as only schemas have it.
fn is_service(path: &str) -> bool {
    path.ends_with("/service.yaml") || path.ends_with("/service.json")
}

/// The service that a file belongs to, as `tencent/ess`, whatever its version; of a vendor's file, its path.
fn unit(path: &str) -> &str {
    let mut slashes = path.match_indices('/');
    match slashes.nth(1) {
        Some((end, _)) => &path[..end],
        None => path,
    }
}

fn without_what_stays(before: Vec<Source>, after: Vec<Source>) -> (Vec<Source>, Vec<Source>) {
    let listed = |sources: &[Source]| -> BTreeSet<(String, Vec<u8>)> {
        let listed = sources
            .iter()
            .map(|source| (source.path.clone(), source.bytes.clone()));
        listed.collect()
    };
    let (one, other) = (listed(&before), listed(&after));
    let changed: BTreeSet<String> = one
        .symmetric_difference(&other)
        .map(|(path, _)| unit(path).to_owned())
        .collect();
    // A vendor's file is short, and every service needs it.
    let keeps = |source: &Source| {
        changed.contains(unit(&source.path)) || source.path.matches('/').count() == 1
    };
    let keep = |sources: Vec<Source>| sources.into_iter().filter(keeps).collect();
    (keep(before), keep(after))
}

fn only(sources: Vec<Source>, ids: &[ServiceId]) -> Vec<Source> {
    let folders: Vec<String> = ids.iter().map(|id| format!("{id}/")).collect();
    let keeps = |source: &Source| {
        let is_vendors = source.path.matches('/').count() == 1;
        is_vendors || folders.iter().any(|folder| source.path.starts_with(folder))
    };
    sources.into_iter().filter(keeps).collect()
}

/// The version below `[workspace.package]`, without a reader of TOML: it is one line of a file that this project writes.
pub(crate) fn workspace_version(manifest: &str) -> Option<String> {
    let (_, section) = manifest.split_once("[workspace.package]")?;
    let section = section.split("\n[").next()?;
    let line = section.lines().find(|line| line.starts_with("version"))?;
    Some(line.split('"').nth(1)?.to_owned())
}
