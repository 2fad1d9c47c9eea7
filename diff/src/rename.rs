//! Something that went and what came in, whether it is likely the same under a new name out: shown with its evidence, never
//! assumed.

use std::collections::BTreeSet;

use yunqiao_model::api::{Action, Enum, Field, Struct, Type, WireValue};

use crate::change::Evidence;

/// Reasons that make a rename likely when they come together.
const ENOUGH: usize = 2;

/// The field that this one has likely become.
pub(crate) fn likely(gone: &Field, come: &[&Field]) -> Option<Evidence> {
    let candidates = come.iter().map(|other| {
        let mut reasons = Vec::new();
        if other.ty == gone.ty {
            reasons.push("same type");
        }
        if !gone.doc.trim().is_empty() && other.doc == gone.doc {
            reasons.push("same description");
        }
        if is_alike(&gone.name, &other.name) {
            reasons.push("similar name");
        }
        if other.required == gone.required && other.checks == gone.checks && !gone.checks.is_empty()
        {
            reasons.push("same constraints");
        }
        (reasons, &*other.name)
    });
    // Without its type it is another field, whatever else speaks for it.
    best(
        &gone.name,
        candidates.filter(|(reasons, _)| reasons.contains(&"same type")),
    )
}

/// The struct that this one has likely become.
pub(crate) fn likely_struct<'a>(
    gone: &Struct,
    come: impl Iterator<Item = &'a Struct>,
) -> Option<Evidence> {
    let candidates = come.map(|other| {
        let mut reasons = Vec::new();
        if !gone.fields.is_empty() && members(&gone.fields) == members(&other.fields) {
            reasons.push("same fields");
        }
        words(
            (&gone.name, &gone.doc),
            (&other.name, &other.doc),
            &mut reasons,
        );
        (reasons, &*other.name)
    });
    best(&gone.name, candidates)
}

/// What the names and descriptions of two types have in common.
fn words(gone: (&str, &str), other: (&str, &str), reasons: &mut Vec<&'static str>) {
    if !gone.1.trim().is_empty() && other.1 == gone.1 {
        reasons.push("same description");
    }
    if is_alike(gone.0, other.0) {
        reasons.push("similar name");
    }
}

/// The enum that this one has likely become.
pub(crate) fn likely_enum<'a>(
    gone: &Enum,
    come: impl Iterator<Item = &'a Enum>,
) -> Option<Evidence> {
    let values = |one: &Enum| -> BTreeSet<WireValue> {
        let values = one.values.iter();
        values.map(|value| value.value.clone()).collect()
    };
    let candidates = come.map(|other| {
        let mut reasons = Vec::new();
        if values(gone) == values(other) {
            reasons.push("same values");
        }
        words(
            (&gone.name, &gone.doc),
            (&other.name, &other.doc),
            &mut reasons,
        );
        (reasons, &*other.name)
    });
    best(&gone.name, candidates)
}

/// The action that this one has likely become.
pub(crate) fn likely_action<'a>(
    gone: &Action,
    come: impl Iterator<Item = &'a Action>,
) -> Option<Evidence> {
    let candidates = come.map(|other| {
        let mut reasons = Vec::new();
        if !gone.request.is_empty() && members(&gone.request) == members(&other.request) {
            reasons.push("same request");
        }
        if !gone.response.is_empty() && members(&gone.response) == members(&other.response) {
            reasons.push("same answer");
        }
        if !gone.summary.is_empty() && gone.summary == other.summary {
            reasons.push("same summary");
        }
        if is_alike(&gone.name, &other.name) {
            reasons.push("similar name");
        }
        (reasons, &*other.name)
    });
    best(&gone.name, candidates)
}

fn best<'a>(
    gone: &str,
    candidates: impl Iterator<Item = (Vec<&'static str>, &'a str)>,
) -> Option<Evidence> {
    let mut likely: Vec<_> = candidates
        .filter(|(reasons, _)| reasons.len() >= ENOUGH)
        .collect();
    likely.sort_by_key(|(reasons, _)| std::cmp::Reverse(reasons.len()));
    // Two that are as likely as each other are no evidence.
    let is_tied =
        matches!(likely.as_slice(), [first, second, ..] if first.0.len() == second.0.len());
    if is_tied {
        return None;
    }
    likely.into_iter().next().map(|(reasons, to)| Evidence {
        to: to.to_owned(),
        reasons,
        line: format!("renamed_from: {gone}"),
    })
}

fn members(fields: &[Field]) -> Vec<(&str, &Type)> {
    let members = fields.iter();
    let mut members: Vec<_> = members.map(|field| (&*field.name, &field.ty)).collect();
    members.sort_unstable();
    members
}

/// Whether a name is the other one with a part more or less, or written otherwise.
fn is_alike(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> String {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (one, other) = (plain(one), plain(other));
    let (short, long) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let shared = short
        .bytes()
        .zip(long.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    short.len() >= 3 && (long.contains(short.as_str()) || shared * 3 >= long.len() * 2)
}
