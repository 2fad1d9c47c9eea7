//! In: what the generator knows about a struct. Out: the constant table of its fields that the codec walks.

use super::check::Check;

/// The fields of one struct, in the order of the vendor's documents. A field's position is its index for
/// [`Object::member`](super::Object::member).
///
/// It only points to constants: passing it on by value costs next to nothing.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    name: &'static str,
    table: Table,
}

#[derive(Debug, Clone, Copy)]
enum Table {
    /// As people write it.
    Fields(&'static [Field]),
    /// As the generator writes it. Lists of literals leave a compiler nothing to evaluate, and a service has hundreds of tables.
    Lists {
        names: &'static [&'static str],
        required: &'static [usize],
        sensitive: &'static [usize],
        rules: &'static [(usize, Rule)],
    },
}

/// What only few fields have.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Rule {
    /// See [`Field::checks`].
    Checks(&'static [Check]),
    /// See [`Field::removed`].
    Removed(&'static str),
    /// See [`Field::location`].
    Location(Location),
}

impl Shape {
    /// A struct called `name` with these fields.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            table: Table::Fields(fields),
        }
    }

    /// A struct called `name` with fields of these names; which of them are [required](Field::required), and which
    /// [sensitive](Field::sensitive), and the rules of single ones, all by index.
    ///
    /// ```
    /// use yunqiao_runtime::{Rule, Shape};
    ///
    /// static RULES: &[(usize, Rule)] = &[(1, Rule::Removed("use Id"))];
    /// let shape = Shape::of("Approver", &["Name", "Mobile"], &[0], &[0, 1], RULES);
    /// let name = shape.field(0).expect("it has two fields");
    /// assert!(name.is_required() && name.is_sensitive());
    /// ```
    pub const fn of(
        name: &'static str,
        names: &'static [&'static str],
        required: &'static [usize],
        sensitive: &'static [usize],
        rules: &'static [(usize, Rule)],
    ) -> Self {
        Self {
            name,
            table: Table::Lists {
                names,
                required,
                sensitive,
                rules,
            },
        }
    }

    /// The vendor's own name of the struct.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The number of fields.
    pub const fn len(&self) -> usize {
        match self.table {
            Table::Fields(fields) => fields.len(),
            Table::Lists { names, .. } => names.len(),
        }
    }

    /// Whether it has no fields.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name on the wire of the field at `index`; `None` beyond the end.
    pub fn wire_name(&self, index: usize) -> Option<&'static str> {
        match self.table {
            Table::Fields(fields) => fields.get(index).map(|field| field.name),
            Table::Lists { names, .. } => names.get(index).copied(),
        }
    }

    /// The field at `index`; `None` beyond the end.
    pub fn field(&self, index: usize) -> Option<Field> {
        let (names, required, sensitive, rules) = match self.table {
            Table::Fields(fields) => return fields.get(index).copied(),
            Table::Lists {
                names,
                required,
                sensitive,
                rules,
            } => (names, required, sensitive, rules),
        };
        let mut field = Field::new(names.get(index)?);
        field.required = required.contains(&index);
        field.sensitive = sensitive.contains(&index);
        for (_, rule) in rules.iter().filter(|(at, _)| *at == index) {
            match rule {
                Rule::Checks(checks) => field.checks = checks,
                Rule::Removed(because) => field.removed = Some(because),
                Rule::Location(location) => field.location = *location,
            }
        }
        Some(field)
    }

    /// Whether the field at `index` is required, without a look at its other rules.
    pub(super) fn is_required(&self, index: usize) -> bool {
        match self.table {
            Table::Fields(fields) => fields.get(index).is_some_and(|field| field.required),
            Table::Lists { required, .. } => required.contains(&index),
        }
    }

    /// Whether all fields travel in the body.
    pub(crate) fn is_body(&self) -> bool {
        let elsewhere = |location: &Location| *location != Location::Body;
        match self.table {
            Table::Fields(fields) => !fields.iter().any(|field| elsewhere(&field.location)),
            Table::Lists { rules, .. } => !rules
                .iter()
                .any(|(_, rule)| matches!(rule, Rule::Location(location) if elsewhere(location))),
        }
    }

    /// The fields, by index.
    pub fn fields(&self) -> impl Iterator<Item = Field> + use<> {
        let shape = *self;
        (0..shape.len()).filter_map(move |index| shape.field(index))
    }

    /// The index of the field called `wire_name`, looked for from `hint` on, since answers mostly keep the documented order.
    pub(crate) fn find(&self, wire_name: &str, hint: usize) -> Option<usize> {
        let is_it = |index: &usize| self.wire_name(*index) == Some(wire_name);
        if is_it(&hint) {
            return Some(hint);
        }
        let hint = hint.min(self.len());
        (hint..self.len()).chain(0..hint).find(is_it)
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
