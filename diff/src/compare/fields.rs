//! The fields of both sides in, what came, went, moved or changed out.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_codegen::field_name;
use yunqiao_model::api::Field;

use super::life::{Fate, fate};
use super::pair;
use super::place::Around;
use super::types::spell;
use crate::change::Change;
use crate::rename;
use crate::rule::rule;

pub(super) fn compare(around: &Around<'_>, old: &[Field], new: &[Field], out: &mut Vec<Change>) {
    let matched = Matched::of(old, new);
    for (before, after) in &matched.pairs {
        let (life_before, life_after) = (Some(&before.life), Some(&after.life));
        match fate(life_before, life_after) {
            Fate::Stays => {
                if before.name != after.name {
                    out.push(renamed(around, before, after));
                }
                pair::compare(around, before, after, out);
            }
            Fate::Buried => out.push(removed(around, before, Some(after), &[])),
            Fate::Comes => out.push(added(around, after)),
            Fate::Nothing | Fate::Gone => {}
        }
    }
    for before in &matched.gone {
        out.push(removed(around, before, None, &matched.come));
    }
    for after in &matched.come {
        if fate(None, Some(&after.life)) == Fate::Comes {
            out.push(added(around, after));
        }
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
        let mut pairs = Vec::new();
        let mut taken = BTreeSet::new();
        let mut come = Vec::new();
        for after in new {
            let own = by_old.get(&*after.name);
            let former = after.life.renamed_from.as_deref();
            let former = former.filter(|name| {
                by_new
                    .get(name)
                    .is_none_or(|left| left.life.removed.is_some())
            });
            let found = own.or_else(|| by_old.get(former?));
            match found {
                Some(before) if taken.insert(&*before.name) => pairs.push((*before, after)),
                _ => come.push(after),
            }
        }
        let mut gone: Vec<&Field> = old
            .iter()
            .filter(|field| !taken.contains(&*field.name))
            .collect();
        // Written otherwise, and the same for every caller.
        gone.retain(|before| {
            let same = |after: &&Field| rust_name(after) == rust_name(before);
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

fn removed(around: &Around<'_>, field: &Field, grave: Option<&Field>, come: &[&Field]) -> Change {
    let request = if field.required { "D5" } else { "D4" };
    let is_guarded = grave.is_some();
    let change = around.change(around.way.rule(request, "E6", is_guarded), &field.name);
    let likely = rename::likely(field, come);
    let change = change
        .before(described(field))
        .guarded(is_guarded, || match &likely {
            Some(evidence) => format!(
                "if it was renamed, write `{}` into {}",
                evidence.line, evidence.to
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

fn renamed(around: &Around<'_>, before: &Field, after: &Field) -> Change {
    let same_name = rust_name(before) == rust_name(after);
    let (request, response) = if same_name {
        ("D37", "E27")
    } else {
        ("D38", "E28")
    };
    around
        .judged(request, response, &after.name)
        .before(&before.name)
        .after(&after.name)
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
