//! In: any JSON, and bytes that travel outside of it. Out: the object that takes the place of a typed request or answer.

use serde_json::Value as JsonValue;

use crate::codec::{Binary, Field, Location, Member, Object, Shape};

/// A request or an answer that nobody describes.
#[derive(Default)]
pub(crate) struct Whole {
    json: Option<JsonValue>,
    /// Fields that JSON cannot hold.
    bytes: Vec<Part>,
}

impl Whole {
    pub(super) fn of(json: JsonValue) -> Self {
        Self {
            json: Some(json),
            bytes: Vec::new(),
        }
    }

    pub(super) fn into_json(self) -> JsonValue {
        self.json.unwrap_or_default()
    }

    /// The same with the bytes of one more field.
    pub(super) fn with(mut self, name: String, content: Binary) -> Self {
        self.bytes.push(Part { name, content });
        self
    }
}

impl Object for Whole {
    fn shape(&self) -> Shape {
        // No member of an answer is called so: paths lead into the JSON.
        static SHAPE: Shape = Shape::new(
            "Any",
            &[
                Field::new("(any)").location(Location::Result),
                Field::new("(bytes)"),
            ],
        );
        SHAPE
    }

    fn member(&self, index: usize) -> Option<&dyn Member> {
        match index {
            0 => Some(&self.json),
            1 => Some(&self.bytes),
            _ => None,
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        match index {
            0 => Some(&mut self.json),
            1 => Some(&mut self.bytes),
            _ => None,
        }
    }
}

/// A field of bytes.
#[derive(Default)]
struct Part {
    name: String,
    content: Binary,
}

impl Object for Part {
    fn shape(&self) -> Shape {
        static SHAPE: Shape = Shape::new("Part", &[Field::new("name"), Field::new("content")]);
        SHAPE
    }

    fn member(&self, index: usize) -> Option<&dyn Member> {
        match index {
            0 => Some(&self.name),
            1 => Some(&self.content),
            _ => None,
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member> {
        match index {
            0 => Some(&mut self.name),
            1 => Some(&mut self.content),
            _ => None,
        }
    }
}
