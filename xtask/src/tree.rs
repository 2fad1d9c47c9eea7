//! Files of the tree in and out: the only place of the generator's side that touches the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use yunqiao_model::Source;
use yunqiao_model::api::ServiceId;

use crate::outcome::{Failure, Result};

/// The project's root.
pub(crate) fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest
        .parent()
        .map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// Reads every file below a schema folder that belongs to the schemas. Files beside them (README, dialect) are left out;
/// symbolic links are not followed.
pub(crate) fn read_schemas(folder: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(below) = waiting.pop() {
        let path = folder.join(&below);
        let entries = fs::read_dir(&path).map_err(|error| Failure::io("read", &path, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::io("read", &path, &error))?;
            let kind = entry
                .file_type()
                .map_err(|error| Failure::io("read", &entry.path(), &error))?;
            let name = entry.file_name();
            let below = below.join(&name);
            let top = below.components().count() == 1;
            if name.to_string_lossy().starts_with('.')
                || (top && (kind.is_file() || name == "dialect"))
            {
                continue;
            }
            if kind.is_dir() {
                waiting.push(below);
            } else if kind.is_file() {
                sources.push(read_source(folder, &below)?);
            }
        }
    }
    sources.sort();
    Ok(sources)
}

/// Reads the files of one service version, and the vendor's. There may be none yet.
pub(crate) fn read_service(folder: &Path, id: &ServiceId) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut waiting = vec![PathBuf::from(id.to_string())];
    while let Some(below) = waiting.pop() {
        let path = folder.join(&below);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Failure::io("read", &path, &error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| Failure::io("read", &path, &error))?;
            let kind = entry
                .file_type()
                .map_err(|error| Failure::io("read", &entry.path(), &error))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let below = below.join(entry.file_name());
            if kind.is_dir() {
                waiting.push(below);
            } else if kind.is_file() {
                sources.push(read_source(folder, &below)?);
            }
        }
    }
    for name in ["vendor.yaml", "vendor.json"] {
        let below = Path::new(id.vendor.folder()).join(name);
        if folder.join(&below).is_file() {
            sources.push(read_source(folder, &below)?);
        }
    }
    sources.sort();
    Ok(sources)
}

fn read_source(folder: &Path, below: &Path) -> Result<Source> {
    let path = folder.join(below);
    let size = fs::metadata(&path)
        .map_err(|error| Failure::io("read", &path, &error))?
        .len();
    let name = slashed(below);
    if size > Source::MAX_BYTES {
        return Ok(Source::too_large(name, size));
    }
    let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
    Ok(Source::new(name, bytes))
}

/// A path with `/`, whatever the system.
pub(crate) fn slashed(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// How files on disk differ from what they should be.
#[derive(Debug, Default)]
pub(crate) struct Drift {
    pub(crate) stale: Vec<String>,
    pub(crate) missing: Vec<String>,
    pub(crate) extra: Vec<String>,
}

impl Drift {
    pub(crate) fn count(&self) -> usize {
        self.stale.len() + self.missing.len() + self.extra.len()
    }
}

/// Compares files with a folder. Extra files count only if the generator wrote them.
pub(crate) fn compare(folder: &Path, files: &BTreeMap<String, String>) -> Result<Drift> {
    let mut drift = Drift::default();
    for (name, content) in files {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(found) if normalized(&found) == content.as_bytes() => {}
            Ok(_) => drift.stale.push(name.clone()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                drift.missing.push(name.clone())
            }
            Err(error) => return Err(Failure::io("read", &path, &error)),
        }
    }
    for name in generated_files(folder)? {
        if !files.contains_key(&name) {
            drift.extra.push(name);
        }
    }
    Ok(drift)
}

/// A checkout may have turned line ends.
fn normalized(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let mut index = 0;
    out.retain(|byte| {
        index += 1;
        !(*byte == b'\r' && bytes.get(index) == Some(&b'\n'))
    });
    out
}

fn generated_files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![PathBuf::from("src"), PathBuf::from("examples")];
    while let Some(below) = waiting.pop() {
        let path = folder.join(&below);
        let Ok(entries) = fs::read_dir(&path) else {
            continue;
        };
        for entry in entries {
            let entry = entry.map_err(|error| Failure::io("read", &path, &error))?;
            let below = below.join(entry.file_name());
            if entry.path().is_dir() {
                waiting.push(below);
            } else if fs::read(entry.path())
                .is_ok_and(|bytes| bytes.starts_with(b"// Generated by `cargo xtask generate`"))
            {
                found.push(slashed(&below));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes what differs and removes generated files that are no longer wanted.
pub(crate) fn write(folder: &Path, files: &BTreeMap<String, String>, drift: &Drift) -> Result<()> {
    for name in drift.stale.iter().chain(&drift.missing) {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| Failure::io("create", parent, &error))?;
        }
        replace(&path, &files[name])?;
    }
    for name in &drift.extra {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))?;
        // An empty folder is of no use; one that is not empty refuses.
        if let Some(parent) = path.parent() {
            let _ = fs::remove_dir(parent);
        }
    }
    Ok(())
}

/// Replaces a file in one step, so that an interrupted run leaves no half of it.
pub(crate) fn replace(path: &Path, content: &str) -> Result<()> {
    let mut name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    fs::write(&temporary, content).map_err(|error| Failure::io("write", &temporary, &error))?;
    fs::rename(&temporary, path).map_err(|error| Failure::io("write", path, &error))
}
