//! The actions of both sides in, what came, went or changed out.

use yunqiao_codegen::field_name;
use yunqiao_model::api::Action;

use super::life::{Fate, deprecation, fate};
use super::place::{Around, Place, Way};
use super::{behaviour, both, fields};
use crate::change::Change;
use crate::prose;
use crate::rename;

pub(super) fn compare(place: &Place<'_>, out: &mut Vec<Change>) {
    let (old, new) = (&place.old.actions, &place.new.actions);
    for (name, before, after) in both(old, new) {
        let rest = format!("actions/{name}");
        let own = [name.to_owned()];
        match fate(before.map(|one| &one.life), after.map(|one| &one.life)) {
            Fate::Stays => {
                if let (Some(before), Some(after)) = (before, after) {
                    pair(place, &rest, before, after, out);
                }
            }
            Fate::Comes => {
                let former = after.and_then(|one| one.life.renamed_from.as_deref());
                match former.and_then(|former| old.get(former)).zip(after) {
                    Some((before, after)) => {
                        let change = place.change("C7", &rest).actions(&own);
                        out.push(change.before(&before.name).after(name));
                        pair(place, &rest, before, after, out);
                    }
                    None => out.push(place.change("C1", &rest).actions(&own).after(name)),
                }
            }
            fate @ (Fate::Buried | Fate::Gone) => {
                let is_renamed = new
                    .values()
                    .any(|other| other.life.renamed_from.as_deref() == Some(name));
                if let Some(before) = before.filter(|_| !is_renamed) {
                    out.push(removed(place, &rest, before, fate == Fate::Buried));
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
        .filter(|other| !place.old.actions.contains_key(&other.name));
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
            Some(evidence) => format!(
                "if it was renamed, write `{}` into {}",
                evidence.line, evidence.to
            ),
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
    let mut tell = |id: &str, before: String, after: String| {
        let change = place.change(id, rest).actions(&own);
        out.push(change.before(before).after(after));
    };
    if old.summary != new.summary {
        tell("H4", old.summary.clone(), new.summary.clone());
    }
    if old.docs != new.docs {
        let text = |docs: &Option<String>| docs.clone().unwrap_or_default();
        tell("H5", text(&old.docs), text(&new.docs));
    }
    let rust = |one: &Action| one.rust.clone().unwrap_or_else(|| field_name(&one.name));
    if old.name == new.name && rust(old) != rust(new) {
        tell("C8", rust(old), rust(new));
    }
    if let Some(came) = deprecation(&old.life, &new.life) {
        let note = |one: &Action| one.life.deprecated.clone().unwrap_or_default();
        tell(if came { "C4" } else { "C5" }, note(old), note(new));
    }
    if old.errors != new.errors {
        tell("X4", old.errors.join(", "), new.errors.join(", "));
    }
    if old.examples != new.examples {
        let count = |one: &Action| format!("{} examples", one.examples.len());
        tell("H2", count(old), count(new));
    }
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
