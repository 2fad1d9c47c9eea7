//! Two types in, the rule for going from one to the other out.

use yunqiao_model::api::{Enum, EnumKind, Field, Service, Struct, Type};

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
    Some(match (verdict.is_guarded, advice) {
        (false, Some(advice)) => change.guarded(false, || advice.to_owned()),
        (_, advice) => Change {
            advice: Some(advice.unwrap_or(CORRECTION).to_owned()),
            ..change
        },
    })
}

const CORRECTION: &str = "no edit avoids it if the server has changed; if only its documents have, keep the type and say why with `because:`";
const KEEP_ENUM: &str = "keep the enum: it is open, so no value is lost";
const KEEP_TYPE: &str = "keep the old type, or give the new one the line `renamed_from:`";

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
    Some(match (old, new) {
        (Type::List(old), Type::List(new)) => {
            let inner = judge(place, old, new)?;
            let request = if inner.request == "D23" { "D23" } else { "D22" };
            Judged { request, ..inner }
        }
        (Type::List(_), _) | (_, Type::List(_)) => of("D21", "E18"),
        (Type::Struct(old), Type::Struct(new)) => {
            let (before, after) = (place.old.structs.get(old), place.new.structs.get(new));
            return swapped(
                old == new || is_renamed(after.map(|new| &new.life), old),
                is_same_struct(before, after) && place.new.structs.contains_key(old),
            );
        }
        (Type::Enum(old), Type::Enum(new)) => {
            let (before, after) = (place.old.enums.get(old), place.new.enums.get(new));
            return swapped(
                old == new || is_renamed(after.map(|new| &new.life), old),
                is_same_enum(before, after) && place.new.enums.contains_key(old),
            );
        }
        (Type::Struct(_), Type::Json) | (Type::Json, Type::Struct(_)) => of("D24", "D24"),
        (Type::Struct(_), _) | (_, Type::Struct(_)) => of("D21", "E18"),
        (scalar, Type::Enum(name)) => {
            if kind_of(place.new, name) == Some(scalar.clone()) {
                of("D15", "E19")
            } else {
                of("D14", "E16")
            }
        }
        (Type::Enum(name), scalar) => {
            let is_own = kind_of(place.old, name) == Some(scalar.clone());
            let judged = if is_own {
                of("D16", "E20")
            } else {
                of("D14", "E16")
            };
            Judged {
                is_guarded: false,
                advice: Some(KEEP_ENUM),
                ..judged
            }
        }
        (old, new) if old == new => return None,
        (Type::Int, Type::Float) => of("D12", "E13"),
        (Type::Float, Type::Int) => of("D13", "E14"),
        (Type::Bool, _) | (_, Type::Bool) => of("D14", "E17"),
        (Type::Json, _) | (_, Type::Json) => of("D24", "D24"),
        _ => of("D14", "E16"),
    })
}

/// One named type for another: no change if only the name is new and the old one stays known.
fn swapped(is_same: bool, is_alike: bool) -> Option<Judged> {
    (!is_same).then_some(Judged {
        request: "D23",
        response: "D23",
        is_guarded: false,
        advice: Some(if is_alike { KEEP_TYPE } else { CORRECTION }),
    })
}

fn is_renamed(life: Option<&yunqiao_model::api::Life>, old: &str) -> bool {
    life.is_some_and(|life| life.renamed_from.as_deref() == Some(old))
}

fn is_same_struct(old: Option<&Struct>, new: Option<&Struct>) -> bool {
    let members = |one: &Struct| -> Vec<(String, Type)> {
        let mut members: Vec<_> = one
            .fields
            .iter()
            .map(|field| (field.name.clone(), field.ty.clone()))
            .collect();
        members.sort();
        members
    };
    matches!((old, new), (Some(old), Some(new)) if members(old) == members(new))
}

fn is_same_enum(old: Option<&Enum>, new: Option<&Enum>) -> bool {
    let values = |one: &Enum| -> Vec<_> {
        let mut values: Vec<_> = one.values.iter().map(|value| value.value.clone()).collect();
        values.sort();
        values
    };
    matches!((old, new), (Some(old), Some(new)) if values(old) == values(new))
}

/// What an enum's values are on the wire.
fn kind_of(service: &Service, name: &str) -> Option<Type> {
    service.enums.get(name).map(|list| match list.kind {
        EnumKind::Text => Type::String,
        EnumKind::Int => Type::Int,
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
