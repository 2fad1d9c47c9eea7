//! Field declarations in, fields with resolved types and checked constraints out.

use crate::api::{Bounds, Check, Field, Type, Width};
use crate::dialect::{At, FieldDecl, Fields, Key, TypeText};
use crate::node::{Node, NodeValue};
use crate::resolve::life::{Keys, life};
use crate::resolve::service::{description, needs_reason};
use crate::resolve::types::Names;
use crate::{Code, Diagnostic, suggest};

mod checks;

const BUILT_IN: [&str; 11] = [
    "string", "int", "int32", "int64", "uint32", "uint64", "float", "double", "bool", "binary",
    "json",
];

pub(super) fn fields(
    entries: &Fields,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    entries
        .0
        .iter()
        .map(|(key, decl)| {
            // A tombstone may stand beside its successor.
            let lives = |(other, decl): &(Key, FieldDecl), name: &str| {
                other.text == name && decl.removed.is_none()
            };
            let exists = |name: &str| entries.0.iter().any(|entry| lives(entry, name));
            field(key, decl, names, &exists, problems)
        })
        .collect()
}

/// Names on the wire are identifiers, some with dashes.
fn is_field_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn field(
    key: &Key,
    decl: &FieldDecl,
    names: &Names,
    exists: &dyn Fn(&str) -> bool,
    problems: &mut Vec<Diagnostic>,
) -> Field {
    if !is_field_name(&key.text) {
        let problem = Diagnostic::new(
            Code::BadName,
            key.at.clone(),
            format!("\"{}\" cannot name a field", key.text),
        );
        problems.push(
            problem.help("write the name as it stands on the wire: ASCII letters, digits, _ and -"),
        );
    }
    // A type that is missing or unknown has been reported; taking any value in its place keeps that from echoing.
    let resolved = decl.ty.as_ref().and_then(|ty| resolve(ty, names, problems));
    let known = resolved.is_some();
    let (ty, width) = resolved.unwrap_or((Type::Json, None));
    let flag = |value: &Option<At<bool>>| value.as_ref().is_some_and(|value| value.value);
    let (required, disabled) = (flag(&decl.required), flag(&decl.disabled));
    let conflict = |at: &At<bool>, with: &str| {
        let message = format!("required, but {with}");
        Diagnostic::new(Code::Conflict, at.key_at.clone(), message).help("remove `required:`")
    };
    if let Some(at) = decl.required.as_ref().filter(|at| at.value) {
        if disabled {
            problems.push(conflict(at, "disabled upstream"));
        } else if decl.removed.is_some() {
            problems.push(conflict(at, "removed upstream"));
        } else if decl.required_if.is_some() {
            problems.push(
                conflict(at, "also required only under a condition")
                    .help("keep `required:` or `required_if:`"),
            );
        }
    }
    if let Some(rust) = &decl.rust {
        needs_reason(&rust.key_at, "rust", decl.because.as_ref(), problems);
    }
    let checks = if known {
        checks::checks(decl, &ty, problems)
    } else {
        Vec::new()
    };
    if let Some(advisory) = decl
        .advisory
        .as_ref()
        .filter(|advisory| known && advisory.value && checks.is_empty())
    {
        let problem = Diagnostic::new(
            Code::NeedlessOverride,
            advisory.key_at.clone(),
            "`advisory:` without a constraint",
        );
        problems.push(problem.help("remove it"));
    }
    let string = |value: &Option<At<String>>| value.as_ref().map(|value| value.value.clone());
    let keys = Keys {
        deprecated: decl.deprecated.as_ref(),
        removed: decl.removed.as_ref(),
        renamed_from: decl.renamed_from.as_ref(),
    };
    Field {
        name: key.text.clone(),
        ty,
        width,
        required,
        required_if: string(&decl.required_if),
        doc: description(decl.doc.as_ref(), decl.upstream_doc.as_ref()),
        format: decl.format.as_ref().map(|format| format.value),
        unit: string(&decl.unit),
        default: decl
            .default
            .as_ref()
            .map(|default| default_text(&default.value)),
        checks,
        advisory: flag(&decl.advisory),
        sensitive: decl.sensitive.as_ref().map(|sensitive| sensitive.value),
        disabled,
        header: string(&decl.header),
        result: flag(&decl.result),
        life: life(keys, is_field_name, exists, problems),
        boxed: false,
        rust: string(&decl.rust),
        because: string(&decl.because),
        at: key.at.clone(),
    }
}

fn default_text(node: &Node) -> String {
    match &node.value {
        NodeValue::Text(text) => text.clone(),
        _ => node.to_json().to_string(),
    }
}

/// The type that is meant, and the documented width of a number.
fn resolve(
    text: &At<TypeText>,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> Option<(Type, Option<Width>)> {
    let TypeText { name, at, lists } = &text.value;
    let (mut ty, width) = match name.as_str() {
        "string" => (Type::String, None),
        "int" => (Type::Int, None),
        "int32" => (Type::Int, Some(Width::Int32)),
        "int64" => (Type::Int, Some(Width::Int64)),
        "uint32" => (Type::Int, Some(Width::Uint32)),
        "uint64" => (Type::Int, Some(Width::Uint64)),
        "float" => (Type::Float, None),
        "double" => (Type::Float, Some(Width::Double)),
        "bool" => (Type::Bool, None),
        "binary" => (Type::Binary, None),
        "json" => (Type::Json, None),
        _ if names.structs.contains(name) => (Type::Struct(name.clone()), None),
        _ if names.enums.contains(name) => (Type::Enum(name.clone()), None),
        _ => {
            // A type whose file is broken has been reported there.
            if !names.unreadable.contains(name) {
                let problem = Diagnostic::new(
                    Code::UnknownType,
                    at.clone(),
                    format!("unknown type \"{name}\""),
                );
                problems.push(problem.help(type_help(name, names)));
            }
            return None;
        }
    };
    for _ in 0..*lists {
        ty = Type::List(Box::new(ty));
    }
    Some((ty, width))
}

/// What a type that does not exist may have been meant to be.
fn type_help(name: &str, names: &Names) -> String {
    if let Some(item) = name.strip_suffix("[]") {
        return format!("a list is written [{item}]");
    }
    let own = names.structs.iter().chain(&names.enums).map(String::as_str);
    match suggest::nearest(name, BUILT_IN.into_iter().chain(own)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!(
            "name a struct or enum of this service version, or a built-in type: {}",
            BUILT_IN.join(", ")
        ),
    }
}

/// Whether the bounds leave anything between them.
fn possible(bounds: Bounds) -> bool {
    bounds
        .max
        .is_none_or(|max| max >= bounds.min.unwrap_or(i64::MIN))
}

/// All checks of a field, for the passes that read them.
pub(super) type Checks = Vec<Check>;
