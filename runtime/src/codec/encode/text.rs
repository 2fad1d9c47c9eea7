//! In: an object or a value. Out: its JSON as bytes, in one buffer that fits from the beginning.
//!
//! What is large in a request is a file in base64. Its text is looked at once, for characters that JSON has to escape, and
//! copied once; serde_json would look at each of its bytes alone, in a buffer that grows.

use serde::ser::Error as _;
use serde_json::Error;

use super::super::binary;
use super::super::member::{Object, Value};
use super::super::shape::Field;
use super::present;

/// The JSON of the fields that `keep` keeps.
///
/// # Errors
///
/// A number is not finite; JSON has no spelling for it.
pub(super) fn object(object: &dyn Object, keep: fn(&Field) -> bool) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(size_of_object(object));
    write_object(&mut out, object, keep)?;
    Ok(out)
}

/// The JSON of one value, every present field included.
///
/// # Errors
///
/// Those of [`object`].
pub(super) fn value(value: Value<'_>) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(size_of(value));
    write(&mut out, value)?;
    Ok(out)
}

/// Roughly how many bytes it takes: enough, unless much has to be escaped or somebody puts any JSON in.
fn size_of(value: Value<'_>) -> usize {
    match value {
        Value::Absent | Value::Bool(_) => 5,
        // The longest have 20 and 24 digits.
        Value::Int(_) | Value::Float(_) | Value::Json(_) => 24,
        Value::Text(text) => text.len() + 2,
        Value::Binary(bytes) => bytes.len().div_ceil(3) * 4 + 2,
        Value::List(list) => {
            let items = (0..list.count()).filter_map(|index| list.item(index));
            items.map(|item| size_of(item.value()) + 1).sum::<usize>() + 2
        }
        Value::Object(object) => size_of_object(object),
    }
}

fn size_of_object(object: &dyn Object) -> usize {
    let shape = object.shape();
    let fields = (0..shape.len()).filter_map(|index| {
        let value = object.member(index)?.value();
        // Quotes, colon and comma.
        (!value.is_absent())
            .then(|| shape.wire_name(index).map_or(0, str::len) + 4 + size_of(value))
    });
    fields.sum::<usize>() + 2
}

fn write(out: &mut Vec<u8>, value: Value<'_>) -> Result<(), Error> {
    match value {
        Value::Absent => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Int(value) => serde_json::to_writer(out, &value)?,
        Value::Float(value) if value.is_finite() => serde_json::to_writer(out, &value)?,
        Value::Float(_) => return Err(Error::custom("a number is not finite")),
        Value::Text(text) => write_text(out, text)?,
        Value::List(list) => {
            out.push(b'[');
            let items = (0..list.count()).filter_map(|index| list.item(index));
            for (position, item) in items.enumerate() {
                separate(out, position);
                write(out, item.value())?;
            }
            out.push(b']');
        }
        Value::Object(object) => write_object(out, object, |_| true)?,
        Value::Json(json) => serde_json::to_writer(out, json)?,
        Value::Binary(bytes) => write_text(out, &binary::text(bytes))?,
    }
    Ok(())
}

fn write_object(
    out: &mut Vec<u8>,
    object: &dyn Object,
    keep: fn(&Field) -> bool,
) -> Result<(), Error> {
    out.push(b'{');
    let fields = present(object).filter(|(field, _)| keep(field));
    for (position, (field, value)) in fields.enumerate() {
        separate(out, position);
        write_text(out, field.name)?;
        out.push(b':');
        write(out, value)?;
    }
    out.push(b'}');
    Ok(())
}

fn separate(out: &mut Vec<u8>, position: usize) {
    if position > 0 {
        out.push(b',');
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) -> Result<(), Error> {
    // What has just been looked at is still near when it is copied.
    const PIECE: usize = 4_096;
    let start = out.len();
    out.push(b'"');
    for piece in text.as_bytes().chunks(PIECE) {
        if !is_plain(piece) {
            out.truncate(start);
            return serde_json::to_writer(out, text);
        }
        out.extend_from_slice(piece);
    }
    out.push(b'"');
    Ok(())
}

/// Whether JSON takes the text as it is (RFC 8259, section 7).
fn is_plain(text: &[u8]) -> bool {
    // In pieces, each looked at as a whole: without a way out of the middle, many bytes are compared at a time.
    text.chunks(64).all(|piece| {
        piece.iter().fold(true, |plain, byte| {
            plain & (*byte >= b' ') & (*byte != b'"') & (*byte != b'\\')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value as Json;

    #[test]
    fn texts_are_what_serde_json_makes_of_them() {
        let mut texts: Vec<String> = (0..=0x180)
            .filter_map(char::from_u32)
            .map(String::from)
            .collect();
        for at in [0, 1, 62, 63, 64, 65, 127, 128, 4_095, 4_096, 5_000] {
            for special in [
                "\"", "\\", "\n", "\u{1f}", "\u{0}", " ", "\u{7f}", "章", "😀",
            ] {
                let (mut before, after) = ("a".repeat(at), "b".repeat(5_000 - at));
                before.push_str(special);
                texts.push(before + &after);
            }
        }
        for text in texts {
            let mut out = Vec::new();
            write_text(&mut out, &text).unwrap();
            assert_eq!(out, serde_json::to_vec(&text).unwrap(), "{text:?}");
        }
    }

    #[test]
    fn a_large_text_is_written_into_one_buffer_of_its_size() {
        let image = "QUJD".repeat(250_000);
        let json = value(Value::Text(&image)).unwrap();
        assert_eq!(json.len(), image.len() + 2);
        assert_eq!(json.capacity(), json.len());
    }

    #[test]
    fn numbers_and_any_json_are_written_as_serde_json_writes_them() {
        let any: Json = serde_json::from_str(r#"{"a":[1,null,"\n"]}"#).unwrap();
        for (member, expected) in [
            (Value::Int(i64::MIN), "-9223372036854775808"),
            (Value::Float(-1.0e300), "-1e+300"),
            (Value::Float(0.5), "0.5"),
            (Value::Bool(false), "false"),
            (Value::Json(&any), r#"{"a":[1,null,"\n"]}"#),
        ] {
            assert_eq!(String::from_utf8(value(member).unwrap()).unwrap(), expected);
        }
        assert!(value(Value::Float(f64::NAN)).is_err());
    }
}
