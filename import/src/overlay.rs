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
        if known.get("body").and_then(Node::as_str) == Some("octet-stream") {
            if let Some(field) = bulky(action) {
                idle.push(format!(
                    "{id}: the field {field} of {name} cannot travel beside a raw body"
                ));
                continue;
            }
            headers(id, action);
        }
        for (key, kind) in [
            ("unsigned", "unsigned call"),
            ("host", "host of its own"),
            ("body", "octet-stream body"),
        ] {
            taken.extend(known.get(key).map(|_| kind));
        }
        lay(action, known);
    }
    (taken, idle)
}

/// A field that no header can carry: a list, a struct, or bytes.
fn bulky(action: &Node) -> Option<&str> {
    const SCALARS: [&str; 5] = ["string", "int64", "uint64", "float", "bool"];
    let is_scalar = |field: &Node| {
        let ty = field.get("type").and_then(Node::as_str);
        ty.is_some_and(|ty| SCALARS.contains(&ty))
    };
    let mut fields = action.get("request")?.entries();
    fields
        .find(|(_, field)| !is_scalar(field))
        .map(|(name, _)| name)
}

/// The fields beside a raw body travel in headers that the vendor's SDKs name after the service and the field.
fn headers(id: &str, action: &mut Node) {
    let service = id
        .split('/')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let fields: Vec<String> = action
        .get("request")
        .into_iter()
        .flat_map(Node::entries)
        .map(|(name, _)| name.to_owned())
        .collect();
    for name in fields {
        let field = action
            .get_mut("request")
            .and_then(|fields| fields.get_mut(&name));
        if let Some(field) = field {
            field.set("header", format!("X-{service}-{name}"));
        }
    }
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
