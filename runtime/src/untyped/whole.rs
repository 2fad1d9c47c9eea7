//! In: any JSON. Out: the object that takes the place of a typed request or answer: one field that is the whole of it.

use serde_json::Value as JsonValue;

use crate::codec::{Field, Location, Member, Object, Shape};

/// A request or an answer that nobody describes.
#[derive(Default)]
pub(crate) struct Whole(Option<JsonValue>);

impl Whole {
    pub(super) fn of(json: JsonValue) -> Self {
        Self(Some(json))
    }

    pub(super) fn into_json(self) -> JsonValue {
        self.0.unwrap_or_default()
    }
}

impl Object for Whole {
    fn shape(&self) -> Shape {
        // No member of an answer is called so: paths lead into the JSON.
        static SHAPE: Shape = Shape::new("Any", &[Field::new("(any)").location(Location::Result)]);
        SHAPE
    }

    fn member(&self, index: usize) -> Option<&dyn Member> {
        (index == 0).then_some(&self.0)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        (index == 0).then_some(&mut self.0)
    }
}
