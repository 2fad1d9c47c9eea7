//! The versions of one service in, the module out that makes their actions callable without a thought of versions.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use yunqiao_model::api::Vendor;

use crate::emit::{deprecated, docs, ident, long};
use crate::join::{Joined, Plain, PlainCode};
use crate::outline::{Outline, Places as _};

mod page;

/// `src/<vendor>/<service>.rs`
pub(super) fn service(joined: &Joined<'_>) -> Vec<TokenStream> {
    let features = joined.versions.iter().map(|version| version.feature());
    let mut items = vec![
        docs::inner(&page::of(joined)),
        quote! {
            #![cfg_attr(
                not(all(#(feature = #features),*)),
                allow(rustdoc::broken_intra_doc_links, reason = "a version that is not enabled has no page")
            )]
        },
    ];
    items.extend(joined.versions.iter().map(|version| {
        let (module, feature) = (module(version), version.feature());
        quote!(#[cfg(feature = #feature)] pub mod #module;)
    }));
    if !joined.codes.is_empty() {
        let with_codes = joined.codes.values().flat_map(|code| &code.versions);
        let gate = any(joined, &with_codes.copied().collect());
        items.push(quote!(#gate pub mod error_code;));
    }
    items.extend(reexports(joined));
    items.extend(client(joined));
    let versions = joined.versions.iter().enumerate();
    items.extend(versions.map(|(place, version)| methods(joined, place, version)));
    items
}

fn reexports(joined: &Joined<'_>) -> Vec<TokenStream> {
    let mut items = Vec::new();
    for (place, version) in joined.versions.iter().enumerate() {
        let own = joined
            .types
            .iter()
            .filter(|(_, version)| **version == place);
        let names: Vec<_> = own.map(|(name, _)| ident(name)).collect();
        let (module, feature) = (module(version), version.feature());
        items.push(match names.as_slice() {
            [] => continue,
            [name] => quote!(#[cfg(feature = #feature)] pub use self::#module::#name;),
            names => quote!(#[cfg(feature = #feature)] pub use self::#module::{#(#names),*};),
        });
    }
    items
}

fn client(joined: &Joined<'_>) -> Vec<TokenStream> {
    let Some(newest) = joined.versions.last() else {
        return Vec::new();
    };
    let doc = docs::outer(&format!(
        "A client of {}, with the actions of all versions.\n\n\
         Cheap to clone; all clones share connections and configuration, and so do the clients of the versions.",
        docs::line(&newest.title)
    ));
    let vendor = ident(match newest.id.vendor {
        Vendor::Tencent => "Tencent",
        Vendor::Volcengine => "Volcengine",
    });
    let has_jobs = joined.versions.iter().any(|version| version.has_jobs);
    let waits = has_jobs.then(|| long::waits(&quote!(&self.config)));
    vec![
        quote! {
            #doc
            #[derive(Clone, Debug)]
            pub struct Client {
                config: ::yunqiao_runtime::Config,
            }
        },
        quote! {
            impl Client {
                /// A client with the given configuration.
                #[must_use]
                pub fn new(config: &::yunqiao_runtime::Config) -> Self {
                    Self { config: ::core::clone::Clone::clone(config) }
                }

                /// A client whose credential and region come from the environment: variables, files, or the role of the machine.
                ///
                /// # Errors
                ///
                /// When a source of the credential is there and cannot be used, or none can be there; the error names it.
                pub fn from_env() -> ::core::result::Result<Self, ::yunqiao_runtime::Error> {
                    let config = ::yunqiao_runtime::Config::from_env(::yunqiao_runtime::Vendor::#vendor)?;
                    Ok(Self { config })
                }

                #waits
            }
        },
    ]
}

/// What a version adds to the client: the way to its own, and the methods that it owns.
fn methods(joined: &Joined<'_>, place: usize, version: &Outline) -> TokenStream {
    let (module, feature) = (module(version), version.feature());
    let doc = docs::outer(&format!(
        "The client of version {}, with the same configuration and connections.",
        version.id.version
    ));
    let own = joined.methods.iter();
    let own = own.filter(|(_, plain)| plain.version == place);
    let own = own.map(|(name, plain)| method(joined, version, name, plain));
    quote! {
        #[cfg(feature = #feature)]
        impl Client {
            #doc
            #[must_use]
            pub fn #module(&self) -> self::#module::Client {
                self::#module::Client::new(&self.config)
            }
            #(#own)*
        }
    }
}

fn method(joined: &Joined<'_>, version: &Outline, name: &str, plain: &Plain<'_>) -> TokenStream {
    let (action, module) = (plain.action, module(version));
    let (doc, attribute) = if plain.former {
        let old = action.former.as_ref().map_or("", |former| &former.name);
        // The new name may be a newer version's.
        let now = if joined.owns(plain.version, action) {
            action.method.clone()
        } else {
            format!("{module}::Client::{}", action.method)
        };
        let doc = format!("`{old}` is called `{}` now.", action.name);
        let note = format!("renamed to `{now}`");
        (doc, quote!(#[deprecated(note = #note)]))
    } else {
        let summary = docs::described(&action.name, &docs::one_line(&action.summary));
        let doc = format!(
            "{summary}\n\nVersion {}. Details, errors and any example: [`{module}::Client::{name}`].",
            version.id.version
        );
        (doc, deprecated(action.note.as_deref()))
    };
    let doc = docs::outer(&doc);
    let (name, request, response) = (ident(name), ident(&action.request), ident(&action.response));
    let call = if action.streaming {
        quote!(::yunqiao_runtime::StreamCall)
    } else {
        quote!(::yunqiao_runtime::Call)
    };
    quote! {
        #doc
        #attribute
        pub fn #name(&self, request: self::#module::#request) -> #call<self::#module::#response> {
            self.#module().#name(request)
        }
    }
}

/// `src/<vendor>/<service>/error_code.rs`
pub(super) fn error_codes(joined: &Joined<'_>) -> Vec<TokenStream> {
    let title = joined.versions.last().map_or("", |newest| &newest.title);
    let doc = format!(
        "Error codes of all versions of {}, to compare with [`Error::code`](crate::Error::code).\n\n\
         A dot in a code is two underscores in its constant. Where versions explain a code in different words, these are \
         the newest one's; each version has a module of its own.",
        docs::line(title)
    );
    let mut items = vec![docs::inner(&doc)];
    items.extend(
        joined
            .codes
            .iter()
            .map(|(name, plain)| code(joined, name, plain)),
    );
    items
}

fn code(joined: &Joined<'_>, name: &str, plain: &PlainCode<'_>) -> TokenStream {
    let code = plain.newest;
    let versions = plain.versions.iter();
    let versions: Vec<&str> = versions
        .map(|place| joined.versions[*place].id.version.as_str())
        .collect();
    let s = if versions.len() == 1 { "" } else { "s" };
    let doc = docs::outer(&format!(
        "{}\n\nVersion{s} {}.",
        docs::described(&code.code, &code.doc),
        versions.join(", ")
    ));
    let gate = any(joined, &plain.versions);
    let attribute = deprecated(code.note.as_deref().filter(|_| plain.gone));
    let (name, text) = (ident(name), &code.code);
    quote!(#doc #gate #attribute pub const #name: &str = #text;)
}

fn module(version: &Outline) -> proc_macro2::Ident {
    ident(&version.version_module())
}

fn any(joined: &Joined<'_>, versions: &BTreeSet<usize>) -> TokenStream {
    let versions = versions.iter().map(|place| joined.versions[*place]);
    super::root::any(versions)
}
