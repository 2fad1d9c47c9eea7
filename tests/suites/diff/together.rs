//! Two cases at once in, no milder verdict than the worse of the two out: what is small beside a change hides nothing of it.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_diff::{Class, Report, diff};
use yunqiao_model::{Api, Source, load};
use yunqiao_tests::{files, home};

use crate::case::{self, Case};
use crate::ids;

/// How far apart in the list the two cases of a pair stand.
const STEPS: &[usize] = &[1, 31];

/// What is told under another rule of the same class beside another change: the rule, the one in its place, and why.
const RETOLD: &[(&str, &str, &str)] = &[(
    "A2",
    "A6",
    "a service that gets another version is not gone; its old version is",
)];

/// A file's text by its path; none is a file that has gone.
type Edits<'a> = BTreeMap<&'a str, Option<&'a [u8]>>;

fn by_path(sources: &[Source]) -> BTreeMap<&str, &[u8]> {
    let files = sources.iter();
    files.map(|file| (&*file.path, &*file.bytes)).collect()
}

/// What the new side of a case has otherwise.
fn edits(case: &Case) -> Edits<'_> {
    let (old, new) = (by_path(&case.old), by_path(&case.new));
    let paths: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let differs = paths
        .into_iter()
        .filter(|path| old.get(path) != new.get(path));
    differs.map(|path| (path, new.get(path).copied())).collect()
}

/// The base with the edits of both, if that makes sense together.
fn both(base: &[Source], one: &Edits<'_>, other: &Edits<'_>) -> Option<Api> {
    let mut files = by_path(base);
    for (path, bytes) in one.iter().chain(other) {
        match bytes {
            Some(bytes) => files.insert(path, bytes),
            None => files.remove(path),
        };
    }
    let sources: Vec<Source> = files
        .into_iter()
        .map(|(path, bytes)| Source::new(path, bytes))
        .collect();
    let loaded = load(&sources);
    let is_right = loaded.diagnostics.is_empty() && yunqiao_codegen::check(&loaded.api).is_empty();
    is_right.then_some(loaded.api)
}

fn worst(report: &Report) -> Option<usize> {
    let place = |class| Class::WORST_FIRST.iter().position(|one| *one == class);
    report
        .changes
        .iter()
        .filter_map(|change| place(change.class()))
        .min()
}

#[test]
fn two_changes_are_no_milder_than_the_worse() {
    let base: BTreeMap<String, Vec<u8>> = files(&home().join("diff/base")).into_iter().collect();
    let is_base =
        |(path, bytes): (&&str, &&[u8])| base.get(*path).map(Vec::as_slice) == Some(*bytes);
    let on_base = |case: &&Case| {
        let old = by_path(&case.old);
        old.len() == base.len() && old.iter().all(is_base)
    };
    let cases: Vec<&Case> = case::all().iter().filter(on_base).collect();
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for step in STEPS {
        for (at, one) in cases.iter().enumerate() {
            let other = cases[(at + step) % cases.len()];
            let (edits, more) = (edits(one), edits(other));
            if edits.keys().any(|path| more.contains_key(path)) {
                continue;
            }
            let Some(new) = both(&one.old, &edits, &more) else {
                continue;
            };
            compared += 1;
            let base = &one.models().0;
            let together = diff(base, &new);
            for case in [one, other] {
                let alone = diff(base, &case.models().1);
                let told = ids(&together);
                let is_told = |id: &String| {
                    let retold = RETOLD.iter().find(|(of, ..)| of == id);
                    told.contains(id) || retold.is_some_and(|(_, by, _)| told.contains(*by))
                };
                let is_milder = worst(&together) > worst(&alone)
                    || together.bump() < alone.bump()
                    || !ids(&alone).iter().all(is_told);
                if is_milder {
                    wrong.push(format!(
                        "{} with {}: {:?}, alone {:?}",
                        one.name(),
                        other.name(),
                        ids(&together),
                        ids(&alone)
                    ));
                }
            }
        }
    }
    assert!(
        compared > cases.len(),
        "only {compared} pairs were compared"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
