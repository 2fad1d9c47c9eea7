//! In: a path. Out: the text of the file, or that it is not there, or why it cannot be read. Never a part of its content.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::super::CredentialError;
use crate::excerpt::line;

/// More than any file with keys or tokens has.
const LIMIT: u64 = 1024 * 1024;

/// How an error names a path.
pub(in super::super) fn shown(path: &Path) -> String {
    line(&path.display().to_string())
}

/// The text of a file; `None` if there is no such file.
pub(in super::super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, CredentialError> {
    let broken = |why: &str| CredentialError::broken(format!("{}: {why}", shown(path)));
    let unreadable = |error: std::io::Error| broken(&format!("cannot be read ({})", error.kind()));
    let about = match path.metadata() {
        Ok(about) => about,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(unreadable(error)),
    };
    // Whoever opens a pipe waits for its other end.
    if !about.is_file() {
        return Err(broken("is no file"));
    }
    if about.len() > LIMIT {
        return Err(broken("is larger than 1 MiB"));
    }
    let mut text = Zeroizing::new(String::with_capacity(about.len() as usize + 1));
    let file = File::open(path).map_err(unreadable)?;
    match file.take(LIMIT).read_to_string(&mut text) {
        Ok(_) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(broken("is not UTF-8")),
        Err(error) => Err(unreadable(error)),
    }
}
