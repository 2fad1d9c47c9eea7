//! Folders with mistakes in, the report of `cargo xtask lint` out, word for word.
//!
//! A case is a folder `diagnostics/<case>` whose files lie over those of `diagnostics/_base`, a service without mistakes.
//! Paths start below the service version (`service.yaml`, `actions/…`); those that start with `@/` start below the schema
//! folder. A file `recipe.txt` makes files too large to keep: `<path> = <count> x <text>` a line.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::collections::BTreeMap;
use std::path::Path;

use yunqiao_codegen::{Options, check, generate};
use yunqiao_model::{Code, Source, lint, load, render};
use yunqiao_tests::{cases, differs, files, home};

/// Where the files of a case lie in the schema folder.
const SERVICE: &str = "tencent/demo/2024-01-01";

fn sources(case: &Path) -> Vec<Source> {
    let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for folder in [&home().join("diagnostics/_base"), case] {
        for (path, bytes) in files(folder) {
            match path.as_str() {
                "expected.txt" => {}
                "recipe.txt" => all.extend(cook(&bytes)),
                // An empty file takes one of the base away; the empty file itself is a case of its own, by recipe.
                _ if bytes.is_empty() => drop(all.remove(&place(&path))),
                _ => drop(all.insert(place(&path), bytes)),
            }
        }
    }
    all.into_iter()
        .map(|(path, bytes)| Source::new(path, bytes))
        .collect()
}

fn place(path: &str) -> String {
    path.strip_prefix("@/")
        .map_or_else(|| format!("{SERVICE}/{path}"), ToOwned::to_owned)
}

fn cook(recipe: &[u8]) -> Vec<(String, Vec<u8>)> {
    let recipe = std::str::from_utf8(recipe).unwrap();
    let line = |line: &str| {
        let (path, rest) = line.split_once(" = ").unwrap();
        let (count, text) = rest.split_once(" x ").unwrap();
        (
            place(path),
            text.replace("\\n", "\n")
                .repeat(count.parse().unwrap())
                .into_bytes(),
        )
    };
    recipe.lines().map(line).collect()
}

fn report(case: &Path) -> (String, Vec<Code>) {
    let sources = sources(case);
    let loaded = load(&sources);
    let mut problems = loaded.diagnostics;
    problems.extend(check(&loaded.api));
    // What is only advised is asked of files without a mistake.
    if problems.is_empty() && !case.ends_with("_base") {
        problems = lint(&loaded.api);
    }
    let codes = problems.iter().map(|problem| problem.code).collect();
    (render(&problems, &sources, "", false), codes)
}

#[test]
fn every_case_reports_what_it_should() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in cases("diagnostics") {
        if case.ends_with("_base") {
            continue;
        }
        count += 1;
        let (text, codes) = report(&case);
        if codes.is_empty() {
            wrong.push(format!("{} has no mistake", case.display()));
        }
        wrong.extend(differs(&case.join("expected.txt"), &text));
    }
    assert!(count >= 100, "only {count} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_base_has_no_mistake() {
    let (text, codes) = report(&home().join("diagnostics/_base"));
    assert!(codes.is_empty(), "{text}");
}

#[test]
fn every_kind_of_problem_has_a_case() {
    let seen: Vec<Code> = cases("diagnostics")
        .iter()
        .flat_map(|case| report(case).1)
        .collect();
    // Those of the surface need a lock and are tested with it.
    let surface = [Code::LostFromSurface, Code::ChangedSurface];
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !seen.contains(code) && !surface.contains(code))
        .map(|code| code.number())
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// Whatever the files hold, they give a report or a crate.
fn survive(sources: &[Source]) {
    let loaded = load(sources);
    let mut problems = loaded.diagnostics;
    problems.extend(check(&loaded.api));
    let report = render(&problems, sources, "schemas", false);
    assert!(!report.contains('\x1b'), "{report}");
    if problems.is_empty() {
        drop(generate(&loaded.api, &Options::default()));
    }
}

/// Cutting files anywhere, and turning bytes, must end in a report and never in a panic.
#[test]
fn damaged_files_never_panic() {
    let base = sources(&home().join("diagnostics/_base"));
    let mut damaged = base.clone();
    for (index, source) in base.iter().enumerate() {
        // Every other place, and in turn by a cut and by another byte, is what fits into a few seconds.
        for cut in (0..source.bytes.len()).step_by(2) {
            if cut % 4 == 0 {
                damaged[index].bytes.truncate(cut);
            } else {
                damaged[index].bytes[cut] = b"\t\":[\xff-{\x1b"[cut / 4 % 8];
            }
            survive(&damaged);
            damaged[index].bytes.clone_from(&source.bytes);
        }
    }
}

/// Other values in any place, and lines that are missing or stand twice, are no worse.
#[test]
fn strange_files_never_panic() {
    let base = sources(&home().join("diagnostics/_base"));
    let values = [
        "null",
        "[]",
        "{}",
        "-1",
        "1e400",
        "99999999999999999999",
        "\"\"",
        "[[x]]",
        "{a: 1}",
        "self",
        "Order",
        "..",
    ];
    let mut strange = base.clone();
    for (index, source) in base.iter().enumerate() {
        let text = String::from_utf8(source.bytes.clone()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let key = line.split_once(':').map_or(*line, |(key, _)| key);
            let other = values.iter().map(|value| format!("{key}: {value}"));
            for line in other.chain([String::new(), format!("{line}\n{line}")]) {
                let mut lines = lines.clone();
                lines[number] = &line;
                strange[index].bytes = lines.join("\n").into_bytes();
                survive(&strange);
            }
        }
        strange[index].bytes.clone_from(&source.bytes);
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    for case in cases("diagnostics") {
        let mut turned = sources(&case);
        let straight = load(&turned).diagnostics;
        turned.reverse();
        assert_eq!(straight, load(&turned).diagnostics, "{}", case.display());
    }
}
