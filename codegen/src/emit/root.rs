//! The crate's root and the vendors' and services' modules.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{docs, errors, ident, joined, rust};
use crate::join::Joined;
use crate::outline::{Frame, FramedVendor, Outline, Places as _};
use crate::render::File;

const CRATE_DOC: &str = "\
Typed, signed calls to Tencent Cloud and Volcengine.

Nothing is compiled that is not enabled: each service is a cargo feature, `<vendor>-<service>`, and each version of it
another, `<vendor>-<service>-v<date>`. HTTPS comes with the default feature `rustls`; `http2` and `gzip`
are there for those who want them. A service with several versions has one client for all of them, whose plain names are those of the newest version that has them.

Make a [`Config`] from a [`Credential`], a client from the configuration, and await a call:

```no_run
# #[cfg(feature = \"tencent-essbasic\")]
# async fn example() -> Result<(), yunqiao::Error> {
use yunqiao::tencent::essbasic::{Agent, ChannelVerifyPdfRequest, Client};
use yunqiao::{Config, Credential};

let config = Config::builder().credential(Credential::new(\"id\", \"key\")).build()?;
let client = Client::new(&config);
let request = ChannelVerifyPdfRequest::new()
    .flow_id(\"yDSLVUUckpo1c11xUxtOq8cvKy24by9M\")
    .agent(Agent::new().app_id(\"yDwhxUUckp3gl8j5UuFX33LSNozpRsbi\"));
let answer = client.channel_verify_pdf(request).await?;
println!(\"{:?} (request {:?})\", answer.verify_result, answer.request_id());
# Ok(())
# }
```

Requests are checked before they are sent: one [`Error`] lists everything that is missing or breaks a documented limit.
Answers are read tolerantly: what the vendor leaves out is `None` or empty, values unknown to this version are kept.
Personal data and secrets are hidden in every `Debug` output.";

/// `src/lib.rs`
pub(super) fn library(frame: &Frame<'_>) -> File {
    let vendors = frame.vendors.iter().map(|vendor| {
        let (name, gate) = (
            ident(vendor.vendor.folder()),
            any(vendor.services.iter().copied()),
        );
        quote!(#gate pub mod #name;)
    });
    let doc = if has_doc_example(frame) {
        CRATE_DOC.to_owned()
    } else {
        without_example()
    };
    let doc = docs::inner(&doc);
    let mut items = vec![
        doc,
        quote! {
            #![forbid(unsafe_code)]
            #![deny(missing_docs)]
            #![allow(deprecated, reason = "the crate itself has to name what callers should leave")]
            #![allow(clippy::should_implement_trait, reason = "methods have the names of fields and actions")]
        },
        quote!(
            pub use ::yunqiao_runtime::{
                AnyAction, AnyCall, AnyEvents, AnyItems, AnyPages, AnyPaging, AnyStreamCall,
                AnyWait, AnyWaiter, Binary, Body, Call, Client, Config, ConfigBuilder, Credential,
                Delivery, Deviation, DeviationKind, DocumentedLimits, DriftReport, Error, Event,
                Events, Items, Job, JsonValue, Method, PageStyle, Paged, Pages, Problem, Progress,
                Quota, QuotaRefusal, RateLimiter, RegionRule, Response, RetryPolicy, Service, Site,
                StreamCall, TimeSource, Vendor, Wait, credential, transport,
            };
        ),
        quote!(
            #[cfg(feature = "callback")]
            pub use ::yunqiao_runtime::callback;
        ),
        quote!(
            #[cfg(feature = "blocking")]
            pub use ::yunqiao_runtime::BlockingEvents;
        ),
    ];
    items.extend(vendors);
    rust("src/lib.rs", "schemas", items)
}

fn has_doc_example(frame: &Frame<'_>) -> bool {
    let mut services = frame.vendors.iter().flat_map(|vendor| &vendor.services);
    services.any(|service| service.has_doc_example)
}

fn without_example() -> String {
    let start = CRATE_DOC.find("```").unwrap_or(CRATE_DOC.len());
    let end = CRATE_DOC
        .rfind("```")
        .map_or(CRATE_DOC.len(), |end| end + 3);
    format!("{}{}", &CRATE_DOC[..start].trim_end(), &CRATE_DOC[end..])
}

/// `src/<vendor>.rs`, its error codes, and `src/<vendor>/<service>.rs`
pub(super) fn vendor(vendor: &FramedVendor<'_>) -> Vec<File> {
    let folder = vendor.vendor.folder();
    let title = vendor
        .info
        .map_or(vendor.vendor.title(), |info| &info.title);
    let text = vendor.info.map_or(String::new(), |info| {
        format!("\n\n{}", docs::prose(&info.doc))
    });
    let link = vendor.info.and_then(|info| info.docs.as_ref()).map(|docs| {
        format!(
            "\n\n{}",
            docs::link("The vendor's page on calling its APIs", docs)
        )
    });
    let doc = format!("{}.{text}{}", docs::line(title), link.unwrap_or_default());
    let mut items = vec![docs::inner(&doc)];
    let mut files = Vec::new();
    if let Some(info) = vendor.info.filter(|info| !info.errors.is_empty()) {
        items.push(quote!(
            pub mod error_code;
        ));
        let source = format!("schemas/{folder}/vendor.yaml");
        let of = format!("any service of {}", docs::line(&info.title));
        files.push(rust(
            format!("src/{folder}/error_code.rs"),
            source,
            errors::constants(&of, &vendor.codes),
        ));
    }
    for (name, versions) in &vendor.by_service() {
        let (module, gate) = (ident(name), any(versions.iter().copied()));
        items.push(quote!(#gate pub mod #module;));
        files.extend(service(&format!("src/{folder}/{name}"), versions));
    }
    files.push(rust(
        format!("src/{folder}.rs"),
        format!("schemas/{folder}"),
        items,
    ));
    files
}

/// `src/<vendor>/<service>.rs`, and what lies below it beside the versions.
fn service(path: &str, versions: &[&Outline]) -> Vec<File> {
    let Some(newest) = versions.last() else {
        return Vec::new();
    };
    let source = format!("schemas/{}/{}", newest.id.vendor, newest.id.service);
    let file = |path: String, items| rust(path, source.clone(), items);
    if let [only] = versions {
        return vec![file(format!("{path}.rs"), alone(only))];
    }
    let of_all = Joined::new(versions);
    let mut files = vec![file(format!("{path}.rs"), joined::service(&of_all))];
    if !of_all.codes.is_empty() {
        let items = joined::error_codes(&of_all);
        files.push(file(format!("{path}/error_code.rs"), items));
    }
    files
}

/// A version without others stands for the service.
fn alone(version: &Outline) -> Vec<TokenStream> {
    let doc = format!(
        "{}.\n\nThe newest version's items stand here too.",
        docs::line(&version.title)
    );
    let (module, feature) = (ident(&version.version_module()), version.feature());
    vec![
        docs::inner(&doc),
        quote!(#[cfg(feature = #feature)] pub mod #module;),
        quote!(#[cfg(feature = #feature)] pub use self::#module::*;),
    ]
}

/// The gate of what needs any of the versions.
pub(super) fn any<'a>(services: impl Iterator<Item = &'a Outline>) -> TokenStream {
    let features: Vec<String> = services.map(|service| service.feature()).collect();
    match features.as_slice() {
        [feature] => quote!(#[cfg(feature = #feature)]),
        features => quote!(#[cfg(any(#(feature = #features),*))]),
    }
}
