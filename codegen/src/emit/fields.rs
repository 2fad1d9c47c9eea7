//! A struct's fields in, its declaration and setters out.

use proc_macro2::TokenStream;
use quote::quote;
use yunqiao_model::api::Type;

use crate::emit::{camel_case, deprecated, docs, ident, links, rust_type};
use crate::names::{NamedField, NamedFields, NamedService};

/// The declaration with its attributes.
pub(super) fn declaration(
    service: &NamedService<'_>,
    body: &NamedFields<'_>,
    doc: &str,
    attributes: &TokenStream,
    in_request: bool,
) -> TokenStream {
    let name = ident(&body.rust);
    let doc = docs::outer(doc);
    let fields = body.fields.iter().map(|field| {
        let doc = docs::outer(&links::linked(
            service,
            &docs::field(field.field, in_request),
        ));
        let deprecated = deprecated(docs::field_note(field.field).as_deref());
        let (ident, ty) = (ident(&field.rust), stored(service, field));
        quote!(#doc #deprecated pub #ident: #ty,)
    });
    let camel_case = camel_case(&body.rust);
    quote! {
        #doc
        #attributes
        #camel_case
        #[derive(Default)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
    }
}

/// `new` and a setter a field.
pub(super) fn setters(service: &NamedService<'_>, body: &NamedFields<'_>) -> TokenStream {
    let name = ident(&body.rust);
    let setters = body.fields.iter().map(|field| setter(service, field));
    let aliases = body.fields.iter().filter_map(|field| alias(service, field));
    quote! {
        impl #name {
            /// An empty value; set its fields by the methods of the same names.
            #[must_use]
            #[inline]
            pub fn new() -> Self {
                <Self as ::core::default::Default>::default()
            }
            #(#setters)*
            #(#aliases)*
        }
    }
}

fn stored(service: &NamedService<'_>, field: &NamedField<'_>) -> TokenStream {
    let inner = rust_type::tokens(service, &field.field.ty);
    match &field.field.ty {
        Type::List(_) => inner,
        _ if field.field.boxed => quote!(::core::option::Option<::std::boxed::Box<#inner>>),
        _ => quote!(::core::option::Option<#inner>),
    }
}

/// The setter's parameter and the expression that stores it.
fn parameter(service: &NamedService<'_>, field: &NamedField<'_>) -> (TokenStream, TokenStream) {
    if let Type::List(item) = &field.field.ty {
        let item = rust_type::tokens(service, item);
        let ty = quote!(impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<#item>>);
        return (ty, quote!(::yunqiao_runtime::list(value)));
    }
    let inner = rust_type::tokens(service, &field.field.ty);
    let value = if field.field.boxed {
        quote!(::std::boxed::Box::new(value.into()))
    } else {
        quote!(value.into())
    };
    (
        quote!(impl ::core::convert::Into<#inner>),
        quote!(Some(#value)),
    )
}

fn setter(service: &NamedService<'_>, field: &NamedField<'_>) -> TokenStream {
    let doc = docs::outer(&format!(
        "Sets {}",
        docs::headed(&field.field.name, &docs::first_sentence(&field.field.doc))
    ));
    let deprecated = deprecated(docs::field_note(field.field).as_deref());
    let name = ident(&field.rust);
    let (ty, store) = parameter(service, field);
    quote! {
        #doc
        #deprecated
        #[must_use]
        pub fn #name(mut self, value: #ty) -> Self {
            self.#name = #store;
            self
        }
    }
}

/// The setter under the name that the field had before.
fn alias(service: &NamedService<'_>, field: &NamedField<'_>) -> Option<TokenStream> {
    let old = field.field.life.renamed_from.as_ref()?;
    let (old_name, name) = (ident(field.former.as_ref()?), ident(&field.rust));
    let doc = docs::outer(&format!("`{old}` is called `{}` now.", field.field.name));
    let note = format!("renamed to `{name}`");
    let (ty, _) = parameter(service, field);
    Some(quote! {
        #doc
        #[deprecated(note = #note)]
        #[must_use]
        pub fn #old_name(self, value: #ty) -> Self {
            self.#name(value)
        }
    })
}
