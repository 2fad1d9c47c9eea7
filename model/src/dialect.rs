//! The dialect of the schema files: Rust types that read a [`Node`] tree and describe themselves.
//!
//! Each type is declared once with [`object!`]. The declaration gives the reader, the JSON Schema, the reference in
//! `schemas/README.md` and the canonical order of keys, so that these cannot disagree.

use crate::node::{Entry, Node, NodeValue};
use crate::{Code, Diagnostic, Location, suggest};

mod action;
mod field;
mod macros;
mod read;
mod scalar;
mod service;
mod shape;
mod types;

pub(crate) use action::{ActionFile, ExampleDecl, PaginationDecl, WaiterDecl};
pub(crate) use field::{FieldDecl, Fields};
pub(crate) use macros::object;
pub(crate) use read::{At, Entries, Key, Read};
pub(crate) use scalar::{BoundsText, Choice, FloatBoundsText, choice};
pub(crate) use service::{ErrorDecl, ServiceFile, VendorFile};
pub use shape::{KeyShape, Need, ObjectShape, Shape};
pub(crate) use types::{EnumFile, StructFile, TypeText, ValueDecl};

/// The shape of each kind of schema file, for the JSON Schema and the reference.
#[must_use]
pub fn file_shapes() -> Vec<(crate::FileKind, ObjectShape)> {
    use crate::FileKind as Kind;
    vec![
        (Kind::Vendor, VendorFile::object_shape()),
        (Kind::Service, ServiceFile::object_shape()),
        (Kind::Action, ActionFile::object_shape()),
        (Kind::Struct, StructFile::object_shape()),
        (Kind::Enum, EnumFile::object_shape()),
    ]
}

/// Reports that something else was expected at a node.
pub(crate) fn wrong_kind(node: &Node, expected: &str, problems: &mut Vec<Diagnostic>) {
    let message = format!("expected {expected}, found {}", node.kind());
    let scalar = matches!(
        node.value,
        NodeValue::Int(_) | NodeValue::Float(..) | NodeValue::Bool(_)
    );
    let help = match expected {
        "text" if scalar => "put the value in quotes",
        "text" => "write one text",
        "true or false" => "write `true` or `false`, without quotes",
        "an integer" => "write a whole number, without quotes",
        "a list" => "write each entry on a line of its own, behind `- `",
        "a mapping" => "write `Name:` lines below the key, each with its own keys below it",
        _ => "schemas/README.md lists the keys and their values",
    };
    problems.push(Diagnostic::new(Code::WrongKind, place(node), message).help(help));
}

/// Where a value stands, or the key that has none.
fn place(node: &Node) -> Location {
    match node.value {
        NodeValue::Null => node.head.clone(),
        _ => node.at.clone(),
    }
}

/// Reports that a mapping with fixed keys was expected at a node.
pub(crate) fn no_mapping(node: &Node, shape: &ObjectShape, problems: &mut Vec<Diagnostic>) {
    let required: Vec<String> = shape
        .keys
        .iter()
        .filter(|key| key.need != Need::Optional)
        .map(|key| format!("`{}:`", key.name))
        .collect();
    let message = format!("expected a mapping, found {}", node.kind());
    let help = format!("{} has keys: {} and more", shape.title, required.join(", "));
    problems.push(Diagnostic::new(Code::WrongKind, place(node), message).help(help));
}

/// The key of the shape that an entry gives. An unknown one is reported; it counts as the nearest known one that is absent.
pub(crate) fn meant(
    entry: &Entry,
    entries: &[Entry],
    title: &str,
    known: &[&'static str],
    problems: &mut Vec<Diagnostic>,
) -> Option<&'static str> {
    let key = entry.key.as_str();
    if let Some(found) = known.iter().find(|known| **known == key) {
        return Some(found);
    }
    let problem = Diagnostic::new(
        Code::UnknownKey,
        entry.key_at.clone(),
        format!("unknown key \"{key}\" in {title}"),
    );
    problems.push(problem.help(suggest::hint(key, known.iter().copied())));
    let near = suggest::nearest(key, known.iter().copied())?;
    known
        .iter()
        .find(|known| **known == near && !entries.iter().any(|entry| entry.key == near))
        .copied()
}

/// Reports a required key that a mapping does not have.
pub(crate) fn missing_key(
    key: &str,
    need: Need,
    title: &str,
    shape: &Shape,
    node: &Node,
    problems: &mut Vec<Diagnostic>,
) {
    let (code, message, help) = if need == Need::Description {
        (
            Code::MissingDescription,
            format!("missing description: {title} needs `{key}:`"),
            format!("say in `{key}:` what it is for"),
        )
    } else {
        let empty = if matches!(shape, Shape::Map(_)) {
            format!("; `{key}: {{}}` if there are none")
        } else {
            String::new()
        };
        (
            Code::MissingKey,
            format!("missing key \"{key}\" in {title}"),
            format!("add `{key}:`{empty}"),
        )
    };
    problems.push(Diagnostic::new(code, node.head.clone(), message).help(help));
}
