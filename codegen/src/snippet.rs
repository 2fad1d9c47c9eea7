//! An action and parameters as JSON in, Rust out that makes the call with the generated crate: a whole program, or a test that
//! asserts a recorded answer. All names are those that the crate has.

mod imports;
mod place;
mod test;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;
use yunqiao_model::api::{Service, ServiceId, Vendor};

use self::imports::Imports;
use self::place::Place;
use crate::emit::example::value;
use crate::names::{NamedAction, NamedService};
use crate::part::Part;

pub use self::test::{Exchange, Outcome, test_file};

/// A call that is to be shown as Rust.
#[derive(Clone, Copy, Debug)]
pub struct Snippet<'a> {
    /// Every version of the service; which one a plain name leads to depends on all of them.
    pub versions: &'a [&'a Service],
    /// The version that is called.
    pub id: &'a ServiceId,
    /// The action's name on the wire.
    pub action: &'a str,
    /// What it is called with. What no field takes is left out.
    pub parameters: &'a Json,
    /// The region, where one is chosen.
    pub region: Option<&'a str>,
}

/// A whole program: its dependencies as a comment, and `main`. Credential, region and endpoint come from the environment, as
/// with every client of the crate. None if the service has no such action, or cannot become Rust.
#[must_use]
pub fn program(snippet: &Snippet<'_>) -> Option<String> {
    with_call(snippet, |call| {
        let vendor = vendor(snippet.id.vendor);
        let client = match snippet.region {
            None => quote!(let client = api::Client::from_env()?;),
            Some(region) => quote! {
                let config = yunqiao::ConfigBuilder::from_env(yunqiao::Vendor::#vendor)?.region(#region).build()?;
                let client = api::Client::new(&config);
            },
        };
        let (request, method) = (&call.request, &call.method);
        let answer = if call.streaming {
            quote! {
                let mut events = client.#method(request).await?;
                while let Some(event) = events.next().await {
                    println!("{:#?}", event?);
                }
            }
        } else {
            quote! {
                let answer = client.#method(request).await?;
                println!("{answer:#?}");
            }
        };
        let main = quote! {
            #[tokio::main]
            async fn main() -> Result<(), yunqiao::Error> {
                #client
                let request = #request;
                #answer
                Ok(())
            }
        };
        let body = Imports::take(main, &call.module).print()?;
        let feature = &call.feature;
        Some(format!(
            "// Cargo.toml:\n\
             //   yunqiao = {{ version = \"{}\", features = [\"{feature}\"] }}\n\
             //   tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n{body}",
            version()
        ))
    })
}

/// A call in tokens. Types are named `api::Name`.
struct Call {
    /// Path of the module that `api` stands for.
    module: String,
    feature: String,
    method: proc_macro2::Ident,
    request: TokenStream,
    streaming: bool,
}

fn with_call<T>(snippet: &Snippet<'_>, work: impl FnOnce(&Call) -> Option<T>) -> Option<T> {
    let parts: Vec<Part<'_>> = snippet
        .versions
        .iter()
        .map(|service| Part::new(service, None).ok())
        .collect::<Option<_>>()?;
    let part = parts
        .iter()
        .find(|part| part.named().service.id == *snippet.id)?;
    let named: &NamedService<'_> = part.named();
    let item: &NamedAction<'_> = named
        .actions
        .iter()
        .find(|item| item.action.name == snippet.action)?;
    let request = value::object(
        named,
        &item.request.rust,
        &item.request.fields,
        snippet.parameters,
    );
    let Place { module, feature } = place::of(&parts, snippet.id, item, &request)?;
    work(&Call {
        module,
        feature,
        method: proc_macro2::Ident::new(&item.method, proc_macro2::Span::call_site()),
        request,
        streaming: item.action.streaming,
    })
}

fn vendor(vendor: Vendor) -> proc_macro2::Ident {
    let name = match vendor {
        Vendor::Tencent => "Tencent",
        Vendor::Volcengine => "Volcengine",
    };
    proc_macro2::Ident::new(name, proc_macro2::Span::call_site())
}

/// The version of the generated crate as a dependency names it.
fn version() -> String {
    let parts: Vec<&str> = env!("CARGO_PKG_VERSION").split('.').take(2).collect();
    parts.join(".")
}

#[cfg(test)]
mod tests;
