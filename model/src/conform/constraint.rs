//! A field's constraints and a value in, the broken ones in words out.

use serde_json::Value as Json;

use crate::api::{Bounds, Check, Field, FloatBounds};

/// Every constraint of the field that the value breaks. Checks on texts and numbers apply to each entry of a list.
pub(super) fn broken(field: &Field, value: &Json) -> Vec<String> {
    field
        .checks
        .iter()
        .filter_map(|check| message(check, value))
        .collect()
}

fn message(check: &Check, value: &Json) -> Option<String> {
    match (check, value) {
        (Check::Items(bounds), Json::Array(items)) => {
            outside(items.len(), *bounds, ["entry", "entries"])
        }
        (_, Json::Array(items)) => items.iter().find_map(|item| message(check, item)),
        (Check::Length(bounds), Json::String(text)) => {
            outside(text.chars().count(), *bounds, ["character", "characters"])
        }
        (Check::Bytes(bounds), Json::String(text)) => {
            outside(text.len(), *bounds, ["byte", "bytes"])
        }
        (Check::Pattern(pattern), Json::String(text)) if !pattern.matches(text) => {
            Some(format!("must look like {}", pattern.text))
        }
        (Check::Range(bounds), Json::Number(number)) => {
            let inside = number
                .as_i64()
                .is_some_and(|number| contains(*bounds, number));
            (!inside).then(|| format!("must be {}", bounds_text(bounds.min, bounds.max)))
        }
        (Check::FloatRange(FloatBounds { min, max }), Json::Number(number)) => {
            let number = number.as_f64()?;
            let inside = min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max);
            (!inside).then(|| format!("must be {}", bounds_text(*min, *max)))
        }
        _ => None,
    }
}

fn outside(count: usize, bounds: Bounds, units: [&str; 2]) -> Option<String> {
    let inside = i64::try_from(count).is_ok_and(|count| contains(bounds, count));
    let what = units[usize::from(count != 1)];
    (!inside).then(|| {
        format!(
            "has {count} {what}; {} allowed",
            bounds_text(bounds.min, bounds.max)
        )
    })
}

fn contains(bounds: Bounds, number: i64) -> bool {
    bounds.min.is_none_or(|min| min <= number) && bounds.max.is_none_or(|max| number <= max)
}

fn bounds_text<T: PartialEq + std::fmt::Display>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("from {min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number".to_owned(),
    }
}
