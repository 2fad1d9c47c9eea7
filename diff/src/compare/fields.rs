//! The fields of both sides in, what came, went, moved or changed out.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_codegen::field_name;
use yunqiao_model::api::Field;

use super::life::{Fate, is_dead, notes};
use super::pair;
use super::place::Around;
use super::types::spell;
use crate::change::Change;
use crate::rename;
use crate::rule::rule;

pub(super) fn compare(around: &Around<'_>, old: &[Field], new: &[Field], out: &mut Vec<Change>) {
    let matched = Matched::of(old, new);
    let candidates: Vec<&Field> = matched
        .come
        .iter()
        .filter(|field| !is_dead(&field.life) && field.life.renamed_from.is_none())
        .copied()
        .collect();
    for (before, after) in &matched.pairs {
        let is_renamed = before.name != after.name;
        match Fate::of(Some(&before.life), Some(&after.life)) {
            Fate::Stays => {
                if is_renamed {
                    out.push(renamed(around, before, after, new));
                }
                pair::compare(around, before, after, out);
            }
            Fate::Buried => out.push(removed(around, before, true, &candidates)),
            Fate::Comes => out.push(added(around, after)),
            Fate::Dead => {
                let path = around
                    .place
                    .path(&format!("{}/{}", around.rest, after.name));
                notes(&path, &before.life, &after.life, around.actions, out);
            }
            Fate::Nothing | Fate::Gone | Fate::Dropped => {}
        }
    }
    for before in &matched.gone {
        if is_dead(&before.life) {
            let change = around.change(rule("H11"), &before.name);
            out.push(change.before(described(before)));
        } else {
            out.push(removed(around, before, false, &candidates));
        }
    }
    for after in matched.come.iter().filter(|field| !is_dead(&field.life)) {
        out.push(added(around, after));
    }
    if is_reordered(&matched.pairs, old, new) {
        let path = around.place.path(around.rest);
        let change = Change::new(rule("D34"), path).actions(around.actions);
        out.push(change.before(order(old)).after(order(new)));
    }
}

/// Which field of the one side is which of the other.
struct Matched<'a> {
    pairs: Vec<(&'a Field, &'a Field)>,
    gone: Vec<&'a Field>,
    come: Vec<&'a Field>,
}

impl<'a> Matched<'a> {
    fn of(old: &'a [Field], new: &'a [Field]) -> Self {
        let by_name = |fields: &'a [Field]| -> BTreeMap<&'a str, &'a Field> {
            fields.iter().map(|field| (&*field.name, field)).collect()
        };
        let (by_old, by_new) = (by_name(old), by_name(new));
        // Renames first: the tombstone that may stand beside a field's new name is not what it has become.
        let mut taken = BTreeSet::new();
        let mut renamed = BTreeMap::new();
        for after in new
            .iter()
            .filter(|field| !by_old.contains_key(&*field.name))
        {
            let former = after.life.renamed_from.as_deref();
            let before = former.and_then(|former| by_old.get(former));
            let has_left = |before: &&&Field| {
                let left = by_new.get(&*before.name);
                !is_dead(&before.life) && left.is_none_or(|left| is_dead(&left.life))
            };
            if let Some(before) = before.filter(has_left)
                && taken.insert(&*before.name)
            {
                renamed.insert(&*after.name, *before);
            }
        }
        let mut pairs = Vec::new();
        let mut come = Vec::new();
        for after in new {
            let own = by_old.get(&*after.name);
            if let Some(before) = renamed.get(&*after.name) {
                pairs.push((*before, after));
            } else if let Some(before) = own.filter(|before| taken.insert(&*before.name)) {
                pairs.push((*before, after));
            } else if own.is_none() {
                come.push(after);
            }
        }
        let mut gone: Vec<&Field> = old
            .iter()
            .filter(|field| !taken.contains(&*field.name))
            .collect();
        // Written otherwise, and the same for every caller.
        gone.retain(|before| {
            let same = |after: &&Field| {
                let are_alive = !is_dead(&after.life) && !is_dead(&before.life);
                are_alive && rust_name(after) == rust_name(before)
            };
            match come.iter().position(same) {
                Some(index) => {
                    pairs.push((*before, come.remove(index)));
                    false
                }
                None => true,
            }
        });
        Self { pairs, gone, come }
    }
}

pub(super) fn rust_name(field: &Field) -> String {
    field
        .rust
        .clone()
        .unwrap_or_else(|| field_name(&field.name))
}

fn added(around: &Around<'_>, field: &Field) -> Change {
    let way = around.way;
    let request = match (field.required, &field.default) {
        (true, None) => "D2",
        (true, Some(_)) => "D3",
        (false, _) => "D1",
    };
    let change = around.change(way.rule(request, "E1", true), &field.name);
    let change = change.after(described(field));
    if change.rule.id == "D2" {
        let advice = "if calls without it go on working, leave `required:` out, or say what the server takes with `default:`";
        return Change {
            advice: Some(advice.to_owned()),
            ..change
        };
    }
    change
}

/// Its type, and what a caller has to know first.
fn described(field: &Field) -> String {
    let required = if field.required { ", required" } else { "" };
    format!("{}{required}", spell(&field.ty))
}

fn removed(around: &Around<'_>, field: &Field, is_guarded: bool, come: &[&Field]) -> Change {
    let request = if field.required { "D5" } else { "D4" };
    let change = around.change(around.way.rule(request, "E6", is_guarded), &field.name);
    let likely = rename::likely(field, come);
    let change = change
        .before(described(field))
        .guarded(is_guarded, || match &likely {
            Some(evidence) => format!(
                "{}, and keep `{}` with `removed:` beside it",
                evidence.advice(),
                field.name
            ),
            None => format!(
                "keep `{}` with `removed:` and what to use in its place",
                field.name
            ),
        });
    Change {
        evidence: likely,
        ..change
    }
}

/// The old name's setter is forwarded; who reads the field under that name needs its tombstone.
fn renamed(around: &Around<'_>, before: &Field, after: &Field, new: &[Field]) -> Change {
    let is_same = rust_name(before) == rust_name(after);
    let is_guarded = is_same || new.iter().any(|field| field.name == before.name);
    let (request, response) = if is_same {
        ("D37", "E27")
    } else {
        ("D38", "E28")
    };
    around
        .change(around.way.rule(request, response, is_guarded), &after.name)
        .before(&before.name)
        .after(&after.name)
        .guarded(is_guarded, || {
            format!(
                "keep `{}` with `removed:` beside `{}`",
                before.name, after.name
            )
        })
}

/// Whether the fields that stay stand in another order.
fn is_reordered(pairs: &[(&Field, &Field)], old: &[Field], new: &[Field]) -> bool {
    let places = |fields: &[Field]| -> BTreeMap<String, usize> {
        let numbered = fields.iter().enumerate();
        numbered
            .map(|(index, field)| (field.name.clone(), index))
            .collect()
    };
    let (of_old, of_new) = (places(old), places(new));
    let mut order: Vec<(usize, usize)> = pairs
        .iter()
        .map(|(before, after)| (of_old[&before.name], of_new[&after.name]))
        .collect();
    order.sort_unstable();
    !order.is_sorted_by_key(|(_, place)| *place)
}

/// The names in their order.
fn order(fields: &[Field]) -> String {
    let names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
    names.join(", ")
}
