//! An example call of the schemas in, Rust that makes it out, for the docs of a method.

use proc_macro2::TokenStream;
use quote::quote;
use yunqiao_model::api::{Example, ExampleAnswer};

use crate::emit::ident;
use crate::names::{NamedAction, NamedService};

pub(crate) mod value;

/// The example that shows success, if there is one.
fn chosen<'a>(item: &NamedAction<'a>) -> Option<&'a Example> {
    item.action
        .examples
        .iter()
        .find(|example| matches!(example.answer, ExampleAnswer::Response(_)))
}

/// A code block that compiles.
pub(super) fn doc_test(service: &NamedService<'_>, item: &NamedAction<'_>) -> Option<String> {
    let call = call(service, item)?;
    let path = module(service);
    let path = path.to_string().replace(' ', "");
    let (tokens, shown) = if item.action.streaming {
        let tokens = quote!(fn example() {
            let mut events = #call.await?;
            while let Some(event) = events.next().await {
                let answer = event?;
                println!("{answer:?}");
            }
        });
        (tokens, "")
    } else {
        let tokens = quote!(fn example() { let answer = #call.await?; });
        (tokens, "println!(\"{answer:?}\");\n")
    };
    let file: syn::File = syn::parse2(tokens).ok()?;
    let printed = prettyplease::unparse(&file);
    let body: Vec<&str> = printed
        .lines()
        .skip(1)
        .filter(|line| *line != "}")
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect();
    let hidden = format!(
        "# async fn example(client: api::Client) -> Result<(), yunqiao::Error> {{\n{}\n",
        body.join("\n")
    );
    Some(format!(
        "```no_run\nuse {path} as api;\n\n{hidden}{shown}# Ok(())\n# }}\n```"
    ))
}

fn module(service: &NamedService<'_>) -> TokenStream {
    let segments = [
        service.service.id.vendor.folder(),
        &service.module,
        &service.version_module,
    ]
    .map(ident);
    quote!(yunqiao #(::#segments)*)
}

fn call(service: &NamedService<'_>, item: &NamedAction<'_>) -> Option<TokenStream> {
    let request = value::object(
        service,
        &item.request.rust,
        &item.request.fields,
        &chosen(item)?.request,
    );
    let method = ident(&item.method);
    Some(quote!(client.#method(#request)))
}
