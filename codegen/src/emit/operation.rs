//! An action or a service in, the constant that describes it to the runtime out.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use yunqiao_model::api::{Action, Body, Method, RegionRule, Vendor};

use crate::emit::{ident, long, rust_type};
use crate::names::NamedService;

/// `SERVICE`, which all actions of the version share.
pub(super) fn service(service: &NamedService<'_>) -> TokenStream {
    let item = service.service;
    let vendor = ident(match item.id.vendor {
        Vendor::Tencent => "Tencent",
        Vendor::Volcengine => "Volcengine",
    });
    let (name, version, host) = (&item.id.service, &item.id.version, &item.host);
    let mut out = quote!(::yunqiao_runtime::Service::new(::yunqiao_runtime::Vendor::#vendor, #name, #version, #host));
    if item.signing_name != item.id.service {
        let signing = &item.signing_name;
        out.extend(quote!(.signing_name(#signing)));
    }
    if !item.hosts.is_empty() {
        let hosts = pairs(&item.hosts);
        out.extend(quote!(.hosts(#hosts)));
    }
    let region = region(item.region);
    out.extend(quote!(.region(#region)));
    if let Some(default) = &item.default_region {
        out.extend(quote!(.default_region(#default)));
    }
    if !item.default_regions.is_empty() {
        let regions = pairs(&item.default_regions);
        out.extend(quote!(.default_regions(#regions)));
    }
    let repeatable = item.errors.values().filter(|code| code.retry);
    // Sorted, since the runtime looks them up.
    let repeatable: BTreeSet<&str> = repeatable.map(|code| code.code.as_str()).collect();
    if !repeatable.is_empty() {
        let repeatable = repeatable.into_iter();
        out.extend(quote!(.repeatable_codes(&[#(#repeatable),*])));
    }
    quote! {
        /// How the runtime reaches and signs for this service.
        pub(crate) static SERVICE: ::yunqiao_runtime::Service = #out;
    }
}

/// `ACTION`, which its method hands to the runtime.
pub(super) fn action(service: &NamedService<'_>, action: &Action) -> TokenStream {
    let (shared, name) = (rust_type::path(service, "client"), &action.name);
    let mut out = quote!(::yunqiao_runtime::Action::new(&#shared::SERVICE, #name));
    if action.method == Method::Get {
        out.extend(quote!(.method(::yunqiao_runtime::Method::Get)));
    }
    let body = match action.body {
        // Those that the method means anyway.
        Body::Json | Body::Query => None,
        Body::Form => Some("Form"),
        Body::Multipart => Some("Multipart"),
        Body::OctetStream => Some("OctetStream"),
    };
    if let Some(body) = body.map(ident) {
        out.extend(quote!(.body(::yunqiao_runtime::Body::#body)));
    }
    if let Some(host) = &action.host {
        out.extend(quote!(.host(#host)));
        if !action.hosts.is_empty() {
            let hosts = pairs(&action.hosts);
            out.extend(quote!(.hosts(#hosts)));
        }
    }
    if let Some(version) = &action.version {
        out.extend(quote!(.version(#version)));
    }
    if action.region != service.service.region {
        let region = region(action.region);
        out.extend(quote!(.region(#region)));
    }
    if action.unsigned {
        out.extend(quote!(.unsigned()));
    }
    if action.idempotent {
        out.extend(quote!(.idempotent()));
    }
    if let Some(token) = idempotency_token(action) {
        out.extend(quote!(.idempotency_token(#token)));
    }
    if let Some(limit) = action.rate_limit.filter(|limit| limit.seconds == 1) {
        let calls = Literal::u32_unsuffixed(limit.calls);
        out.extend(quote!(.rate_limit(#calls)));
    }
    if action.error_member {
        out.extend(quote!(.own_error_member()));
    }
    let visible = long::is_polled(service, &action.name).then(|| quote!(pub(super)));
    quote! {
        #visible static ACTION: ::yunqiao_runtime::Action = #out;
    }
}

/// The field whose value makes repeats harmless. One that the vendor no longer looks at makes nothing harmless.
pub(super) fn idempotency_token(action: &Action) -> Option<&str> {
    let token = action.idempotency_token.as_deref()?;
    let field = action.request.iter().find(|field| field.name == token)?;
    field.life.note().is_none().then_some(token)
}

/// Texts by name: literals, which leave a compiler nothing to evaluate.
fn pairs(texts: &BTreeMap<String, String>) -> TokenStream {
    let pairs = texts.iter().map(|(name, text)| quote!((#name, #text)));
    quote!(&[#(#pairs),*])
}

fn region(rule: RegionRule) -> TokenStream {
    let rule = ident(match rule {
        RegionRule::Required => "Required",
        RegionRule::Optional => "Optional",
        RegionRule::Unused => "Unused",
    });
    quote!(::yunqiao_runtime::RegionRule::#rule)
}
