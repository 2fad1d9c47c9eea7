//! A value of an example in, the Rust expression that a setter takes for it out.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value as Json};
use yunqiao_model::api::{EnumKind, Type, WireValue};

use crate::emit::ident;
use crate::names::{NamedField, NamedService};

/// The request or structure with the given fields set, empty ones left out.
pub(crate) fn object(
    service: &NamedService<'_>,
    name: &str,
    fields: &[NamedField<'_>],
    value: &Json,
) -> TokenStream {
    let name = ident(name);
    let mut out = quote!(api::#name::new());
    for (key, member) in value.as_object().into_iter().flatten() {
        let Some(field) = fields.iter().find(|field| field.field.name == *key) else {
            continue;
        };
        let list = matches!(field.field.ty, Type::List(_));
        if member.is_null() || list && member.as_array().is_some_and(Vec::is_empty) {
            continue;
        }
        let (setter, value) = (
            ident(&field.rust),
            parameter(service, &field.field.ty, member),
        );
        out.extend(quote!(.#setter(#value)));
    }
    out
}

/// What a setter takes: it converts texts, numbers and the entries of a list by itself.
fn parameter(service: &NamedService<'_>, ty: &Type, value: &Json) -> TokenStream {
    match (ty, value) {
        (Type::List(item), Json::Array(entries)) => {
            let plain = !matches!(**item, Type::List(_) | Type::Json);
            let entries = entries.iter().map(|entry| {
                if plain {
                    parameter(service, item, entry)
                } else {
                    exact(service, item, entry)
                }
            });
            quote!([#(#entries),*])
        }
        (Type::Json, Json::Bool(_) | Json::Number(_) | Json::String(_)) => literal(value),
        (Type::String, Json::String(text)) => quote!(#text),
        // An example spells a file as the text that is in it.
        (Type::Binary, Json::String(text)) => {
            let bytes = Literal::byte_string(text.as_bytes());
            quote!(#bytes)
        }
        (Type::Int, _) => number(value, false),
        _ => exact(service, ty, value),
    }
}

/// A value of exactly the field's type.
fn exact(service: &NamedService<'_>, ty: &Type, value: &Json) -> TokenStream {
    match (ty, value) {
        (Type::List(item), Json::Array(entries)) if entries.is_empty() => {
            let item = type_name(service, item);
            quote!(Vec::<#item>::new())
        }
        (Type::List(item), Json::Array(entries)) => {
            let entries = entries.iter().map(|entry| exact(service, item, entry));
            quote!(Vec::from([#(#entries),*]))
        }
        (Type::Struct(name), _) => {
            let found = service.structs.iter().find(|item| item.item.name == *name);
            found.map_or_else(TokenStream::new, |item| {
                object(service, &item.body.rust, &item.body.fields, value)
            })
        }
        (Type::Enum(name), _) => enum_value(service, name, value),
        (Type::Json, _) => json(value),
        (Type::Int, _) => number(value, true),
        (Type::Float, _) => {
            let literal = Literal::f64_unsuffixed(scalar(value).unwrap_or_default());
            quote!(#literal)
        }
        (Type::Bool, _) => {
            let value = scalar::<bool>(value).unwrap_or_default();
            quote!(#value)
        }
        (Type::Binary, _) => {
            let bytes = Literal::byte_string(value.as_str().unwrap_or_default().as_bytes());
            quote!(yunqiao::Binary::from(#bytes))
        }
        (Type::String | Type::List(_), _) => {
            let text = value.as_str().unwrap_or_default();
            quote!(#text.to_owned())
        }
    }
}

/// A number or truth value; in a query or a form it is written as text.
fn scalar<T: std::str::FromStr>(value: &Json) -> Option<T> {
    match value {
        Json::String(text) => text.parse().ok(),
        other => other.to_string().parse().ok(),
    }
}

/// An integer. Literals without a suffix are of 32 bits unless something says otherwise.
fn number(value: &Json, exact: bool) -> TokenStream {
    let number: i64 = scalar(value).unwrap_or_default();
    if exact || i32::try_from(number).is_err() {
        let literal: TokenStream = format!("{number}_i64")
            .parse()
            .expect("a number with a suffix is a literal");
        return literal;
    }
    let literal = Literal::i64_unsuffixed(number);
    quote!(#literal)
}

fn literal(value: &Json) -> TokenStream {
    match value {
        Json::Bool(value) => quote!(#value),
        Json::Number(number) if number.is_i64() => self::number(value, false),
        Json::Number(number) => {
            let literal = Literal::f64_unsuffixed(Number::as_f64(number).unwrap_or_default());
            quote!(#literal)
        }
        Json::String(text) => quote!(#text),
        Json::Null | Json::Array(_) | Json::Object(_) => quote!(()),
    }
}

/// JSON of any shape.
fn json(value: &Json) -> TokenStream {
    match value {
        Json::Null => quote!(yunqiao::JsonValue::Null),
        Json::Array(entries) if entries.is_empty() => {
            quote!(yunqiao::JsonValue::Array(Vec::new()))
        }
        Json::Array(entries) => {
            let entries = entries.iter().map(json);
            quote!(yunqiao::JsonValue::from_iter([#(#entries),*]))
        }
        Json::Object(members) if members.is_empty() => {
            quote!(yunqiao::JsonValue::Object(Default::default()))
        }
        Json::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = json(value);
                quote!((#key, #value))
            });
            quote!(yunqiao::JsonValue::from_iter([#(#members),*]))
        }
        _ => {
            let literal = literal(value);
            quote!(yunqiao::JsonValue::from(#literal))
        }
    }
}

fn enum_value(service: &NamedService<'_>, name: &str, value: &Json) -> TokenStream {
    let Some(item) = service.enums.iter().find(|item| item.item.name == name) else {
        return TokenStream::new();
    };
    let wire = match item.item.kind {
        EnumKind::Int => WireValue::Int(scalar(value).unwrap_or_default()),
        EnumKind::Text => WireValue::Text(value.as_str().unwrap_or_default().to_owned()),
    };
    let enum_name = ident(&item.rust);
    let known = item.item.values.iter().find(|known| known.value == wire);
    match (known, wire) {
        (Some(known), _) => {
            let variant = ident(&known.name);
            quote!(api::#enum_name::#variant)
        }
        (None, WireValue::Int(number)) => {
            let literal = self::number(&number.into(), true);
            quote!(api::#enum_name::from(#literal))
        }
        (None, WireValue::Text(text)) => quote!(api::#enum_name::from(#text)),
    }
}

/// A type as the example sees it.
fn type_name(service: &NamedService<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Binary => quote!(yunqiao::Binary),
        Type::Int => quote!(i64),
        Type::Float => quote!(f64),
        Type::Bool => quote!(bool),
        Type::Json => quote!(yunqiao::JsonValue),
        Type::Struct(name) | Type::Enum(name) => {
            let name = ident(service.type_name(name));
            quote!(api::#name)
        }
        Type::List(item) => {
            let item = type_name(service, item);
            quote!(Vec<#item>)
        }
    }
}
