//! Files of the tree in and out: the only place of the generator's side that touches the disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use yunqiao_model::api::ServiceId;
use yunqiao_model::{Source, on_all_cores};

use crate::outcome::{Failure, Result};

/// The project's root.
pub(crate) fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest
        .parent()
        .map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// A file that was seen, without its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// Path below the folder, with `/`.
    pub(crate) path: String,
    pub(crate) size: u64,
    /// Nanoseconds since 1970; 0 where the system does not tell.
    pub(crate) modified: u64,
}

/// Nanoseconds since 1970.
pub(crate) fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
    })
}

pub(crate) fn modified(metadata: &fs::Metadata) -> u64 {
    metadata.modified().map_or(0, nanoseconds)
}

/// Levels of folders that are read before the rest is shared out: vendor, service, version.
const SHARED_DEPTH: usize = 3;

/// Finds every file below the folders, sorted. Symbolic links are not followed, and what `skip` names is left out;
/// it gets the path and whether it is a file.
pub(crate) fn find(
    root: &Path,
    tops: &[&str],
    skip: impl Fn(&str, bool) -> bool + Sync,
) -> Result<Vec<Found>> {
    let mut level: Vec<String> = tops.iter().map(|top| (*top).to_owned()).collect();
    let mut found = Vec::new();
    for _ in 0..SHARED_DEPTH {
        let mut next = Vec::new();
        for below in level {
            list(root, &below, &skip, &mut found, &mut next)?;
        }
        level = next;
    }
    // Parts that come in order need no sorting among themselves.
    level.sort_unstable();
    let rest = on_all_cores(&level, |below| {
        let (mut found, mut waiting) = (Vec::new(), vec![below.clone()]);
        while let Some(below) = waiting.pop() {
            list(root, &below, &skip, &mut found, &mut waiting)?;
        }
        found.sort_unstable();
        Ok(found)
    });
    for more in rest {
        found.append(&mut more?);
    }
    // Not the unstable one: this makes use of the order inside of the parts.
    found.sort();
    Ok(found)
}

/// Lists one folder.
fn list(
    root: &Path,
    below: &str,
    skip: &impl Fn(&str, bool) -> bool,
    files: &mut Vec<Found>,
    folders: &mut Vec<String>,
) -> Result<()> {
    let folder = root.join(below);
    let failed = |path: &Path, error: &std::io::Error| Failure::io("read", path, error);
    let entries = fs::read_dir(&folder).map_err(|error| failed(&folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| failed(&folder, &error))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = if below.is_empty() {
            name.into_owned()
        } else {
            format!("{below}/{name}")
        };
        let kind = entry
            .file_type()
            .map_err(|error| failed(&entry.path(), &error))?;
        if skip(&path, kind.is_file()) {
            continue;
        }
        if kind.is_dir() {
            folders.push(path);
        } else if kind.is_file() {
            let metadata = entry
                .metadata()
                .map_err(|error| failed(&entry.path(), &error))?;
            files.push(Found {
                path,
                size: metadata.len(),
                modified: modified(&metadata),
            });
        }
    }
    Ok(())
}

/// Finds every file below a schema folder that belongs to the schemas. Files beside them (README, dialect) are left out.
pub(crate) fn find_schemas(folder: &Path) -> Result<Vec<Found>> {
    find(folder, &[""], |path, file| {
        let top = !path.contains('/');
        let name = path.rsplit('/').next().unwrap_or(path);
        name.starts_with('.') || (top && (file || name == "dialect"))
    })
}

/// Reads every file below a schema folder that belongs to the schemas.
pub(crate) fn read_schemas(folder: &Path) -> Result<Vec<Source>> {
    let found = find_schemas(folder)?;
    let read = on_all_cores(&found, |found| read_source(folder, found));
    read.into_iter().collect()
}

/// Reads the files of one service version, and the vendor's. There may be none yet.
pub(crate) fn read_service(folder: &Path, id: &ServiceId) -> Result<Vec<Source>> {
    let (version, vendor) = (id.to_string(), id.vendor.folder());
    let exists = |name: &&str| folder.join(name).is_dir();
    let tops: Vec<&str> = [version.as_str()].into_iter().filter(exists).collect();
    let hidden = |path: &str| {
        path.rsplit('/')
            .next()
            .is_some_and(|name| name.starts_with('.'))
    };
    let mut found = find(folder, &tops, |path, _| hidden(path))?;
    if exists(&vendor) {
        let is_vendor = |path: &str| path.starts_with(&format!("{vendor}/vendor."));
        found.extend(find(folder, &[vendor], |path, file| {
            !file || !is_vendor(path)
        })?);
    }
    found.sort();
    found
        .iter()
        .map(|found| read_source(folder, found))
        .collect()
}

/// Reads a schema file, unless it is too large to be one.
pub(crate) fn read_source(folder: &Path, found: &Found) -> Result<Source> {
    if found.size > Source::MAX_BYTES {
        return Ok(Source::too_large(found.path.as_str(), found.size));
    }
    let path = folder.join(&found.path);
    let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
    Ok(Source::new(found.path.as_str(), bytes))
}

/// A path with `/`, whatever the system.
pub(crate) fn slashed(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// Replaces a file in one step, so that an interrupted run leaves no half of it.
pub(crate) fn replace(path: &Path, content: &str) -> Result<()> {
    let mut name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    fs::write(&temporary, content).map_err(|error| Failure::io("write", &temporary, &error))?;
    fs::rename(&temporary, path).map_err(|error| Failure::io("write", path, &error))
}
