//! Support for the suites: folders of fixtures in, sources and texts out. Accepting new goldens is one variable.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use yunqiao_model::Source;

mod accounts;
pub mod browser;

pub use accounts::settle;

/// Set to accept what the code gives as the new golden: `YUNQIAO_ACCEPT=1 cargo test -p yunqiao-tests`.
pub const ACCEPT: &str = "YUNQIAO_ACCEPT";

/// The folder of this crate.
#[must_use]
pub fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The project's root.
#[must_use]
pub fn root() -> PathBuf {
    let home = home();
    home.parent()
        .map_or_else(|| home.clone(), Path::to_path_buf)
}

/// The folder with facts and vectors, where there is one.
#[must_use]
pub fn shared() -> Option<PathBuf> {
    let shared = root().join("../shared");
    shared.is_dir().then_some(shared)
}

/// Cargo for a package that a test has written to the folder: all of these share what their dependencies compile to.
#[must_use]
pub fn cargo_in(folder: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", own_target())
        // Nobody debugs these.
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("CARGO_INCREMENTAL", "0");
    cargo
}

/// Where [`cargo_in`] puts what it builds.
#[must_use]
pub fn own_target() -> PathBuf {
    root().join("target/goldens/target")
}

/// Every file below a folder, as paths with `/` and bytes, sorted. Empty if the folder does not exist.
#[must_use]
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let (Ok(below), Ok(bytes)) = (path.strip_prefix(folder), fs::read(&path)) {
                let name = below
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/");
                found.push((name, bytes));
            }
        }
    }
    found.sort();
    found
}

/// The project's own schemas.
#[must_use]
pub fn schemas() -> Vec<Source> {
    let all = files(&root().join("schemas"));
    let below = |path: &str| path.contains('/') && !path.starts_with("dialect/");
    all.into_iter()
        .filter(|(path, _)| below(path))
        .map(|(path, bytes)| Source::new(path, bytes))
        .collect()
}

/// The cases of a suite: folders, sorted.
#[must_use]
pub fn cases(suite: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(home().join(suite))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

/// Compares a text with its golden file, or writes the file when goldens are being accepted. `None` is a match.
#[must_use]
pub fn differs(golden: &Path, text: &str) -> Option<String> {
    let found = fs::read_to_string(golden).unwrap_or_default();
    if found == text {
        return None;
    }
    if std::env::var_os(ACCEPT).is_some() {
        let written = golden
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(golden, text));
        return written
            .err()
            .map(|error| format!("cannot write {}: {error}", golden.display()));
    }
    let line = found
        .lines()
        .zip(text.lines())
        .take_while(|(old, new)| old == new)
        .count();
    let show = |text: &str| text.lines().nth(line).unwrap_or("<end>").to_owned();
    Some(format!(
        "{} differs from line {}:\n  golden: {}\n  now:    {}\n  accept it with {ACCEPT}=1",
        golden.display(),
        line + 1,
        show(&found),
        show(text)
    ))
}
