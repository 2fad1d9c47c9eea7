//! The actions of both sides in, what came, went or changed out.

use std::collections::BTreeSet;

use yunqiao_codegen::field_name;
use yunqiao_model::api::{Action, Example};

use super::life::{Fate, deprecation, is_dead, note, notes};
use super::place::{Around, Place, Way};
use super::{behaviour, both, fields};
use crate::change::Change;
use crate::prose;
use crate::rename;

/// An empty list in words.
const NONE: &str = "none";

/// Where the whole service goes or comes back, which its own change tells, its actions are not told once more.
pub(super) fn compare(place: &Place<'_>, as_a_whole: bool, out: &mut Vec<Change>) {
    let (old, new) = (&place.old.actions, &place.new.actions);
    for (name, before, after) in both(old, new) {
        let rest = format!("actions/{name}");
        let own = [name.to_owned()];
        match Fate::of(before.map(|one| &one.life), after.map(|one| &one.life)) {
            Fate::Stays => {
                if let (Some(before), Some(after)) = (before, after) {
                    pair(place, &rest, before, after, out);
                }
            }
            Fate::Comes => {
                let former = after.and_then(|one| one.life.renamed_from.as_deref());
                let former = former.and_then(|former| old.get(former));
                match former.filter(|one| !is_dead(&one.life)).zip(after) {
                    Some((before, after)) => {
                        let change = place.change("C7", &rest).actions(&own);
                        out.push(change.before(&before.name).after(name));
                        pair(place, &rest, before, after, out);
                    }
                    None if as_a_whole && before.is_some() => {}
                    None => out.push(place.change("C1", &rest).actions(&own).after(name)),
                }
            }
            fate @ (Fate::Buried | Fate::Gone) => {
                let is_renamed = new
                    .values()
                    .any(|other| other.life.renamed_from.as_deref() == Some(name));
                let is_told = is_renamed || (as_a_whole && fate == Fate::Buried);
                if let Some(before) = before.filter(|_| !is_told) {
                    out.push(removed(place, &rest, before, fate == Fate::Buried));
                }
            }
            Fate::Dropped => {
                let change = place.change("H11", &rest).actions(&own);
                out.push(change.before(name));
            }
            Fate::Dead => {
                if let (Some(before), Some(after)) = (before, after) {
                    notes(&place.path(&rest), &before.life, &after.life, &own, out);
                }
            }
            Fate::Nothing => {}
        }
    }
}

fn removed(place: &Place<'_>, rest: &str, before: &Action, is_guarded: bool) -> Change {
    let come = place
        .new
        .actions
        .values()
        .filter(|other| !place.old.actions.contains_key(&other.name))
        .filter(|other| !is_dead(&other.life) && other.life.renamed_from.is_none());
    let likely = rename::likely_action(before, come);
    let note = if before.life.deprecated.is_some() {
        ", deprecated before"
    } else {
        ""
    };
    let change = place
        .change("C3", rest)
        .actions(std::slice::from_ref(&before.name))
        .before(format!("{}{note}", before.name))
        .guarded(is_guarded, || match &likely {
            Some(evidence) => evidence.advice(),
            None => format!(
                "keep {}.yaml with `removed:` and what to use in its place",
                before.name
            ),
        });
    Change {
        evidence: likely,
        ..change
    }
}

fn pair(place: &Place<'_>, rest: &str, old: &Action, new: &Action, out: &mut Vec<Change>) {
    let own = [new.name.clone()];
    prose::titles(
        &place.path(rest),
        (&old.summary, &new.summary),
        "H4",
        &own,
        out,
    );
    let mut tell = |id: &str, before: String, after: String| {
        let change = place.change(id, rest).actions(&own);
        out.push(change.before(before).after(after));
    };
    if old.docs != new.docs {
        let text = |docs: &Option<String>| docs.clone().unwrap_or_else(|| NONE.to_owned());
        tell("H5", text(&old.docs), text(&new.docs));
    }
    if let Some(came) = deprecation(&old.life, &new.life) {
        tell(
            if came { "C4" } else { "C5" },
            note(&old.life),
            note(&new.life),
        );
    }
    let (gone, come) = apart(&old.errors, &new.errors);
    if (gone.as_str(), come.as_str()) != (NONE, NONE) {
        tell("X4", gone, come);
    }
    let titles = |one: &Action, other: &Action| {
        let examples = one.examples.iter();
        let changed = examples.filter(|example| !other.examples.contains(example));
        listed(changed.map(|example: &Example| example.title.as_str()))
    };
    let examples = (titles(old, new), titles(new, old));
    if (examples.0.as_str(), examples.1.as_str()) != (NONE, NONE) {
        tell("H2", examples.0, examples.1);
    }
    let rust = |one: &Action| one.rust.clone().unwrap_or_else(|| field_name(&one.name));
    if old.name == new.name && rust(old) != rust(new) {
        let change = place.change("C8", rest).actions(&own);
        out.push(change.before(rust(old)).after(rust(new)).moved(&rust(old)));
    }
    notes(&place.path(rest), &old.life, &new.life, &own, out);
    behaviour::compare(place, rest, old, new, out);
    let prose_of = |one: &Action| one.doc.clone().unwrap_or_default();
    prose::compare(&place.path(rest), &prose_of(old), &prose_of(new), &own, out);
    let request = format!("{rest}/request");
    let response = format!("{rest}/response");
    let page_size = new
        .pagination
        .as_ref()
        .and_then(|paging| paging.size.as_deref());
    for (rest, way, before, after) in [
        (&request, Way::REQUEST, &old.request, &new.request),
        (&response, Way::RESPONSE, &old.response, &new.response),
    ] {
        let around = Around {
            place: *place,
            rest,
            way,
            actions: &own,
            page_size,
        };
        fields::compare(&around, before, after, out);
    }
}

/// What only the one list has, and what only the other: their order means nothing.
fn apart(old: &[String], new: &[String]) -> (String, String) {
    let only = |one: &[String], other: &[String]| {
        let other: BTreeSet<&String> = other.iter().collect();
        listed(
            one.iter()
                .filter(|name| !other.contains(name))
                .map(String::as_str),
        )
    };
    (only(old, new), only(new, old))
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        NONE.to_owned()
    } else {
        names.join(", ")
    }
}
