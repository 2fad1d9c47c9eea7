//! In: `{"ResponseMetadata": {...}, "Result": ...}`. Out: the answer filled in one pass, and what its envelope says.

use serde_json::Value as Json;

use super::super::envelope::{Skipped, fault, whole_member};
use super::super::{Envelope, Reading};
use crate::codec::{Context, Field, Location, Member, Object, Root, Shape, Slot, Value, read};

/// Reads an answer.
pub(super) fn read_answer(body: &[u8], answer: &mut dyn Object, context: &mut Context) -> Reading {
    let mut outcome = Outcome { answer };
    let mut document = Document::new(&mut outcome);
    match read(body, &mut document, context) {
        Ok(()) => Reading {
            envelope: document.finish(),
            unreadable: None,
        },
        Err(unreadable) => {
            // What does not fit may still stand in an envelope that tells a fault, or at least the request id. If this
            // stops as well, what it came to is kept.
            let mut skipped = Skipped;
            let mut document = Document::new(&mut skipped);
            let _ = read(body, &mut document, &mut Context::default());
            Reading {
                envelope: document.finish(),
                unreadable: Some(unreadable),
            }
        }
    }
}

/// Reads the data of an event of a streamed answer: its fields without an envelope, unless it has one.
pub(super) fn read_event(data: &[u8], answer: &mut dyn Object, context: &mut Context) -> Reading {
    let probe = read_answer(data, &mut Skipped, &mut Context::default());
    if probe.envelope.found {
        return read_answer(data, answer, context);
    }
    let read = match whole_member(answer) {
        Some(whole) => read(data, whole, context),
        None => read(data, &mut Root(answer), context),
    };
    Reading {
        envelope: Envelope::default(),
        unreadable: read.err(),
    }
}

/// The document.
struct Document<'a> {
    metadata: Metadata,
    result: &'a mut dyn Member,
}

impl<'a> Document<'a> {
    fn new(result: &'a mut dyn Member) -> Self {
        Self {
            metadata: Metadata::UNSEEN,
            result,
        }
    }

    fn finish(self) -> Envelope {
        let Metadata {
            found,
            request_id,
            error,
            ..
        } = self.metadata;
        Envelope {
            found,
            request_id: request_id.filter(|id| !id.is_empty()),
            fault: fault(error),
        }
    }
}

impl Object for Document<'_> {
    fn shape(&self) -> Shape {
        static SHAPE: Shape = Shape::new(
            "Answer",
            &[Field::new("ResponseMetadata"), Field::new("Result")],
        );
        SHAPE
    }

    fn member(&self, _: usize) -> Option<&dyn Member> {
        None
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        match index {
            0 => Some(&mut self.metadata),
            1 => Some(&mut *self.result),
            _ => None,
        }
    }
}

impl Member for Document<'_> {
    fn value(&self) -> Value<'_> {
        Value::Absent
    }

    fn open(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    fn clear(&mut self) {}
}

/// What stands under `ResponseMetadata`. Not `Default`, because it is a [`Member`] of its own kind: it notes that it was there.
struct Metadata {
    found: bool,
    request_id: Option<String>,
    error: Option<Json>,
    /// Known keys that only repeat the request.
    echo: Option<Json>,
}

impl Metadata {
    const UNSEEN: Self = Self {
        found: false,
        request_id: None,
        error: None,
        echo: None,
    };
}

impl Object for Metadata {
    fn shape(&self) -> Shape {
        static SHAPE: Shape = Shape::new(
            "ResponseMetadata",
            &[
                Field::new("RequestId"),
                Field::new("Error"),
                Field::new("Action"),
                Field::new("Version"),
                Field::new("Service"),
                Field::new("Region"),
            ],
        );
        SHAPE
    }

    fn member(&self, _: usize) -> Option<&dyn Member> {
        None
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        match index {
            0 => Some(&mut self.request_id),
            1 => Some(&mut self.error),
            _ => Some(&mut self.echo),
        }
    }
}

impl Member for Metadata {
    fn value(&self) -> Value<'_> {
        Value::Absent
    }

    fn open(&mut self) -> Slot<'_> {
        self.found = true;
        Slot::Object(self)
    }

    fn clear(&mut self) {
        self.found = false;
    }
}

/// What stands under `Result`: mostly an object, for some actions a bare value, for others an empty text for nothing.
struct Outcome<'a> {
    answer: &'a mut dyn Object,
}

impl Outcome<'_> {
    /// The field that takes the whole result, for actions that answer no object.
    fn whole(&self) -> Option<usize> {
        self.answer
            .shape()
            .fields()
            .position(|field| field.location == Location::Result)
    }
}

impl Member for Outcome<'_> {
    fn value(&self) -> Value<'_> {
        Value::Absent
    }

    fn open(&mut self) -> Slot<'_> {
        match self.whole() {
            Some(index) => self
                .answer
                .member_mut(index)
                .map_or(Slot::Ignored, |member| member.open()),
            // An action that answers nothing may say so in any way: "", "success", true.
            None if self.answer.shape().is_empty() => Slot::Ignored,
            None => Slot::Object(self.answer),
        }
    }

    fn clear(&mut self) {
        if let Some(member) = self.whole().and_then(|index| self.answer.member_mut(index)) {
            member.clear();
        }
    }
}
