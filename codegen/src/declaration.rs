//! A place of the schemas in, what callers see of it out: the declarations that the generator emits there, without documentation,
//! bodies, and what only the runtime looks at.

use proc_macro2::{Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Attribute, Block, FnArg, ImplItem, Item, ReceiverKind, Type, Visibility};
use yunqiao_model::api::VendorInfo;

use crate::emit::{self, Piece};
use crate::names;
use crate::part::Part;
use crate::render::{Content, File, Item as Emitted};

/// Traits that the runtime asks for and nobody calls.
const INNER: &[&str] = &["Object", "TextEnum", "IntEnum"];

/// Within so many tokens stands the name of such a trait: `impl ::yunqiao_runtime::Object for`.
const INNER_STARTS: usize = 7;

/// What of a file belongs to a place.
#[derive(Clone, Copy)]
enum Share<'a> {
    All,
    /// The method, and what goes with it, without the two types.
    Method {
        request: &'a str,
        response: &'a str,
    },
    /// One of the two types.
    Only(&'a str),
}

impl Part<'_> {
    /// What callers see of `structs/X`, `enums/X`, `errors/X`, `actions/X` (its method), `actions/X/request` or
    /// `actions/X/response`, and of the client where the place is empty; `None` if the service version has no such thing.
    ///
    /// Members stand in the order of their names, as in `api.lock`: callers do not see any other. Paths are cut to their last name,
    /// and of attributes only `#[deprecated]` is left.
    #[must_use]
    pub fn declarations(&self, place: &str) -> Option<String> {
        let named = self.named();
        let mut parts = place.split('/');
        let (kind, name, side) = (parts.next()?, parts.next(), parts.next());
        let (piece, share) = match (kind, name?) {
            ("structs", name) => {
                let mut items = named.structs.iter();
                let item = items.find(|item| item.item.name == name)?;
                (Piece::Struct(item), Share::All)
            }
            ("enums", name) => {
                let item = named.enums.iter().find(|item| item.item.name == name)?;
                (Piece::Enum(item), Share::All)
            }
            ("actions", name) => {
                let mut items = named.actions.iter();
                let item = items.find(|item| item.action.name == name)?;
                let (request, response) = (&item.request.rust, &item.response.rust);
                let share = match side {
                    Some("request") => Share::Only(request),
                    Some("response") => Share::Only(response),
                    _ => Share::Method { request, response },
                };
                (Piece::Action(item), share)
            }
            ("errors", name) => {
                let mut codes = named.codes.iter();
                let code = codes.find(|code| code.code.code == name)?;
                return print(vec![emit::constant(code)], Share::All);
            }
            _ => return None,
        };
        of_file(emit::piece(named, piece), share)
    }

    /// What callers see of the client itself, beside the methods of its actions.
    #[must_use]
    pub fn client_declarations(&self) -> Option<String> {
        of_file(emit::piece(self.named(), Piece::Client), Share::All)
    }
}

/// What callers see of an error code that all services of a vendor share.
#[must_use]
pub fn shared_code(vendor: &VendorInfo, code: &str) -> Option<String> {
    let named = names::codes(&vendor.errors, &mut Vec::new());
    let code = named.iter().find(|named| named.code.code == code)?;
    print(vec![emit::constant(code)], Share::All)
}

fn of_file(file: File, share: Share<'_>) -> Option<String> {
    let Content::Rust(items) = file.content else {
        return None;
    };
    let tokens = items.into_iter().filter_map(|item| match item {
        Emitted::Tokens(tokens) => Some(tokens),
        Emitted::Text(_) => None,
    });
    print(tokens.collect(), share)
}

fn print(tokens: Vec<TokenStream>, share: Share<'_>) -> Option<String> {
    let mut declared = TokenStream::new();
    for tokens in tokens.into_iter().filter(|tokens| !is_inner(tokens)) {
        let file: syn::File = syn::parse2(tokens).ok()?;
        for item in file.items.into_iter().filter_map(|item| seen(item, share)) {
            item.to_tokens(&mut declared);
        }
    }
    let file: syn::File = syn::parse2(short(declared)).ok()?;
    Some(members(&prettyplease::unparse(&file)))
}

/// Whether it implements what nobody calls: most of the tokens of a file, and not to be parsed for nothing.
fn is_inner(tokens: &TokenStream) -> bool {
    let mut words = tokens.clone().into_iter().take(INNER_STARTS);
    let is =
        |tree: &TokenTree, name: &str| matches!(tree, TokenTree::Ident(ident) if ident == name);
    words.next().is_some_and(|first| is(&first, "impl"))
        && words.any(|word| INNER.iter().any(|name| is(&word, name)))
}

