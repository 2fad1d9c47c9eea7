//! An example call of the schemas in, Rust that makes it out: for the docs of a method and for the service's example program.

use proc_macro2::TokenStream;
use quote::quote;
use yunqiao_model::api::{Example, ExampleAnswer, Vendor};

use crate::emit::{docs, ident, rust};
use crate::names::{NamedAction, NamedService};
use crate::outline::Places as _;
use crate::render::File;

mod value;

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

/// `examples/<vendor>_<service>_<version>.rs`: every action of the service version that has an example, once.
pub(super) fn file(service: &NamedService<'_>) -> Option<File> {
    if !has_calls(service) {
        return None;
    }
    let id = &service.service.id;
    let name = service.example_name();
    let variables = match id.vendor {
        Vendor::Tencent => "TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY",
        Vendor::Volcengine => "VOLCENGINE_ACCESS_KEY and VOLCENGINE_SECRET_KEY",
    };
    let doc = docs::inner(&format!(
        "Calls the actions of {} with the values of their examples.\n\nRun it with `cargo run -p yunqiao --example {name} --features {}`;\n\
         it reads the credential from {variables}, and each call reaches the real service.",
        docs::line(&service.service.title),
        service.service_feature(),
    ));
    let calls = service.actions.iter().filter_map(|item| {
        let call = call(service, item)?;
        let action = &item.action.name;
        let (fine, failed) = (
            format!("{action}: {{answer:?}}"),
            format!("{action}: {{error}}"),
        );
        let success = if item.action.streaming {
            quote! {
                Ok(mut events) => {
                    while let Some(event) = events.next().await {
                        match event {
                            Ok(answer) => println!(#fine),
                            Err(error) => println!(#failed),
                        }
                    }
                }
            }
        } else {
            quote!(Ok(answer) => println!(#fine),)
        };
        Some(quote! {
            match #call.await {
                #success
                Err(error) => println!(#failed),
            }
        })
    });
    let path = module(service);
    let deprecated = service
        .actions
        .iter()
        .any(|item| touches_deprecated(service, item));
    let allow = deprecated.then(|| {
        quote!(#![allow(deprecated, reason = "an example shows what upstream is about to switch off, too")])
    });
    let items = vec![
        quote!(use #path as api;),
        quote! {
            #[tokio::main(flavor = "current_thread")]
            async fn main() -> Result<(), yunqiao::Error> {
                let client = api::Client::from_env()?;
                #(#calls)*
                Ok(())
            }
        },
    ];
    let items = [doc].into_iter().chain(allow).chain(items);
    let path = format!("examples/{name}.rs");
    Some(rust(path, format!("schemas/{id}"), items))
}

/// Whether any action has an example to call it by.
pub(crate) fn has_calls(service: &NamedService<'_>) -> bool {
    service.actions.iter().any(|item| chosen(item).is_some())
}

/// Whether the action or something in its example is marked as deprecated.
fn touches_deprecated(service: &NamedService<'_>, item: &NamedAction<'_>) -> bool {
    chosen(item).is_some_and(|example| {
        item.action.life.note().is_some()
            || value::touches_deprecated(service, &item.request.fields, &example.request)
    })
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
