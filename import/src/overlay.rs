//! The list of what the metadata do not say in, the imported files with it out.

use yunqiao_model::{Document, Node, Source};

use crate::facts::Files;

/// What is known beside the metadata, by service version.
const TENCENT: &str = include_str!("../quirks/tencent.yaml");

/// Puts what is known beside the metadata into the files of a service version. Returns how many entries were taken, and
/// those that no longer find their place.
pub(crate) fn apply(id: &str, files: &mut Files) -> (Vec<&'static str>, Vec<String>) {
    let (mut taken, mut idle) = (Vec::new(), Vec::new());
    let list = Document::read(&Source::new("quirks/tencent.yaml", TENCENT))
        .expect("the list of quirks is part of the crate and well-formed, as a test says");
    let Some(quirks) = list.root().get(id) else {
        return (taken, idle);
    };
    if let (Some(known), Some(service)) = (quirks.get("service"), files.get_mut("service.yaml")) {
        lay(service, known);
    }
    for (name, known) in quirks.get("actions").into_iter().flat_map(Node::entries) {
        let Some(action) = files.get_mut(&format!("actions/{name}.yaml")) else {
            idle.push(format!("{id}: there is no action {name} any more"));
            continue;
        };
        for (key, kind) in [
            ("unsigned", "unsigned call"),
            ("host", "host of its own"),
            ("body", "octet-stream body"),
        ] {
            taken.extend(known.get(key).map(|_| kind));
        }
        let mut known = known.clone();
        for side in ["request", "response"] {
            for field in strays(action, &known, side) {
                idle.push(format!("{id}: {name} has no field {field} any more"));
                if let Some(fields) = known.get_mut(side) {
                    fields.remove(&field);
                }
            }
        }
        lay(action, &known);
    }
    (taken, idle)
}

/// Fields of which only a part is known, and the metadata do not have the rest.
fn strays(action: &Node, known: &Node, side: &str) -> Vec<String> {
    let declared = |field: &str| {
        action
            .get(side)
            .is_some_and(|fields| fields.get(field).is_some())
    };
    let fields = known.get(side).into_iter().flat_map(Node::entries);
    let strays = fields.filter(|(field, facts)| facts.get("type").is_none() && !declared(field));
    strays.map(|(field, _)| field.to_owned()).collect()
}

/// Puts the keys of one mapping into another, mappings key by key.
fn lay(under: &mut Node, known: &Node) {
    for (key, value) in known.entries() {
        match under.get_mut(key) {
            Some(inner) if value.entries().next().is_some() => lay(inner, value),
            _ => under.set(key, value.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use yunqiao_model::{Document, Node, Source};

    #[test]
    fn every_entry_of_the_list_says_why() {
        let list = Document::read(&Source::new("quirks/tencent.yaml", super::TENCENT)).unwrap();
        let actions = list
            .root()
            .entries()
            .flat_map(|(_, quirks)| quirks.get("actions"));
        let mut seen = 0;
        for (name, known) in actions.flat_map(Node::entries) {
            assert!(known.get("because").is_some(), "{name}");
            seen += 1;
        }
        assert!(seen > 10);
    }
}
