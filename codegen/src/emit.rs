//! The named model in, the tokens of every file out. One emitter a kind of file; order never matters, paths do.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use yunqiao_model::on_all_cores;

use crate::Options;
use crate::names::{NamedCode, NamedService};
use crate::outline::Frame;
use crate::render::{self, Content, File, Item};

mod action;
mod behaviour;
mod docs;
mod enums;
mod errors;
pub(crate) mod example;
mod fields;
mod hosts;
mod joined;
mod links;
pub(crate) mod long;
mod object;
mod operation;
mod package;
mod plain;
mod root;
pub(crate) mod rust_type;
mod service;

use plain::Plain;
pub(crate) use service::Piece;

/// The action that the crate's documentation calls, where there is such.
pub(crate) const DOC_EXAMPLE: &str = "ChannelVerifyPdf";

/// The manifest, the root and the vendors' modules.
pub(crate) fn root(frame: &Frame<'_>, options: &Options) -> Vec<File> {
    let mut files = vec![
        package::manifest(frame, options),
        package::rustfmt(),
        root::library(frame),
    ];
    files.extend(frame.vendors.iter().flat_map(root::vendor));
    files
}

/// The files of a service version.
pub(crate) fn service(service: &NamedService<'_>) -> Vec<(String, String)> {
    let plain = Plain::new(service);
    on_all_cores(&service::pieces(service), |piece| {
        let file = service::file(service, *piece, Some(&plain));
        let text = render::render(&file);
        (file.path, text)
    })
}

/// One file of a service version, as tokens.
pub(crate) fn piece(service: &NamedService<'_>, piece: Piece<'_, '_>) -> File {
    service::file(service, piece, None)
}

/// The constant of an error code.
pub(crate) fn constant(code: &NamedCode<'_>) -> TokenStream {
    errors::constant(code)
}

/// An identifier that the naming stage has made safe.
fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// A Rust file.
fn rust(
    path: impl Into<String>,
    source: impl Into<String>,
    items: impl IntoIterator<Item = impl Into<Item>>,
) -> File {
    File {
        path: path.into(),
        source: source.into(),
        content: Content::Rust(items.into_iter().map(Into::into).collect()),
    }
}

/// The schema file's path as the header names it.
fn schema_path(at: &yunqiao_model::Location) -> String {
    format!("schemas/{}", at.path)
}

/// Lets a type keep the vendor's name where that is no Rust name.
fn camel_case(name: &str) -> TokenStream {
    if name.contains('_') {
        quote!(#[allow(non_camel_case_types, reason = "the vendor's name")])
    } else {
        TokenStream::new()
    }
}

/// `#[deprecated]` with its reason, or nothing. rustdoc reads the reason as Markdown.
fn deprecated(note: Option<&str>) -> TokenStream {
    note.map(docs::line)
        .map(|note| quote!(#[deprecated(note = #note)]))
        .unwrap_or_default()
}
