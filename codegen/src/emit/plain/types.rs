//! A field's type in, its text out: on one line, as stored, and as a setter takes it.

use yunqiao_model::api::Type;

use crate::names::{NamedField, NamedService};

use super::Plain;

pub(super) fn push(service: &NamedService<'_>, path: &str, ty: &Type, out: &mut String) {
    match ty {
        Type::String => out.push_str("::std::string::String"),
        Type::Int => out.push_str("i64"),
        Type::Float => out.push_str("f64"),
        Type::Bool => out.push_str("bool"),
        Type::Json => out.push_str("::yunqiao_runtime::JsonValue"),
        Type::Struct(name) | Type::Enum(name) => {
            out.push_str(path);
            out.push_str("::");
            out.push_str(service.type_name(name));
        }
        Type::List(item) => {
            out.push_str("::std::vec::Vec<");
            push(service, path, item, out);
            out.push('>');
        }
        // Refused by `is_plain`.
        Type::Binary => {}
    }
}

impl Plain<'_, '_> {
    /// Whether a field has the usual shape; the others go through tokens.
    pub(super) fn is_plain(field: &NamedField<'_>) -> bool {
        *field.field.ty.innermost() != Type::Binary && field.field.life.renamed_from.is_none()
    }

    /// The type in the struct.
    pub(super) fn stored(&self, field: &NamedField<'_>, out: &mut String) {
        let end = match (&field.field.ty, field.field.boxed) {
            (Type::List(_), _) => "",
            (_, true) => {
                out.push_str("::core::option::Option<::std::boxed::Box<");
                ">>"
            }
            (_, false) => {
                out.push_str("::core::option::Option<");
                ">"
            }
        };
        self.type_text(&field.field.ty, out);
        out.push_str(end);
    }

    /// The type of the setter's parameter.
    pub(super) fn parameter(&self, field: &NamedField<'_>, out: &mut String) {
        let (inner, end) = match &field.field.ty {
            Type::List(item) => {
                out.push_str("impl ::core::iter::IntoIterator<Item = ");
                (&**item, ">>")
            }
            other => (other, ">"),
        };
        out.push_str("impl ::core::convert::Into<");
        self.type_text(inner, out);
        out.push_str(end);
    }
}
