//! Rules about crates: who may depend on whom, from where versions and lints come, what compiler they need.

use serde_json::Value as Json;

use crate::tidy::Tree;

/// Crates of the workspace that a crate may name. Whoever is not listed may name none.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("yunqiao-model", &[]),
    ("yunqiao-runtime", &[]),
    ("yunqiao-codegen", &["yunqiao-model"]),
    ("yunqiao-import", &["yunqiao-codegen", "yunqiao-model"]),
    ("yunqiao-diff", &["yunqiao-codegen", "yunqiao-model"]),
    (
        "yunqiao-prove",
        &["yunqiao-codegen", "yunqiao-diff", "yunqiao-model"],
    ),
    ("yunqiao", &["yunqiao-runtime"]),
    ("yunqiao-mock", &["yunqiao-model"]),
    (
        "yunqiao-cli",
        // codegen: snippets have the names that the generated crate has.
        &[
            "yunqiao-codegen",
            "yunqiao-mock",
            "yunqiao-model",
            "yunqiao-runtime",
            // Its tests have a browser.
            "yunqiao-tests",
        ],
    ),
    (
        "xtask",
        &[
            "yunqiao-codegen",
            "yunqiao-diff",
            "yunqiao-import",
            "yunqiao-mock",
            "yunqiao-model",
            "yunqiao-prove",
        ],
    ),
    ("yunqiao-examples", &["yunqiao", "yunqiao-mock"]),
    ("yunqiao-example-callbacks", &["yunqiao"]),
    (
        "yunqiao-chaos",
        &[
            "yunqiao",
            "yunqiao-mock",
            "yunqiao-model",
            "yunqiao-runtime",
        ],
    ),
    ("yunqiao-bench", &["yunqiao", "yunqiao-runtime"]),
    (
        "yunqiao-tests",
        &[
            "yunqiao",
            "yunqiao-codegen",
            "yunqiao-diff",
            "yunqiao-import",
            "yunqiao-mock",
            "yunqiao-model",
            "yunqiao-prove",
            "yunqiao-runtime",
        ],
    ),
];

/// What the core may take from outside, beside the workspace. Other crates choose freely, with a reason in Cargo.toml.
const CORE: &[(&str, &[&str])] = &[
    (
        "yunqiao-model",
        &["saphyr-parser", "serde", "serde_json", "strsim"],
    ),
    (
        "yunqiao-codegen",
        &[
            "heck",
            "prettyplease",
            "proc-macro2",
            "quote",
            "serde_json",
            "syn",
        ],
    ),
    (
        "yunqiao-runtime",
        &[
            "aes",
            "bytes",
            "cbc",
            "futures-core",
            "hmac",
            "http",
            "http-body",
            "reqwest",
            "rustls",
            "rustls-platform-verifier",
            "serde",
            "serde_json",
            "sha1",
            "sha2",
            "tokio",
            "tracing",
            "zeroize",
        ],
    ),
    ("yunqiao-import", &["serde", "serde_json"]),
    ("yunqiao", &[]),
];

fn members(tree: &Tree) -> impl Iterator<Item = &Json> {
    let ids: Vec<&str> = tree.metadata["workspace_members"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .collect();
    let packages = tree.metadata["packages"].as_array().into_iter().flatten();
    packages.filter(move |package| package["id"].as_str().is_some_and(|id| ids.contains(&id)))
}

fn name(value: &Json) -> &str {
    value["name"].as_str().unwrap_or_default()
}

fn allowed<'a>(table: &[(&str, &'a [&'a str])], of: &str) -> Option<&'a [&'a str]> {
    table
        .iter()
        .find(|(found, _)| *found == of)
        .map(|(_, names)| *names)
}

pub(super) fn directions(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    let inside: Vec<&str> = members(tree).map(name).collect();
    for package in members(tree) {
        let of = name(package);
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = name(dependency);
            let own = inside.contains(&on);
            if own && !allowed(DIRECTIONS, of).unwrap_or_default().contains(&on) {
                findings.push(format!(
                    "{of} depends on {on}, which the plan of the house does not allow"
                ));
            }
            let shipped = dependency["kind"].is_null();
            if let Some(core) =
                allowed(CORE, of).filter(|core| shipped && !own && !core.contains(&on))
            {
                findings.push(format!(
                    "{of} depends on {on}; the core stays on {}",
                    core.join(", ")
                ));
            }
        }
    }
    findings
}

pub(super) fn inherited(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in tree
        .files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml") && file.path.matches('/').count() == 1)
    {
        let mut table = "";
        for (index, line) in file.text.lines().enumerate() {
            if line.starts_with('[') {
                table = line.trim();
            }
            // A workspace of its own names its versions itself.
            let dependency = table.ends_with("dependencies]")
                && table != "[workspace.dependencies]"
                && line.contains('=')
                && !line.starts_with('#');
            if dependency && !line.contains("workspace = true") {
                findings.push(format!(
                    "{}:{}: name the version in the workspace: {line}",
                    file.path,
                    index + 1
                ));
            }
        }
    }
    findings
}

pub(super) fn lints(tree: &Tree) -> Vec<String> {
    // The generated crate carries its own, because it is also written to other places.
    let manifests = tree
        .files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml") && file.path.matches('/').count() == 1);
    manifests
        .filter(|file| {
            file.path != "generated/Cargo.toml" && !file.text.contains("[lints]\nworkspace = true")
        })
        .map(|file| format!("{}: add `[lints]` with `workspace = true`", file.path))
        .collect()
}

pub(super) fn msrv(tree: &Tree) -> Vec<String> {
    let own = members(tree)
        .filter_map(|package| package["rust_version"].as_str())
        .map(version)
        .max()
        .unwrap_or_default();
    let packages = tree.metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter_map(|package| Some((name(package), package["rust_version"].as_str()?)))
        .filter(|(_, needs)| version(needs) > own)
        .map(|(name, needs)| format!("{name} needs Rust {needs}; raise rust-version in Cargo.toml"))
        .collect()
}

fn version(text: &str) -> Vec<u32> {
    text.split('.')
        .map(|part| part.parse().unwrap_or(0))
        .chain([0, 0])
        .take(3)
        .collect()
}
