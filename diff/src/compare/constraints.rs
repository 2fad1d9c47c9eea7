//! The constraints of a field on both sides in, whether more or less is allowed out.

use yunqiao_model::api::{Bounds, Check, Field};

use super::place::Around;
use crate::change::Change;
use crate::rule::rule;

/// Compares what a request may hold. What an answer holds is not checked, so its constraints are prose.
pub(super) fn compare(around: &Around<'_>, old: &Field, new: &Field, out: &mut Vec<Change>) {
    if old.checks == new.checks && old.advisory == new.advisory {
        return;
    }
    let id = if around.way.request {
        let is_page_size = around.page_size == Some(&*new.name);
        match (
            is_tighter(old, new),
            is_page_size && has_lower_max(old, new),
        ) {
            (true, true) => "C25",
            (true, false) => "D27",
            (false, _) => "D28",
        }
    } else {
        "H1"
    };
    let change = around.change(rule(id), &new.name);
    out.push(change.before(spell(old)).after(spell(new)));
}

/// Whether something is refused now that was not.
fn is_tighter(old: &Field, new: &Field) -> bool {
    let enforced = |field: &Field| -> Vec<Check> {
        if field.advisory {
            Vec::new()
        } else {
            field.checks.clone()
        }
    };
    let documented = |field: &Field| field.checks.clone();
    narrows(&documented(old), &documented(new)) || narrows(&enforced(old), &enforced(new))
}

fn narrows(old: &[Check], new: &[Check]) -> bool {
    new.iter().any(|check| {
        let former = old.iter().find(|own| is_of_kind(own, check));
        match (former, check) {
            (None, _) => true,
            (Some(Check::FloatRange(old)), Check::FloatRange(new)) => {
                let min = new.min > old.min && new.min.is_some();
                let max = new
                    .max
                    .is_some_and(|new| old.max.is_none_or(|old| new < old));
                min || max
            }
            (Some(Check::Pattern(old)), Check::Pattern(new)) => old.text != new.text,
            (Some(former), check) => match (bounds(former), bounds(check)) {
                (Some(old), Some(new)) => is_narrower(old, new),
                _ => true,
            },
        }
    })
}

fn is_of_kind(one: &Check, other: &Check) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

fn is_narrower(old: Bounds, new: Bounds) -> bool {
    let min = new
        .min
        .is_some_and(|new| old.min.is_none_or(|old| new > old));
    let max = new
        .max
        .is_some_and(|new| old.max.is_none_or(|old| new < old));
    min || max
}

fn bounds(check: &Check) -> Option<Bounds> {
    match check {
        Check::Length(bounds)
        | Check::Range(bounds)
        | Check::Items(bounds)
        | Check::Bytes(bounds) => Some(*bounds),
        Check::FloatRange(_) | Check::Pattern(_) => None,
    }
}

fn has_lower_max(old: &Field, new: &Field) -> bool {
    let max = |field: &Field| {
        field.checks.iter().find_map(|check| match check {
            Check::Range(bounds) => bounds.max,
            _ => None,
        })
    };
    match (max(old), max(new)) {
        (Some(old), Some(new)) => new < old,
        (None, Some(_)) => true,
        _ => false,
    }
}

fn spell(field: &Field) -> String {
    if field.checks.is_empty() {
        return "anything".to_owned();
    }
    let range = |name: &str, bounds: &Bounds| {
        let side = |side: Option<i64>| side.map_or(String::new(), |side| side.to_string());
        format!("{name} {}..{}", side(bounds.min), side(bounds.max))
    };
    let checks = field.checks.iter().map(|check| match check {
        Check::Length(bounds) => range("length", bounds),
        Check::Range(bounds) => range("range", bounds),
        Check::Items(bounds) => range("items", bounds),
        Check::Bytes(bounds) => range("bytes", bounds),
        Check::FloatRange(bounds) => {
            let side = |side: Option<f64>| side.map_or(String::new(), |side| side.to_string());
            format!("range {}..{}", side(bounds.min), side(bounds.max))
        }
        Check::Pattern(pattern) => format!("pattern {}", pattern.text),
    });
    let checks: Vec<String> = checks.collect();
    let advisory = if field.advisory {
        " (not enforced)"
    } else {
        ""
    };
    format!("{}{advisory}", checks.join(", "))
}
