//! In: what the generator knows about a struct. Out: the constant table of its fields that the codec walks.

use super::check::Check;

/// The fields of one struct, in the order of the vendor's documents.
///
/// Made by generated code, once per struct, as a `static`.
#[derive(Debug)]
pub struct Shape {
    name: &'static str,
    fields: &'static [Field],
}

impl Shape {
    /// A struct called `name` with these fields; a field's position is its index for [`Object::member`](super::Object::member).
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields }
    }

    /// The vendor's own name of the struct.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The fields, by index.
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// The index of the field called `wire_name`, looked for from `hint` on, since answers mostly keep the documented order.
    pub(crate) fn find(&self, wire_name: &str, hint: usize) -> Option<usize> {
        let hint = hint.min(self.fields.len());
        let (before, after) = self.fields.split_at(hint);
        let named = |field: &Field| field.name == wire_name;
        after
            .iter()
            .position(named)
            .map(|index| index + hint)
            .or_else(|| before.iter().position(named))
    }
}

/// One field of a struct: its name on the wire and the rules it must keep.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) sensitive: bool,
    pub(crate) removed: Option<&'static str>,
    pub(crate) checks: &'static [Check],
    pub(crate) location: Location,
}

impl Field {
    /// An optional field without rules, sent in the body.
    pub const fn new(wire_name: &'static str) -> Self {
        Self {
            name: wire_name,
            required: false,
            sensitive: false,
            removed: None,
            checks: &[],
            location: Location::Body,
        }
    }

    /// The field must be present in a request.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The field holds personal data or a secret: `Debug` shows `<redacted>` in its place, whole, whatever its type.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// The vendor has taken the field away; `because` tells whoever still sets it what to do.
    #[must_use]
    pub const fn removed(mut self, because: &'static str) -> Self {
        self.removed = Some(because);
        self
    }

    /// Constraints that were compared with the vendor's page. On a list, all but [`Check::Items`] hold for each item.
    #[must_use]
    pub const fn checks(mut self, checks: &'static [Check]) -> Self {
        self.checks = checks;
        self
    }

    /// Where the field travels.
    #[must_use]
    pub const fn location(mut self, location: Location) -> Self {
        self.location = location;
        self
    }

    /// The field travels as the header of this name.
    #[must_use]
    pub const fn header(self, name: &'static str) -> Self {
        self.location(Location::Header(name))
    }

    /// The exact name on the wire.
    pub const fn wire_name(&self) -> &'static str {
        self.name
    }

    /// Whether `Debug` must not show the value.
    pub const fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// Whether a request without the field is refused.
    pub const fn is_required(&self) -> bool {
        self.required
    }
}

/// Where a field of a request or an answer travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Location {
    /// In the body (or, for a GET, in the flattened query).
    #[default]
    Body,
    /// As the header of this name.
    Header(&'static str),
    /// In the query string, also when the action has a body.
    Query,
    /// The field is the answer's whole `Result`: some actions of Volcengine answer a bare text instead of an object.
    Result,
}
