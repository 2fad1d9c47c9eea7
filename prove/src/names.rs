//! Items of the model in, how a caller of the generated crate spells them out.

use yunqiao_codegen::{field_name, method_name, module_path};
use yunqiao_model::api::{Action, Enum, Field, Service, Struct, Type};

/// How witnesses call the generated crate.
pub(crate) const CRATE: &str = "yunqiao";

/// The module of a service version.
pub(crate) fn module(service: &Service) -> String {
    format!("{CRATE}::{}", module_path(&service.id))
}

pub(crate) fn method(action: &Action) -> String {
    let own = action.rust.clone();
    own.unwrap_or_else(|| method_name(&action.name))
}

pub(crate) fn field(field: &Field) -> String {
    let own = field.rust.clone();
    own.unwrap_or_else(|| field_name(&field.name))
}

pub(crate) fn of_struct(one: &Struct) -> &str {
    one.rust.as_deref().unwrap_or(&one.name)
}

pub(crate) fn of_enum(one: &Enum) -> &str {
    one.rust.as_deref().unwrap_or(&one.name)
}

/// A type as it stands in a field, without `Option`, by its absolute path.
pub(crate) fn ty(service: &Service, ty: &Type) -> String {
    let named = |name: &str| {
        let own = service.structs.get(name).map(of_struct);
        let own = own.or_else(|| service.enums.get(name).map(of_enum));
        format!("{}::{}", module(service), own.unwrap_or(name))
    };
    match ty {
        Type::String => "::std::string::String".to_owned(),
        Type::Int => "i64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Binary => format!("{CRATE}::Binary"),
        Type::Json => format!("{CRATE}::JsonValue"),
        Type::Struct(name) | Type::Enum(name) => named(name),
        Type::List(item) => format!("::std::vec::Vec<{}>", self::ty(service, item)),
    }
}

/// A field's type as whoever reads it gets it.
pub(crate) fn stored(service: &Service, field: &Field) -> String {
    let inner = ty(service, &field.ty);
    match &field.ty {
        Type::List(_) => inner,
        _ if field.boxed => format!("::std::option::Option<::std::boxed::Box<{inner}>>"),
        _ => format!("::std::option::Option<{inner}>"),
    }
}
