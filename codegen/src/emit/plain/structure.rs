//! A struct's fields in, the text of its declaration and of its setters out.

use yunqiao_model::api::Type;

use crate::emit::{docs, links};
use crate::names::{NamedField, NamedFields};

use super::width::{column, fits, generic, line, signature};
use super::{Plain, deprecated, doc};

const NEW: &str = "    /// An empty value; set its fields by the methods of the same names.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        <Self as ::core::default::Default>::default()
    }
";

/// The declaration with its attributes.
pub(crate) fn declaration(
    plain: &Plain<'_, '_>,
    body: &NamedFields<'_>,
    text: &str,
    note: Option<&str>,
    in_request: bool,
) -> Option<String> {
    if body.rust.contains('_') {
        return None;
    }
    let mut out = String::with_capacity(256 * (1 + body.fields.len()));
    doc(text, "", &mut out);
    deprecated(note, "", &mut out)?;
    out.push_str("#[derive(Default)]\n#[non_exhaustive]\npub struct ");
    out.push_str(&body.rust);
    out.push_str(" {");
    fits(column(&out))?;
    let mut ty = String::new();
    for field in &body.fields {
        if !Plain::is_plain(field) {
            return None;
        }
        out.push('\n');
        let text = links::linked(plain.service, &docs::field(field.field, in_request));
        doc(&text, "    ", &mut out);
        deprecated(docs::field_note(field.field).as_deref(), "    ", &mut out)?;
        out.push_str("    pub ");
        out.push_str(&field.rust);
        out.push_str(": ");
        ty.clear();
        plain.stored(field, &mut ty);
        generic(&ty, ",".len(), 4, &mut out);
        out.push(',');
    }
    out.push_str(if body.fields.is_empty() {
        "}\n"
    } else {
        "\n}\n"
    });
    Some(out)
}

/// `new` and a setter a field.
pub(crate) fn setters(plain: &Plain<'_, '_>, body: &NamedFields<'_>) -> Option<String> {
    let mut out = String::with_capacity(512 * (1 + body.fields.len()));
    out.push_str("impl ");
    out.push_str(&body.rust);
    out.push_str(" {");
    fits(out.len())?;
    out.push('\n');
    out.push_str(NEW);
    let mut ty = String::new();
    for field in &body.fields {
        if !Plain::is_plain(field) {
            return None;
        }
        out.push('\n');
        let about = docs::headed(&field.field.name, &docs::first_sentence(&field.field.doc));
        let what = format!("Sets {about}");
        doc(&what, "    ", &mut out);
        deprecated(docs::field_note(field.field).as_deref(), "    ", &mut out)?;
        out.push_str("    #[must_use]\n");
        ty.clear();
        plain.parameter(field, &mut ty);
        signature(&field.rust, "mut self", ("value", &ty), "Self", &mut out);
        line(8, &mut out);
        store(field, &mut out)?;
        out.push_str("\n        self\n    }\n");
    }
    out.push_str("}\n");
    Some(out)
}

/// The statement that keeps the value.
fn store(field: &NamedField<'_>, out: &mut String) -> Option<()> {
    out.push_str("self.");
    out.push_str(&field.rust);
    out.push_str(" = ");
    out.push_str(match field.field.ty {
        Type::List(_) => "::yunqiao_runtime::list(value);",
        _ if field.field.boxed => "Some(::std::boxed::Box::new(value.into()));",
        _ => "Some(value.into());",
    });
    fits(column(out))
}
