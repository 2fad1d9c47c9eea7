//! All pairs and their compiled crates in, whether each verdict about the wire holds out: deployed code, which is the old side's,
//! in front of a server that follows the new schemas.

mod answer;
mod judge;
mod plan;
mod program;
mod transport;
mod unshown;
mod values;
pub(crate) mod ways;

use std::collections::BTreeSet;

use yunqiao_diff::Change;
use yunqiao_model::Api;

use crate::side::Sides;
use crate::subject::{Item, Subject};
use crate::toolchain::Toolchain;
use crate::{Failure, Pair, Workplace};
use judge::Found;
use plan::Plan;
use yunqiao_diff::Shown;

pub use unshown::{UNSHOWN, Unshown};

/// Makes the calls that show each verdict, and judges.
pub(crate) fn prove(
    pairs: &[Pair<'_>],
    sides: &Sides,
    toolchain: &Toolchain,
    workplace: &Workplace<'_>,
) -> Result<Vec<Vec<Shown>>, Failure> {
    let mut calls = Vec::new();
    for (pair, Pair { old, new, report }) in pairs.iter().enumerate() {
        let mut called = BTreeSet::new();
        for (index, change) in report.changes.iter().enumerate() {
            if unshown::reason(change).is_some() {
                continue;
            }
            let mut plan = Plan {
                pair,
                index,
                change,
                subject: Subject::of(change, old, new),
                old,
                new,
                called: &mut called,
            };
            calls.extend(plan.calls());
        }
    }
    (workplace.progress)(&format!(
        "compiling deployed code for {} calls",
        calls.len()
    ));
    let outcomes = program::ask(&calls, sides, toolchain, workplace)?;
    let mut found: Vec<Vec<Vec<(Found, bool, String)>>> = pairs
        .iter()
        .map(|pair| vec![Vec::new(); pair.report.changes.len()])
        .collect();
    for (call, outcome) in calls.iter().zip(&outcomes) {
        let shown = format!("request {}\nanswer {}", call.request, call.answer.body);
        let one = (judge::look(call, outcome), call.is_value, shown);
        found[call.pair][call.change].push(one);
    }
    let judged = pairs.iter().zip(found).map(|(pair, found)| {
        let changes = pair.report.changes.iter().zip(found);
        changes
            .map(|(change, found)| evidence(pair, change, &found))
            .collect()
    });
    Ok(judged.collect())
}

fn evidence(pair: &Pair<'_>, change: &Change, found: &[(Found, bool, String)]) -> Shown {
    if let Some(reason) = unshown::reason(change) {
        return Shown::Unshown(reason);
    }
    let verdict = change.verdict().wire;
    if change.rule.id == "X3" {
        return judge::judge(verdict, &[code(pair.old, pair.new, change)]);
    }
    judge::judge(verdict, found)
}

/// Whether the text of a code that deployed code compares with is still answered.
fn code(old: &Api, new: &Api, change: &Change) -> (Found, bool, String) {
    let subject = Subject::of(change, old, new);
    let Some(Item::Code(vendor, service, code)) = subject.old else {
        return (Found::Fine, true, String::new());
    };
    let of_service = service
        .and_then(|one| new.services.get(&one.id))
        .map(|one| &one.errors);
    let of_vendor = new.vendors.get(&vendor).map(|one| &one.errors);
    let mut codes = of_service
        .into_iter()
        .chain(of_vendor)
        .flat_map(|codes| codes.values());
    let is_there = codes.any(|one| one.code == code.code && one.life.removed.is_none());
    let found = if is_there {
        Found::Fine
    } else {
        Found::Lost(format!("{} is never answered", code.code))
    };
    (found, true, code.code.clone())
}
