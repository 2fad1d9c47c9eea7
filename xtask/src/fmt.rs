//! `cargo xtask fmt`: schema files in their canonical form.

use std::path::{Path, PathBuf};

use yunqiao_model::{Source, format};

use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;
use crate::{schemas, tree};

pub(crate) fn run(check: bool, dir: Option<&Path>) -> Result {
    let (folder, below) = split(dir)?;
    let name = schemas::folder(dir.filter(|_| below.as_os_str().is_empty())).1;
    let wanted = tree::slashed(&below);
    let sources: Vec<Source> = tree::read_schemas(&folder)?
        .into_iter()
        .filter(|source| Path::new(&source.path).starts_with(&below))
        .collect();
    if sources.is_empty() {
        return Err(Failure::new(format!(
            "no schema files at {}",
            folder.join(&wanted).display()
        )));
    }
    let (mut changed, mut problems) = (Vec::new(), Vec::new());
    for source in &sources {
        match format(source) {
            Err(found) => problems.extend(found),
            Ok(text) if text.as_bytes() != source.bytes => changed.push((source, text)),
            Ok(_) => {}
        }
    }
    for (source, text) in &changed {
        if check {
            say!("not in canonical form: {name}/{}", source.path);
        } else {
            tree::replace(&folder.join(&source.path), text)?;
            say!("formatted {name}/{}", source.path);
        }
    }
    if !problems.is_empty() {
        schemas::report(&problems, &sources, &name);
        return Ok(Outcome::Findings);
    }
    if check && !changed.is_empty() {
        say!(
            "run `cargo xtask fmt` to mend {} of {} files",
            changed.len(),
            sources.len()
        );
        return Ok(Outcome::Findings);
    }
    say!("{} files, {} changed", sources.len(), changed.len());
    Ok(Outcome::Fine)
}

/// The schema folder and the path below it: a given path may lie inside of the project's own schemas.
fn split(dir: Option<&Path>) -> Result<(PathBuf, PathBuf)> {
    let own = tree::root().join("schemas");
    let Some(dir) = dir else {
        return Ok((own, PathBuf::new()));
    };
    let full = dir
        .canonicalize()
        .map_err(|error| Failure::io("read", dir, &error))?;
    let own_full = own.canonicalize().unwrap_or_else(|_| own.clone());
    match full.strip_prefix(&own_full) {
        Ok(below) => Ok((own, below.to_path_buf())),
        Err(_) if full.is_dir() => Ok((dir.to_path_buf(), PathBuf::new())),
        Err(_) => Err(Failure::new(format!(
            "{} lies outside of the schemas; name a schema folder",
            dir.display()
        ))),
    }
}
