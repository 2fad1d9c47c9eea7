//! A schema folder in, its files out.

use std::path::Path;
use std::{fs, io};

use yunqiao_model::Source;

use crate::walk;

/// The schema files of a folder, in the order of their names. Of one that is too large to be read, the model tells.
///
/// # Errors
/// The folder, or a file in it, cannot be read.
pub fn sources_in(folder: &Path) -> io::Result<Vec<Source>> {
    let files = walk::schema_files(folder)?.into_iter().map(|file| {
        let size = fs::metadata(&file.place)?.len();
        Ok(if size > Source::MAX_BYTES {
            Source::too_large(file.name, size)
        } else {
            Source::new(file.name, fs::read(&file.place)?)
        })
    });
    files.collect()
}
