//! All pairs and their compiled crates in, whether each verdict about source holds out.

mod judge;
mod meaning;
mod rounds;

use std::collections::BTreeSet;

use yunqiao_diff::{Change, Report, Source};

use crate::side::Sides;
use crate::subject::Subject;
use crate::toolchain::Toolchain;
use crate::witness::{Witness, witnesses};
use crate::{Failure, Pair, Workplace};
use yunqiao_diff::Shown;

/// A witness, and whose it is.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) pair: usize,
    pub(crate) change: usize,
    pub(crate) witness: Witness,
}

/// Rules of which code that compiles may mean something else.
const OF_MEANING: [&str; 3] = ["D42", "C24", "C26"];

/// Whether code of both sides has to run.
pub(crate) fn asks_for_meaning(report: &Report) -> bool {
    let mut changes = report.changes.iter();
    changes.any(|change| {
        OF_MEANING.contains(&change.rule.id) || change.verdict().source == Source::Silent
    })
}

/// Compiles every witness against both sides and judges.
pub(crate) fn prove(
    pairs: &[Pair<'_>],
    sides: &Sides,
    toolchain: &Toolchain,
    workplace: &Workplace<'_>,
) -> Result<Vec<Vec<Shown>>, Failure> {
    let mut cases = Vec::new();
    for (pair, Pair { old, new, report }) in pairs.iter().enumerate() {
        for (index, change) in report.changes.iter().enumerate() {
            let subject = Subject::of(change, old, new);
            let found = witnesses(change, &subject);
            cases.extend(found.into_iter().map(|witness| Case {
                pair,
                change: index,
                witness,
            }));
        }
    }
    (workplace.progress)(&format!(
        "compiling {} witnesses against both sides",
        cases.len()
    ));
    let work = [0, 1];
    let said = yunqiao_model::on_all_cores(&work, |side| {
        rounds::compile(&cases, sides, *side, toolchain, workplace)
    });
    let mut said = said.into_iter();
    let (Some(before), Some(after)) = (said.next(), said.next()) else {
        return Err(Failure::new("a side has no answer"));
    };
    let (before, after) = (before?, after?);
    let meanings = meaning::ask(&cases, [&before, &after], sides, toolchain, workplace)?;
    let mut out: Vec<Vec<Shown>> = pairs
        .iter()
        .map(|pair| vec![Shown::Unshown(NOTHING); pair.report.changes.len()])
        .collect();
    for (index, case) in cases.iter().enumerate() {
        let report = pairs[case.pair].report;
        let change = &report.changes[case.change];
        let found = judge::judge(
            &case.witness,
            &before[index],
            &after[index],
            meanings.get(&index),
        );
        let found = match covered(change, report) {
            Some(rule) if found.is_refuted() && change.verdict().source < Source::Break => {
                Shown::Covered(rule)
            }
            _ => found,
        };
        let so_far = &mut out[case.pair][case.change];
        if !so_far.is_refuted() {
            *so_far = found;
        }
    }
    Ok(out)
}

const NOTHING: &str = "neither side has anything that could be named";

/// A change that breaks callers at the same place, or in what lies around or below it.
fn covered(change: &Change, report: &Report) -> Option<&'static str> {
    let touches = |other: &&Change| {
        let (one, two) = (change.path.as_str(), other.path.as_str());
        let below = |long: &str, short: &str| {
            long.strip_prefix(short)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        below(one, two) || below(two, one) || names_type(change, other)
    };
    let others: BTreeSet<&'static str> = report
        .changes
        .iter()
        .filter(|other| !std::ptr::eq(*other, change))
        .filter(|other| other.verdict().source == Source::Break)
        .filter(touches)
        .map(|other| other.rule.id)
        .collect();
    others.into_iter().next()
}

/// Whether the other change is about the type that stands in this one.
fn names_type(change: &Change, other: &Change) -> bool {
    let Some((_, name)) = other.path.rsplit_once('/') else {
        return false;
    };
    let is_type = other.path.contains("/structs/") || other.path.contains("/enums/");
    let texts = [&change.before, &change.after];
    is_type
        && texts.into_iter().flatten().any(|text| {
            let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.any(|word| word == name)
        })
}
