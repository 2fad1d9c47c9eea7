//! A path in, the text of a credential file out; or a text in, the file in its place: whole or not at all, and for nobody else's eyes.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::failure::{Failure, Result};

/// More than any file with keys has.
const LIMIT: u64 = 1024 * 1024;

/// The text of a file; `None` if there is none.
///
/// # Errors
///
/// It cannot be read, is no file, or belongs to somebody else.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>> {
    let shown = path.display();
    let Some(path) = followed(path)? else {
        return Ok(None);
    };
    let wrong = |why: &str| Failure::new(format!("{shown}: {why}"));
    let about = fs::metadata(&path);
    let about = about.map_err(|error| Failure::io(&format!("cannot read {shown}"), &error))?;
    if !about.is_file() {
        return Err(wrong("is no file"));
    }
    if about.len() > LIMIT {
        return Err(wrong("is larger than 1 MiB"));
    }
    let mut text = Zeroizing::new(String::with_capacity(about.len() as usize + 1));
    let file = fs::File::open(&path);
    let file = file.map_err(|error| Failure::io(&format!("cannot read {shown}"), &error))?;
    match file.take(LIMIT).read_to_string(&mut text) {
        Ok(_) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(wrong("is not UTF-8")),
        Err(error) => Err(Failure::io(&format!("cannot read {shown}"), &error)),
    }
}

/// Puts a text in the place of a file.
pub(super) fn write(path: &Path, text: &str) -> Result<()> {
    let shown = path.display();
    let failed = |error: std::io::Error| Failure::io(&format!("cannot write {shown}"), &error);
    let target = followed(path)?.unwrap_or_else(|| path.to_owned());
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    if !folder.is_dir() {
        create(folder).map_err(failed)?;
    }
    check_owner(folder)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let aside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = new(&aside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&aside, &target)
    });
    written.map_err(|error| {
        // What is left of it must not stay.
        drop(fs::remove_file(&aside));
        failed(error)
    })
}

/// Where a path leads; `None` if nothing is there. A link of one's own is followed, so that it stays one.
fn followed(path: &Path) -> Result<Option<PathBuf>> {
    let shown = path.display();
    let about = match fs::symlink_metadata(path) {
        Ok(about) => about,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(Failure::io(&format!("cannot read {shown}"), &error)),
    };
    check(path, &about)?;
    if !about.is_symlink() {
        return Ok(Some(path.to_owned()));
    }
    let target = fs::canonicalize(path).map_err(|error| {
        Failure::io(
            &format!("{shown} is a link, and cannot be followed"),
            &error,
        )
    })?;
    check_owner(&target)?;
    Ok(Some(target))
}

fn check_owner(path: &Path) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(about) => check(path, &about),
        Err(error) => Err(Failure::io(
            &format!("cannot read {}", path.display()),
            &error,
        )),
    }
}

/// Whoever owns a file, a link or its folder decides what stands there.
#[cfg(unix)]
fn check(path: &Path, about: &fs::Metadata) -> Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    if about.uid() == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} belongs to somebody else (user {}), and is neither read nor written",
        path.display(),
        about.uid()
    )))
}

#[cfg(not(unix))]
fn check(_: &Path, _: &fs::Metadata) -> Result<()> {
    Ok(())
}

#[cfg(unix)]
fn create(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// A file that is not there yet, and that nobody else can read.
fn new(path: &Path) -> std::io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}
