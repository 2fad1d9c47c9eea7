//! In: JSON bytes and a blank object. Out: the object filled, or the path and the reason; nothing in between is built.
//!
//! One visitor serves every type: it asks the member what it is ready for and hands it scalars through `dyn Member`.

mod fields;

use serde::Deserializer;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use self::fields::fill_object;
use super::context::{Context, Failure};
use super::deviation::DeviationKind;
use super::member::{List, Member, Object, Slot, Value};
use super::path::Step;
use super::scalar::{Mismatch, Put, Scalar};

/// Why bytes could not be read into an object.
#[derive(Debug)]
pub(crate) struct Unreadable {
    /// Where reading stopped; empty at the root.
    pub(crate) path: String,
    /// The value that did not fit; `None` when the bytes are no JSON.
    pub(crate) failure: Option<Failure>,
    /// The bytes end too early.
    pub(crate) truncated: bool,
    /// Line of the stop, from 1.
    pub(crate) line: usize,
    /// Column of the stop, in bytes.
    pub(crate) column: usize,
}

/// Reads `bytes` into `root`.
pub(crate) fn read(
    bytes: &[u8],
    root: &mut dyn Member,
    context: &mut Context,
) -> Result<(), Unreadable> {
    // Some gateways send a byte order mark, which JSON does not allow and every browser ignores.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    read_once(bytes, root, context)?;
    if context.inexact {
        context.restart_exact();
        read_once(bytes, root, context)?;
    }
    Ok(())
}

fn read_once(bytes: &[u8], root: &mut dyn Member, context: &mut Context) -> Result<(), Unreadable> {
    match std::str::from_utf8(bytes) {
        // Looked at once as a whole, and not again text by text.
        Ok(text) => read_from(serde_json::Deserializer::from_str(text), root, context),
        // Not in a place that anybody reads, perhaps.
        Err(_) => read_from(serde_json::Deserializer::from_slice(bytes), root, context),
    }
}

fn read_from<'de, R: serde_json::de::Read<'de>>(
    mut json: serde_json::Deserializer<R>,
    root: &mut dyn Member,
    context: &mut Context,
) -> Result<(), Unreadable> {
    let outcome = fill(root, context, &mut json).and_then(|put| {
        if put.is_absent() {
            // Nothing at all is no answer.
            return Err(context.fail(&root.open(), "nothing", Mismatch::Kind));
        }
        json.end()
    });
    outcome.map_err(|error| Unreadable {
        path: context.path.to_string(),
        failure: context.failure,
        truncated: error.is_eof(),
        line: error.line(),
        column: error.column(),
    })
}

/// Fills one member from any deserializer.
pub(super) fn fill<'de, D: Deserializer<'de>>(
    member: &mut dyn Member,
    context: &mut Context,
    source: D,
) -> Result<Put, D::Error> {
    Seed { member, context }.deserialize(source)
}

/// A member waiting for its value.
struct Seed<'a> {
    member: &'a mut dyn Member,
    context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Put;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Put, D::Error> {
        if self.context.exact && self.member.open().keeps_spelling() {
            return self.spelled(source);
        }
        source.deserialize_any(self)
    }
}

impl Seed<'_> {
    fn scalar<E: de::Error>(self, scalar: Scalar<'_>) -> Result<Put, E> {
        let mut slot = self.member.open();
        match slot.put(scalar) {
            Ok(put) => {
                self.context.note_put(put, scalar, slot.expects());
                if put.is_absent() {
                    self.member.clear();
                }
                Ok(put)
            }
            Err(reason) => Err(self.context.fail(&slot, scalar.kind(), reason)),
        }
    }

    /// Reads a text member from the document's own spelling, so that 1.10 stays "1.10".
    fn spelled<'de, D: Deserializer<'de>>(self, source: D) -> Result<Put, D::Error> {
        let raw = <Box<RawValue>>::deserialize(source)?;
        let raw = raw.get();
        match raw.as_bytes().first() {
            Some(b'-' | b'0'..=b'9') => self.scalar(Scalar::Digits(raw)),
            // Anything else has no spelling to lose.
            _ => serde_json::Deserializer::from_str(raw)
                .deserialize_any(self)
                .map_err(de::Error::custom),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Put;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Put, E> {
        self.scalar(Scalar::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Put, E> {
        self.scalar(Scalar::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Put, D::Error> {
        self.deserialize(source)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Put, E> {
        self.scalar(Scalar::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Put, E> {
        self.scalar(Scalar::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Put, E> {
        self.scalar(i64::try_from(value).map_or(Scalar::Uint(value), Scalar::Int))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Put, E> {
        if self.member.open().keeps_spelling() {
            self.context.inexact = true;
        }
        self.scalar(Scalar::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Put, E> {
        self.scalar(Scalar::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Put, A::Error> {
        match self.member.open() {
            Slot::List(list) => {
                list.shorten(0);
                let mut index = 0;
                while items
                    .next_element_seed(ItemSeed {
                        list: &mut *list,
                        index,
                        context: self.context,
                    })?
                    .is_some()
                {
                    index += 1;
                }
                Ok(Put::Set)
            }
            Slot::Json(json) => {
                *json = Deserialize::deserialize(SeqAccessDeserializer::new(items))?;
                Ok(Put::Set)
            }
            Slot::Ignored => {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Put::Set)
            }
            slot => Err(self.context.fail(&slot, "a list", Mismatch::Kind)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Put, A::Error> {
        match self.member.open() {
            Slot::Object(object) => fill_object(object, None, self.context, entries)?,
            Slot::Framed(object, frame) => fill_object(object, Some(frame), self.context, entries)?,
            Slot::Json(json) => {
                *json = Deserialize::deserialize(MapAccessDeserializer::new(entries))?
            }
            Slot::Ignored => while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {},
            slot => return Err(self.context.fail(&slot, "an object", Mismatch::Kind)),
        }
        Ok(Put::Set)
    }
}

/// The next item of a list, which is made only when the document has one.
struct ItemSeed<'a> {
    list: &'a mut dyn List,
    index: usize,
    context: &'a mut Context,
}

impl<'de> DeserializeSeed<'de> for ItemSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        self.context.enter(Step::Item(self.index));
        let before = self.list.count();
        let put = fill(self.list.grow(), self.context, source)?;
        if put.is_absent() {
            // An item type has no room for absence, and a made-up 0 or "" would be a lie.
            self.list.shorten(before);
            self.context.note(DeviationKind::DroppedItem);
        }
        self.context.leave();
        Ok(())
    }
}

/// An object as the root of a document: what it holds is kept, so that fields absent from the document stay as they are.
pub(crate) struct Root<'a>(pub(crate) &'a mut dyn Object);

impl Member for Root<'_> {
    fn value(&self) -> Value<'_> {
        Value::Object(self.0)
    }

    fn open(&mut self) -> Slot<'_> {
        Slot::Object(self.0)
    }
}
