//! One field on both sides in, what is different about it out.

use yunqiao_model::api::{Field, Format, Sensitivity, Type, Width};

use super::constraints;
use super::fields::rust_name;
use super::life::{deprecation, note, notes};
use super::place::Around;
use super::types;
use crate::change::Change;
use crate::prose;
use crate::rule::rule;

pub(super) fn compare(around: &Around<'_>, old: &Field, new: &Field, out: &mut Vec<Change>) {
    let name = &*new.name;
    let mut tell = |change: Change, before: String, after: String| {
        out.push(change.before(before).after(after));
    };
    let judged = |request: &str, response: &str| around.judged(request, response, name);
    let is_type_new = if let Some(change) = types::compare(around, old, new) {
        tell(change, types::spell(&old.ty), types::spell(&new.ty));
        true
    } else {
        if old.boxed != new.boxed {
            let change = judged("E3", "E3");
            let change = change.guarded(false, || BOXED.to_owned());
            tell(change, boxed(old), boxed(new));
        }
        false
    };
    let (old_scalar, new_scalar) = (old.ty.innermost(), new.ty.innermost());
    if let (Type::Int, Type::Int, Some((request, response))) =
        (old_scalar, new_scalar, width(old.width, new.width))
    {
        let spell = |width: Option<Width>| width.map_or("int", width_word).to_owned();
        tell(
            judged(request, response),
            spell(old.width),
            spell(new.width),
        );
    }
    if old.required != new.required && around.way.request {
        let id = if new.required { "D6" } else { "D7" };
        tell(around.change(rule(id), name), duty(old), duty(new));
    }
    if old.format != new.format {
        tell(judged("E24", "E24"), format(old), format(new));
    }
    if old.unit != new.unit {
        tell(
            judged("E25", "E25"),
            text(old.unit.as_ref()),
            text(new.unit.as_ref()),
        );
    }
    if old.default != new.default {
        let (before, after) = (text(old.default.as_ref()), text(new.default.as_ref()));
        // Nobody leaves out what is answered.
        tell(judged("D25", "H1"), before, after);
    }
    if old.sensitive != new.sensitive {
        let (request, response) = match new.sensitive {
            Some(_) => ("D30", "E26"),
            None => ("D32", "E32"),
        };
        let (before, after) = (shown(old.sensitive), shown(new.sensitive));
        tell(
            judged(request, response),
            before.to_owned(),
            after.to_owned(),
        );
    }
    if old.header != new.header {
        let place = |field: &Field| match &field.header {
            Some(header) => format!("header {header}"),
            None => "body".to_owned(),
        };
        tell(around.change(rule("D33"), name), place(old), place(new));
    }
    if old.result != new.result {
        let place = |field: &Field| {
            let place = if field.result {
                "the whole result"
            } else {
                "a member of the result"
            };
            place.to_owned()
        };
        tell(around.change(rule("B10"), name), place(old), place(new));
    }
    // Only a name that a schema states can move one that comes of the same wire name.
    let may_move = old.name == new.name && old.rust != new.rust;
    if may_move && rust_name(old) != rust_name(new) {
        let change = around.change(rule("D41"), name).moved(&rust_name(old));
        tell(change, rust_name(old), rust_name(new));
    }
    if let Some(came) = marked(old, new) {
        let (request, response) = if came { ("D39", "E30") } else { ("D40", "E33") };
        let note = |field: &Field| match (field.disabled, &field.life.deprecated) {
            (true, None) => "switched off".to_owned(),
            _ => note(&field.life),
        };
        tell(judged(request, response), note(old), note(new));
    }
    // Those of another type are others by themselves.
    if !is_type_new {
        constraints::compare(around, old, new, out);
    }
    let path = around.place.path(&format!("{}/{name}", around.rest));
    notes(&path, &old.life, &new.life, around.actions, out);
    prose::compare(&path, &old.doc, &new.doc, around.actions, out);
    let conditions = (old.required_if.as_deref(), new.required_if.as_deref());
    prose::conditions(&path, conditions, around.actions, out);
}

const BOXED: &str = "break the cycle of structs with a list, or leave the field that closes it out until the next major release";

/// Whether it is now deprecated or switched off (`true`), or no longer.
fn marked(old: &Field, new: &Field) -> Option<bool> {
    match (old.disabled, new.disabled) {
        (false, true) => Some(true),
        (true, false) => Some(false),
        _ => deprecation(&old.life, &new.life),
    }
}

/// The rules for another documented width, for requests and answers.
fn width(old: Option<Width>, new: Option<Width>) -> Option<(&'static str, &'static str)> {
    let parts = |width: Option<Width>| match width {
        Some(Width::Int32) => (true, 32),
        Some(Width::Uint32) => (false, 32),
        Some(Width::Uint64) => (false, 64),
        Some(Width::Int64 | Width::Double) | None => (true, 64),
    };
    let ((old_sign, old_bits), (new_sign, new_bits)) = (parts(old), parts(new));
    if old_sign != new_sign {
        return Some(("D10", "E12"));
    }
    match old_bits.cmp(&new_bits) {
        std::cmp::Ordering::Less => Some(("D9", "E11")),
        std::cmp::Ordering::Greater => Some(("D11", "E11")),
        std::cmp::Ordering::Equal => None,
    }
}

fn width_word(width: Width) -> &'static str {
    match width {
        Width::Int32 => "int32",
        Width::Int64 => "int64",
        Width::Uint32 => "uint32",
        Width::Uint64 => "uint64",
        Width::Double => "double",
    }
}

fn text(text: Option<&String>) -> String {
    text.map_or_else(|| "none".to_owned(), Clone::clone)
}

fn duty(field: &Field) -> String {
    (if field.required {
        "required"
    } else {
        "optional"
    })
    .to_owned()
}

fn boxed(field: &Field) -> String {
    let spelled = types::spell(&field.ty);
    if field.boxed {
        format!("boxed {spelled}")
    } else {
        spelled
    }
}

/// Whether `Debug` shows it, and why not.
pub(super) fn shown(sensitive: Option<Sensitivity>) -> &'static str {
    match sensitive {
        None => "shown",
        Some(Sensitivity::Personal) => "personal",
        Some(Sensitivity::Secret) => "secret",
    }
}

fn format(field: &Field) -> String {
    field.format.map_or("none", Format::word).to_owned()
}
