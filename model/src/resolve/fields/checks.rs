//! The constraint keys of a field in, its checks out: each must fit the type and leave at least one value.

use crate::api::{Bounds, Check, Type};
use crate::dialect::{At, FieldDecl};
use crate::resolve::fields::{Checks, possible};
use crate::{Code, Diagnostic, Location};

pub(super) fn checks(decl: &FieldDecl, ty: &Type, problems: &mut Vec<Diagnostic>) -> Checks {
    let mut out = Checks::new();
    let text = matches!(ty.innermost(), Type::String | Type::Enum(_) | Type::Binary);
    if let Some(length) = counted(
        decl.length.as_ref().map(|b| (b, b.value.0)),
        "length",
        text,
        "text",
        problems,
    ) {
        out.push(Check::Length(length));
    }
    if let Some(bytes) = counted(
        decl.bytes.as_ref().map(|b| (b, b.value.0)),
        "bytes",
        text,
        "text",
        problems,
    ) && upper_end_only(decl.bytes.as_ref(), bytes, problems)
    {
        out.push(Check::Bytes(bytes));
    }
    if let Some(pattern) = &decl.pattern
        && fits(&pattern.key_at, "pattern", text, "text", problems)
    {
        out.push(Check::Pattern(pattern.value.clone()));
    }
    out.extend(range(decl, ty, problems));
    let list = matches!(ty, Type::List(_));
    if let Some(items) = counted(
        decl.items.as_ref().map(|b| (b, b.value.0)),
        "items",
        list,
        "lists",
        problems,
    ) {
        out.push(Check::Items(items));
    }
    out
}

/// Bounds of a count: they must leave a number that is not negative.
fn counted<T>(
    decl: Option<(&At<T>, Bounds)>,
    key: &str,
    applies: bool,
    to: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<Bounds> {
    let (at, bounds) = decl?;
    if !fits(&at.key_at, key, applies, to, problems) {
        return None;
    }
    if !possible(bounds)
        || bounds.max.is_some_and(|max| max < 0)
        || bounds.min.is_some_and(|min| min < 0)
    {
        problems.push(impossible(&at.at, key));
        return None;
    }
    Some(bounds)
}

/// Nobody documents how many bytes a text has at least, so the check has no lower end.
fn upper_end_only<T>(at: Option<&At<T>>, bounds: Bounds, problems: &mut Vec<Diagnostic>) -> bool {
    if let (Some(at), Some(_)) = (at, bounds.min) {
        let message = "`bytes:` has an upper end only";
        let max = bounds.max.unwrap_or(1024);
        let problem = Diagnostic::new(Code::Malformed, at.at.clone(), message);
        problems.push(problem.help(format!("write ..{max}, or use `length:`")));
    }
    bounds.min.is_none()
}

fn range(decl: &FieldDecl, ty: &Type, problems: &mut Vec<Diagnostic>) -> Option<Check> {
    let at = decl.range.as_ref()?;
    let bounds = at.value.0;
    let number = matches!(ty.innermost(), Type::Int | Type::Float);
    if !fits(&at.key_at, "range", number, "numbers", problems) {
        return None;
    }
    let finite = [bounds.min, bounds.max]
        .into_iter()
        .flatten()
        .all(f64::is_finite);
    if !finite
        || bounds
            .max
            .is_some_and(|max| max < bounds.min.unwrap_or(f64::NEG_INFINITY))
    {
        problems.push(impossible(&at.at, "range"));
        return None;
    }
    if matches!(ty.innermost(), Type::Float) {
        return Some(Check::FloatRange(bounds));
    }
    let whole = |end: Option<f64>| {
        end.is_none_or(|end| end.fract() == 0.0 && end.abs() <= 9_007_199_254_740_992.0)
    };
    if !whole(bounds.min) || !whole(bounds.max) {
        let problem = Diagnostic::new(
            Code::Malformed,
            at.at.clone(),
            "the range of an integer has whole ends up to 2^53",
        );
        problems.push(problem.help("write whole numbers, or make the field a float"));
        return None;
    }
    #[allow(
        clippy::cast_possible_truncation,
        reason = "both ends were just found to be whole and below 2^53"
    )]
    let end = |end: Option<f64>| end.map(|end| end as i64);
    Some(Check::Range(Bounds {
        min: end(bounds.min),
        max: end(bounds.max),
    }))
}

fn fits(at: &Location, key: &str, applies: bool, to: &str, problems: &mut Vec<Diagnostic>) -> bool {
    if !applies {
        let problem = Diagnostic::new(
            Code::ConstraintType,
            at.clone(),
            format!("`{key}:` does not fit the field's type"),
        );
        problems.push(problem.help(format!("`{key}:` goes with {to}; remove it")));
    }
    applies
}

fn impossible(at: &Location, key: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ImpossibleConstraint,
        at.clone(),
        format!("no value can satisfy this {key}"),
    )
    .help("the lower end comes first, and counts are not negative")
}
