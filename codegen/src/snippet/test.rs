//! Recorded calls in, a test file out that plays their answers on a local cloud and asserts that the client reads them so.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};
use quote::quote;
use serde_json::Value as Json;
use yunqiao_model::api::{RegionRule, Service};

use super::imports::Imports;
use super::{Snippet, version, with_call};

/// A recorded call.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    /// The call.
    pub call: Snippet<'a>,
    /// What came back.
    pub outcome: Outcome<'a>,
}

/// What came back from a call.
#[derive(Clone, Copy, Debug)]
pub enum Outcome<'a> {
    /// The answer's fields, without envelope and request id. What no field takes, and what is null or empty, is left out.
    Answer(&'a Json),
    /// An error.
    Error {
        /// Code on the wire.
        code: &'a str,
        /// Message.
        message: &'a str,
    },
}

/// A test file with one test for each call. Calls of streams are left out, and those that cannot become Rust.
#[must_use]
pub fn test_file(exchanges: &[Exchange<'_>]) -> String {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut features: Vec<String> = Vec::new();
    let mut modules = String::new();
    for exchange in exchanges {
        let Some((name, feature, text)) = module(exchange) else {
            continue;
        };
        let count = names.entry(name.clone()).or_default();
        *count += 1;
        let name = match *count {
            1 => name,
            number => format!("{name}_{number}"),
        };
        if !features.contains(&feature) {
            features.push(feature);
        }
        modules.push_str(&format!("\nmod {name} {{\n"));
        for line in text.lines() {
            let indent = if line.is_empty() { "" } else { "    " };
            modules.push_str(&format!("{indent}{line}\n"));
        }
        modules.push_str("}\n");
    }
    features.sort();
    let features: Vec<String> = features
        .iter()
        .map(|feature| format!("\"{feature}\""))
        .collect();
    format!(
        "//! Calls that a local cloud has recorded: each is made again, and its answer is played and asserted.\n\
         //!\n\
         //! Cargo.toml, where this is a file below tests/:\n\
         //!   yunqiao = {{ version = \"{0}\", features = [{1}] }}\n\
         //!   yunqiao-mock = \"{0}\"\n\
         //!   serde_json = \"1\"\n\
         //!   tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n{modules}",
        version(),
        features.join(", "),
    )
}

/// Name of the module, the cargo feature that it needs, and its text.
fn module(exchange: &Exchange<'_>) -> Option<(String, String, String)> {
    let call = &exchange.call;
    let service = call
        .versions
        .iter()
        .find(|service| service.id == *call.id)?;
    let action = service.actions.get(call.action)?;
    if action.streaming {
        return None;
    }
    with_call(call, |made| {
        let path = format!("{}/{}/{}", call.id.service, call.id.version, call.action);
        let region = call.region.or(match action.region {
            RegionRule::Required => Some("ap-guangzhou"),
            RegionRule::Optional | RegionRule::Unused => None,
        });
        let region = region.map(|region| quote!(.region(#region)));
        let (request, method) = (&made.request, &made.method);
        let client = quote! {
            let credential = yunqiao::Credential::new(cloud.secret_id(), cloud.secret_key());
            let config = yunqiao::Config::builder().credential(credential).endpoint(cloud.url())#region.build().unwrap();
            let client = api::Client::new(&config);
            let request = #request;
        };
        let mut recorded = None;
        let body = match exchange.outcome {
            Outcome::Answer(fields) => {
                let fields = known(service, &action.response, fields);
                recorded = Some(fields);
                quote! {
                    let recorded = serde_json::json!(#RECORDED);
                    cloud.answer(#path, recorded.clone());
                    #client
                    let answer = client.#method(request).await.unwrap().into_inner();
                    assert_eq!(serde_json::to_value(&answer).unwrap(), recorded);
                }
            }
            Outcome::Error { code, message } => quote! {
                cloud.fail(#path, #code, #message);
                #client
                let error = client.#method(request).skip_validation().no_retry().await.unwrap_err();
                assert_eq!(error.code(), Some(#code));
                assert_eq!(error.message(), Some(#message));
            },
        };
        let name = method.to_string();
        let name = name.trim_end_matches('_').to_owned();
        let name = if name == "answers" {
            "call".to_owned()
        } else {
            name
        };
        let test = Ident::new("answers_as_recorded", Span::call_site());
        let items = quote! {
            #[tokio::test]
            async fn #test() {
                let cloud = yunqiao_mock::LocalCloud::start().unwrap();
                #body
            }
        };
        let mut text = Imports::take(items, &made.module).print()?;
        if let Some(fields) = recorded {
            let mut shown = String::new();
            json(&fields, 1, &mut shown);
            text = text.replacen(&format!("{RECORDED:?}"), &shown, 1);
        }
        Some((name, made.feature.clone(), text))
    })
}

/// The members that fields take, without those that say nothing.
fn known(service: &Service, fields: &[yunqiao_model::api::Field], value: &Json) -> Json {
    use yunqiao_model::api::Type;

    fn typed(service: &Service, ty: &Type, value: &Json) -> Option<Json> {
        match (ty, value) {
            (_, Json::Null) => None,
            (Type::List(_), Json::Array(items)) if items.is_empty() => None,
            (Type::List(item), Json::Array(items)) => {
                let items = items.iter().filter_map(|one| typed(service, item, one));
                Some(Json::Array(items.collect()))
            }
            (Type::Struct(name), Json::Object(_)) => {
                let inner = service.structs.get(name)?;
                Some(known(service, &inner.fields, value))
            }
            _ => Some(value.clone()),
        }
    }
    if let Some(whole) = fields.iter().find(|field| field.result) {
        return typed(service, &whole.ty, value).unwrap_or_default();
    }
    let members = fields.iter().filter_map(|field| {
        let member = typed(service, &field.ty, value.get(&field.name)?)?;
        Some((field.name.clone(), member))
    });
    Json::Object(members.collect())
}

/// Stands for the answer until everything else is printed: what is in a macro is not laid out by the printer.
const RECORDED: &str = "the recorded answer";

/// JSON as `json!` takes it and people read it.
fn json(value: &Json, depth: usize, out: &mut String) {
    let entries: Vec<(String, &Json)> = match value {
        Json::Array(items) => items.iter().map(|item| (String::new(), item)).collect(),
        Json::Object(members) => members
            .iter()
            .map(|(key, value)| (format!("{key:?}: "), value))
            .collect(),
        Json::String(text) => {
            out.push_str(&format!("{text:?}"));
            return;
        }
        // A literal without a suffix has 32 bits.
        Json::Number(number) if number.as_i64().is_some_and(|it| i32::try_from(it).is_err()) => {
            out.push_str(&format!("{number}_i64"));
            return;
        }
        Json::Number(number) if number.is_u64() && !number.is_i64() => {
            out.push_str(&format!("{number}_u64"));
            return;
        }
        other => {
            out.push_str(&other.to_string());
            return;
        }
    };
    let (open, close) = if value.is_array() {
        ('[', ']')
    } else {
        ('{', '}')
    };
    out.push(open);
    for (position, (key, value)) in entries.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        out.push('\n');
        out.push_str(&"    ".repeat(depth + 1));
        out.push_str(key);
        json(value, depth + 1, out);
    }
    if !entries.is_empty() {
        out.push('\n');
        out.push_str(&"    ".repeat(depth));
    }
    out.push(close);
}
