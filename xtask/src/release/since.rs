//! A clone in, its root and the release to count from out.

use std::path::{Path, PathBuf};

use crate::diff::Side;
use crate::diff::git::command;
use crate::outcome::{Failure, Result};

/// What git prints, or `None` if it says no.
pub(super) fn asked(folder: &Path, args: &[&str]) -> Result<Option<String>> {
    let output = command(folder, args)
        .output()
        .map_err(|error| Failure::new(format!("git cannot be started: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout)
        .trim_end()
        .to_owned();
    Ok(output.status.success().then_some(text))
}

/// The root of the work tree around a folder.
pub(super) fn root(folder: &Path) -> Result<PathBuf> {
    let root = asked(folder, &["rev-parse", "--show-toplevel"])?;
    root.filter(|root| !root.is_empty())
        .map(PathBuf::from)
        .ok_or_else(|| {
            let shown = folder.display();
            Failure::new(format!("{shown} is in no clone with a work tree"))
        })
}

fn is_shallow(root: &Path) -> Result<bool> {
    let answer = asked(root, &["rev-parse", "--is-shallow-repository"])?;
    Ok(answer.as_deref() == Some("true"))
}

const FETCH: &str = "git fetch --tags --unshallow";

/// The release to count from; `None` if there has been none.
pub(super) fn find(root: &Path, given: Option<&str>) -> Result<Option<String>> {
    if let Some(name) = given {
        let commit = format!("{name}^{{commit}}");
        let args = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ];
        if asked(root, &args)?.is_some() {
            return Ok(Some(name.to_owned()));
        }
        let fix = if is_shallow(root)? {
            format!("this clone is shallow, so it may be missing: {FETCH}")
        } else {
            "if it is elsewhere: git fetch --tags".to_owned()
        };
        return Err(Failure::new(format!(
            "there is no release {name} here; {fix}"
        )));
    }
    // Of a release that is in preparation (v1.0.0-rc.1) nobody depends on what it has.
    let last = [
        "describe",
        "--tags",
        "--abbrev=0",
        "--match",
        "v*",
        "--exclude",
        "*-*",
    ];
    if let Some(tag) = asked(root, &last)? {
        return Ok(Some(tag));
    }
    if is_shallow(root)? {
        return Err(Failure::new(format!(
            "this clone is shallow and has no tag v*, so nobody knows what was released last: {FETCH}"
        )));
    }
    let others = asked(root, &["tag", "--list", "v*"])?.unwrap_or_default();
    let mut released = others.lines().filter(|tag| !tag.contains('-'));
    match released.next_back() {
        Some(tag) => Err(Failure::new(format!(
            "there are tags such as {tag}, but none leads to this commit: name the release with --since"
        ))),
        None => Ok(None),
    }
}

/// The version that was released: the manifest says it, and so does the tag.
pub(super) fn released(side: &Side, tag: &str) -> Result<String> {
    let stated = side.stated_version()?;
    let named = tag.strip_prefix('v');
    let named = named.filter(|name| super::verdict::number(name).is_some());
    match (stated, named) {
        (Some(stated), Some(named)) if stated != named => Err(Failure::new(format!(
            "the tag {tag} holds version {stated} in its Cargo.toml: which of the two was released? Move the tag"
        ))),
        (Some(stated), _) => Ok(stated),
        (None, Some(named)) => Ok(named.to_owned()),
        (None, None) => Err(Failure::new(format!(
            "{tag} has no version: neither in its name, nor in its Cargo.toml"
        ))),
    }
}
