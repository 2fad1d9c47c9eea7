//! Every case in, the way back out: what comes goes, what is tightened is loosened, as each rule's mirror says; or as the case says,
//! with its reason.

use std::collections::BTreeSet;

use yunqiao_diff::{Change, Mirror, RULES, diff, rule};

use crate::case;
use crate::ids;

/// Rules whose mirror is not theirs, because one of the two says more than the other can know.
const ONE_WAY: &[(&str, &str)] = &[
    (
        "C25",
        "a page size that is raised is a constraint that is loosened",
    ),
    ("D3", "a field that goes takes its default along"),
    (
        "E34",
        "what becomes a text is one type for another, like any",
    ),
];

fn mirrored(change: &Change) -> Option<&'static str> {
    match change.rule.mirror {
        Mirror::Of(id) => Some(id),
        Mirror::Own => Some(change.rule.id),
        Mirror::None(_) => None,
    }
}

/// Where a thing was that has another name now.
fn former_path(change: &Change) -> String {
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    let stem = after.and_then(|after| change.path.strip_suffix(after));
    stem.zip(before)
        .map_or(String::new(), |(stem, before)| format!("{stem}{before}"))
}

#[test]
fn mirrors_lead_back() {
    let mut wrong = Vec::new();
    for one in RULES {
        let explained = ONE_WAY.iter().any(|(id, _)| *id == one.id);
        let leads_back = match one.mirror {
            Mirror::Of(id) => rule(id).mirror == Mirror::Of(one.id),
            Mirror::Own => true,
            Mirror::None(reason) => !reason.is_empty(),
        };
        if leads_back == explained {
            wrong.push(one.id);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_way_back_is_the_mirror() {
    let mut wrong = Vec::new();
    for case in case::all() {
        let (old, new) = case.models();
        let (there, back) = (diff(old, new), diff(new, old));
        let expected: BTreeSet<String> = there
            .changes
            .iter()
            .filter_map(mirrored)
            .map(str::to_owned)
            .collect();
        let found = ids(&back);
        match &case.back {
            None if found != expected => {
                wrong.push(format!("{}: {found:?}, expected {expected:?}", case.name()));
            }
            Some(_) if found == expected => wrong.push(format!(
                "{}: the way back is the mirror; drop `back:`",
                case.name()
            )),
            Some(said) if *said != found => {
                wrong.push(format!("{}: {found:?}, but it says {said:?}", case.name()));
            }
            _ => {}
        }
        // Where both ways are one change, they are about the same place and values.
        for change in &there.changes {
            if case.back.is_some() || change.rule.mirror != Mirror::Own {
                continue;
            }
            let is_same = |other: &&Change| {
                other.rule.id == change.rule.id
                    && (other.path == change.path || other.path == former_path(change))
                    && (&other.before, &other.after) == (&change.after, &change.before)
            };
            if !back.changes.iter().any(|other| is_same(&other)) {
                wrong.push(format!(
                    "{}: {} at {}",
                    case.name(),
                    change.rule.id,
                    change.path
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
