//! The enums of both sides in, what came, went or changed out.

use yunqiao_model::api::{Enum, EnumValue, Field, Service};

use super::both;
use super::life::{Fate, deprecation, fate};
use super::place::{Place, Way};
use crate::change::Change;
use crate::prose;

pub(super) fn compare(place: &Place<'_>, out: &mut Vec<Change>) {
    for (name, before, after) in both(&place.old.enums, &place.new.enums) {
        let rest = format!("enums/{name}");
        let actions = place.reach.actions(name);
        match fate(before.map(|one| &one.life), after.map(|one| &one.life)) {
            Fate::Stays => {
                if let (Some(before), Some(after)) = (before, after) {
                    pair(place, &rest, before, after, actions, out);
                }
            }
            Fate::Comes => {
                let former = after.and_then(|one| one.life.renamed_from.as_deref());
                match former
                    .and_then(|former| place.old.enums.get(former))
                    .zip(after)
                {
                    Some((before, after)) => {
                        let change = place.change("F3", &rest).actions(actions);
                        out.push(change.before(&before.name).after(name));
                        pair(place, &rest, before, after, actions, out);
                    }
                    None => {
                        let count = after.map_or(0, |one| one.values.len());
                        let change = place.change("F1", &rest).actions(actions);
                        out.push(change.after(format!("{count} values")));
                    }
                }
            }
            fate @ (Fate::Buried | Fate::Gone) => {
                let is_renamed = place
                    .new
                    .enums
                    .values()
                    .any(|other| other.life.renamed_from.as_deref() == Some(name));
                if !is_renamed {
                    let count = before.map_or(0, |one| one.values.len());
                    let change = place.change("F2", &rest).actions(actions);
                    let change = change.before(format!("{count} values"));
                    out.push(change.guarded(fate == Fate::Buried, || {
                        format!("keep `{name}` with `removed:` and what to use in its place")
                    }));
                }
            }
            Fate::Nothing => {}
        }
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
    prose::compare(&place.path(rest), &old.doc, &new.doc, actions, out);
    if old.name == new.name && old.rust != new.rust {
        out.push(place.change("F11", rest).actions(actions));
    }
    let way = way(place.old, &old.name);
    for before in &old.values {
        if find(new, before).is_none() {
            out.push(removed(place, rest, way, before, false, actions));
        }
    }
    for after in &new.values {
        let path = format!("{rest}/{}", after.value);
        let Some(before) = find_former(old, after) else {
            if fate(None, Some(&after.life)) == Fate::Comes {
                let change = Change::new(way.rule("D17", "E21", true), place.path(&path));
                out.push(change.actions(actions).after(&after.name));
            }
            continue;
        };
        match fate(Some(&before.life), Some(&after.life)) {
            Fate::Buried => out.push(removed(place, rest, way, before, true, actions)),
            Fate::Comes => {
                let change = Change::new(way.rule("D17", "E21", true), place.path(&path));
                out.push(change.actions(actions).after(&after.name));
            }
            Fate::Stays => value(place, &path, way, before, after, actions, out),
            Fate::Nothing | Fate::Gone => {}
        }
    }
}

fn value(
    place: &Place<'_>,
    rest: &str,
    way: Way,
    old: &EnumValue,
    new: &EnumValue,
    actions: &[String],
    out: &mut Vec<Change>,
) {
    if old.value != new.value {
        let change = place.change("D19", rest).actions(actions);
        out.push(
            change
                .before(old.value.to_string())
                .after(new.value.to_string()),
        );
    }
    if old.name != new.name {
        let change = place.change("D20", rest).actions(actions);
        out.push(change.before(&old.name).after(&new.name));
    }
    if let Some(came) = deprecation(&old.life, &new.life) {
        let (request, response) = if came { ("D39", "E30") } else { ("D40", "E33") };
        let rule = way.rule(request, response, true);
        out.push(Change::new(rule, place.path(rest)).actions(actions));
    }
    prose::compare(&place.path(rest), &old.doc, &new.doc, actions, out);
}

fn removed(
    place: &Place<'_>,
    rest: &str,
    way: Way,
    value: &EnumValue,
    is_guarded: bool,
    actions: &[String],
) -> Change {
    let path = place.path(&format!("{rest}/{}", value.value));
    Change::new(way.rule("D18", "E22", is_guarded), path)
        .actions(actions)
        .before(&value.name)
        .guarded(is_guarded, || {
            format!("keep the value `{}` with `removed:`", value.value)
        })
}

/// The same value on the new side, under its own text or as the one that was renamed.
fn find<'a>(new: &'a Enum, value: &EnumValue) -> Option<&'a EnumValue> {
    new.values
        .iter()
        .find(|other| other.value == value.value)
        .or_else(|| {
            let own = value.value.to_string();
            new.values
                .iter()
                .find(|other| other.life.renamed_from.as_ref() == Some(&own))
        })
}

fn find_former<'a>(old: &'a Enum, value: &EnumValue) -> Option<&'a EnumValue> {
    old.values
        .iter()
        .find(|other| other.value == value.value)
        .or_else(|| {
            let former = value.life.renamed_from.as_ref()?;
            old.values
                .iter()
                .find(|other| other.value.to_string() == *former)
        })
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