/// Each member on a line of its own, functions without their bodies.
fn members(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_open = false;
    for line in text.lines() {
        let inner = line.trim_start();
        if is_open {
            is_open = !inner.starts_with(')');
            // The last parameter has a comma, which one line has not.
            if !is_open && out.ends_with(", ") {
                out.truncate(out.len() - 2);
            }
            out.push_str(inner);
            out.push_str(if is_open { " " } else { "\n" });
        } else if inner.contains("fn ") && inner.ends_with('(') {
            is_open = true;
            out.push_str(line);
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    let mut bare = String::with_capacity(out.len());
    for line in out.lines() {
        match line.strip_suffix(" {}").filter(|_| line.starts_with(' ')) {
            Some(signature) => {
                bare.push_str(signature);
                bare.push(';');
            }
            None => bare.push_str(line),
        }
        bare.push('\n');
    }
    bare
}

/// The item without what callers do not see; `None` if they see nothing of it here.
fn seen(item: Item, share: Share<'_>) -> Option<Item> {
    let wanted = |name: &str| match share {
        Share::All => true,
        Share::Only(only) => name == only,
        Share::Method { request, response } => name != request && name != response,
    };
    match item {
        Item::Struct(mut item) if wanted(&item.ident.to_string()) => {
            keep_deprecated(&mut item.attrs);
            if let syn::Fields::Named(fields) = &mut item.fields {
                let mut members: Vec<syn::Field> = std::mem::take(&mut fields.named)
                    .into_iter()
                    .filter(|field| matches!(field.vis, Visibility::Public(_)))
                    .collect();
                members.sort_by_key(|field| field.ident.as_ref().map(ToString::to_string));
                for field in &mut members {
                    keep_deprecated(&mut field.attrs);
                }
                fields.named = members.into_iter().collect();
            }
            Some(Item::Struct(item))
        }
        Item::Enum(mut item) if wanted(&item.ident.to_string()) => {
            keep_deprecated(&mut item.attrs);
            let mut variants: Vec<syn::Variant> =
                std::mem::take(&mut item.variants).into_iter().collect();
            // The one that holds what is unknown stays the last.
            variants.sort_by_key(|variant| (!variant.fields.is_empty(), variant.ident.to_string()));
            for variant in &mut variants {
                keep_deprecated(&mut variant.attrs);
            }
            item.variants = variants.into_iter().collect();
            Some(Item::Enum(item))
        }
        Item::Impl(item) => of_impl(item, share, wanted).map(Item::Impl),
        Item::Type(mut item) if !matches!(share, Share::Only(_)) => {
            keep_deprecated(&mut item.attrs);
            Some(Item::Type(item))
        }
        Item::Const(mut item) if matches!(item.vis, Visibility::Public(_)) => {
            keep_deprecated(&mut item.attrs);
            Some(Item::Const(item))
        }
        _ => None,
    }
}

fn of_impl(
    mut item: syn::ItemImpl,
    share: Share<'_>,
    wanted: impl Fn(&str) -> bool,
) -> Option<syn::ItemImpl> {
    let last = |path: &syn::Path| path.segments.last().map(|last| last.ident.to_string());
    let name = match &*item.self_ty {
        Type::Path(path) => last(&path.path)?,
        _ => return None,
    };
    if let Some((path, _)) = &item.trait_ {
        // Pages and jobs belong to the action, whatever type they hang on.
        if INNER.contains(&last(path)?.as_str()) || matches!(share, Share::Only(_)) {
            return None;
        }
        item.items
            .retain(|member| matches!(member, ImplItem::Type(_)));
    } else if !wanted(&name) {
        return None;
    }
    let mut members = std::mem::take(&mut item.items);
    members.sort_by_key(|member| match member {
        // What makes an empty one stands first.
        ImplItem::Fn(function) => (function.sig.ident != "new", function.sig.ident.to_string()),
        _ => (false, String::new()),
    });
    for member in &mut members {
        if let ImplItem::Fn(function) = member {
            keep_deprecated(&mut function.attrs);
            function.block = Block {
                brace_token: function.block.brace_token,
                stmts: Vec::new(),
            };
            if let Some(FnArg::Receiver(receiver)) = function.sig.inputs.first_mut()
                && matches!(receiver.kind, ReceiverKind::Value)
            {
                receiver.mutability = None;
            }
        }
    }
    item.items = members;
    item.attrs.clear();
    Some(item)
}

fn keep_deprecated(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| attribute.path().is_ident("deprecated"));
}

/// Paths cut to their last name.
fn short(tokens: TokenStream) -> TokenStream {
    let is_colon =
        |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':');
    let mut out: Vec<TokenTree> = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(tree) = rest.next() {
        match tree {
            TokenTree::Punct(punct)
                if punct.as_char() == ':'
                    && punct.spacing() == Spacing::Joint
                    && rest.peek().is_some_and(is_colon) =>
            {
                rest.next();
                if matches!(out.last(), Some(TokenTree::Ident(ident)) if ident != "impl" && ident != "for")
                {
                    out.pop();
                }
            }
            TokenTree::Group(group) => {
                out.push(Group::new(group.delimiter(), short(group.stream())).into());
            }
            other => out.push(other),
        }
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{members, short};

    #[test]
    fn a_function_is_one_line_without_its_body() {
        let text = "impl A {\n    pub fn a(&self) -> B {}\n    pub fn b(\n        self,\n        value: impl Into<C>,\n    ) -> Self {}\n}\npub struct D {}\n";
        assert_eq!(
            members(text),
            "impl A {\n    pub fn a(&self) -> B;\n    pub fn b(self, value: impl Into<C>) -> Self;\n}\npub struct D {}\n"
        );
    }

    #[test]
    fn paths_lose_all_but_their_last_name() {
        let long = quote! {
            impl ::a::Paged for crate::b::C { type Item = crate::b::D; }
            pub struct E { pub f: ::core::option::Option<::std::vec::Vec<crate::b::D>>, }
        };
        let expected = quote! {
            impl Paged for C { type Item = D; }
            pub struct E { pub f: Option<Vec<D>>, }
        };
        assert_eq!(short(long).to_string(), expected.to_string());
    }
}
