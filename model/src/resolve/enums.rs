//! Enum declarations in, enums with checked values out.

use std::collections::BTreeMap;

use crate::api::{Enum, EnumKind, EnumValue, WireValue};
use crate::dialect::{At, EnumFile, ValueDecl};
use crate::node::{Node, NodeValue};
use crate::resolve::gather::Draft;
use crate::resolve::life::{Keys, life};
use crate::resolve::service::text;
use crate::resolve::{report_twice, types};
use crate::{Code, Diagnostic};

pub(super) fn enums(draft: &Draft, problems: &mut Vec<Diagnostic>) -> BTreeMap<String, Enum> {
    let mut enums = BTreeMap::new();
    for (name, file) in &draft.enums {
        types::check_type_name(name, file.name.as_ref(), problems);
        types::check_rust(name, file.rust.as_ref(), file.because.as_ref(), problems);
        let keys = Keys {
            deprecated: file.deprecated.as_ref(),
            removed: file.removed.as_ref(),
            renamed_from: file.renamed_from.as_ref(),
        };
        let (kind, values) = values(file, problems);
        enums.insert(
            name.clone(),
            Enum {
                name: name.clone(),
                doc: text(file.doc.as_ref()),
                rust: file.rust.as_ref().map(|rust| rust.value.clone()),
                kind,
                values,
                life: types::type_life(keys, draft, problems),
                at: types::place(file.name.as_ref(), &file.at).clone(),
            },
        );
    }
    enums
}

/// What the enum's values are, and the values.
fn values(file: &EnumFile, problems: &mut Vec<Diagnostic>) -> (EnumKind, Vec<EnumValue>) {
    let decls = file.values.as_ref().map_or(&[][..], |values| &values.value);
    if let (Some(values), []) = (&file.values, decls) {
        let at = values.key_at.clone();
        let problem = Diagnostic::new(Code::EmptyEnum, at, "the enum has no values");
        problems
            .push(problem.help("list its values, or use `string` or `int` where the enum is used"));
    }
    let kind = kind(file, decls, problems);
    let values: Vec<EnumValue> = decls
        .iter()
        .filter_map(|decl| value(decl, kind, problems))
        .collect();
    let wire: Vec<String> = values.iter().map(|value| value.value.to_string()).collect();
    report_twice(
        wire.iter()
            .map(String::as_str)
            .zip(values.iter().map(|value| &value.at)),
        Code::DuplicateValue,
        "value",
        problems,
    );
    let variants = decls.iter().filter_map(|decl| decl.name.as_ref());
    report_twice(
        variants.map(|name| (name.value.as_str(), &name.at)),
        Code::DuplicateValue,
        "variant name",
        problems,
    );
    (kind.unwrap_or(EnumKind::Text), values)
}

/// The kind of the values. When every value is of the other kind, the mistake is in `type:`.
fn kind(file: &EnumFile, decls: &[ValueDecl], problems: &mut Vec<Diagnostic>) -> Option<EnumKind> {
    let declared = file.kind.as_ref()?;
    let mut wires = decls
        .iter()
        .filter_map(|decl| decl.value.as_ref())
        .peekable();
    let other = match declared.value {
        EnumKind::Text => EnumKind::Int,
        EnumKind::Int => EnumKind::Text,
    };
    wires.peek()?;
    if !wires.all(|wire| wire_value(&wire.value, other).is_some()) {
        return Some(declared.value);
    }
    let (word, help) = match declared.value {
        EnumKind::Text => ("integers", "set `type: int`, or put the values in quotes"),
        EnumKind::Int => ("texts", "set `type: string`"),
    };
    let message = format!("the values are {word}");
    problems.push(Diagnostic::new(Code::WrongValueKind, declared.at.clone(), message).help(help));
    Some(other)
}

fn wire_value(node: &Node, kind: EnumKind) -> Option<WireValue> {
    match (kind, &node.value) {
        (EnumKind::Text, NodeValue::Text(text)) => Some(WireValue::Text(text.clone())),
        (EnumKind::Int, NodeValue::Int(number)) => Some(WireValue::Int(*number)),
        _ => None,
    }
}

/// One value. Of the wrong kind, it is reported and kept as text, so that uses of it are no second mistake.
fn value(
    decl: &ValueDecl,
    kind: Option<EnumKind>,
    problems: &mut Vec<Diagnostic>,
) -> Option<EnumValue> {
    let wire = decl.value.as_ref()?;
    let found = kind.and_then(|kind| wire_value(&wire.value, kind));
    if let (None, Some(kind)) = (&found, kind) {
        problems.push(wrong_kind(wire, kind));
    }
    check_variant(decl.name.as_ref(), problems);
    let keys = Keys {
        deprecated: decl.deprecated.as_ref(),
        removed: decl.removed.as_ref(),
        ..Keys::default()
    };
    Some(EnumValue {
        value: found.unwrap_or_else(|| WireValue::Text(wire.value.to_text())),
        name: text(decl.name.as_ref()),
        doc: text(decl.doc.as_ref()),
        life: life(keys, |_| true, |_| false, problems),
        at: wire.at.clone(),
    })
}

fn wrong_kind(wire: &At<Node>, kind: EnumKind) -> Diagnostic {
    let (expected, help) = match kind {
        EnumKind::Text => ("text", "put the value in quotes"),
        EnumKind::Int => ("an integer", "write a whole number, without quotes"),
    };
    let message = format!("expected {expected}, found {}", wire.value.kind());
    Diagnostic::new(Code::WrongValueKind, wire.at.clone(), message).help(help)
}

fn check_variant(name: Option<&At<String>>, problems: &mut Vec<Diagnostic>) {
    let Some(name) = name else { return };
    let reserved = matches!(name.value.as_str(), "Unknown" | "Self");
    if types::is_upper_camel(&name.value) && !reserved {
        return;
    }
    let help = if reserved {
        "the name is taken by the generator; choose another"
    } else {
        "use UpperCamel ASCII, for example IdCard"
    };
    let message = format!("\"{}\" cannot name a variant", name.value);
    problems.push(Diagnostic::new(Code::BadName, name.at.clone(), message).help(help));
}
