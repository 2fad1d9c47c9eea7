//! In: an object and a path of wire names. Out: the values that stand there, and places for new ones. An object that nobody
//! describes is looked at as the JSON that it is.

use std::hash::{DefaultHasher, Hasher};
use std::io;

use serde_json::Value as Json;

use super::encode;
use super::flatten::whole;
use super::member::{Object, Slot, Value};
use super::scalar::Scalar;
use super::shape::Location;

/// Visits the values at `path`, such as `Result.Items`. A list on the way stands for each of its items; one at the end is
/// visited as the list that it is.
pub(crate) fn each(object: &dyn Object, path: &str, visit: &mut dyn FnMut(Value<'_>)) {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let index = object.shape().find(name, 0);
    let Some(member) = index.and_then(|index| object.member(index)) else {
        if let Some(json) = whole(object) {
            each_json(json, path, &mut |found| {
                visit(found.map_or(Value::Absent, value));
            });
        }
        return;
    };
    match (member.value(), rest) {
        (value, None) => visit(value),
        (Value::Object(inner), Some(rest)) => each(inner, rest, visit),
        (Value::List(list), Some(rest)) => {
            for item in (0..list.count()).filter_map(|index| list.item(index)) {
                if let Value::Object(inner) = item.value() {
                    each(inner, rest, visit);
                }
            }
        }
        _ => {}
    }
}

/// Visits the values at `path` of a JSON document, as [`each`] does: `None` is a member that is missing or `null`.
pub(crate) fn each_json<'a>(json: &'a Json, path: &str, visit: &mut dyn FnMut(Option<&'a Json>)) {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let member = json.get(name).filter(|member| !member.is_null());
    match (member, rest) {
        (found, None) => visit(found),
        (Some(Json::Array(items)), Some(rest)) => {
            let objects = items.iter().filter(|item| item.is_object());
            objects.for_each(|item| each_json(item, rest, visit));
        }
        (Some(inner), Some(rest)) => each_json(inner, rest, visit),
        (None, Some(_)) => {}
    }
}

/// A part of a JSON document as the value of a field. A list is one: it can be counted.
fn value(json: &Json) -> Value<'_> {
    match json {
        Json::Array(items) => Value::List(items),
        other => Value::Json(other),
    }
}

/// The spelling of a scalar; `None` for what is none.
pub(crate) fn spelling(value: Value<'_>) -> Option<String> {
    Some(match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Text(value) => value.to_owned(),
        Value::Float(value) => Scalar::Float(value).spelling(),
        Value::Json(Json::String(text)) => text.clone(),
        Value::Json(json @ (Json::Number(_) | Json::Bool(_))) => json.to_string(),
        _ => return None,
    })
}

/// Sets the field called `name`. Whether it could take the number.
pub(crate) fn put_int(object: &mut dyn Object, name: &str, value: i64) -> bool {
    put(object, name, |slot| slot.put(Scalar::Int(value)).is_ok())
}

/// Sets the field called `name`. Whether it could take the text.
pub(crate) fn put_text(object: &mut dyn Object, name: &str, text: &str) -> bool {
    put(object, name, |slot| slot.put(Scalar::Text(text)).is_ok())
}

/// Sets the field called `name`: a list to all of the texts, another field to the only one. Whether it could take them.
pub(crate) fn put_texts(object: &mut dyn Object, name: &str, texts: &[String]) -> bool {
    put(object, name, |slot| match slot {
        Slot::List(list) => {
            list.shorten(0);
            let mut texts = texts.iter();
            texts.all(|text| list.grow().open().put(Scalar::Text(text)).is_ok())
        }
        other => match texts {
            [only] => other.put(Scalar::Text(only)).is_ok(),
            _ => false,
        },
    })
}

fn put(object: &mut dyn Object, name: &str, fill: impl FnOnce(&mut Slot<'_>) -> bool) -> bool {
    match object.shape().find(name, 0) {
        Some(index) => {
            let member = object.member_mut(index);
            member.is_some_and(|member| fill(&mut member.open()))
        }
        None => put_json(object, name, fill).is_some(),
    }
}

/// As [`put`], in the JSON that is the whole of a request. `None` if it could not be done.
fn put_json(
    object: &mut dyn Object,
    name: &str,
    fill: impl FnOnce(&mut Slot<'_>) -> bool,
) -> Option<()> {
    // To open the member is to begin it anew.
    let mut json = match whole(object)? {
        Json::Null => Json::Object(serde_json::Map::new()),
        other => other.clone(),
    };
    let mut value = Json::Null;
    if !fill(&mut Slot::Json(&mut value)) {
        return None;
    }
    json.as_object_mut()?.insert(name.to_owned(), value);
    let mut fields = object.shape().fields();
    let index = fields.position(|field| field.location == Location::Result)?;
    match object.member_mut(index)?.open() {
        Slot::Json(place) => *place = json,
        _ => return None,
    }
    Some(())
}

/// A number that stands for the whole value: equal values have equal ones. It does not show what it was made of.
pub(crate) fn digest(value: Value<'_>) -> u64 {
    struct Sink(DefaultHasher);
    impl io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut sink = Sink(DefaultHasher::new());
    // What has come out of JSON has no numbers that JSON cannot spell; and a digest of a part is still the same for equals.
    let _ = encode::write(value, &mut sink);
    sink.0.finish()
}
