//! The structs of both sides in, what came, went or changed out.

use yunqiao_model::api::Struct;

use super::life::{Fate, deprecation, is_dead, note, notes};
use super::pair::shown;
use super::place::{Around, Place, Way};
use super::{both, fields};
use crate::change::{Change, counted};
use crate::prose;
use crate::rename;

pub(super) fn compare(place: &Place<'_>, out: &mut Vec<Change>) {
    let (old, new) = (&place.old.structs, &place.new.structs);
    for (name, before, after) in both(old, new) {
        let rest = format!("structs/{name}");
        let actions = place.reach.actions(name);
        match Fate::of(before.map(|one| &one.life), after.map(|one| &one.life)) {
            Fate::Stays => {
                if let (Some(before), Some(after)) = (before, after) {
                    pair(place, &rest, before, after, actions, out);
                }
            }
            Fate::Comes => {
                let former = after.and_then(|one| one.life.renamed_from.as_deref());
                let former = former.and_then(|former| old.get(former));
                match former.filter(|one| !is_dead(&one.life)).zip(after) {
                    Some((before, after)) => {
                        let change = place.change("F3", &rest).actions(actions);
                        out.push(change.before(&before.name).after(name));
                        pair(place, &rest, before, after, actions, out);
                    }
                    None => {
                        let count = after.map_or(0, |one| one.fields.len());
                        let change = place.change("F1", &rest).actions(actions);
                        out.push(change.after(counted(count, "field")));
                    }
                }
            }
            fate @ (Fate::Buried | Fate::Gone) => {
                let is_renamed = new
                    .values()
                    .any(|other| other.life.renamed_from.as_deref() == Some(name));
                if let Some(before) = before.filter(|_| !is_renamed) {
                    out.push(removed(place, &rest, before, fate == Fate::Buried, actions));
                }
            }
            Fate::Dropped => {
                let change = place.change("H11", &rest).actions(actions);
                out.push(change.before(name));
            }
            Fate::Dead => {
                if let (Some(before), Some(after)) = (before, after) {
                    notes(&place.path(&rest), &before.life, &after.life, actions, out);
                }
            }
            Fate::Nothing => {}
        }
    }
}

fn removed(
    place: &Place<'_>,
    rest: &str,
    before: &Struct,
    is_guarded: bool,
    actions: &[String],
) -> Change {
    let come = place
        .new
        .structs
        .values()
        .filter(|other| !place.old.structs.contains_key(&other.name))
        .filter(|other| !is_dead(&other.life) && other.life.renamed_from.is_none());
    let likely = rename::likely_struct(before, come);
    let count = before.fields.len();
    let change = place
        .change("F2", rest)
        .actions(actions)
        .before(counted(count, "field"))
        .guarded(is_guarded, || match &likely {
            Some(evidence) => evidence.advice(),
            None => format!(
                "keep `{}` with `removed:` and what to use in its place",
                before.name
            ),
        });
    Change {
        evidence: likely,
        ..change
    }
}

fn pair(
    place: &Place<'_>,
    rest: &str,
    old: &Struct,
    new: &Struct,
    actions: &[String],
    out: &mut Vec<Change>,
) {
    let ways = |one: &Struct| (one.in_request, one.in_response);
    if ways(old) != ways(new) {
        let has_grown =
            (new.in_request && !old.in_request) || (new.in_response && !old.in_response);
        let has_setters_left = !old.in_request || new.in_request;
        let id = if has_grown && has_setters_left {
            "F7"
        } else {
            "F8"
        };
        let change = place.change(id, rest).actions(actions);
        let change = change.before(way_word(old)).after(way_word(new));
        let is_kept = id == "F7" || has_setters_left;
        out.push(change.guarded(is_kept, || KEEP.to_owned()));
    }
    if old.name == new.name && old.rust != new.rust {
        let rust = |one: &Struct| one.rust.clone().unwrap_or_else(|| one.name.clone());
        let change = place.change("F11", rest).actions(actions);
        let change = change.before(rust(old)).after(rust(new));
        out.push(change.moved(&rust(old)));
    }
    // Fields that both sides have meet callers who use the struct as it was.
    let way = Way {
        request: old.in_request,
        response: old.in_response,
    };
    if old.sensitive != new.sensitive {
        let (request, response) = match new.sensitive {
            Some(_) => ("D30", "E26"),
            None => ("D32", "E32"),
        };
        let change = Change::new(way.rule(request, response, true), place.path(rest));
        let (before, after) = (shown(old.sensitive), shown(new.sensitive));
        out.push(change.actions(actions).before(before).after(after));
    }
    if let Some(came) = deprecation(&old.life, &new.life) {
        let change = place.change(if came { "F12" } else { "F13" }, rest);
        let change = change.before(note(&old.life)).after(note(&new.life));
        out.push(change.actions(actions));
    }
    notes(&place.path(rest), &old.life, &new.life, actions, out);
    prose::compare(&place.path(rest), &old.doc, &new.doc, actions, out);
    let around = Around {
        place: *place,
        rest,
        way,
        actions,
        page_size: None,
    };
    fields::compare(&around, &old.fields, &new.fields, out);
}

const KEEP: &str = "keep what sends it, with `removed:`, until the next major release";

fn way_word(one: &Struct) -> &'static str {
    match (one.in_request, one.in_response) {
        (true, true) => "requests and answers",
        (true, false) => "requests",
        (false, true) => "answers",
        (false, false) => "nowhere",
    }
}
