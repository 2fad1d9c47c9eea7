//! An enum in, its Rust type and the conversions to and from the wire out.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use yunqiao_model::api::{EnumKind, EnumValue, WireValue};

use crate::emit::{camel_case, deprecated, docs, ident, links, rust, schema_path};
use crate::names::{NamedEnum, NamedService};
use crate::render::File;

pub(super) fn file(service: &NamedService<'_>, item: &NamedEnum<'_>) -> File {
    let inner = docs::inner(&format!(
        "`{}`: values that the wire carries as {}.",
        item.item.name,
        words(item.item.kind)
    ));
    let mut items = vec![inner, declaration(service, item)];
    items.extend(match item.item.kind {
        EnumKind::Text => text(item),
        EnumKind::Int => int(item),
    });
    let name = ident(&item.rust);
    if let Some(old) = item.former {
        let camel_case = camel_case(old);
        let (old, note) = (ident(old), format!("renamed to `{name}`"));
        let doc = docs::outer(&format!("The name that `{name}` had before."));
        items.push(quote!(#doc #[deprecated(note = #note)] #camel_case pub type #old = #name;));
    }
    let path = format!("src/{}/enums/{}.rs", service.folder(), item.module);
    rust(path, schema_path(&item.item.at), items)
}

fn words(kind: EnumKind) -> &'static str {
    match kind {
        EnumKind::Text => "text",
        EnumKind::Int => "integers",
    }
}

fn declaration(service: &NamedService<'_>, item: &NamedEnum<'_>) -> TokenStream {
    let name = ident(&item.rust);
    let read = if item.item.kind == EnumKind::Text {
        "as_str"
    } else {
        "as_i64"
    };
    let doc = docs::outer(&format!(
        "{}\n\nThe list is open: a value that this version does not know is kept, and read by [`{name}::{read}`].",
        links::linked(service, &docs::described(&item.item.name, &item.item.doc))
    ));
    let (attribute, camel_case) = (deprecated(item.item.life.note()), camel_case(&item.rust));
    let variants = item.item.values.iter().map(|value| {
        let doc = docs::outer(&format!(
            "{}\n\nOn the wire: {}.",
            links::linked(service, &docs::described(&value.name, &value.doc)),
            docs::code(&value.value.to_string())
        ));
        let (attribute, variant) = (deprecated(value.life.note()), ident(&value.name));
        quote!(#doc #attribute #variant,)
    });
    let unknown = match item.item.kind {
        EnumKind::Text => quote!(::yunqiao_runtime::UnknownText),
        EnumKind::Int => quote!(::yunqiao_runtime::UnknownInt),
    };
    let unknown_doc = docs::outer(&format!(
        "A value that this version does not know; read it by [`{name}::{read}`]."
    ));
    quote! {
        #doc
        #attribute
        #camel_case
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #unknown_doc
            Unknown(#unknown),
        }
    }
}

fn literal(value: &EnumValue) -> TokenStream {
    match &value.value {
        WireValue::Text(text) => quote!(#text),
        WireValue::Int(number) => {
            let literal = Literal::i64_unsuffixed(*number);
            quote!(#literal)
        }
    }
}

fn text(item: &NamedEnum<'_>) -> Vec<TokenStream> {
    let name = ident(&item.rust);
    let (variants, values) = pairs(item);
    let names = item.item.values.iter().map(|value| &value.name);
    vec![
        quote! {
            impl #name {
                /// The text on the wire.
                #[must_use]
                #[inline]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::Unknown(other) => other.as_str(),
                    }
                }
            }
        },
        quote! {
            impl ::yunqiao_runtime::TextEnum for #name {
                #[inline]
                fn values() -> &'static [(&'static str, &'static str)] {
                    &[#((#values, #names)),*]
                }

                #[inline]
                fn from_text(text: &str) -> Self {
                    match text {
                        #(#values => Self::#variants,)*
                        other => Self::Unknown(::yunqiao_runtime::UnknownText::new(other)),
                    }
                }
            }
        },
        quote!(::yunqiao_runtime::text_enum!(#name);),
    ]
}

fn int(item: &NamedEnum<'_>) -> Vec<TokenStream> {
    let name = ident(&item.rust);
    let (variants, values) = pairs(item);
    let names = item.item.values.iter().map(|value| &value.name);
    vec![
        quote! {
            impl #name {
                /// The number on the wire.
                #[must_use]
                #[inline]
                pub fn as_i64(&self) -> i64 {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::Unknown(other) => other.as_int(),
                    }
                }
            }
        },
        quote! {
            impl ::yunqiao_runtime::IntEnum for #name {
                #[inline]
                fn values() -> &'static [(i64, &'static str)] {
                    &[#((#values, #names)),*]
                }

                #[inline]
                fn from_int(value: i64) -> Self {
                    match value {
                        #(#values => Self::#variants,)*
                        other => Self::Unknown(::yunqiao_runtime::UnknownInt::new(other)),
                    }
                }
            }
        },
        quote!(::yunqiao_runtime::int_enum!(#name);),
    ]
}

fn pairs(item: &NamedEnum<'_>) -> (Vec<proc_macro2::Ident>, Vec<TokenStream>) {
    let variants = item
        .item
        .values
        .iter()
        .map(|value| ident(&value.name))
        .collect();
    (variants, item.item.values.iter().map(literal).collect())
}
