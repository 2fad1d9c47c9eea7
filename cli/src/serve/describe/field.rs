//! A field of the model in, what a form needs to ask for its value out.

use std::fmt::Display;

use serde_json::{Value as Json, json};
use yunqiao_model::api::{Check, Field, Format, Type};

use super::one_line;

pub(super) fn described(field: &Field) -> Json {
    json!({
        "name": field.name,
        "type": ty(&field.ty),
        "required": field.required,
        "required_if": field.required_if.as_deref().map(one_line),
        "doc": one_line(&field.doc),
        "default": field.default,
        "unit": field.unit,
        "format": field.format.map(Format::word),
        "sensitive": field.sensitive.is_some(),
        "deprecated": field.life.note(),
        "disabled": field.disabled,
        "constraints": constraints(field),
    })
}

fn ty(ty: &Type) -> Json {
    match ty {
        Type::String => json!({ "kind": "string" }),
        Type::Int => json!({ "kind": "integer" }),
        Type::Float => json!({ "kind": "number" }),
        Type::Bool => json!({ "kind": "boolean" }),
        Type::Binary => json!({ "kind": "bytes" }),
        Type::Json => json!({ "kind": "json" }),
        Type::Struct(name) => json!({ "kind": "struct", "name": name }),
        Type::Enum(name) => json!({ "kind": "enum", "name": name }),
        Type::List(item) => json!({ "kind": "list", "item": self::ty(item) }),
    }
}

/// What its values have to be like, in words.
fn constraints(field: &Field) -> Option<String> {
    let words: Vec<String> = field.checks.iter().map(check).collect();
    if words.is_empty() {
        return None;
    }
    let advisory = if field.advisory {
        " (documented, not checked)"
    } else {
        ""
    };
    Some(format!("{}{advisory}", words.join("; ")))
}

fn check(check: &Check) -> String {
    match check {
        Check::Length(bounds) => format!("{} characters", range(bounds.min, bounds.max)),
        Check::Bytes(bounds) => format!("{} bytes", range(bounds.min, bounds.max)),
        Check::Items(bounds) => format!("{} entries", range(bounds.min, bounds.max)),
        Check::Range(bounds) => range(bounds.min, bounds.max),
        Check::FloatRange(bounds) => range(bounds.min, bounds.max),
        Check::Pattern(pattern) => format!("like {}", pattern.text),
    }
}

fn range<T: PartialEq + Display>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number of".to_owned(),
    }
}
