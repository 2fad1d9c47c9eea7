//! What a module holds in, the text of its lists of modules and re-exports out.

use proc_macro2::TokenStream;

use crate::names::NamedService;
use crate::render::Item;

use super::width::{column, fits, line};

/// The text as one item where there is one, else each of the items.
pub(crate) fn list(
    text: Option<String>,
    items: impl IntoIterator<Item = TokenStream>,
) -> Vec<Item> {
    match text {
        Some(text) if text.is_empty() => Vec::new(),
        Some(text) => vec![Item::Text(text)],
        None => items.into_iter().map(Item::Tokens).collect(),
    }
}

/// Modules, seen by the one above.
pub(crate) fn modules(names: &[&String]) -> String {
    let mut out = String::new();
    for name in names {
        out.push_str("pub(super) mod ");
        out.push_str(name);
        out.push_str(";\n");
    }
    out
}

/// What the version's module shows of the files below it.
pub(crate) fn reexports(service: &NamedService<'_>) -> String {
    let mut out = String::new();
    for action in &service.actions {
        let mut names = vec![action.request.rust.as_str(), &action.response.rust];
        if let Some(former) = &action.former {
            names.extend([former.request.as_str(), &former.response]);
        }
        reexport("actions", &action.module, &names, &mut out);
    }
    for item in &service.structs {
        let names = [Some(item.body.rust.as_str()), item.former];
        let names: Vec<&str> = names.into_iter().flatten().collect();
        reexport("structs", &item.module, &names, &mut out);
    }
    for item in &service.enums {
        let names = [Some(item.rust.as_str()), item.former];
        let names: Vec<&str> = names.into_iter().flatten().collect();
        reexport("enums", &item.module, &names, &mut out);
    }
    out
}

fn reexport(folder: &str, module: &str, names: &[&str], out: &mut String) {
    for part in ["pub use self::", folder, "::", module, "::"] {
        out.push_str(part);
    }
    if let [name] = names {
        out.push_str(name);
        out.push_str(";\n");
        return;
    }
    out.push('{');
    let lengths: usize = names.iter().map(|name| name.len()).sum();
    if fits(column(out) + lengths + 2 * (names.len() - 1) + "};".len()).is_some() {
        out.push_str(&names.join(", "));
    } else {
        line(4, out);
        for (index, name) in names.iter().enumerate() {
            if index > 0 {
                out.push(',');
                if fits(column(out) + 1 + name.len() + usize::from(index + 1 < names.len()))
                    .is_some()
                {
                    out.push(' ');
                } else {
                    line(4, out);
                }
            }
            out.push_str(name);
        }
        out.push_str(",\n");
    }
    out.push_str("};\n");
}
