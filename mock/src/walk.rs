//! A schema folder in, the schema files below it out, in the order of their names. Shared by the build script and the command.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Holds the JSON Schemas of the dialect for editors, which are no schema files themselves.
const DIALECT: &str = "dialect";

/// One file below the folder.
pub(crate) struct SchemaFile {
    /// Path below the folder, with `/` between its parts.
    pub(crate) name: String,
    /// Where it lies.
    pub(crate) place: PathBuf,
}

/// Every `.yaml` and `.json` file in a vendor's folder.
pub(crate) fn schema_files(root: &Path) -> io::Result<Vec<SchemaFile>> {
    let mut found = Vec::new();
    for (name, place) in entries(root)? {
        if place.is_dir() && name != DIALECT {
            walk(&place, &name, &mut found)?;
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<SchemaFile>) -> io::Result<()> {
    for (name, place) in entries(folder)? {
        let name = format!("{prefix}/{name}");
        if place.is_dir() {
            walk(&place, &name, found)?;
        } else if name.ends_with(".yaml") || name.ends_with(".json") {
            found.push(SchemaFile { name, place });
        }
    }
    Ok(())
}

/// Name and place of what lies in a folder; hidden files, such as those of editors, do not count.
fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            entries.push((name, entry.path()));
        }
    }
    Ok(entries)
}
