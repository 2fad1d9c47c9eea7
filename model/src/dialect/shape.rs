//! What the dialect accepts, as a value: the source of the JSON Schema, the reference and the canonical order of keys.

/// What may stand at a place of a schema file.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Text that follows a syntax, if one is named: its regular expression and an example.
    Text(Option<(&'static str, &'static str)>),
    /// A truth value.
    Bool,
    /// An integer.
    Int,
    /// A text or an integer.
    TextOrInt,
    /// Any JSON value.
    Any,
    /// One of a few words.
    OneOf(Vec<&'static str>),
    /// A list.
    List(Box<Shape>),
    /// A mapping whose keys are names; they keep their order.
    Map(Box<Shape>),
    /// A mapping with fixed keys.
    Object(fn() -> ObjectShape),
    /// The type of a field: a name, or a list that holds one type.
    Type,
}

/// A mapping with fixed keys.
#[derive(Clone, Debug)]
pub struct ObjectShape {
    /// Name of the Rust type that reads it.
    pub name: &'static str,
    /// What it is, in words that fit after "in".
    pub title: &'static str,
    /// Description.
    pub doc: &'static str,
    /// Keys in canonical order.
    pub keys: Vec<KeyShape>,
}

/// A key of a mapping.
#[derive(Clone, Debug)]
pub struct KeyShape {
    /// The key.
    pub name: &'static str,
    /// Description.
    pub doc: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What its value may be. A function, because shapes may contain themselves.
    pub shape: fn() -> Shape,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It may be absent.
    Optional,
    /// It must be there.
    Required,
    /// It must be there, unless the service says that it is not described yet (`undescribed: true`).
    Description,
}

impl KeyShape {
    /// The description as one text without the indentation of doc comments.
    #[must_use]
    pub fn doc_text(&self) -> String {
        join(self.doc)
    }
}

impl ObjectShape {
    /// The description as one text without the indentation of doc comments.
    #[must_use]
    pub fn doc_text(&self) -> String {
        join(self.doc)
    }
}

fn join(doc: &str) -> String {
    doc.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
