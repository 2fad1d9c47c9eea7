//! Small schemas in, the generated files word for word out; and all of them together through the compiler and clippy.
//!
//! A case is a folder `golden/<case>` with `schemas/` and `expected/`. Each case has a service of its own, so that one
//! crate can hold them all.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use yunqiao_codegen::{Files, LOCK_FILE, Options, Package, Problems, Runtime, generate};
use yunqiao_model::{Source, load, render};
use yunqiao_tests::{ACCEPT, cargo_in, cases, differs, files, root};

#[path = "golden/lock.rs"]
mod lock;

/// Calls of clients of several versions; it is compiled as a test of the crate that holds all cases.
const VERSIONS: &str = include_str!("golden/versions.rs");

fn sources(case: &Path) -> Vec<Source> {
    files(&case.join("schemas"))
        .into_iter()
        .map(|(path, bytes)| Source::new(path, bytes))
        .collect()
}

fn try_generate(sources: &[Source], options: &Options) -> Result<Files, Problems> {
    let loaded = load(sources);
    let report = render(&loaded.diagnostics, sources, "", false);
    assert!(loaded.diagnostics.is_empty(), "{report}");
    generate(&loaded.api, options)
}

fn generated(sources: &[Source], options: &Options) -> Files {
    try_generate(sources, options).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The files that a reader of the case wants to see: those of its services, and the lock.
fn shown(files: Files) -> Files {
    let of_a_service = |path: &str| path.starts_with("src/") && path.matches('/').count() >= 2;
    let shown = |path: &str| path == LOCK_FILE || of_a_service(path);
    files.into_iter().filter(|(path, _)| shown(path)).collect()
}

#[test]
fn every_case_gives_its_golden() {
    let mut wrong = Vec::new();
    let all = cases("golden");
    assert!(all.len() >= 10, "only {} cases", all.len());
    for case in all {
        let expected = case.join("expected");
        let now = shown(generated(&sources(&case), &Options::default()));
        for (path, text) in &now {
            wrong.extend(differs(&expected.join(path), text));
        }
        for (path, _) in files(&expected) {
            if !now.contains_key(&path) {
                if std::env::var_os(ACCEPT).is_some() {
                    fs::remove_file(expected.join(&path)).unwrap();
                } else {
                    wrong.push(format!(
                        "{} is no longer generated",
                        expected.join(&path).display()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_order_of_files_does_not_matter() {
    for case in cases("golden") {
        let mut turned = sources(&case);
        let straight = generated(&turned, &Options::default());
        turned.reverse();
        assert_eq!(straight, generated(&turned, &Options::default()));
        let middle = turned.len() / 2;
        turned.rotate_left(middle);
        assert_eq!(straight, generated(&turned, &Options::default()));
    }
}

/// All cases as one crate that builds on its own.
fn write_crate(folder: &Path) {
    let mut merged: BTreeMap<String, Source> = BTreeMap::new();
    for source in cases("golden").iter().flat_map(|case| sources(case)) {
        let text = source.bytes.clone();
        if let Some(clash) = merged.insert(source.path.clone(), source) {
            let shared = clash.path.ends_with("/vendor.yaml") && clash.bytes == text;
            assert!(shared, "two cases share {}", clash.path);
        }
    }
    let runtime = root().join("runtime").display().to_string();
    let options = Options {
        package: Package::Standalone {
            runtime: Runtime::Path(runtime),
        },
        ..Options::default()
    };
    let merged: Vec<Source> = merged.into_values().collect();
    // Left-overs of earlier runs would be compiled too.
    let _ = fs::remove_dir_all(folder);
    for (path, text) in generated(&merged, &options) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let tests = folder.join("tests");
    fs::create_dir_all(&tests).unwrap();
    fs::write(tests.join("versions.rs"), VERSIONS).unwrap();
    // The same versions as the project's.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

/// The features of the crate, but those for TLS.
fn features(folder: &Path) -> String {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let table = manifest.split("[features]\n").nth(1).unwrap();
    let lines = table.split("\n[").next().unwrap().lines();
    let names = lines.filter_map(|line| line.split_once(" = ").map(|(name, _)| name));
    let chosen: Vec<&str> = names
        .filter(|name| !["default", "rustls"].contains(name))
        .collect();
    assert!(chosen.len() > 10, "{manifest}");
    chosen.join(",")
}

/// Every golden, its documentation and the examples in it compile without a warning from rustc, clippy or rustdoc, also with
/// some versions of a service only; and calls of a client of several versions carry the right one.
#[test]
fn every_golden_compiles() {
    let folder = root().join("target/goldens/crate");
    write_crate(&folder);
    // All but TLS, which is the runtime's affair and most of what there would be to build.
    let all = format!("--features={}", features(&folder));
    let all = all.as_str();
    // A version that owns few of the plain names, and its successor without it.
    let some = [
        "--features=tencent-notes-v20230301",
        "--features=tencent-notes-v20240301,volcengine-post-v20200101",
    ];
    let steps: [&[&str]; 7] = [
        &["clippy", all, "--all-targets", "--", "-D", "warnings"],
        &["doc", all, "--no-deps"],
        &["test", all, "--doc"],
        &["test", all, "--test=versions"],
        &["clippy", some[0], "--", "-D", "warnings"],
        &["clippy", some[1], "--", "-D", "warnings"],
        &["doc", some[1], "--no-deps"],
    ];
    for step in steps {
        let output = cargo_in(&folder)
            .args([step[0], "--quiet", "--no-default-features"])
            .args(&step[1..])
            .env("RUSTDOCFLAGS", "-D warnings -W rustdoc::all")
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "cargo {step:?}\n{errors}{text}");
    }
}
