//! In: an object and a path of wire names. Out: the values that stand there, and places for new ones.

use std::hash::{DefaultHasher, Hasher};
use std::io;

use super::encode;
use super::member::{Object, Slot, Value};
use super::scalar::Scalar;

/// Visits the values at `path`, such as `Result.Items`. A list on the way stands for each of its items; one at the end is
/// visited as the list that it is.
pub(crate) fn each(object: &dyn Object, path: &str, visit: &mut dyn FnMut(Value<'_>)) {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let index = object.shape().find(name, 0);
    let Some(member) = index.and_then(|index| object.member(index)) else {
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

/// The spelling of a scalar; `None` for what is none.
pub(crate) fn spelling(value: Value<'_>) -> Option<String> {
    Some(match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Text(value) => value.to_owned(),
        Value::Float(value) => Scalar::Float(value).spelling(),
        Value::Json(serde_json::Value::String(text)) => text.clone(),
        Value::Json(json @ (serde_json::Value::Number(_) | serde_json::Value::Bool(_))) => {
            json.to_string()
        }
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
    let index = object.shape().find(name, 0);
    let member = index.and_then(|index| object.member_mut(index));
    member.is_some_and(|member| fill(&mut member.open()))
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
