//! In: two objects of one type. Out: the one made equal to the other, or whether they are: what derived code would do.
//!
//! Derived, each would be compiled again for every struct; here both are compiled once.

use super::binary::Binary;
use super::member::{List, Member, Object, Slot, Value};

/// Fills `to`, which is blank, with what is in `from`.
pub(super) fn copy(from: &dyn Object, to: &mut dyn Object) {
    for index in 0..from.shape().len() {
        if let (Some(from), Some(to)) = (from.member(index), to.member_mut(index)) {
            copy_member(from.value(), to);
        }
    }
}

fn copy_member(from: Value<'_>, to: &mut dyn Member) {
    // To open it would make it present.
    if matches!(from, Value::Absent) {
        return;
    }
    match (from, to.open()) {
        (Value::Bool(from), Slot::Bool(to)) => *to = from,
        (Value::Int(from), Slot::Int(to)) => *to = from,
        (Value::Int(from), Slot::IntEnum(to)) => to.set(from),
        (Value::Float(from), Slot::Float(to)) => *to = from,
        (Value::Text(from), Slot::Text(to)) => from.clone_into(to),
        (Value::Text(from), Slot::TextEnum(to)) => to.set(from),
        (Value::List(from), Slot::List(to)) => copy_list(from, to),
        (Value::Object(from), Slot::Object(to)) => copy(from, to),
        (Value::Json(from), Slot::Json(to)) => to.clone_from(from),
        (Value::Binary(from), Slot::Binary(to)) => *to = Binary::from(from),
        // Two members of one type are of one kind.
        _ => {}
    }
}

fn copy_list(from: &dyn List, to: &mut dyn List) {
    for item in (0..from.count()).filter_map(|index| from.item(index)) {
        copy_member(item.value(), to.grow());
    }
}

/// Whether every member of the one equals that of the other.
pub(super) fn equal(a: &dyn Object, b: &dyn Object) -> bool {
    (0..a.shape().len()).all(|index| equal_members(a.member(index), b.member(index)))
}

fn equal_members(a: Option<&dyn Member>, b: Option<&dyn Member>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => equal_values(a.value(), b.value()),
        (a, b) => a.is_none() && b.is_none(),
    }
}

fn equal_values(a: Value<'_>, b: Value<'_>) -> bool {
    match (a, b) {
        (Value::Absent, Value::Absent) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b,
        // As floats compare: what is no number equals nothing, and there is one zero.
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            let count = a.count();
            count == b.count() && (0..count).all(|at| equal_members(a.item(at), b.item(at)))
        }
        (Value::Object(a), Value::Object(b)) => equal(a, b),
        (Value::Json(a), Value::Json(b)) => a == b,
        (Value::Binary(a), Value::Binary(b)) => a == b,
        _ => false,
    }
}
