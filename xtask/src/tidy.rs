//! `cargo xtask tidy`: the house rules that a machine can check. Each rule is a function from the tree to findings.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;
use crate::{terminal, tree};

mod crates;
mod pages;
mod sources;

/// A text file of the tree.
#[derive(Debug)]
pub(crate) struct File {
    /// Path below the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The tree as the rules see it.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
    /// `cargo metadata`.
    pub(crate) metadata: serde_json::Value,
}

/// A rule and what it found.
type Rule = (&'static str, fn(&Tree) -> Vec<String>);

const RULES: &[Rule] = &[
    ("dependency directions", crates::directions),
    ("dependencies come from the workspace", crates::inherited),
    ("the MSRV covers every dependency", crates::msrv),
    ("lints come from the workspace", crates::lints),
    (
        "files open with what goes in and what comes out",
        sources::openings,
    ),
    ("files stay small", sources::sizes),
    ("no mod.rs", sources::no_mod_rs),
    ("every allow gives its reason", sources::reasons),
    ("one file reads the clock", sources::clock),
    ("generated files say where they come from", sources::headers),
    ("schemas are in our own words", sources::own_words),
    ("no left-overs", sources::left_overs),
    ("no trailing white space", sources::white_space),
    ("pages that must exist", pages::exist),
    ("the architecture fits one page", pages::architecture),
    ("both READMEs show the same commands", pages::readmes),
];

pub(crate) fn run() -> Result {
    let tree = read()?;
    let color = terminal::stdout_color();
    let mut count = 0;
    for (name, rule) in RULES {
        let findings = rule(&tree);
        count += findings.len();
        for finding in findings {
            say!("{}: {finding}", terminal::paint(color, "31", name));
        }
    }
    say!(
        "{} rules, {} files, {count} findings",
        RULES.len(),
        tree.files.len()
    );
    Ok(Outcome::from_findings(count > 0))
}

fn read() -> Result<Tree> {
    let root = tree::root();
    let list = output(
        "git",
        &[
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ],
    )?;
    let mut files = Vec::new();
    for path in list.split('\0').filter(|path| !path.is_empty()) {
        // Deleted but still tracked, or not text: fixtures hold hostile bytes on purpose.
        let Ok(text) = fs::read_to_string(root.join(PathBuf::from(path))) else {
            continue;
        };
        files.push(File {
            path: path.to_owned(),
            text,
        });
    }
    let metadata = output(
        env!("CARGO"),
        &[
            "metadata",
            "--format-version",
            "1",
            "--all-features",
            "--quiet",
        ],
    )?;
    let metadata = serde_json::from_str(&metadata)
        .map_err(|error| Failure::new(format!("cargo metadata: {error}")))?;
    Ok(Tree { files, metadata })
}

fn output(program: &str, args: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(args)
        .current_dir(tree::root())
        .output()
        .map_err(|error| Failure::new(format!("cannot run {program}: {error}")))?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "{program} {}: {}",
            args.join(" "),
            String::from_utf8_lossy(&output.stderr)
        )));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
