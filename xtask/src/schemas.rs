//! A schema folder in, the checked model out, or its problems on the terminal.

use std::path::{Path, PathBuf};

use yunqiao_model::{Diagnostic, Loaded, Source, load, render};

use crate::outcome::{Failure, Result};
use crate::{terminal, tree};

/// Where the schemas lie, and how messages name that place.
pub(crate) fn folder(given: Option<&Path>) -> (PathBuf, String) {
    match given {
        None => (tree::root().join("schemas"), "schemas".to_owned()),
        Some(path) => (path.to_path_buf(), tree_name(path)),
    }
}

fn tree_name(path: &Path) -> String {
    path.display().to_string()
}

/// Reads and checks a schema folder.
pub(crate) fn read(folder: &Path) -> Result<(Vec<Source>, Loaded)> {
    must_exist(folder)?;
    let sources = tree::read_schemas(folder)?;
    if sources.is_empty() {
        return Err(nothing_in(folder));
    }
    let loaded = load(&sources);
    Ok((sources, loaded))
}

/// Fails without the folder.
pub(crate) fn must_exist(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "there is no schema folder {}",
        folder.display()
    )))
}

/// Why a folder without schema files is of no use.
pub(crate) fn nothing_in(folder: &Path) -> Failure {
    let help = "it holds VENDOR/SERVICE/VERSION/service.yaml and what lies beside it";
    Failure::new(format!(
        "{} holds no schema files; {help}",
        folder.display()
    ))
}

/// Prints problems and their count to standard error.
pub(crate) fn report(problems: &[Diagnostic], sources: &[Source], root: &str) {
    eprint!(
        "{}",
        render(problems, sources, root, terminal::stderr_color())
    );
    let s = if problems.len() == 1 { "" } else { "s" };
    eprintln!(
        "{} problem{s}; `cargo xtask lint --explain NUMBER` explains a kind of problem",
        problems.len()
    );
}
