//! In: `{"Response": {...}}` of an action that nobody describes, or an event of its answer. Out: all of it, as it is.

use serde_json::Value as Json;

use super::super::super::envelope::fault;
use super::super::super::{Envelope, Reading};
use crate::codec::{Context, Field, Member, Object, Shape, Slot, Value, read};
use crate::operation::Action;

/// Reads an answer to `action` into the one member that takes all of it.
pub(super) fn read_answer(
    action: &Action,
    body: &[u8],
    whole: &mut dyn Member,
    context: &mut Context,
) -> Reading {
    let mut document = Document { response: None };
    let unreadable = read(body, &mut document, context).err();
    let response = document.response.unwrap_or_default();
    let Json::Object(members) = &response else {
        return Reading {
            envelope: Envelope::default(),
            unreadable,
        };
    };
    let envelope = envelope(action, members);
    if let Slot::Json(place) = whole.open() {
        *place = response;
    }
    Reading {
        envelope,
        unreadable,
    }
}

/// Reads the data of an event that has no envelope.
pub(super) fn read_event(
    action: &Action,
    data: &[u8],
    whole: &mut dyn Member,
    context: &mut Context,
) -> Reading {
    let unreadable = read(data, whole, context).err();
    let envelope = match whole.value() {
        Value::Json(Json::Object(members)) => envelope(action, members),
        _ => Envelope::default(),
    };
    Reading {
        envelope,
        unreadable,
    }
}

/// What the vendor mixes among the fields.
fn envelope(action: &Action, members: &serde_json::Map<String, Json>) -> Envelope {
    let error = members.get("Error");
    let is_failure = !action.owns_error_member || tells_failure(members);
    let request_id = members.get("RequestId").and_then(Json::as_str);
    Envelope {
        found: true,
        request_id: request_id.filter(|id| !id.is_empty()).map(str::to_owned),
        fault: fault(error.filter(|_| is_failure).cloned()),
    }
}

/// Whether an `Error` that may be the answer's own tells a failure: then it has a `Code`, and stands alone.
fn tells_failure(members: &serde_json::Map<String, Json>) -> bool {
    let has_code = members.get("Error").and_then(|error| error.get("Code"));
    let is_result = |(key, value): (&String, &Json)| {
        !matches!(key.as_str(), "Error" | "RequestId") && !value.is_null()
    };
    has_code.is_some() && !members.iter().any(is_result)
}

/// The document, of which only `Response` matters.
struct Document {
    response: Option<Json>,
}

impl Object for Document {
    fn shape(&self) -> Shape {
        static SHAPE: Shape = Shape::new("Answer", &[Field::new("Response")]);
        SHAPE
    }

    fn member(&self, _: usize) -> Option<&dyn Member> {
        None
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        (index == 0).then_some(&mut self.response)
    }
}

impl Member for Document {
    fn value(&self) -> Value<'_> {
        Value::Absent
    }

    fn open(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    fn clear(&mut self) {}
}
