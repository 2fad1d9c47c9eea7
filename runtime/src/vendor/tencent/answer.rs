//! In: `{"Response": {..., "RequestId", "Error"}}`. Out: the answer filled in one pass, and what its envelope says.

mod whole;

use serde_json::Value as Json;

use super::super::envelope::{Skipped, fault, whole_member};
use super::super::{Envelope, Reading};
use crate::codec::{Context, Field, Frame, Member, Object, Shape, Slot, Unreadable, Value, read};
use crate::operation::Action;

/// Reads an answer to `action`.
pub(super) fn read_answer(
    action: &Action,
    body: &[u8],
    answer: &mut dyn Object,
    context: &mut Context,
) -> Reading {
    if let Some(whole) = whole_member(answer) {
        return whole::read_answer(action, body, whole, context);
    }
    let takes_error = !action.owns_error_member || tells_failure(body, &answer.shape());
    read_form(Form::Enveloped, body, answer, takes_error, context)
}

/// Reads the data of an event of a streamed answer to `action`: its fields without an envelope, unless it has one.
pub(super) fn read_event(
    action: &Action,
    data: &[u8],
    answer: &mut dyn Object,
    context: &mut Context,
) -> Reading {
    // A member that is called like the envelope cannot be told from it, and events mostly have none.
    let may_be_enveloped = answer.shape().find("Response", 0).is_none();
    if may_be_enveloped && is_enveloped(data) {
        return read_answer(action, data, answer, context);
    }
    if let Some(whole) = whole_member(answer) {
        return whole::read_event(action, data, whole, context);
    }
    let takes_error = !action.owns_error_member;
    read_form(Form::Bare, data, answer, takes_error, context)
}

fn is_enveloped(data: &[u8]) -> bool {
    let mut skipped = Skipped;
    Form::Enveloped
        .read(data, &mut skipped, false, &mut Context::default())
        .0
        .found
}

/// How the answer stands in its document.
#[derive(Clone, Copy)]
enum Form {
    Enveloped,
    /// The document is what else stands under `Response`.
    Bare,
}

impl Form {
    fn read(
        self,
        body: &[u8],
        answer: &mut dyn Object,
        takes_error: bool,
        context: &mut Context,
    ) -> (Envelope, Result<(), Unreadable>) {
        let mut wrapped = Wrapped::new(answer, takes_error);
        let outcome = match self {
            Self::Enveloped => read(body, &mut Outer(&mut wrapped), context),
            Self::Bare => read(body, &mut wrapped, context),
        };
        (wrapped.finish(), outcome)
    }
}

fn read_form(
    form: Form,
    body: &[u8],
    answer: &mut dyn Object,
    takes_error: bool,
    context: &mut Context,
) -> Reading {
    match form.read(body, answer, takes_error, context) {
        (envelope, Ok(())) => {
            pass_request_id(&envelope, answer);
            Reading {
                envelope,
                unreadable: None,
            }
        }
        (_, Err(unreadable)) => {
            // What does not fit may still stand in an envelope that tells a fault, or at least the request id. If this
            // stops as well, what it came to is kept.
            let again = form.read(body, &mut Skipped, takes_error, &mut Context::default());
            Reading {
                envelope: again.0,
                unreadable: Some(unreadable),
            }
        }
    }
}

/// Whether the answer to an action with an `Error` member of its own tells a failure: then `Error` has a `Code`, and
/// nothing else is there that the action documents. Such actions are few, so reading twice is no matter.
fn tells_failure(body: &[u8], documented: &Shape) -> bool {
    let Ok(Json::Object(document)) = serde_json::from_slice(body) else {
        return false;
    };
    let Some(Json::Object(response)) = document.get("Response") else {
        return false;
    };
    let has_code = response
        .get("Error")
        .and_then(|error| error.get("Code"))
        .is_some();
    let is_result = |key: &str, value: &Json| {
        !matches!(key, "Error" | "RequestId")
            && !value.is_null()
            && documented.find(key, 0).is_some()
    };
    has_code && !response.iter().any(|(key, value)| is_result(key, value))
}

/// The envelope's `RequestId` is a field of the answer too, where a description says so.
fn pass_request_id(envelope: &Envelope, answer: &mut dyn Object) {
    let index = answer.shape().find("RequestId", 0);
    let member = index.and_then(|index| answer.member_mut(index));
    if let (Some(member), Some(id)) = (member, &envelope.request_id) {
        // A field of another type stays absent; the id is still told by the response.
        match member.open() {
            Slot::Text(place) => id.clone_into(place),
            _ => member.clear(),
        }
    }
}

/// The document: an object whose only key of interest is `Response`.
struct Outer<'a, 'b>(&'a mut Wrapped<'b>);

impl Object for Outer<'_, '_> {
    fn shape(&self) -> Shape {
        static SHAPE: Shape = Shape::new("Answer", &[Field::new("Response")]);
        SHAPE
    }

    fn member(&self, _: usize) -> Option<&dyn Member> {
        None
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        match index {
            0 => Some(self.0),
            _ => None,
        }
    }
}

impl Member for Outer<'_, '_> {
    fn value(&self) -> Value<'_> {
        Value::Absent
    }

    fn open(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    fn clear(&mut self) {}
}

/// What stands under `Response`: the answer, with the envelope's own keys among its own.
struct Wrapped<'a> {
    answer: &'a mut dyn Object,
    keys: Keys,
    found: bool,
}

/// The envelope's keys.
struct Keys {
    request_id: Option<String>,
    error: Option<Json>,
    takes_error: bool,
}

impl<'a> Wrapped<'a> {
    fn new(answer: &'a mut dyn Object, takes_error: bool) -> Self {
        Self {
            answer,
            keys: Keys {
                request_id: None,
                error: None,
                takes_error,
            },
            found: false,
        }
    }

    fn finish(self) -> Envelope {
        let Keys {
            request_id, error, ..
        } = self.keys;
        Envelope {
            found: self.found,
            request_id: request_id.filter(|id| !id.is_empty()),
            fault: fault(error),
        }
    }
}

impl Member for Wrapped<'_> {
    fn value(&self) -> Value<'_> {
        Value::Absent
    }

    fn open(&mut self) -> Slot<'_> {
        self.found = true;
        Slot::Framed(&mut *self.answer, &mut self.keys)
    }

    fn clear(&mut self) {
        self.found = false;
    }
}

impl Frame for Keys {
    fn name(&self, key: &str) -> Option<&'static str> {
        match key {
            "RequestId" => Some("RequestId"),
            "Error" if self.takes_error => Some("Error"),
            _ => None,
        }
    }

    fn member_mut(&mut self, name: &str) -> Option<&mut dyn Member> {
        match name {
            "RequestId" => Some(&mut self.request_id),
            "Error" => Some(&mut self.error),
            _ => None,
        }
    }
}
