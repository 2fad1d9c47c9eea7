//! In: a text or an integer. Out: an open enum's value, known or kept as it came.

use std::fmt;

use super::member::{IntPlace, TextPlace};

/// An enum whose values are texts. Implemented by generated code only.
pub trait TextEnum: Sized {
    /// The documented values with the names of their variants, in the order of the vendor's page.
    fn values() -> &'static [(&'static str, &'static str)];

    /// The value for a text; one outside the list is kept as unknown.
    fn from_text(text: &str) -> Self;
}

/// An enum whose values are integers. Implemented by generated code only.
pub trait IntEnum: Sized {
    /// The documented values with the names of their variants, in the order of the vendor's page.
    fn values() -> &'static [(i64, &'static str)];

    /// The value for an integer; one outside the list is kept as unknown.
    fn from_int(value: i64) -> Self;
}

/// A text value that this version of the crate does not know.
///
/// Opaque, so that a program cannot match on it and break when the value becomes a known one: read it through the enum.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownText(Box<str>);

impl UnknownText {
    #[doc(hidden)]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    #[doc(hidden)]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An integer value that this version of the crate does not know.
///
/// Opaque, so that a program cannot match on it and break when the value becomes a known one: read it through the enum.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownInt(i64);

impl UnknownInt {
    #[doc(hidden)]
    pub fn new(value: i64) -> Self {
        Self(value)
    }

    #[doc(hidden)]
    pub fn as_int(&self) -> i64 {
        self.0
    }
}

impl<T: TextEnum + Send + Sync> TextPlace for T {
    fn knows(&self, text: &str) -> bool {
        T::values().iter().any(|(value, _)| *value == text)
    }

    fn set(&mut self, text: &str) {
        *self = T::from_text(text);
    }
}

impl<T: IntEnum + Send + Sync> IntPlace for T {
    fn knows(&self, value: i64) -> bool {
        T::values().iter().any(|(known, _)| *known == value)
    }

    fn set(&mut self, value: i64) {
        *self = T::from_int(value);
    }
}

/// Writes the name of the variant that a value is known by, or the value as unknown: what derived code would write.
pub(super) fn debug<T: PartialEq + fmt::Debug>(
    value: T,
    known: &[(T, &'static str)],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match known.iter().find(|(known, _)| *known == value) {
        Some((_, name)) => f.write_str(name),
        None => f.debug_tuple("Unknown").field(&value).finish(),
    }
}
