//! Rules about the pages that people read first.

use crate::tidy::Tree;

const PAGES: &[&str] = &[
    ".ci/run",
    ".github/workflows/ci.yml",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "README.zh-CN.md",
    "generated/api.lock",
    "schemas/README.md",
];

/// One page, at the width of an editor.
const ARCHITECTURE_LINES: usize = 120;

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    tree.files
        .iter()
        .find(|file| file.path == path)
        .map_or("", |file| &file.text)
}

pub(super) fn exist(tree: &Tree) -> Vec<String> {
    PAGES
        .iter()
        .filter(|path| text(tree, path).is_empty())
        .map(|path| format!("{path} is missing or empty"))
        .collect()
}

pub(super) fn architecture(tree: &Tree) -> Vec<String> {
    let page = text(tree, "ARCHITECTURE.md");
    let lines = page.lines().count();
    let mut findings = Vec::new();
    if lines > ARCHITECTURE_LINES {
        findings.push(format!(
            "ARCHITECTURE.md has {lines} lines; {ARCHITECTURE_LINES} make a page"
        ));
    }
    let members = tree
        .files
        .iter()
        .filter_map(|file| file.path.strip_suffix("/Cargo.toml"))
        .filter(|path| !path.contains('/'));
    for room in members.filter(|room| !page.contains(&format!("`{room}/`"))) {
        findings.push(format!("ARCHITECTURE.md does not name the room `{room}/`"));
    }
    findings
}

pub(super) fn readmes(tree: &Tree) -> Vec<String> {
    let commands = |path: &str| -> Vec<String> {
        let lines = text(tree, path).lines().map(str::trim);
        lines
            .filter(|line| line.starts_with("cargo ") || line.starts_with("git clone"))
            .map(ToOwned::to_owned)
            .collect()
    };
    let (english, chinese) = (commands("README.md"), commands("README.zh-CN.md"));
    let mut findings = Vec::new();
    for wanted in ["cargo xtask quickstart", "cargo xtask test"] {
        if !english.iter().any(|line| line == wanted) {
            findings.push(format!(
                "README.md does not show `{wanted}` on a line of its own"
            ));
        }
    }
    if english != chinese {
        findings.push("README.md and README.zh-CN.md show different commands".to_owned());
    }
    findings
}
