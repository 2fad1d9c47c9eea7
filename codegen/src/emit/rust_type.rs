//! A field's type in, its Rust type out: as tokens with absolute paths, and as short text for the lock.

use proc_macro2::TokenStream;
use quote::quote;
use yunqiao_model::api::Type;

use crate::emit::ident;
use crate::names::NamedService;

/// The type inside `Option`, or the list.
pub(super) fn tokens(service: &NamedService<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(::std::string::String),
        Type::Binary => quote!(::yunqiao_runtime::Binary),
        Type::Int => quote!(i64),
        Type::Float => quote!(f64),
        Type::Bool => quote!(bool),
        Type::Json => quote!(::yunqiao_runtime::JsonValue),
        Type::Struct(name) | Type::Enum(name) => path(service, service.type_name(name)),
        Type::List(item) => {
            let item = tokens(service, item);
            quote!(::std::vec::Vec<#item>)
        }
    }
}

/// An item of the service version by its absolute path.
pub(super) fn path(service: &NamedService<'_>, name: &str) -> TokenStream {
    let segments = [
        service.service.id.vendor.folder(),
        &service.module,
        &service.version_module,
        name,
    ]
    .map(ident);
    quote!(crate #(::#segments)*)
}

/// The type as a reader of the lock knows it.
pub(crate) fn text(service: &NamedService<'_>, ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Binary => "Binary".to_owned(),
        Type::Int => "i64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Json => "JsonValue".to_owned(),
        Type::Struct(name) | Type::Enum(name) => service.type_name(name).to_owned(),
        Type::List(item) => format!("Vec<{}>", text(service, item)),
    }
}
