//! In: an object. Out: its JSON. Absent fields and empty lists are left out.
//!
//! Bodies are written straight into their bytes (`text`); whoever has a serializer of its own is served through serde.

mod text;

use serde::ser::{self, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::binary;
use super::member::{List, Member, Object, Value};
use super::shape::{Field, Location};

/// The JSON body of a request: the fields that travel in the body.
///
/// # Errors
///
/// A number is not finite; JSON has no spelling for it.
pub(crate) fn body(object: &dyn Object) -> Result<Vec<u8>, serde_json::Error> {
    text::object(object, |field| field.location == Location::Body)
}

/// The JSON of every present field.
///
/// # Errors
///
/// Those of [`body`].
pub(super) fn object(object: &dyn Object) -> Result<Vec<u8>, serde_json::Error> {
    text::object(object, |_| true)
}

/// The JSON of one value, every present field included.
///
/// # Errors
///
/// Those of [`body`].
pub(super) fn json(value: Value<'_>) -> Result<Vec<u8>, serde_json::Error> {
    text::value(value)
}

/// Writes the JSON of one value, every present field included.
///
/// # Errors
///
/// Those of [`body`].
pub(super) fn write(
    value: Value<'_>,
    to: &mut dyn std::io::Write,
) -> Result<(), serde_json::Error> {
    serde_json::to_writer(to, &Plain(value))
}

/// Serializes a member with every present field, for the `Serialize` of generated types.
pub(super) fn member<S: Serializer>(member: &dyn Member, serializer: S) -> Result<S::Ok, S::Error> {
    Plain(member.value()).serialize(serializer)
}

/// The fields that have a value, in order.
pub(crate) fn present<'a>(object: &'a dyn Object) -> impl Iterator<Item = (Field, Value<'a>)> {
    let shape = object.shape();
    (0..shape.len()).filter_map(move |index| {
        // Most fields of most requests have none, so that is looked at first.
        let value = object.member(index)?.value();
        if value.is_absent() {
            return None;
        }
        Some((shape.field(index)?, value))
    })
}

/// The present fields of an object as a map.
struct Fields<'a>(&'a dyn Object);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(present(self.0).count()))?;
        for (field, value) in present(self.0) {
            map.serialize_entry(field.name, &Plain(value))?;
        }
        map.end()
    }
}

/// A value as it is. In a list, absence is `null` and an empty list is `[]`, so that positions hold.
struct Plain<'a>(Value<'a>);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Absent => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(value),
            Value::Int(value) => serializer.serialize_i64(value),
            Value::Float(value) if value.is_finite() => serializer.serialize_f64(value),
            Value::Float(_) => Err(ser::Error::custom("a number is not finite")),
            Value::Text(value) => serializer.serialize_str(value),
            Value::List(list) => serialize_list(list, serializer),
            Value::Object(object) => Fields(object).serialize(serializer),
            Value::Json(json) => json.serialize(serializer),
            Value::Binary(bytes) => serializer.serialize_str(&binary::text(bytes)),
        }
    }
}

fn serialize_list<S: Serializer>(list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
    let mut seq = serializer.serialize_seq(Some(list.count()))?;
    for item in (0..list.count()).filter_map(|index| list.item(index)) {
        seq.serialize_element(&Plain(item.value()))?;
    }
    seq.end()
}
