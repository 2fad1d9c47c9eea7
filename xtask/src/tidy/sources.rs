//! Rules about source files.

use crate::tidy::{File, Tree};

/// More lines than this, and there is a second thing in the room.
const MAX_LINES: usize = 350;

/// Hand-written Rust: neither generated nor an expected output of a test. Programs below `generated/examples/` are.
fn written(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files
        .iter()
        .filter(|file| file.path.ends_with(".rs") && !is_output(&file.path))
}

fn is_output(path: &str) -> bool {
    is_generated(path) || path.starts_with("tests/golden/")
}

fn is_generated(path: &str) -> bool {
    path.starts_with("generated/") && !path.starts_with("generated/examples/")
}

pub(super) fn openings(tree: &Tree) -> Vec<String> {
    written(tree)
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| format!("{}: open the file with `//!` and a sentence that says what goes in and what comes out", file.path))
        .collect()
}

pub(super) fn sizes(tree: &Tree) -> Vec<String> {
    written(tree)
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > MAX_LINES)
        .map(|(file, lines)| format!("{}: {lines} lines, at most {MAX_LINES}", file.path))
        .collect()
}

pub(super) fn no_mod_rs(tree: &Tree) -> Vec<String> {
    let wrong = tree
        .files
        .iter()
        .filter(|file| file.path.ends_with("/mod.rs"));
    wrong
        .map(|file| {
            format!(
                "{}: name the file after its module, beside the folder",
                file.path
            )
        })
        .collect()
}

pub(super) fn reasons(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in written(tree) {
        let mut start = 0;
        for (index, line) in file.text.split_inclusive('\n').enumerate() {
            let allows = ["#[allow(", "#![allow("]
                .iter()
                .any(|mark| line.trim_start().starts_with(mark));
            let attribute = file.text[start..].split(")]").next().unwrap_or_default();
            if allows && !attribute.contains("reason") {
                findings.push(format!(
                    "{}:{}: say why with `reason = \"...\"`",
                    file.path,
                    index + 1
                ));
            }
            start += line.len();
        }
    }
    findings
}

pub(super) fn clock(tree: &Tree) -> Vec<String> {
    let reads =
        |file: &&File| file.text.contains("SystemTime::now") || file.text.contains("Instant::now");
    written(tree)
        .filter(|file| file.path.starts_with("runtime/src/") && file.path != "runtime/src/clock.rs")
        .filter(reads)
        .map(|file| {
            format!(
                "{}: time is injected; only runtime/src/clock.rs reads the clock",
                file.path
            )
        })
        .collect()
}

pub(super) fn headers(tree: &Tree) -> Vec<String> {
    let generated = tree.files.iter().filter(|file| is_generated(&file.path));
    generated
        .filter(|file| {
            !file
                .text
                .lines()
                .take(2)
                .any(|line| line.contains("cargo xtask generate"))
        })
        .map(|file| {
            format!(
                "{}: not written by the generator; nothing else belongs there",
                file.path
            )
        })
        .collect()
}

pub(super) fn own_words(tree: &Tree) -> Vec<String> {
    let schemas = tree
        .files
        .iter()
        .filter(|file| file.path.starts_with("schemas/"));
    let taken = |line: &str| line.trim_start().starts_with("upstream_doc:");
    schemas
        .filter(|file| file.path.ends_with(".yaml") && file.text.lines().any(taken))
        .map(|file| {
            format!(
                "{}: the vendor's prose; import with `--docs none`",
                file.path
            )
        })
        .collect()
}

pub(super) fn left_overs(tree: &Tree) -> Vec<String> {
    // Spelt in parts, so that this file does not find itself.
    let marks = [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["X", "XX"],
        ["todo", "!("],
        ["unimplemented", "!("],
        ["#[ig", "nore"],
    ];
    let paths = [["/wo", "rk/"], ["/ro", "ot/"], ["/fa", "rm/"]];
    let mut findings = Vec::new();
    for file in tree
        .files
        .iter()
        .filter(|file| !file.path.ends_with(".lock"))
    {
        for (index, line) in file.text.lines().enumerate() {
            let code = file.path.ends_with(".rs") || file.path.ends_with(".toml");
            let mark = marks
                .iter()
                .map(|parts| parts.concat())
                .find(|mark| code && has_word(line, mark));
            let path = paths
                .iter()
                .map(|parts| parts.concat())
                .find(|path| line.contains(path.as_str()));
            if let Some(found) = mark.or(path) {
                findings.push(format!("{}:{}: `{found}`", file.path, index + 1));
            }
        }
    }
    findings
}

/// The mark as a word of its own, not as a part of `XXXL`.
fn has_word(line: &str, mark: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    line.match_indices(mark).any(|(at, _)| {
        !letter(line[..at].chars().next_back())
            && (mark.ends_with('(') || !letter(line[at + mark.len()..].chars().next()))
    })
}

pub(super) fn white_space(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    let text = |path: &str| {
        [".rs", ".toml", ".md", ".yaml", ".yml", ".json"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    let fixture =
        |path: &str| path.starts_with("tests/diagnostics/") || path.contains("/fixtures/");
    for file in tree
        .files
        .iter()
        .filter(|file| text(&file.path) && !fixture(&file.path))
    {
        for (index, line) in file.text.lines().enumerate() {
            if line.ends_with([' ', '\t']) {
                findings.push(format!(
                    "{}:{}: white space at the end of the line",
                    file.path,
                    index + 1
                ));
            }
        }
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            findings.push(format!("{}: the last line does not end", file.path));
        }
    }
    findings
}
