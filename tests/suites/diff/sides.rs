//! Every case in, with requests for answers and answers for requests; the rule for the other side out.

use std::collections::BTreeSet;

use yunqiao_diff::{Change, RULES, diff};
use yunqiao_model::Api;

use crate::case;

/// What is asked, and what it is called where it is answered: for each request rule those of answers.
const SIDES: &[(&str, &[&str])] = &[
    ("D1", &["E1"]),
    ("D2", &["E1"]),
    ("D3", &["E1"]),
    ("D4", &["E6"]),
    ("D5", &["E6"]),
    ("D9", &["E11"]),
    ("D10", &["E12"]),
    ("D11", &["E11"]),
    ("D12", &["E13"]),
    ("D13", &["E14"]),
    ("D14", &["E16", "E17", "E34", "E35"]),
    ("D15", &["E19"]),
    ("D16", &["E20"]),
    ("D17", &["E21"]),
    ("D18", &["E22"]),
    ("D21", &["E18"]),
    ("D22", &["E16", "E17", "E34", "E35", "E13", "E14"]),
    ("D24", &["D43"]),
    ("D43", &["D24"]),
    ("D30", &["E26"]),
    ("D32", &["E32"]),
    ("D37", &["E27"]),
    ("D38", &["E28"]),
    ("D39", &["E30"]),
    ("D40", &["E33"]),
    // Prose, where it is answered: nobody checks an answer, or leaves anything out of it.
    ("D25", &["H1"]),
    ("D27", &["H1"]),
    ("D28", &["H1"]),
    ("C25", &["H1"]),
];

/// Rules of fields that mean the same on both sides.
const BOTH: &[&str] = &[
    "D19", "D20", "D23", "D33", "D34", "D41", "D42", "E3", "E24", "E25",
];

/// Rules of requests that have no other side.
const ONLY_ASKED: &[(&str, &str)] = &[
    ("C26", "only an answer has a list of what a page holds"),
    ("D6", "whether an answer holds a field is nobody's duty"),
    ("D7", "whether an answer holds a field is nobody's duty"),
];

#[test]
fn every_rule_of_a_field_has_its_other_side() {
    let named: BTreeSet<&str> = SIDES
        .iter()
        .flat_map(|(asked, answered)| std::iter::once(asked).chain(answered.iter()))
        .chain(BOTH)
        .chain(ONLY_ASKED.iter().map(|(id, _)| id))
        .copied()
        .collect();
    let of_fields = RULES.iter().filter(|rule| rule.id.starts_with(['D', 'E']));
    let missing: Vec<&str> = of_fields
        .map(|rule| rule.id)
        .filter(|id| !named.contains(id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What is sent is received, and the other way round.
fn turned(mut api: Api) -> Api {
    for service in api.services.values_mut() {
        for action in service.actions.values_mut() {
            std::mem::swap(&mut action.request, &mut action.response);
        }
        for one in service.structs.values_mut() {
            std::mem::swap(&mut one.in_request, &mut one.in_response);
        }
    }
    api
}

/// The rules that a change may have on the other side; itself, if it has none of its own.
fn others(id: &str) -> BTreeSet<&str> {
    let answered = SIDES.iter().filter(|(asked, _)| *asked == id);
    let asked = SIDES.iter().filter(|(_, answered)| answered.contains(&id));
    let mut others: BTreeSet<&str> = answered
        .flat_map(|(_, answered)| answered.iter().copied())
        .chain(asked.map(|(asked, _)| *asked))
        .collect();
    if others.is_empty() || id == "H1" {
        others.insert(id);
    }
    others
}

fn turned_path(path: &str) -> String {
    if path.contains("/request/") {
        path.replace("/request/", "/response/")
    } else {
        path.replace("/response/", "/request/")
    }
}

#[test]
fn the_other_side_has_the_rule_of_the_other_side() {
    let mut wrong = Vec::new();
    let mut met: BTreeSet<(&str, &str)> = BTreeSet::new();
    for case in case::all() {
        let (old, new) = case.models();
        let there = diff(old, new);
        let turned = diff(&turned(old.clone()), &turned(new.clone()));
        for change in &there.changes {
            let id = change.rule.id;
            if ONLY_ASKED.iter().any(|(only, _)| *only == id) {
                continue;
            }
            let others = others(id);
            // A type that goes both ways is judged by the worse way, whichever is which.
            let is_other = |other: &&Change| {
                let is_type = change.path.contains("/structs/") || change.path.contains("/enums/");
                let is_kept = is_type && other.rule.id == id;
                other.path == turned_path(&change.path)
                    && (is_kept || others.contains(other.rule.id))
            };
            match turned.changes.iter().find(is_other) {
                Some(other) => {
                    met.insert((id, other.rule.id));
                }
                None => wrong.push(format!("{}: {id} at {}", case.name(), change.path)),
            }
        }
    }
    for (asked, answered) in SIDES {
        for answered in *answered {
            let is_met = met.contains(&(asked, answered)) || met.contains(&(answered, asked));
            if !is_met {
                wrong.push(format!("no case turns {asked} to {answered}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
