//! In: an error member of an envelope, whatever its form. Out: the fault that it tells.

use serde_json::Value as Json;

use crate::codec::{Location, Member, Object, Shape, Slot, Value};
use crate::error::Fault;

/// The fault in an `Error` member. Only `null` and an empty text mean that there is none: an error without a code, or of a
/// form that nobody documents, is still an error and must not pass as success.
pub(super) fn fault(error: Option<Json>) -> Option<Fault> {
    match error? {
        Json::Null => None,
        Json::String(text) => (!text.is_empty()).then(|| Fault {
            message: Some(text),
            ..Fault::default()
        }),
        Json::Object(members) => Some(Fault {
            code: members.get("Code").and_then(text),
            message: members.get("Message").and_then(text),
            code_n: members.get("CodeN").and_then(integer),
        }),
        _ => Some(Fault::default()),
    }
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) if text.is_empty() => None,
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn integer(value: &Json) -> Option<i64> {
    match value {
        Json::String(text) => text.parse().ok(),
        other => other.as_i64(),
    }
}

/// The member that takes the whole of what the envelope wraps, if there is one.
pub(super) fn whole_member(answer: &mut dyn Object) -> Option<&mut dyn Member> {
    let mut fields = answer.shape().fields();
    let index = fields.position(|field| field.location == Location::Result)?;
    answer.member_mut(index)
}

/// An answer that nobody wants to see: for reading an envelope alone.
pub(super) struct Skipped;

impl Object for Skipped {
    fn shape(&self) -> Shape {
        static SHAPE: Shape = Shape::new("Skipped", &[]);
        SHAPE
    }

    fn member(&self, _: usize) -> Option<&dyn Member> {
        None
    }

    fn member_mut(&mut self, _: usize) -> Option<&mut dyn Member> {
        None
    }
}

impl Member for Skipped {
    fn value(&self) -> Value<'_> {
        Value::Absent
    }

    fn open(&mut self) -> Slot<'_> {
        Slot::Ignored
    }

    fn clear(&mut self) {}
}
