//! Paths in, the metadata files that lie there out; and their bytes, up to a limit.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use yunqiao_import::MAX_BYTES;

use crate::outcome::{Failure, Result};

/// The files of one service version.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) api: PathBuf,
    pub(crate) examples: Option<PathBuf>,
}

impl Found {
    pub(crate) fn shown(&self) -> String {
        shown(&self.api)
    }

    pub(crate) fn examples_shown(&self) -> String {
        self.examples.as_deref().map(shown).unwrap_or_default()
    }
}

/// A path as it may be printed: names of files may hold anything.
fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// Every `api.json` that the paths are or hold, in order, each once.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<Found>> {
    let mut files = Vec::new();
    for path in paths {
        let before = files.len();
        let kind = fs::metadata(path).map_err(|error| Failure::io("read", path, &error))?;
        if kind.is_dir() {
            walk(path, &mut files)?;
        } else {
            files.push(path.clone());
        }
        if files.len() == before {
            let message = format!("{} holds no api.json", path.display());
            return Err(Failure::new(message));
        }
    }
    files.sort();
    files.dedup();
    let found = files.into_iter().map(|api| {
        let examples = api.with_file_name("examples.json");
        Found {
            examples: (examples != api && examples.is_file()).then_some(examples),
            api,
        }
    });
    Ok(found.collect())
}

/// Symbolic links are not followed: they may lead in circles.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries =
            fs::read_dir(&folder).map_err(|error| Failure::io("read", &folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::io("read", &folder, &error))?;
            let kind = entry
                .file_type()
                .map_err(|error| Failure::io("read", &entry.path(), &error))?;
            if kind.is_dir() {
                waiting.push(entry.path());
            } else if kind.is_file() && entry.file_name() == "api.json" {
                files.push(entry.path());
            }
        }
    }
    Ok(())
}

/// What a file holds, or why it is not read.
pub(crate) fn bytes(path: &Path) -> std::result::Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| format!("cannot be read: {error}");
    let too_large = |size: u64| format!("{size} bytes are more than the {MAX_BYTES} that are read");
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    if size > MAX_BYTES {
        return Err(too_large(size));
    }
    // The file may grow, or be no file at all.
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    match bytes.len() as u64 {
        size if size > MAX_BYTES => Err(too_large(size)),
        _ => Ok(bytes),
    }
}
