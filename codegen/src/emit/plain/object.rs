//! A struct's fields in, the text of its table, of its two matches and of the macro behind them out.

use std::fmt::Write as _;

use yunqiao_model::api::Field;

use crate::names::NamedFields;

use super::width::{column, fits, line};
use super::{Plain, literal};

/// `impl Object`.
pub(crate) fn object(
    plain: &Plain<'_, '_>,
    body: &NamedFields<'_>,
    all_sensitive: bool,
) -> Option<String> {
    let usual = |field: &Field| {
        field.life.removed.is_none()
            && field.header.is_none()
            && !field.result
            && (field.advisory || field.checks.is_empty())
    };
    if !body
        .fields
        .iter()
        .all(|field| Plain::is_plain(field) && usual(field.field))
    {
        return None;
    }
    let mut out = String::with_capacity(640 + 160 * body.fields.len());
    out.push_str("impl ::yunqiao_runtime::Object for ");
    out.push_str(&body.rust);
    out.push_str(" {");
    fits(out.len())?;
    out.push_str("\n    #[inline]\n    fn shape(&self) -> &'static ::yunqiao_runtime::Shape {\n        use ::yunqiao_runtime::");
    out.push_str(if body.fields.is_empty() {
        "Shape"
    } else {
        "{Field, Shape}"
    });
    out.push_str(";\n        static SHAPE: Shape = Shape::new(");
    table(plain, body, all_sensitive, &mut out)?;
    out.push_str(");\n        &SHAPE\n    }\n");
    for (name, access) in [("member", "&"), ("member_mut", "&mut ")] {
        let index = if body.fields.is_empty() {
            "_index"
        } else {
            "index"
        };
        // `write!` to a String cannot fail.
        let _ = write!(
            out,
            "\n    #[inline]\n    fn {name}(\n        {access}self,\n        {index}: usize,\n    ) -> ::core::option::Option<{access}dyn ::yunqiao_runtime::Member> {{"
        );
        if body.fields.is_empty() {
            out.push_str("\n        None\n    }\n");
            continue;
        }
        let _ = write!(
            out,
            "\n        let member: {access}dyn ::yunqiao_runtime::Member = match index {{"
        );
        for (index, field) in body.fields.iter().enumerate() {
            line(12, &mut out);
            let _ = write!(out, "{index} => {access}self.{},", field.rust);
            // Names that come near the margin here cross it in the table, where the general printer breaks calls.
            fits(column(&out) + "Some()".len())?;
        }
        out.push_str("\n            _ => return None,\n        };\n        Some(member)\n    }\n");
    }
    out.push_str("}\n");
    Some(out)
}

/// `object!`, which implements the shared traits.
pub(crate) fn traits(body: &NamedFields<'_>) -> Option<String> {
    let out = format!("::yunqiao_runtime::object!({});\n", body.rust);
    fits(out.len() - 1)?;
    Some(out)
}

/// The arguments of `Shape::new`.
fn table(
    plain: &Plain<'_, '_>,
    body: &NamedFields<'_>,
    all_sensitive: bool,
    out: &mut String,
) -> Option<()> {
    let entries: Vec<Entry<'_>> = body
        .fields
        .iter()
        .map(|field| Entry::new(plain, field.field, all_sensitive))
        .collect::<Option<_>>()?;
    let wire = literal(&body.wire)?;
    let lengths: usize = entries.iter().map(Entry::len).sum();
    // With `&[`, `]` and what separates the entries.
    let list = lengths + 2 * entries.len().saturating_sub(1) + 3;
    let flat = |out: &mut String| {
        out.push_str("&[");
        for (index, entry) in entries.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            entry.push(None, out);
        }
        out.push(']');
    };
    if fits(column(out) + wire.len() + "\"\", ".len() + list + ");".len()).is_some() {
        let _ = write!(out, "\"{wire}\", ");
        flat(out);
        return Some(());
    }
    line(12, out);
    let _ = write!(out, "\"{wire}\",");
    line(12, out);
    if fits(12 + list).is_some() {
        flat(out);
    } else {
        out.push_str("&[");
        for (index, entry) in entries.iter().enumerate() {
            line(16, out);
            let comma = usize::from(index + 1 < entries.len());
            let whole = fits(16 + entry.len() + comma).is_some();
            if !whole {
                fits(16 + entry.head())?;
            }
            entry.push((!whole).then_some(20), out);
            out.push(',');
        }
        line(12, out);
        out.push(']');
    }
    out.push(',');
    line(8, out);
    Some(())
}

/// A line of the table.
struct Entry<'a> {
    wire: &'a str,
    required: bool,
    sensitive: bool,
}

const REQUIRED: &str = ".required()";
const SENSITIVE: &str = ".sensitive()";

impl<'a> Entry<'a> {
    fn new(plain: &Plain<'_, '_>, field: &'a Field, all_sensitive: bool) -> Option<Self> {
        let inner = field
            .ty
            .struct_name()
            .and_then(|name| plain.service.service.structs.get(name));
        Some(Self {
            wire: literal(&field.name)?,
            required: field.required,
            sensitive: all_sensitive
                || field.sensitive.is_some()
                || inner.is_some_and(|inner| inner.sensitive.is_some()),
        })
    }

    fn calls(&self) -> impl Iterator<Item = &'static str> {
        let calls = [(self.required, REQUIRED), (self.sensitive, SENSITIVE)];
        calls
            .into_iter()
            .filter_map(|(wanted, call)| wanted.then_some(call))
    }

    fn head(&self) -> usize {
        "Field::new(\"\")".len() + self.wire.len()
    }

    fn len(&self) -> usize {
        self.head() + self.calls().map(str::len).sum::<usize>()
    }

    /// Writes it on one line, or each call on its own at an indent.
    fn push(&self, indent: Option<usize>, out: &mut String) {
        out.push_str("Field::new(\"");
        out.push_str(self.wire);
        out.push_str("\")");
        for call in self.calls() {
            if let Some(indent) = indent {
                line(indent, out);
            }
            out.push_str(call);
        }
    }
}
