//! An action in, its file out: the method, the request, the answer and the constant.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::plain::{self, Plain};
use crate::emit::{
    behaviour, deprecated, docs, example, fields, ident, links, long, object, operation, rust,
    rust_type, schema_path,
};
use crate::names::{NamedAction, NamedFields, NamedService};
use crate::outline::Places as _;
use crate::render::{File, Item};

pub(super) fn file(
    service: &NamedService<'_>,
    item: &NamedAction<'_>,
    plain: Option<&Plain<'_, '_>>,
) -> File {
    let action = item.action;
    let about = docs::headed(&action.name, &docs::line(&action.summary));
    let text = documentation(service, item);
    let mut items = vec![
        Item::of(plain.map(|_| plain::inner_doc(&about)), || {
            docs::inner(&about)
        }),
        Item::of(
            plain.and_then(|plain| plain::constant(plain, action)),
            || operation::action(service, action),
        ),
        Item::of(
            plain.and_then(|plain| plain::method(plain, item, &text)),
            || method(service, item, &text),
        ),
    ];
    let attribute = deprecated(action.life.note());
    for (body, doc, request) in [
        (
            &item.request,
            format!(
                "What [`{0}`]({1}::Client::{2}) takes.",
                action.name,
                doc_path(service),
                item.method
            ),
            true,
        ),
        (
            &item.response,
            format!(
                "What [`{0}`]({1}::Client::{2}) answers.",
                action.name,
                doc_path(service),
                item.method
            ),
            false,
        ),
    ] {
        let note = action.life.note();
        items.push(Item::of(
            plain.and_then(|plain| plain::declaration(plain, body, &doc, note, request)),
            || fields::declaration(service, body, &doc, &attribute, request),
        ));
        // Nobody sends an answer, and setters are what costs most to compile.
        if request {
            items.push(Item::of(
                plain.and_then(|plain| plain::setters(plain, body)),
                || fields::setters(service, body),
            ));
        }
        items.push(Item::of(
            plain.and_then(|plain| plain::object(plain, body, false)),
            || object::object(service, body, false),
        ));
        items.push(Item::of(plain.and_then(|_| plain::traits(body)), || {
            object::traits(body)
        }));
    }
    items.extend(long::items(service, item).into_iter().map(Item::Tokens));
    items.extend(type_aliases(item).into_iter().map(Item::Tokens));
    rust(
        format!("src/{}/actions/{}.rs", service.folder(), item.module),
        schema_path(&action.at),
        items,
    )
}

/// The version's module as rustdoc finds it.
fn doc_path(service: &NamedService<'_>) -> String {
    format!("crate::{}", service.path())
}

fn method(service: &NamedService<'_>, item: &NamedAction<'_>, text: &str) -> TokenStream {
    let action = item.action;
    let doc = docs::outer(text);
    let attribute = deprecated(action.life.note());
    let client = rust_type::path(service, "Client");
    let (name, request, response) = (
        ident(&item.method),
        ident(&item.request.rust),
        ident(&item.response.rust),
    );
    // A streamed answer is handed out event by event.
    let (call, start) = if action.streaming {
        (quote!(::yunqiao_runtime::StreamCall), quote!(stream))
    } else {
        (quote!(::yunqiao_runtime::Call), quote!(call))
    };
    let former = item
        .former
        .as_ref()
        .and_then(|former| former.method.as_ref());
    let alias = former
        .zip(action.life.renamed_from.as_ref())
        .map(|(former, old)| {
            let note = format!("renamed to `{name}`");
            let doc = docs::outer(&format!("`{old}` is called `{}` now.", action.name));
            let old = ident(former);
            quote! {
                #doc
                #[deprecated(note = #note)]
                #[inline]
                pub fn #old(&self, request: #request) -> #call<#response> {
                    self.#name(request)
                }
            }
        });
    quote! {
        impl #client {
            #doc
            #attribute
            #[inline]
            pub fn #name(&self, request: #request) -> #call<#response> {
                self.runtime.#start(&ACTION, request)
            }
            #alias
        }
    }
}

fn type_aliases(item: &NamedAction<'_>) -> Vec<TokenStream> {
    let Some(former) = &item.former else {
        return Vec::new();
    };
    let alias = |old: &str, body: &NamedFields<'_>| {
        let (old, new) = (ident(old), ident(&body.rust));
        let (doc, note) = (
            docs::outer(&format!("The name that `{new}` had before.")),
            format!("renamed to `{new}`"),
        );
        quote!(#doc #[deprecated(note = #note)] pub type #old = #new;)
    };
    vec![
        alias(&former.request, &item.request),
        alias(&former.response, &item.response),
    ]
}

fn documentation(service: &NamedService<'_>, item: &NamedAction<'_>) -> String {
    let action = item.action;
    let mut out = docs::described(&action.name, &docs::one_line(&action.summary));
    if let Some(doc) = &action.doc {
        out.push_str(&format!(
            "\n\n{}",
            links::linked(service, &docs::prose(doc))
        ));
    }
    out.push_str(&format!("\n\n{}", behaviour::behaviour(service, action)));
    if let Some(docs) = &action.docs {
        out.push_str(&format!("\n\n{}", docs::link("The vendor's page", docs)));
    }
    out.push_str(if action.errors.is_empty() {
        "\n\n# Errors\n\nThose that any call may have; the vendor documents no others."
    } else {
        "\n\n# Errors\n\nBeside those that any call may have:\n"
    });
    for code in &action.errors {
        let meaning = service
            .code(code)
            .map(|code| docs::first_sentence(&code.doc))
            .filter(|meaning| !meaning.is_empty());
        out.push_str(&match meaning {
            Some(meaning) => format!("\n- `{code}`: {meaning}"),
            None => format!("\n- `{code}`"),
        });
    }
    if let Some(code) = example::doc_test(service, item) {
        out.push_str(&format!("\n\n# Example\n\n{code}"));
    }
    out
}
