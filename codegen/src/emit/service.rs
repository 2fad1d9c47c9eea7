//! A service version in, its module out: the client, the lists of its types, and a file for each.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::plain::{self, Plain};
use crate::emit::{
    action, camel_case, deprecated, docs, enums, errors, fields, hosts, ident, links, long, object,
    operation, rust, schema_path,
};
use crate::names::{NamedAction, NamedEnum, NamedService, NamedStruct};
use crate::render::{File, Item};

/// A file of a service version that is still to be made. Tokens cannot leave their thread, but what they are made from can.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Piece<'a, 'b> {
    Module,
    Client,
    ErrorCodes,
    /// The modules of a folder.
    List(&'static str),
    Action(&'a NamedAction<'b>),
    Struct(&'a NamedStruct<'b>),
    Enum(&'a NamedEnum<'b>),
}

/// The files that a service version is made of.
pub(crate) fn pieces<'a, 'b>(service: &'a NamedService<'b>) -> Vec<Piece<'a, 'b>> {
    let mut pieces = vec![Piece::Module, Piece::Client];
    if !service.service.errors.is_empty() {
        pieces.push(Piece::ErrorCodes);
    }
    let lists = ["actions", "structs", "enums"].into_iter();
    pieces.extend(
        lists
            .filter(|name| !modules(service, name).1.is_empty())
            .map(Piece::List),
    );
    pieces.extend(service.actions.iter().map(Piece::Action));
    pieces.extend(service.structs.iter().map(Piece::Struct));
    pieces.extend(service.enums.iter().map(Piece::Enum));
    pieces
}

/// Without `plain`, everything is printed from its tokens.
pub(super) fn file(
    service: &NamedService<'_>,
    piece: Piece<'_, '_>,
    plain: Option<&Plain<'_, '_>>,
) -> File {
    let folder = format!("src/{}", service.folder());
    let source = schema_path(&service.service.at);
    match piece {
        Piece::Module => rust(format!("{folder}.rs"), source, module(service, plain)),
        Piece::Client => rust(format!("{folder}/client.rs"), source, client(service)),
        Piece::ErrorCodes => {
            let of = docs::line(&service.service.title);
            let codes = errors::constants(&of, &service.codes);
            rust(format!("{folder}/error_code.rs"), source, codes)
        }
        Piece::List(name) => {
            let (doc, modules) = modules(service, name);
            let mut items = vec![Item::from(docs::inner(doc))];
            items.extend(plain::list(
                plain.map(|_| plain::modules(&modules)),
                modules.iter().map(|module| {
                    let module = ident(module);
                    quote!(pub(super) mod #module;)
                }),
            ));
            let source = format!("schemas/{}/{name}", service.service.id);
            rust(format!("{folder}/{name}.rs"), source, items)
        }
        Piece::Action(item) => action::file(service, item, plain),
        Piece::Struct(item) => struct_file(service, item, plain),
        Piece::Enum(item) => enums::file(service, item),
    }
}

/// What a folder holds: a description, and the modules.
fn modules<'a>(service: &'a NamedService<'_>, name: &str) -> (&'static str, Vec<&'a String>) {
    match name {
        "actions" => (
            "One file an action: its method, request and answer.",
            service.actions.iter().map(|item| &item.module).collect(),
        ),
        "structs" => (
            "Structures that requests and answers are made of.",
            service.structs.iter().map(|item| &item.module).collect(),
        ),
        _ => (
            "Documented lists of values, open on the wire.",
            service.enums.iter().map(|item| &item.module).collect(),
        ),
    }
}

