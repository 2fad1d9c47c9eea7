//! In: an object. Out: its `Debug`: present fields only, by wire name, sensitive ones hidden at any depth.

use std::fmt;

use super::binary;
use super::encode::present;
use super::member::{List, Object, Value};

/// Writes `Agent { AppId: "x", Mobile: <redacted> }`.
pub(super) fn debug(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(object.shape().name());
    for (field, value) in present(object) {
        if field.sensitive {
            out.field(field.name, &format_args!("<redacted>"));
        } else {
            out.field(field.name, &Shown(value));
        }
    }
    out.finish()
}

struct Shown<'a>(Value<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Absent => f.write_str("absent"),
            Value::Bool(value) => value.fmt(f),
            Value::Int(value) => value.fmt(f),
            Value::Float(value) => value.fmt(f),
            Value::Text(value) => value.fmt(f),
            Value::List(list) => f.debug_list().entries(items(list)).finish(),
            Value::Object(object) => debug(object, f),
            Value::Json(json) => fmt::Display::fmt(json, f),
            Value::Binary(bytes) => binary::shown(bytes, f),
        }
    }
}

fn items<'a>(list: &'a dyn List) -> impl Iterator<Item = Shown<'a>> {
    (0..list.count())
        .filter_map(|index| list.item(index))
        .map(|item| Shown(item.value()))
}
