//! Two types in, the rule for going from one to the other out.

use yunqiao_model::api::{EnumKind, Field, Life, Service, Struct, Type};

use super::life::is_dead;
use super::place::{Around, Place};
use crate::change::Change;

/// What becomes of a field of another type; `None` where it is the same for callers and on the wire.
pub(super) fn compare(around: &Around<'_>, old: &Field, new: &Field) -> Option<Change> {
    let verdict = judge(&around.place, &old.ty, &new.ty)?;
    let rule = around
        .way
        .rule(verdict.request, verdict.response, verdict.is_guarded);
    let change = around.change(rule, &new.name);
    let advice = verdict.advice;
    Some(match (verdict.is_guarded || rule.bare.is_none(), advice) {
        (false, Some(advice)) => change.guarded(false, || advice.to_owned()),
        (_, advice) => Change {
            advice: Some(advice.unwrap_or(CORRECTION).to_owned()),
            ..change
        },
    })
}

const CORRECTION: &str = "no edit avoids it if the server has changed; if only its documents have, keep the type and say why with `because:`";
const KEEP_ENUM: &str = "keep the enum: it is open, so no value is lost";
const KEEP_TEXT: &str = "keep the text and say the values in `doc:` until the next major release";
const KEEP_TYPE: &str = "keep the old type: the new one holds what it holds";
const RENAME_TYPE: &str =
    "if the type was renamed, write `renamed_from:` with its old name into the new one";

struct Judged {
    request: &'static str,
    response: &'static str,
    is_guarded: bool,
    advice: Option<&'static str>,
}

fn judge(place: &Place<'_>, old: &Type, new: &Type) -> Option<Judged> {
    let of = |request, response| Judged {
        request,
        response,
        is_guarded: true,
        advice: None,
    };
    if old == new {
        // A name may stand for another type on each side, but then the type itself is reported.
        return None;
    }
    Some(match (old, new) {
        (Type::List(old), Type::List(new)) => {
            let inner = judge(place, old, new)?;
            let is_type_swapped = inner.request == "D23";
            let request = if is_type_swapped { "D23" } else { "D22" };
            Judged { request, ..inner }
        }
        (Type::Json, _) => of("D24", "D43"),
        (_, Type::Json) => of("D43", "D24"),
        (Type::List(_), _) | (_, Type::List(_)) => of("D21", "E18"),
        (Type::Struct(old), Type::Struct(new)) => {
            let (before, after) = (place.old.structs.get(old), place.new.structs.get(new));
            if is_renamed(after.map(|new| &new.life), old) {
                return None;
            }
            let left = place.new.structs.get(old);
            let other = if clash(before, after) { "E16" } else { "E35" };
            swapped(
                holds(before, after),
                is_alive(left.map(|one| &one.life)),
                other,
            )
        }
        (Type::Enum(old), Type::Enum(new)) => {
            let (before, after) = (place.old.enums.get(old), place.new.enums.get(new));
            if is_renamed(after.map(|new| &new.life), old) {
                return None;
            }
            let is_kind_same = before.map(|one| one.kind) == after.map(|one| one.kind);
            let left = place.new.enums.get(old);
            let is_text = before.is_some_and(|one| one.kind == EnumKind::Text);
            let other = if is_text { "E34" } else { "E16" };
            swapped(is_kind_same, is_alive(left.map(|one| &one.life)), other)
        }
        (Type::Struct(_), _) | (_, Type::Struct(_)) => of("D21", "E18"),
        (Type::Bool, _) => of("D14", "E17"),
        (_, Type::Bool) if !is_text(place.old, old) => of("D14", "E17"),
        (scalar, Type::Enum(name)) if is_kind(place.new, name, scalar) => Judged {
            is_guarded: false,
            advice: Some(KEEP_TEXT),
            ..of("D15", "E19")
        },
        (Type::Enum(name), scalar) if is_kind(place.old, name, scalar) => Judged {
            is_guarded: false,
            advice: Some(KEEP_ENUM),
            ..of("D16", "E20")
        },
        (Type::Int, Type::Float) => of("D12", "E13"),
        (Type::Float, Type::Int) => of("D13", "E14"),
        // Numbers and truth values are read as texts.
        _ if is_text(place.old, old) => of("D14", "E34"),
        _ => of("D14", "E16"),
    })
}

/// One named type for another: with what the old one holds, only the name is new to callers; else JSON is, too.
fn swapped(is_alike: bool, is_known: bool, other: &'static str) -> Judged {
    let of = |request, response, is_guarded, advice| Judged {
        request,
        response,
        is_guarded,
        advice: Some(advice),
    };
    match (is_alike, is_known) {
        (true, true) => of("D23", "D23", false, KEEP_TYPE),
        (true, false) => of("D23", "D23", false, RENAME_TYPE),
        (false, _) => of("D14", other, true, CORRECTION),
    }
}

fn is_alive(life: Option<&Life>) -> bool {
    life.is_some_and(|life| !is_dead(life))
}

fn is_renamed(life: Option<&Life>, old: &str) -> bool {
    life.is_some_and(|life| life.renamed_from.as_deref() == Some(old))
}

/// Whether the new struct has what the old one had.
fn holds(old: Option<&Struct>, new: Option<&Struct>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    old.fields.iter().all(|field| {
        let is_same = |other: &Field| other.name == field.name && other.ty == field.ty;
        new.fields.iter().any(is_same)
    })
}

/// Whether something of the old struct has the same name and another type in the new one.
fn clash(old: Option<&Struct>, new: Option<&Struct>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    old.fields.iter().any(|field| {
        let is_other = |other: &Field| other.name == field.name && other.ty != field.ty;
        new.fields.iter().any(is_other)
    })
}

/// Whether it is text on the wire.
fn is_text(service: &Service, ty: &Type) -> bool {
    match ty {
        Type::Enum(name) => is_kind(service, name, &Type::String),
        other => *other == Type::String,
    }
}

/// Whether an enum's values are such a scalar on the wire.
fn is_kind(service: &Service, name: &str, scalar: &Type) -> bool {
    service.enums.get(name).is_some_and(|list| match list.kind {
        EnumKind::Text => *scalar == Type::String,
        EnumKind::Int => *scalar == Type::Int,
    })
}

/// A type, as schemas write it.
pub(super) fn spell(ty: &Type) -> String {
    match ty {
        Type::String => "string".to_owned(),
        Type::Int => "int".to_owned(),
        Type::Float => "float".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Binary => "binary".to_owned(),
        Type::Json => "json".to_owned(),
        Type::Struct(name) | Type::Enum(name) => name.clone(),
        Type::List(item) => format!("[{}]", spell(item)),
    }
}
