//! Structs that contain themselves by value: the fields to box, and structs of which no finite value exists.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Field, Service, Type};
use crate::{Code, Diagnostic};

/// Boxes every field that lies on a cycle of by-value fields. Recursion through lists needs no box.
///
/// All fields of a cycle are boxed rather than one of them, so that the result does not depend on where the walk begins
/// and a new neighbour never moves a box.
pub(super) fn mark(service: &mut Service, problems: &mut Vec<Diagnostic>) {
    let by_value = edges(service, |_| true);
    let required = edges(service, |required| required);
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    for item in service.structs.values() {
        let leads_back = |field: &&Field| matches!(&field.ty, Type::Struct(target) if field.required && reaches(&required, target, &item.name));
        let Some(field) = item.fields.iter().find(leads_back) else {
            continue;
        };
        // The others of the cycle have the same problem; it is told once.
        let known = |other: &&str| {
            reaches(&required, &item.name, other) && reaches(&required, other, &item.name)
        };
        if reported.iter().any(known) {
            continue;
        }
        reported.insert(&item.name);
        let message = format!(
            "{}.{} is required and leads back to {}: no finite value exists",
            item.name, field.name, item.name
        );
        let help = "make a field of the cycle optional, or a list";
        problems.push(Diagnostic::new(Code::EndlessType, field.at.clone(), message).help(help));
    }
    for item in service.structs.values_mut() {
        for field in &mut item.fields {
            field.boxed =
                matches!(&field.ty, Type::Struct(target) if reaches(&by_value, target, &item.name));
        }
    }
}

type Edges = BTreeMap<String, BTreeSet<String>>;

fn edges(service: &Service, wanted: impl Fn(bool) -> bool) -> Edges {
    let targets = |name: &str| {
        service.structs[name]
            .fields
            .iter()
            .filter(|field| wanted(field.required))
            .filter_map(|field| match &field.ty {
                Type::Struct(target) => Some(target.clone()),
                _ => None,
            })
    };
    service
        .structs
        .keys()
        .map(|name| (name.clone(), targets(name).collect()))
        .collect()
}

fn reaches(edges: &Edges, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(name) = waiting.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            waiting.extend(edges.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    false
}
