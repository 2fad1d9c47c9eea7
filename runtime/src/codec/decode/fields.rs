//! In: the entries of a JSON object. Out: the fields of an object filled, each key looked up without being kept.

use serde::Deserializer;
use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, Visitor};

use super::super::context::Context;
use super::super::member::{Frame, Object};
use super::super::path::Step;
use super::super::shape::Shape;
use super::Seed;

/// Fills an object's fields. Two equal keys: the last wins.
pub(super) fn fill_object<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    mut frame: Option<&mut dyn Frame>,
    context: &mut Context,
    mut entries: A,
) -> Result<(), A::Error> {
    let shape = object.shape();
    let mut next = 0;
    loop {
        let seed = KeySeed {
            shape: &shape,
            frame: frame.as_deref(),
            hint: next,
            context: &mut *context,
        };
        let Some(key) = entries.next_key_seed(seed)? else {
            return Ok(());
        };
        let target = match key {
            Key::Field(index) => {
                next = index + 1;
                shape.wire_name(index).zip(object.member_mut(index))
            }
            Key::Frame(name) => frame
                .as_deref_mut()
                .and_then(|frame| frame.member_mut(name))
                .map(|member| (name, member)),
            Key::Unknown => None,
        };
        match target {
            Some((name, member)) => {
                context.enter(Step::Field(name));
                entries.next_value_seed(Seed {
                    member,
                    context: &mut *context,
                })?;
                context.leave();
            }
            None => {
                entries.next_value::<IgnoredAny>()?;
            }
        }
    }
}

/// Whose key it is.
enum Key {
    Field(usize),
    Frame(&'static str),
    Unknown,
}

/// A key, looked up without being kept.
struct KeySeed<'a> {
    shape: &'a Shape,
    frame: Option<&'a dyn Frame>,
    hint: usize,
    context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Key, D::Error> {
        source.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Key, E> {
        if let Some(name) = self.frame.and_then(|frame| frame.name(key)) {
            return Ok(Key::Frame(name));
        }
        if let Some(index) = self.shape.find(key, self.hint) {
            return Ok(Key::Field(index));
        }
        self.context.note_unknown_key(key);
        Ok(Key::Unknown)
    }
}
