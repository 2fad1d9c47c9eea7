//! A type and a JSON value of another type in, whether the generated code reads it all the same out.
//!
//! The rules are those of the runtime's codec, written a second time because neither crate may depend on the other; a test
//! holds both against the vendors' examples.

use serde_json::{Number, Value as Json};

use crate::api::{EnumKind, Service, Type};

/// Integers up to here are exact in an `f64`: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether a value that is not of its type is read: as another spelling of the same, or as nothing.
pub(super) fn is_read(service: &Service, ty: &Type, value: &Json) -> bool {
    let text = match ty {
        Type::Json => return true,
        Type::String | Type::Binary => true,
        Type::Enum(name) => service
            .enums
            .get(name)
            .is_none_or(|item| item.kind == EnumKind::Text),
        _ => false,
    };
    match (ty, value) {
        (_, Json::Null) => true,
        (_, Json::Bool(_) | Json::Number(_) | Json::String(_)) if text => true,
        (_, Json::String(text)) if text.is_empty() => true,
        (Type::Int | Type::Enum(_), _) => is_integer(value),
        (Type::Float, Json::String(text)) => number(text).is_some(),
        (Type::Bool, Json::Number(number)) => matches!(number.as_i64(), Some(0 | 1)),
        (Type::Bool, Json::String(text)) => {
            ["0", "1", "true", "True", "TRUE", "false", "False", "FALSE"].contains(&text.as_str())
        }
        _ => false,
    }
}

fn is_integer(value: &Json) -> bool {
    let whole = |value: f64| value.fract() == 0.0 && value.abs() <= EXACT;
    match value {
        Json::Number(number) => {
            number.is_i64() || (number.is_f64() && number.as_f64().is_some_and(whole))
        }
        Json::String(text) => {
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            text.parse::<i64>().is_ok() || (!digits(text) && number(text).is_some_and(whole))
        }
        _ => false,
    }
}

/// The finite number that a text spells.
fn number(text: &str) -> Option<f64> {
    let numeric = text
        .bytes()
        .all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    let value: f64 = text.parse().ok().filter(|_| numeric)?;
    Number::from_f64(value).map(|_| value)
}
