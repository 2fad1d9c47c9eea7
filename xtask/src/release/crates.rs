//! A clone and a release in, how many files of each published crate differ since then out.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use super::since::asked;
use crate::outcome::{Failure, Result};

/// The changed files of each published crate at the root, also those that nobody has committed.
pub(super) fn changed(root: &Path, tag: &str) -> Result<BTreeMap<String, usize>> {
    let tracked = ["diff", "--name-only", "--no-renames", "-z", tag, "--"];
    let others = ["ls-files", "--others", "--exclude-standard", "-z"];
    let mut crates: BTreeMap<String, usize> = BTreeMap::new();
    for args in [&tracked[..], &others[..]] {
        let listed = asked(root, args)?
            .ok_or_else(|| Failure::new(format!("git cannot list what differs from {tag}")))?;
        for path in listed.split('\0').filter(|path| !path.is_empty()) {
            let Some((folder, _)) = path.split_once('/') else {
                continue;
            };
            if is_published(&root.join(folder)) {
                *crates.entry(folder.to_owned()).or_default() += 1;
            }
        }
    }
    Ok(crates)
}

/// Whether a folder is a crate that others can depend on.
fn is_published(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml"));
    manifest.is_ok_and(|text| !text.lines().any(|line| line.trim() == "publish = false"))
}

/// Whether somebody can judge the hand-written crates by a command.
pub(super) fn has_semver_checks() -> bool {
    let mut command = Command::new("cargo-semver-checks");
    command.args(["semver-checks", "--version"]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
