//! Tokens that name types as `api::Name` and `yunqiao::Name` in, the same with plain names and their `use` lines out.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

/// Names that mean something else in every program, or in those that are made here.
const TAKEN: [&str; 19] = [
    "Box",
    "ConfigBuilder",
    "Credential",
    "Default",
    "Err",
    "Error",
    "From",
    "Into",
    "JsonValue",
    "LocalCloud",
    "None",
    "Ok",
    "Option",
    "Result",
    "Some",
    "String",
    "ToOwned",
    "Vec",
    "Vendor",
];

/// Items and what they use.
pub(super) struct Imports {
    uses: TokenStream,
    items: TokenStream,
}

impl Imports {
    /// `module` is what `api` stands for. Where one of its names is taken, all keep their prefix.
    pub(super) fn take(items: TokenStream, module: &str) -> Self {
        let mut own = BTreeSet::new();
        names(items.clone(), &mut own);
        let mut shared = BTreeSet::new();
        collect(items.clone(), "yunqiao", &mut shared);
        let path: TokenStream = module
            .split("::")
            .map(|segment| Ident::new(segment, Span::call_site()))
            .fold(TokenStream::new(), |path, segment| {
                if path.is_empty() {
                    quote!(#segment)
                } else {
                    quote!(#path::#segment)
                }
            });
        let is_free = |name: &String| !TAKEN.contains(&name.as_str()) && !shared.contains(name);
        let (mut uses, mut items) = if own.iter().all(is_free) {
            (listed(&path, &own), plain(items, "api"))
        } else {
            (quote!(use #path as api;), items)
        };
        uses.extend(listed(&quote!(yunqiao), &shared));
        items = plain(items, "yunqiao");
        Self { uses, items }
    }

    /// The text. None if the tokens are no Rust, which would be a defect of whoever made them.
    pub(super) fn print(self) -> Option<String> {
        let text = |tokens: TokenStream| {
            let file: syn::File = syn::parse2(tokens).ok()?;
            Some(prettyplease::unparse(&file))
        };
        Some(format!("{}\n{}", text(self.uses)?, text(self.items)?))
    }
}

fn listed(path: &TokenStream, names: &BTreeSet<String>) -> TokenStream {
    let names: Vec<Ident> = names
        .iter()
        .map(|name| Ident::new(name, Span::call_site()))
        .collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use #path::#name;),
        names => quote!(use #path::{#(#names),*};),
    }
}

/// The names that follow `api::`.
pub(super) fn names(tokens: TokenStream, out: &mut BTreeSet<String>) {
    collect(tokens, "api", out);
}

fn collect(tokens: TokenStream, root: &str, out: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), root, out),
            _ => out.extend(prefixed(&tokens[at..], root).map(ToString::to_string)),
        }
    }
}

/// The name behind a prefix, where the tokens begin with both.
fn prefixed<'a>(tokens: &'a [TokenTree], root: &str) -> Option<&'a Ident> {
    match tokens {
        [
            TokenTree::Ident(first),
            TokenTree::Punct(colon),
            TokenTree::Punct(other),
            TokenTree::Ident(name),
            ..,
        ] if first == root && colon.as_char() == ':' && other.as_char() == ':' => Some(name),
        _ => None,
    }
}

/// The tokens without a prefix.
fn plain(tokens: TokenStream, root: &str) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = TokenStream::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if prefixed(&tokens[at..], root).is_some() {
            at += 3;
            continue;
        }
        out.extend([match token {
            TokenTree::Group(group) => {
                let inner = Group::new(group.delimiter(), plain(group.stream(), root));
                TokenTree::Group(inner)
            }
            other => other.clone(),
        }]);
        at += 1;
    }
    out
}
