//! Structs that contain themselves by value: the fields to box, and structs of which no finite value exists.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Field, Service, Type};
use crate::{Code, Diagnostic};

/// Boxes every field that lies on a cycle of by-value fields. Recursion through lists needs no box.
///
/// All fields of a cycle are boxed rather than one of them, so that the result does not depend on where the walk begins
/// and a new neighbour never moves a box.
pub(super) fn mark(service: &mut Service, problems: &mut Vec<Diagnostic>) {
    let by_value = components(&edges(service, |_| true));
    let required = components(&edges(service, |required| required));
    let mut reported: BTreeSet<usize> = BTreeSet::new();
    for item in service.structs.values() {
        let own = required.get(&item.name);
        let leads_back = |field: &&Field| matches!(&field.ty, Type::Struct(target) if field.required && required.get(target) == own);
        let Some(field) = item.fields.iter().find(leads_back) else {
            continue;
        };
        // The others of the cycle have the same problem; it is told once.
        if own.is_some_and(|own| !reported.insert(*own)) {
            continue;
        }
        let message = format!(
            "{}.{} is required and leads back to {}: no finite value exists",
            item.name, field.name, item.name
        );
        let help = "make a field of the cycle optional, or a list";
        problems.push(Diagnostic::new(Code::EndlessType, field.at.clone(), message).help(help));
    }
    for item in service.structs.values_mut() {
        let own = by_value.get(&item.name);
        for field in &mut item.fields {
            // A field leads to its type; both on one cycle means that the type leads back.
            field.boxed = matches!(&field.ty, Type::Struct(target) if by_value.get(target) == own);
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

/// A number for each struct; two have the same if each leads to the other. Takes each edge once.
fn components(edges: &Edges) -> BTreeMap<String, usize> {
    let names: Vec<&String> = edges.keys().collect();
    let index_of: BTreeMap<&String, usize> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (*name, at))
        .collect();
    let targets: Vec<Vec<usize>> = edges
        .values()
        .map(|to| {
            to.iter()
                .filter_map(|name| index_of.get(name).copied())
                .collect()
        })
        .collect();
    // Tarjan's algorithm, with a stack of its own so that a long chain does not use up the thread's.
    let unseen = usize::MAX;
    let (mut order, mut low) = (vec![unseen; names.len()], vec![unseen; names.len()]);
    let mut component = vec![unseen; names.len()];
    let (mut open, mut seen, mut closed) = (Vec::new(), 0, 0);
    for start in 0..names.len() {
        let mut path = Vec::new();
        if order[start] == unseen {
            path.push((start, 0));
        }
        while let Some((node, next)) = path.pop() {
            if next == 0 {
                (order[node], low[node]) = (seen, seen);
                seen += 1;
                open.push(node);
            } else {
                low[node] = low[node].min(low[targets[node][next - 1]]);
            }
            let mut next = next;
            while let Some(target) = targets[node].get(next) {
                next += 1;
                if order[*target] == unseen {
                    path.push((node, next));
                    path.push((*target, 0));
                    break;
                }
                if component[*target] == unseen {
                    low[node] = low[node].min(order[*target]);
                }
            }
            let descends = path
                .last()
                .is_some_and(|(top, at)| *at == 0 && order[*top] == unseen);
            if descends || low[node] != order[node] {
                continue;
            }
            while let Some(member) = open.pop() {
                component[member] = closed;
                if member == node {
                    break;
                }
            }
            closed += 1;
        }
    }
    let named = names.into_iter().cloned();
    named.zip(component).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test reports")]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Edges, components};

    /// The slow way: whether a walk from one comes to the other.
    fn reaches(edges: &Edges, from: &str, to: &str) -> bool {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![from]);
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

    #[test]
    fn the_same_number_means_that_each_leads_to_the_other() {
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        for round in 0..300 {
            let size = 1 + random(9);
            let mut edges: Edges = (0..size)
                .map(|at| (format!("S{at}"), BTreeSet::new()))
                .collect();
            for _ in 0..random(2 * size) {
                let (from, to) = (format!("S{}", random(size)), format!("S{}", random(size)));
                edges.get_mut(&from).unwrap().insert(to);
            }
            let found: BTreeMap<String, usize> = components(&edges);
            for a in edges.keys() {
                for b in edges.keys() {
                    let both = reaches(&edges, a, b) && reaches(&edges, b, a);
                    assert_eq!(found[a] == found[b], both, "{round} {a} {b} {edges:?}");
                }
            }
        }
    }

    #[test]
    fn a_long_chain_is_no_problem() {
        let chain: Edges = (0..50_000)
            .map(|at| {
                (
                    format!("S{at:05}"),
                    BTreeSet::from([format!("S{:05}", (at + 1) % 50_000)]),
                )
            })
            .collect();
        let found = components(&chain);
        assert!(found.values().all(|number| *number == 0));
    }
}
