//! The enums of both sides in, what came, went or changed out.

use yunqiao_model::api::{Enum, EnumKind, Field, Service};

use super::both;
use super::life::{Fate, deprecation, is_dead, note, notes};
use super::place::{Place, Way};
use crate::change::{Change, counted};
use crate::prose;
use crate::rename;

mod values;

pub(super) fn compare(place: &Place<'_>, out: &mut Vec<Change>) {
    let (old, new) = (&place.old.enums, &place.new.enums);
    for (name, before, after) in both(old, new) {
        let rest = format!("enums/{name}");
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
                        let count = after.map_or(0, |one| one.values.len());
                        let change = place.change("F1", &rest).actions(actions);
                        out.push(change.after(counted(count, "value")));
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
    before: &Enum,
    is_guarded: bool,
    actions: &[String],
) -> Change {
    let come = place
        .new
        .enums
        .values()
        .filter(|other| !place.old.enums.contains_key(&other.name))
        .filter(|other| !is_dead(&other.life) && other.life.renamed_from.is_none());
    let likely = rename::likely_enum(before, come);
    let change = place.change("F2", rest).actions(actions);
    let change = change
        .before(counted(before.values.len(), "value"))
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
    old: &Enum,
    new: &Enum,
    actions: &[String],
    out: &mut Vec<Change>,
) {
    let path = place.path(rest);
    prose::compare(&path, &old.doc, &new.doc, actions, out);
    notes(&path, &old.life, &new.life, actions, out);
    if old.name == new.name && old.rust != new.rust {
        let rust = |one: &Enum| one.rust.clone().unwrap_or_else(|| one.name.clone());
        let change = place.change("F11", rest).actions(actions);
        let change = change.before(rust(old)).after(rust(new));
        out.push(change.moved(&rust(old)));
    }
    if let Some(came) = deprecation(&old.life, &new.life) {
        let change = place.change(if came { "F12" } else { "F13" }, rest);
        let change = change.before(note(&old.life)).after(note(&new.life));
        out.push(change.actions(actions));
    }
    let way = way(place.old, &old.name);
    if old.kind == new.kind {
        values::compare(place, rest, way, (old, new), actions, out);
    } else {
        // Every value is another one then, and that is the same fact once more.
        let answered = match old.kind {
            EnumKind::Text => "E34",
            EnumKind::Int => "E16",
        };
        let change = Change::new(way.rule("D14", answered, true), path).actions(actions);
        out.push(change.before(kind(old)).after(kind(new)));
    }
}

fn kind(one: &Enum) -> &'static str {
    match one.kind {
        EnumKind::Text => "texts",
        EnumKind::Int => "integers",
    }
}

/// Which way the values of an enum go.
fn way(service: &Service, name: &str) -> Way {
    let holds = |fields: &[Field]| {
        fields
            .iter()
            .any(|field| field.ty.enum_name() == Some(name))
    };
    let mut way = Way {
        request: false,
        response: false,
    };
    for action in service.actions.values() {
        way.request |= holds(&action.request);
        way.response |= holds(&action.response);
    }
    for one in service.structs.values().filter(|one| holds(&one.fields)) {
        way.request |= one.in_request;
        way.response |= one.in_response;
    }
    way
}
