//! The checked model in, the crate that one would write by hand out: the same structs and setters, with derived traits.

use std::fmt::Write as _;

use yunqiao_model::Api;
use yunqiao_model::api::{EnumKind, Field, Service, Type};

use super::Version;

/// What every struct derives.
const DERIVES: &str =
    "#[derive(::serde::Serialize, ::serde::Deserialize, Debug, Clone, PartialEq, Default)]\n";

/// Name of the crate.
pub(super) const NAME: &str = "baseline";

pub(super) fn manifest(versions: &[Version<'_>]) -> String {
    let mut out = format!(
        "[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\n[workspace]\n\n[features]\n"
    );
    for version in versions {
        // `write!` to a String cannot fail.
        let _ = writeln!(out, "{} = []", version.feature);
    }
    out
}

pub(super) fn library(api: &Api, versions: &[Version<'_>]) -> String {
    let mut out = String::from("#![allow(deprecated, non_camel_case_types)]\n");
    for version in versions {
        let module = version.feature.replace('-', "_");
        let _ = write!(
            out,
            "\n#[cfg(feature = \"{}\")]\npub mod {module} {{\n",
            version.feature
        );
        if let Some(service) = api.services.get(version.id) {
            push_service(service, &mut out);
        }
        out.push_str("}\n");
    }
    out
}

fn push_service(service: &Service, out: &mut String) {
    for item in service.structs.values() {
        let name = item.rust.as_ref().unwrap_or(&item.name);
        push_struct(service, name, &item.fields, item.in_request, out);
    }
    for action in service.actions.values() {
        let (request, answer) = (
            format!("{}Request", action.name),
            format!("{}Response", action.name),
        );
        push_struct(service, &request, &action.request, true, out);
        push_struct(service, &answer, &action.response, false, out);
    }
}

fn push_struct(service: &Service, name: &str, fields: &[Field], setters: bool, out: &mut String) {
    out.push_str(DERIVES);
    let _ = writeln!(out, "pub struct {name} {{");
    for field in fields {
        let list = matches!(field.ty, Type::List(_));
        let skip = if list {
            "::std::vec::Vec::is_empty"
        } else {
            "::core::option::Option::is_none"
        };
        let _ = writeln!(
            out,
            "    #[serde(rename = {:?}, default, skip_serializing_if = \"{skip}\")]\n    pub {}: {},",
            field.name,
            rust_name(field),
            stored(service, field)
        );
    }
    out.push_str("}\n\n");
    if setters {
        push_setters(service, name, fields, out);
    }
}

fn push_setters(service: &Service, name: &str, fields: &[Field], out: &mut String) {
    let _ = write!(
        out,
        "impl {name} {{\n    #[must_use]\n    pub fn new() -> Self {{\n        <Self as ::core::default::Default>::default()\n    }}\n"
    );
    for field in fields {
        let (parameter, store) = match &field.ty {
            Type::List(item) => (
                format!(
                    "impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<{}>>",
                    inner(service, item)
                ),
                "value.into_iter().map(::core::convert::Into::into).collect()",
            ),
            ty => (
                format!("impl ::core::convert::Into<{}>", inner(service, ty)),
                if field.boxed {
                    "Some(::std::boxed::Box::new(value.into()))"
                } else {
                    "Some(value.into())"
                },
            ),
        };
        let field = rust_name(field);
        let _ = write!(
            out,
            "\n    #[must_use]\n    pub fn {field}(mut self, value: {parameter}) -> Self {{\n        self.{field} = {store};\n        self\n    }}\n"
        );
    }
    out.push_str("}\n\n");
}

fn rust_name(field: &Field) -> String {
    let derived = || yunqiao_codegen::field_name(&field.name);
    field.rust.clone().unwrap_or_else(derived)
}

fn stored(service: &Service, field: &Field) -> String {
    let inner = inner(service, &field.ty);
    match field.ty {
        Type::List(_) => inner,
        _ if field.boxed => format!("::core::option::Option<::std::boxed::Box<{inner}>>"),
        _ => format!("::core::option::Option<{inner}>"),
    }
}

fn inner(service: &Service, ty: &Type) -> String {
    match ty {
        Type::String => "::std::string::String".to_owned(),
        Type::Int => "i64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Binary => "::std::vec::Vec<u8>".to_owned(),
        Type::Json => "::serde_json::Value".to_owned(),
        // Our enums must not make the baseline dear.
        Type::Enum(name) => match service.enums.get(name).map(|item| item.kind) {
            Some(EnumKind::Int) => "i64".to_owned(),
            _ => "::std::string::String".to_owned(),
        },
        Type::Struct(name) => {
            let rust = service
                .structs
                .get(name)
                .and_then(|item| item.rust.as_ref());
            format!("self::{}", rust.unwrap_or(name))
        }
        Type::List(item) => format!("::std::vec::Vec<{}>", self::inner(service, item)),
    }
}
