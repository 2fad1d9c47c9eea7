//! Every key of the dialect in, a case in which nothing but its value changes out: what can be said in a schema has a rule.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use yunqiao_model::dialect::{ObjectShape, Shape, file_shapes};
use yunqiao_model::{FileKind, Source, to_json};

use crate::case;

/// Keys that no case changes, each with its reason.
const WITHOUT_CASE: &[(&str, &str)] = &[
    (
        "upstream_doc",
        "it stands for `doc:` or `summary:` where they are absent",
    ),
    (
        "renamed_from",
        "it stands in the file or field that comes: C7, D37, D38, E27, E28, F3",
    ),
    ("undescribed", "it says what is not there"),
    (
        "because",
        "a reason is for the reviewers of a schema: nobody else sees it",
    ),
    (
        "vendor",
        "the name is the folder's: another one is another vendor",
    ),
    (
        "service",
        "the name is the folder's: another one is another service",
    ),
    (
        "VersionOfService",
        "the version is the folder's: another one is another version",
    ),
    (
        "action",
        "the name is the file's: another one is another action",
    ),
    (
        "struct",
        "the name is the file's: another one is another struct",
    ),
    (
        "enum",
        "the name is the file's: another one is another enum",
    ),
];

/// The name of a key that the list above knows it by.
fn known_as(object: &ObjectShape, key: &'static str) -> &'static str {
    match (object.name, key) {
        ("ServiceFile", "version") => "VersionOfService",
        _ => key,
    }
}

/// What the file describes.
pub(crate) fn kind(path: &str) -> FileKind {
    if path.ends_with("/vendor.yaml") {
        FileKind::Vendor
    } else if path.contains("/actions/") {
        FileKind::Action
    } else if path.contains("/structs/") {
        FileKind::Struct
    } else if path.contains("/enums/") {
        FileKind::Enum
    } else {
        FileKind::Service
    }
}

type Keys = BTreeSet<(&'static str, &'static str)>;

fn object(shape: &ObjectShape, old: &Json, new: &Json, changed: &mut Keys) {
    for key in &shape.keys {
        let (old, new) = (&old[key.name], &new[key.name]);
        if old != new {
            changed.insert((shape.name, known_as(shape, key.name)));
        }
        value(&(key.shape)(), old, new, changed);
    }
}

fn value(shape: &Shape, old: &Json, new: &Json, changed: &mut Keys) {
    match shape {
        Shape::Object(of) if old.is_object() && new.is_object() => object(&of(), old, new, changed),
        Shape::Map(inner) => {
            for (name, old) in old.as_object().into_iter().flatten() {
                if let Some(new) = new.get(name) {
                    value(inner, old, new, changed);
                }
            }
        }
        Shape::List(inner) => {
            let lists = (old.as_array(), new.as_array());
            if let (Some(old), Some(new)) = lists {
                for (old, new) in old.iter().zip(new) {
                    value(inner, old, new, changed);
                }
            }
        }
        _ => {}
    }
}

/// All keys that a file can have.
fn every(shape: &Shape, known: &mut Keys) {
    match shape {
        Shape::Object(of) => {
            let of = of();
            for key in &of.keys {
                known.insert((of.name, known_as(&of, key.name)));
                every(&(key.shape)(), known);
            }
        }
        Shape::Map(inner) | Shape::List(inner) => every(inner, known),
        _ => {}
    }
}

#[test]
fn every_key_of_the_dialect_has_a_case() {
    let shapes = file_shapes();
    let mut known = Keys::new();
    for (_, shape) in &shapes {
        for key in &shape.keys {
            known.insert((shape.name, known_as(shape, key.name)));
            every(&(key.shape)(), &mut known);
        }
    }
    let mut changed = Keys::new();
    for case in case::all() {
        let by_path = |sources: &[Source]| -> BTreeMap<String, Json> {
            let sources = sources.iter();
            sources
                .map(|source| (source.path.clone(), to_json(source).unwrap()))
                .collect()
        };
        let (old, new) = (by_path(&case.old), by_path(&case.new));
        for (path, old) in &old {
            let shape = shapes.iter().find(|(of, _)| *of == kind(path));
            if let (Some(new), Some((_, shape))) = (new.get(path), shape) {
                object(shape, old, new, &mut changed);
            }
        }
    }
    let is_waived = |key: &str| WITHOUT_CASE.iter().any(|(waived, _)| *waived == key);
    let missing: Vec<_> = known
        .iter()
        .filter(|key| !changed.contains(*key) && !is_waived(key.1))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
