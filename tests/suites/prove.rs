//! The pairs of small schemas of the truth table in, whether compilers and deployed code confirm each verdict about them out; and
//! whether they refute each that has been falsified.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::collections::BTreeSet;
use std::sync::OnceLock;

use yunqiao_diff::{Change, Proof, Report, Rule, Shown, Source, Verdict, Wire, diff};
use yunqiao_model::Api;
use yunqiao_prove::{Pair, UNSHOWN, Workplace, prove};
use yunqiao_tests::root;

#[allow(dead_code, reason = "other suites ask more of a case")]
#[path = "diff/case.rs"]
mod case;

/// Changes whose verdict about source is hidden by another change, which breaks the same code for a reason of its own.
const COVERED: &[(&str, &str, &str)] = &[];

/// Those of which a false verdict is hidden.
const FALSE_AND_COVERED: &[(&str, &str, &str)] = &[(
    "D23/renamed",
    "D23",
    "the type that callers write is gone as well, which is F2",
)];

/// A report about a case, and what has been shown of it.
struct Proved {
    case: &'static case::Case,
    report: Report,
    proofs: Vec<Proof>,
}

/// What has been shown of the table, and of what has been falsified in it. Both at once, so that each side is compiled once.
struct Run {
    table: Vec<Proved>,
    /// In each, the changes of the case's own rule have other verdicts.
    falsified: Vec<Proved>,
}

fn run() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        let mut asked: Vec<(&case::Case, &(Api, Api), Report)> = Vec::new();
        for change in [|change: &Change| change.rule, one_way, other_way] {
            for case in case::all() {
                let models = case.models();
                let mut report = diff(&models.0, &models.1);
                for own in &mut report.changes {
                    if own.rule.id == case.rule {
                        own.rule = change(own);
                    }
                }
                asked.push((case, models, report));
            }
        }
        let pairs: Vec<Pair<'_>> = asked
            .iter()
            .map(|(_, (old, new), report)| Pair { old, new, report })
            .collect();
        let root = root();
        let workplace = Workplace {
            root: &root,
            folder: &root.join("target/prove/table"),
            progress: &|_| {},
        };
        let proofs = prove(&pairs, &workplace).unwrap_or_else(|failure| panic!("{failure}"));
        let mut all: Vec<Proved> = asked
            .into_iter()
            .zip(proofs)
            .map(|((case, _, report), proofs)| Proved {
                case,
                report,
                proofs,
            })
            .collect();
        let falsified = all.split_off(case::all().len());
        Run {
            table: all,
            falsified,
        }
    })
}

/// The rule of a change with another verdict, whether or not its guard holds.
fn with(change: &Change, wire: Wire, source: Source) -> &'static Rule {
    let Rule {
        id,
        title,
        why,
        mirror,
        ..
    } = *change.rule;
    let guarded = Verdict {
        wire,
        source,
        ..change.verdict()
    };
    Box::leak(Box::new(Rule {
        id,
        title,
        guarded,
        bare: None,
        why,
        mirror,
    }))
}

/// What is said to be fine breaks, and what breaks is said to be fine.
fn one_way(change: &Change) -> &'static Rule {
    let verdict = change.verdict();
    let wire = match verdict.wire {
        Wire::Ok => Wire::Fail,
        Wire::Risk | Wire::Fail | Wire::Silent => Wire::Ok,
    };
    let source = match verdict.source {
        Source::Ok => Source::Break,
        Source::Warning | Source::Break | Source::Silent => Source::Ok,
    };
    with(change, wire, source)
}

/// The verdicts between the best and the worst.
fn other_way(change: &Change) -> &'static Rule {
    let verdict = change.verdict();
    let wire = match verdict.wire {
        Wire::Ok => Wire::Risk,
        Wire::Risk => Wire::Ok,
        Wire::Fail => Wire::Silent,
        Wire::Silent => Wire::Fail,
    };
    let source = match verdict.source {
        Source::Ok | Source::Break => Source::Warning,
        Source::Warning | Source::Silent => Source::Break,
    };
    with(change, wire, source)
}

impl Proved {
    /// Each change, the axis and its word, and what has been shown.
    fn shown(&self) -> impl Iterator<Item = (&Change, &'static str, &'static str, &Shown)> {
        let both = self.report.changes.iter().zip(&self.proofs);
        both.flat_map(|(change, proof)| {
            let verdict = change.verdict();
            [
                (change, "source", verdict.source.word(), &proof.source),
                (change, "wire", verdict.wire.word(), &proof.wire),
            ]
        })
    }
}

#[test]
fn the_whole_truth_table_is_proved() {
    let mut wrong = Vec::new();
    for proved in &run().table {
        for (change, axis, word, shown) in proved.shown() {
            if let Shown::Refuted { witness, .. } = shown {
                let (case, rule) = (proved.case.name(), change.rule.id);
                wrong.push(format!(
                    "{case}: {rule} at {}, {axis} {word}: {shown}\n{witness}",
                    change.path
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cannot_be_shown_is_what_says_so() {
    let (mut unshown, mut covered) = (BTreeSet::new(), BTreeSet::new());
    for proved in &run().table {
        for (change, axis, _, shown) in proved.shown() {
            match shown {
                Shown::Unshown(reason) => {
                    unshown.insert((axis, change.rule.id, *reason));
                }
                Shown::Covered(_) => {
                    covered.insert((proved.case.name(), change.rule.id));
                }
                Shown::Proved | Shown::Refuted { .. } => {}
            }
        }
    }
    let said = UNSHOWN.iter().map(|one| ("wire", one.rule, one.reason));
    assert_eq!(unshown, said.collect());
    assert_eq!(covered, listed(COVERED));
}

fn listed(table: &[(&str, &'static str, &str)]) -> BTreeSet<(String, &'static str)> {
    let entries = table.iter().map(|(case, rule, reason)| {
        assert!(!reason.is_empty());
        ((*case).to_owned(), *rule)
    });
    entries.collect()
}

#[test]
fn a_verdict_that_is_false_is_refuted() {
    let mut wrong = Vec::new();
    let (mut refuted, mut covered) = (BTreeSet::new(), BTreeSet::new());
    for proved in &run().falsified {
        let own = |change: &Change| change.rule.id == proved.case.rule;
        for (change, axis, word, shown) in proved.shown().filter(|(change, ..)| own(change)) {
            match shown {
                Shown::Refuted { reason, .. } => {
                    assert!(!reason.is_empty());
                    refuted.insert((axis, word));
                }
                Shown::Unshown(_) if axis == "wire" => {}
                Shown::Covered(_) => {
                    covered.insert((proved.case.name(), change.rule.id));
                }
                _ => wrong.push(format!(
                    "{}: {} at {}, {axis} {word}: {shown}",
                    proved.case.name(),
                    change.rule.id,
                    change.path
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(covered, listed(FALSE_AND_COVERED));
    // Whatever is said wrongly.
    let words = [
        ("source", "BREAK"),
        ("source", "ok"),
        ("source", "warning"),
        ("wire", "FAIL"),
        ("wire", "RISK"),
        ("wire", "SILENT"),
        ("wire", "ok"),
    ];
    assert_eq!(refuted, BTreeSet::from(words));
}
