//! In: nothing. Out: the traits through which one non-generic codec reads and fills every generated type.

use super::binary::Binary;
use super::shape::Shape;

/// A struct of an API. Implemented by generated code only; a few of its other traits come from
/// [`object!`](crate::object).
pub trait Object: Send + Sync {
    /// The table of the fields.
    fn shape(&self) -> Shape;

    /// The field at `index` of [`Shape::fields`]; `None` beyond the end.
    fn member(&self, index: usize) -> Option<&dyn Member>;

    /// The field at `index` of [`Shape::fields`], to be filled; `None` beyond the end.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Member>;
}

/// What can be the value of a field: scalars, generated types, and `Option`, `Vec` and `Box` of those.
///
/// Few and small methods, because each is compiled again for every generated type.
pub trait Member: Send + Sync {
    /// The value, for whoever walks the object.
    fn value(&self) -> Value<'_>;

    /// Makes the member present and hands out the place to be filled.
    fn open(&mut self) -> Slot<'_>;

    /// Makes the member absent, if it can be. Alone a value is always there; absence is told by what it stands in.
    #[inline]
    fn clear(&mut self) {}
}

/// A [`Member`] that can be made out of nothing before it is filled.
pub trait Blank: Member + Sized {
    /// The value before anything is put into it.
    fn blank() -> Self;
}

/// Every struct is a member: told once here, and not again for each.
impl<T: Object + Default> Member for T {
    fn value(&self) -> Value<'_> {
        Value::Object(self)
    }

    fn open(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }
}

impl<T: Object + Default> Blank for T {
    fn blank() -> Self {
        Self::default()
    }
}

/// A list field.
pub trait List: Send + Sync {
    /// Number of items.
    fn count(&self) -> usize;

    /// The item at `index`.
    fn item(&self, index: usize) -> Option<&dyn Member>;

    /// Adds a blank item and hands it out to be filled.
    fn grow(&mut self) -> &mut dyn Member;

    /// Keeps the first `count` items.
    fn shorten(&mut self, count: usize);
}

/// A value as the codec sees it.
#[derive(Clone, Copy)]
#[non_exhaustive]
#[allow(
    missing_debug_implementations,
    reason = "a value may be personal data; only codec::debug decides what is shown"
)]
pub enum Value<'a> {
    /// `None`: not sent, not shown.
    Absent,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text, also that of an open enum.
    Text(&'a str),
    /// A list; an empty one is not sent as a field.
    List(&'a dyn List),
    /// A nested struct.
    Object(&'a dyn Object),
    /// Any JSON.
    Json(&'a serde_json::Value),
    /// Bytes, which travel outside of JSON.
    Binary(&'a [u8]),
}

impl Value<'_> {
    /// Whether a field with this value is left out of the request.
    pub fn is_absent(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::List(list) => list.count() == 0,
            _ => false,
        }
    }
}

/// The place that a [`Member`] hands out to be filled.
#[non_exhaustive]
#[allow(
    missing_debug_implementations,
    reason = "holds references to members, which may be personal data"
)]
pub enum Slot<'a> {
    /// `true` or `false`.
    Bool(&'a mut bool),
    /// An integer.
    Int(&'a mut i64),
    /// A number.
    Float(&'a mut f64),
    /// A text.
    Text(&'a mut String),
    /// A value of an enum of texts.
    TextEnum(&'a mut dyn TextPlace),
    /// A value of an enum of integers.
    IntEnum(&'a mut dyn IntPlace),
    /// A list, which may still have items.
    List(&'a mut dyn List),
    /// A struct, which is blank, or is to keep what the document does not mention.
    Object(&'a mut dyn Object),
    /// A struct inside its vendor's frame, whose own keys come first.
    Framed(&'a mut dyn Object, &'a mut dyn Frame),
    /// Any JSON.
    Json(&'a mut serde_json::Value),
    /// Bytes, which stand in JSON as base64 text.
    Binary(&'a mut Binary),
    /// Anything; it is skipped.
    Ignored,
}

/// Where a value of an enum of texts goes.
pub trait TextPlace: Send + Sync {
    /// Whether it is a documented value.
    fn knows(&self, text: &str) -> bool;

    /// Takes a value.
    fn set(&mut self, text: &str);
}

/// Where a value of an enum of integers goes.
pub trait IntPlace: Send + Sync {
    /// Whether it is a documented value.
    fn knows(&self, value: i64) -> bool;

    /// Takes a value.
    fn set(&mut self, value: i64);
}

/// Keys that a vendor's envelope mixes among those of the struct (Tencent: `RequestId`, `Error`).
pub trait Frame: Send + Sync {
    /// The name of the key, if it is the envelope's.
    fn name(&self, key: &str) -> Option<&'static str>;

    /// The member for one of its names.
    fn member_mut(&mut self, name: &str) -> Option<&mut dyn Member>;
}