fn module(service: &NamedService<'_>, plain: Option<&Plain<'_, '_>>) -> Vec<Item> {
    let item = service.service;
    let link = item
        .docs
        .as_ref()
        .map(|docs| format!("\n\n{}", docs::link("The vendor's page", docs)))
        .unwrap_or_default();
    let mut doc = format!(
        "{}, version {}.\n\n{}{link}\n\n# Actions\n\n",
        docs::line(&item.title),
        item.id.version,
        links::linked(service, &docs::prose(&item.doc))
    );
    for action in &service.actions {
        doc.push_str(&format!(
            "- [`{0}`](Client::{0}){1}\n",
            action.method,
            after_colon(&docs::line(&action.action.summary))
        ));
    }
    let doc = doc.trim_end();
    let mut items = vec![Item::of(plain.map(|_| plain::inner_doc(doc)), || {
        docs::inner(doc)
    })];
    let private = [
        ("actions", service.actions.is_empty()),
        ("client", false),
        ("enums", service.enums.is_empty()),
        ("structs", service.structs.is_empty()),
    ];
    items.extend(
        private
            .into_iter()
            .filter(|(_, empty)| !empty)
            .map(|(name, _)| {
                let name = ident(name);
                Item::from(quote!(mod #name;))
            }),
    );
    if !item.errors.is_empty() {
        items.push(Item::from(quote!(
            pub mod error_code;
        )));
    }
    items.push(Item::from(quote!(
        pub use self::client::Client;
    )));
    items.extend(plain::list(
        plain.map(|_| plain::reexports(service)),
        reexports(service),
    ));
    items
}

/// What the version's module shows of the files below it.
fn reexports(service: &NamedService<'_>) -> Vec<TokenStream> {
    let mut items = Vec::new();
    for action in &service.actions {
        let mut names = vec![ident(&action.request.rust), ident(&action.response.rust)];
        if let Some(former) = &action.former {
            names.extend([ident(&former.request), ident(&former.response)]);
        }
        let module = ident(&action.module);
        items.push(quote!(pub use self::actions::#module::{#(#names),*};));
    }
    let structs = service
        .structs
        .iter()
        .map(|item| ("structs", &item.module, &item.body.rust, item.former));
    let enums = service
        .enums
        .iter()
        .map(|item| ("enums", &item.module, &item.rust, item.former));
    for (folder, module, name, old) in structs.chain(enums) {
        let (folder, module, name) = (ident(folder), ident(module), ident(name));
        items.push(match old.map(ident) {
            Some(old) => quote!(pub use self::#folder::#module::{#name, #old};),
            None => quote!(pub use self::#folder::#module::#name;),
        });
    }
    items
}

fn client(service: &NamedService<'_>) -> Vec<TokenStream> {
    let title = docs::line(&service.service.title);
    let doc = docs::outer(&format!(
        "A client of {title}, version {}.\n\nCheap to clone; all clones share connections and configuration.{}",
        service.service.id.version,
        hosts::of_service(service.service)
    ));
    let visible: TokenStream = {
        let segments = [
            service.service.id.vendor.folder(),
            &service.module,
            &service.version_module,
        ]
        .map(ident);
        quote!(pub(in crate #(::#segments)*))
    };
    let waits = long::has_jobs(service).then(|| long::waits(&quote!(self.runtime.config())));
    vec![
        docs::inner(&format!("The client of {title}.")),
        operation::service(service),
        quote! {
            #doc
            #[derive(Clone, Debug)]
            pub struct Client {
                #visible runtime: ::yunqiao_runtime::Client,
            }
        },
        quote! {
            impl Client {
                /// A client with the given configuration.
                #[must_use]
                pub fn new(config: &::yunqiao_runtime::Config) -> Self {
                    Self { runtime: ::yunqiao_runtime::Client::new(config, &SERVICE) }
                }

                /// A client whose credential and region come from the environment: variables, files, or the role of the machine.
                ///
                /// # Errors
                ///
                /// When a source of the credential is there and cannot be used, or none can be there; the error names it.
                pub fn from_env() -> ::core::result::Result<Self, ::yunqiao_runtime::Error> {
                    let runtime = ::yunqiao_runtime::Client::from_env(&SERVICE)?;
                    Ok(Self { runtime })
                }

                /// The client below, which also calls actions that have no method here: see [`call_any`](::yunqiao_runtime::Client::call_any).
                #[must_use]
                pub fn runtime(&self) -> &::yunqiao_runtime::Client {
                    &self.runtime
                }

                #waits
            }
        },
    ]
}

fn after_colon(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(": {text}")
    }
}

fn struct_file(
    service: &NamedService<'_>,
    item: &NamedStruct<'_>,
    plain: Option<&Plain<'_, '_>>,
) -> File {
    let name = ident(&item.body.rust);
    let (body, note) = (&item.body, item.item.life.note());
    let (in_request, sensitive) = (item.item.in_request, item.item.sensitive.is_some());
    let about = docs::headed(&item.item.name, &docs::first_sentence(&item.item.doc));
    let doc = links::linked(service, &docs::item(item.item));
    let mut items = vec![
        Item::of(plain.map(|_| plain::inner_doc(&about)), || {
            docs::inner(&about)
        }),
        Item::of(
            plain.and_then(|plain| plain::declaration(plain, body, &doc, note, in_request)),
            || fields::declaration(service, body, &doc, &deprecated(note), in_request),
        ),
    ];
    // A struct that is only received needs no setters, and they are what costs most to compile.
    if in_request {
        items.push(Item::of(
            plain.and_then(|plain| plain::setters(plain, body)),
            || fields::setters(service, body),
        ));
    }
    items.push(Item::of(
        plain.and_then(|plain| plain::object(plain, body, sensitive)),
        || object::object(service, body, sensitive),
    ));
    items.push(Item::of(plain.and_then(|_| plain::traits(body)), || {
        object::traits(body)
    }));
    if let Some(old) = item.former {
        let camel_case = camel_case(old);
        let (old, note) = (ident(old), format!("renamed to `{name}`"));
        let doc = docs::outer(&format!("The name that `{name}` had before."));
        items.push(Item::from(
            quote!(#doc #[deprecated(note = #note)] #camel_case pub type #old = #name;),
        ));
    }
    rust(
        format!("src/{}/structs/{}.rs", service.folder(), item.module),
        schema_path(&item.item.at),
        items,
    )
}
