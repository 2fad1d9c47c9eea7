//! Real pairs of releases in, what the diff says of them out: imported afresh, where what is gone is gone, and merged into the
//! schemas of the old release, where it leaves tombstones. Goldens hold names, and no prose of the vendor.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use yunqiao_diff::{Class, Report, diff};
use yunqiao_import::{Docs, Release, VENDOR_FILE};
use yunqiao_model::{Api, Code, Source, load};
use yunqiao_tests::{differs, home, shared};

type Schemas = BTreeMap<String, String>;

fn release(folder: &Path) -> Release {
    let mut found: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(path) = found.pop() {
        if path.is_dir() {
            found.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
        } else if path.ends_with("api.json") {
            return Release::read(&std::fs::read(path).unwrap(), None).unwrap();
        }
    }
    panic!("{} holds no api.json", folder.display());
}

fn sources(schemas: &Schemas) -> Vec<Source> {
    let files = schemas.iter();
    files
        .map(|(path, text)| Source::new(path.clone(), text.clone()))
        .collect()
}

fn merged(release: &Release, schemas: &Schemas) -> Schemas {
    let imported = release.merge(&sources(schemas), Docs::Upstream).unwrap();
    let mut merged = schemas.clone();
    merged.extend(imported.files);
    merged
}

fn api(schemas: &Schemas) -> Api {
    let loaded = load(&sources(schemas));
    let is_prose = |code: Code| code == Code::MissingDescription;
    let others: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(|problem| !is_prose(problem.code))
        .collect();
    assert!(others.is_empty(), "{others:?}");
    loaded.api
}

/// How many changes there are of each class, and those that hit somebody.
fn told(report: &Report) -> String {
    let mut out = String::new();
    for (class, count) in report.counts() {
        let _ = writeln!(out, "  {class}: {count}");
    }
    let hits = report.changes.iter();
    for change in hits.filter(|change| change.class() >= Class::Security) {
        let _ = write!(
            out,
            "  {} {} {}",
            change.class(),
            change.rule.id,
            change.path
        );
        if let Some(evidence) = &change.evidence {
            let _ = write!(out, " -> {}: {}", evidence.to, evidence.reasons.join(", "));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "  bump: {}", report.bump());
    out
}

#[test]
fn real_pairs_give_their_goldens() {
    let Some(history) = shared().map(|shared| shared.join("history")) else {
        return;
    };
    let mut wrong = Vec::new();
    let mut pairs: Vec<PathBuf> = history
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pairs.sort();
    assert!(!pairs.is_empty());
    for pair in pairs {
        let vendor = Schemas::from([(VENDOR_FILE.0.to_owned(), VENDOR_FILE.1.to_owned())]);
        let (old, new) = (release(&pair.join("old")), release(&pair.join("new")));
        let before = merged(&old, &vendor);
        let old = api(&before);
        let afresh = diff(&old, &api(&merged(&new, &vendor)));
        let kept = diff(&old, &api(&merged(&new, &before)));
        let text = format!("afresh:\n{}merged:\n{}", told(&afresh), told(&kept));
        let name = pair.file_name().unwrap().to_string_lossy().into_owned();
        let golden = home().join("diff/history").join(format!("{name}.txt"));
        wrong.extend(differs(&golden, &text));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
