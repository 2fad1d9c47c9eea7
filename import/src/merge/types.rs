//! A field's type in the schema and in the metadata in, what has changed between them out.

use std::collections::BTreeMap;

use yunqiao_model::Node;

/// How a type in the metadata departs from the one in the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Only the documented width of a number.
    Width,
    /// People have made an enum of it, which does not fit any more.
    Curated,
    /// Another type.
    Replaced,
}

/// What has changed, if anything has.
pub(super) fn change(old: &Node, fresh: &Node, enums: &BTreeMap<String, String>) -> Option<Change> {
    let ((old_lists, old), (lists, fresh)) = (parts(old), parts(fresh));
    let kind = enums.get(old).map(String::as_str);
    if old == fresh && lists == old_lists {
        return None;
    }
    if lists != old_lists {
        return Some(if kind.is_some() {
            Change::Curated
        } else {
            Change::Replaced
        });
    }
    match kind {
        Some(kind) if kind == family(fresh) => return None,
        Some(_) => return Some(Change::Curated),
        None => {}
    }
    match (family(old), family(fresh)) {
        // `int` says nothing of the width, which is as good.
        ("int", "int") => (old != "int").then_some(Change::Width),
        ("float", "float") => None,
        _ => Some(Change::Replaced),
    }
}

/// Brackets around a type, and the name inside.
fn parts(mut node: &Node) -> (usize, &str) {
    let mut lists = 0;
    while let Some(item) = node.items().next() {
        lists += 1;
        node = item;
    }
    (lists, node.as_str().unwrap_or_default())
}

/// The kind of value that a scalar type is; other names stand for themselves.
fn family(name: &str) -> &str {
    match name {
        "int" | "int32" | "int64" | "uint32" | "uint64" => "int",
        "float" | "double" => "float",
        other => other,
    }
}
