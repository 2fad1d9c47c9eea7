//! The model in, what the explorer shows of actions out: the list of all, and one with its types, errors and examples.

mod field;

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};
use yunqiao_model::Api;
use yunqiao_model::api::{
    Action, Body, ExampleAnswer, Field, RateLimit, RegionRule, Service, Vendor, WireValue,
};

use crate::catalog::Found;

/// Names an action among those of all services.
pub(super) fn id(service: &Service, action: &Action) -> String {
    format!("{}/{}", service.id, action.name)
}

/// Every action in a line or two.
pub(super) fn list(api: &Api) -> Json {
    let of_service = |service: &Service| {
        let one = |action: &Action| {
            json!({
                "id": id(service, action),
                "vendor": service.id.vendor.folder(),
                "service": service.id.service,
                "version": service.id.version,
                "name": action.name,
                "summary": one_line(&action.summary),
                "service_title": service.title,
                "deprecated": action.life.note().is_some(),
            })
        };
        service.actions.values().map(one).collect::<Vec<_>>()
    };
    Json::Array(api.services.values().flat_map(of_service).collect())
}

/// All that is known of an action.
pub(super) fn action(found: Found<'_>) -> Json {
    let Found {
        service, action, ..
    } = found;
    let (structs, enums) = types(service, action);
    let fields = |fields: &[Field]| fields.iter().map(field::described).collect::<Vec<_>>();
    json!({
        "id": id(service, action),
        "vendor": service.id.vendor.folder(),
        "service": service.id.service,
        "version": service.id.version,
        "name": action.name,
        "summary": one_line(&action.summary),
        "doc": action.doc,
        "docs": action.docs,
        "host": action.host.as_ref().unwrap_or(&service.host),
        "region": region(action.region),
        "regions": regions(service, action.region),
        "rate_limit": action.rate_limit.or(service.rate_limit).map(limit),
        "idempotent": action.idempotent,
        "paged": action.pagination.is_some(),
        "waiter": action.waiter.as_ref().map(|waiter| format!(
            "It starts a job, on which {} reports by its {}.", waiter.poll, waiter.poll_input
        )),
        "streaming": action.streaming,
        "deprecated": action.life.note(),
        "body": body(action.body),
        "request": fields(&action.request),
        "response": fields(&action.response),
        "structs": structs,
        "enums": enums,
        "errors": action.errors.iter().map(|code| error(found, code)).collect::<Vec<_>>(),
        "examples": examples(action),
    })
}

fn error(found: Found<'_>, code: &str) -> Json {
    json!({
        "code": code,
        "meaning": found.meaning(code).unwrap_or_default(),
        "repeat": found.code(code).is_some_and(|code| code.retry),
    })
}

fn examples(action: &Action) -> Vec<Json> {
    let one = |example: &yunqiao_model::api::Example| {
        let (answer, error) = match &example.answer {
            ExampleAnswer::Response(answer) => (answer.clone(), Json::Null),
            ExampleAnswer::Error { code, .. } => (Json::Null, json!(code)),
        };
        json!({ "title": example.title, "request": example.request, "answer": answer, "error": error })
    };
    action.examples.iter().map(one).collect()
}

/// The structs and enums that the action reaches.
fn types(service: &Service, action: &Action) -> (Map<String, Json>, Map<String, Json>) {
    let (mut structs, mut enums) = (Map::new(), Map::new());
    let mut waiting = BTreeSet::new();
    named(&action.request, &mut waiting);
    named(&action.response, &mut waiting);
    while let Some(name) = waiting.pop_first() {
        if structs.contains_key(name) || enums.contains_key(name) {
            continue;
        }
        if let Some(one) = service.structs.get(name) {
            named(&one.fields, &mut waiting);
            let fields: Vec<Json> = one.fields.iter().map(field::described).collect();
            let described = json!({ "doc": one_line(&one.doc), "fields": fields });
            structs.insert(name.to_owned(), described);
        } else if let Some(one) = service.enums.get(name) {
            let value = |value: &yunqiao_model::api::EnumValue| {
                let wire = match &value.value {
                    WireValue::Text(text) => json!(text),
                    WireValue::Int(number) => json!(number),
                };
                json!({ "value": wire, "name": value.name, "doc": one_line(&value.doc) })
            };
            let values: Vec<Json> = one.values.iter().map(value).collect();
            let described = json!({ "doc": one_line(&one.doc), "values": values });
            enums.insert(name.to_owned(), described);
        }
    }
    (structs, enums)
}

fn named<'a>(fields: &'a [Field], out: &mut BTreeSet<&'a str>) {
    for field in fields {
        out.extend(field.ty.struct_name().or_else(|| field.ty.enum_name()));
    }
}

fn region(rule: RegionRule) -> &'static str {
    match rule {
        RegionRule::Required => "required",
        RegionRule::Optional => "optional",
        RegionRule::Unused => "unused",
    }
}

/// Regions to choose from, the likeliest first. The schemas know only those that calls go to by themselves.
fn regions(service: &Service, rule: RegionRule) -> Vec<&str> {
    if rule == RegionRule::Unused {
        return Vec::new();
    }
    let usual: &[&str] = match service.id.vendor {
        Vendor::Tencent => &["ap-guangzhou", "ap-shanghai", "ap-beijing"],
        Vendor::Volcengine => &["cn-north-1", "cn-beijing"],
    };
    let own = service.default_region.iter();
    let own = own.chain(service.default_regions.values());
    let mut regions: Vec<&str> = Vec::new();
    for region in own.map(String::as_str).chain(usual.iter().copied()) {
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    regions
}

fn limit(limit: RateLimit) -> String {
    format!("{} calls in {} s", limit.calls, limit.seconds)
}

fn body(body: Body) -> &'static str {
    match body {
        Body::Json => "json",
        Body::Form => "form",
        Body::Query => "query",
        Body::Multipart => "multipart",
        Body::OctetStream => "octet-stream",
    }
}

/// A text without the line breaks of its file.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
