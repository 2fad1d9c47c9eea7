//! In: an object. Out: its JSON. Absent fields and empty lists are left out.

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
    serde_json::to_vec(&Fields {
        object,
        keep: |field| field.location == Location::Body,
    })
}

/// The JSON of every present field.
///
/// # Errors
///
/// Those of [`body`].
pub(super) fn object(object: &dyn Object) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Fields {
        object,
        keep: |_| true,
    })
}

/// The JSON of one value, every present field included.
///
/// # Errors
///
/// Those of [`body`].
pub(super) fn json(value: Value<'_>) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Plain(value))
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

struct Fields<'a> {
    object: &'a dyn Object,
    keep: fn(&Field) -> bool,
}

impl<'a> Fields<'a> {
    fn present(&self) -> impl Iterator<Item = (&'static str, Value<'a>)> {
        present(self.object)
            .filter(|(field, _)| (self.keep)(field))
            .map(|(field, value)| (field.name, value))
    }
}

/// The fields that have a value, in order.
pub(crate) fn present<'a>(object: &'a dyn Object) -> impl Iterator<Item = (Field, Value<'a>)> {
    object
        .shape()
        .fields()
        .enumerate()
        .filter_map(move |(index, field)| {
            let value = object.member(index)?.value();
            (!value.is_absent()).then_some((field, value))
        })
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.present().count()))?;
        for (name, value) in self.present() {
            map.serialize_entry(name, &Plain(value))?;
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
            Value::Object(object) => Fields {
                object,
                keep: |_| true,
            }
            .serialize(serializer),
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
