//! Pairs of small schemas in, what the diff says about them out, word for word; and what holds for all of them. How a case is
//! written stands in `diff/case.rs`.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use yunqiao_diff::{Change, RULES, Report, diff};
use yunqiao_tests::differs;

#[path = "diff/back.rs"]
mod back;
#[path = "diff/case.rs"]
mod case;
#[path = "diff/declared.rs"]
mod declared;
#[path = "diff/history.rs"]
mod history;
#[path = "diff/keys.rs"]
mod keys;
#[path = "diff/markdown.rs"]
mod markdown;
#[path = "diff/rows.rs"]
mod rows;
#[path = "diff/sides.rs"]
mod sides;
#[path = "diff/surface.rs"]
mod surface;
#[path = "diff/together.rs"]
mod together;
#[path = "diff/whole.rs"]
mod whole;

/// Rules whose guard leaves nothing to compare, so that a diff only ever shows them without it.
const GUARD_LEAVES_NOTHING: &[(&str, &str)] = &[
    ("C8", "a method keeps its name unless a schema moves it"),
    ("C18", "a waiter that is kept is no change"),
    ("C22", "paging that is kept is no change"),
    ("D15", "a field that stays a text is no change"),
    ("D16", "a field that keeps its enum is no change"),
    ("D20", "a variant keeps its name unless a schema moves it"),
    ("D23", "a type with `renamed_from:` is F3"),
    ("D41", "a field keeps its name unless a schema moves it"),
    ("E3", "`api.lock` refuses the cycle"),
    ("E20", "a field that keeps its enum is no change"),
    ("F11", "a type keeps its name unless a schema moves it"),
    ("X7", "a constant keeps its name unless a schema moves it"),
];

fn ids(report: &Report) -> BTreeSet<String> {
    let ids = report.changes.iter().map(|change| change.rule.id);
    ids.map(str::to_owned).collect()
}

fn text(change: &Change) -> String {
    let verdict = change.verdict();
    let mut text = format!(
        "{} {}\n  at {}\n",
        change.rule.id, change.rule.title, change.path
    );
    let guard = match change.rule.bare {
        Some(_) if change.is_guarded => ", guarded",
        Some(_) => ", not guarded",
        None => "",
    };
    let _ = writeln!(
        text,
        "  {}: wire {}, source {}; {}{guard}",
        change.class(),
        verdict.wire,
        verdict.source,
        change.bump()
    );
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(text, "  {key}: {}", value.trim_end().replace('\n', " / "));
    };
    if let Some(before) = &change.before {
        line("before", before);
    }
    if let Some(after) = &change.after {
        line("after", after);
    }
    if !change.actions.is_empty() {
        line("actions", &change.actions.join(", "));
    }
    if let Some(advice) = &change.advice {
        line("advice", advice);
    }
    if let Some(evidence) = &change.evidence {
        let reasons = evidence.reasons.join(", ");
        line(
            "likely",
            &format!("{}: {reasons}; {}", evidence.to, evidence.line),
        );
    }
    text
}

/// The golden: every change, and the bump of all.
fn golden(report: &Report) -> String {
    let mut out: String = report.changes.iter().map(text).collect();
    let _ = writeln!(out, "bump: {}", report.bump());
    out
}

#[test]
fn the_cases_have_no_mistakes() {
    let all = case::all();
    assert!(all.len() > RULES.len(), "only {} cases", all.len());
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|case| case.try_models().err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_gives_its_golden() {
    let mut wrong = Vec::new();
    for case in case::all() {
        let (old, new) = case.models();
        let report = diff(old, new);
        wrong.extend(differs(&case.path.with_extension("txt"), &golden(&report)));
        let mut expected = case.also.clone();
        expected.insert(case.rule.clone());
        if ids(&report) != expected {
            wrong.push(format!("{}: {:?}", case.name(), ids(&report)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case_with_its_guard_and_one_without() {
    let mut seen: BTreeMap<String, BTreeSet<bool>> = BTreeMap::new();
    for case in case::all() {
        let (old, new) = case.models();
        for change in diff(old, new).changes {
            if change.rule.id == case.rule {
                let of_rule = seen.entry(case.rule.clone()).or_default();
                of_rule.insert(change.is_guarded);
            }
        }
    }
    let mut wrong = Vec::new();
    for rule in RULES {
        let found = seen.remove(rule.id).unwrap_or_default();
        let only_bare = GUARD_LEAVES_NOTHING.iter().any(|(id, _)| *id == rule.id);
        let expected = match (rule.bare, only_bare) {
            (None, false) => BTreeSet::from([true]),
            (Some(_), false) => BTreeSet::from([true, false]),
            (_, true) => BTreeSet::from([false]),
        };
        if found != expected {
            wrong.push(format!(
                "{}: guarded {found:?}, expected {expected:?}",
                rule.id
            ));
        }
    }
    wrong.extend(seen.into_keys().map(|id| format!("{id} is no rule")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_the_same_has_no_difference() {
    for case in case::all() {
        let (old, new) = case.models();
        for side in [old, new] {
            let report = diff(side, side);
            assert!(report.changes.is_empty(), "{}: {report:?}", case.name());
        }
    }
}
