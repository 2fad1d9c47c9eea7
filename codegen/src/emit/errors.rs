//! Error codes in, string constants out.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{deprecated, docs, ident};
use crate::names::NamedCode;

/// The items of an `error_code` module.
pub(super) fn constants(of: &str, codes: &[NamedCode<'_>]) -> Vec<TokenStream> {
    let doc = format!(
        "Error codes of {of}, to compare with [`Error::code`](crate::Error::code).\n\n\
         A dot in a code is two underscores in its constant."
    );
    let mut items = vec![docs::inner(&doc)];
    items.extend(codes.iter().map(constant));
    items
}

/// The constant of one code.
pub(super) fn constant(named: &NamedCode<'_>) -> TokenStream {
    let code = named.code;
    let retry = if code.retry {
        " The same call may succeed later."
    } else {
        ""
    };
    let doc = docs::outer(&format!(
        "{}{retry}",
        docs::described(&code.code, &code.doc)
    ));
    let attribute = deprecated(code.life.note());
    let (name, text) = (ident(&named.rust), &code.code);
    quote!(#doc #attribute pub const #name: &str = #text;)
}
