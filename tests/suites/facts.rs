//! The schemas against the collected facts of the vendors' documents: names, order, types, requiredness, values and codes.
//! Skipped where the facts are not there.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use serde_json::Value as Json;
use yunqiao_model::api::{Action, Api, Field, Service, Type, Vendor, WireValue};
use yunqiao_model::load;
use yunqiao_tests::{schemas, shared};

/// Deliberate deviations: place, what the schema has, and why.
const DEVIATIONS: &[(&str, &str)] = &[
    // The page's text says that 1 is the only value; the facts list values only where there are several.
    (
        "CertificateIdentityUser.IdentificationType",
        "an enum: value 1 comes from the page's text",
    ),
];

fn facts(path: &str) -> Option<Json> {
    let Some(shared) = shared() else {
        println!("skipped: ../shared is not there, so the facts cannot be compared");
        return None;
    };
    Some(
        serde_json::from_str(&std::fs::read_to_string(shared.join("facts").join(path)).unwrap())
            .unwrap(),
    )
}

fn api() -> Api {
    load(&schemas()).api
}

fn service<'a>(api: &'a Api, vendor: Vendor, name: &str, version: &str) -> &'a Service {
    api.services
        .values()
        .find(|s| s.id.vendor == vendor && s.id.service == name && s.id.version == version)
        .unwrap()
}

fn find<'a>(list: &'a Json, key: &str, name: &str) -> Option<&'a Json> {
    list.as_array()
        .into_iter()
        .flatten()
        .find(|item| item[key] == name)
}

/// The type as the facts write it.
fn type_text(service: &Service, ty: &Type) -> String {
    match ty {
        Type::List(item) => format!("list<{}>", type_text(service, item)),
        Type::Struct(name) => format!("struct:{name}"),
        Type::Enum(name) => match service.enums[name].values.first().map(|value| &value.value) {
            Some(WireValue::Int(_)) => "int".to_owned(),
            _ => "string".to_owned(),
        },
        Type::String => "string".to_owned(),
        Type::Int => "int".to_owned(),
        Type::Float => "float".to_owned(),
        Type::Bool => "bool".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Widths do not matter; Volcengine's facts name structs without a mark.
fn plain(text: &str) -> String {
    ["int32", "int64", "uint64", "uint32"]
        .iter()
        .fold(text.replace("struct:", ""), |text, width| {
            text.replace(width, "int")
        })
}

fn values(fact: &Json) -> Option<Vec<String>> {
    if fact["values_confidence"] != "high" {
        return None;
    }
    let text = |value: &Json| {
        value["v"]
            .as_str()
            .map_or_else(|| value["v"].to_string(), ToOwned::to_owned)
    };
    Some(fact["values"].as_array()?.iter().map(text).collect())
}

fn compare(
    service: &Service,
    owner: &str,
    fields: &[Field],
    facts: &Json,
    request: bool,
    wrong: &mut Vec<String>,
) {
    let facts: Vec<&Json> = facts
        .as_array()
        .into_iter()
        .flatten()
        .filter(|fact| fact["name"] != "RequestId")
        .collect();
    let ours: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let theirs: Vec<&str> = facts
        .iter()
        .filter_map(|fact| fact["name"].as_str())
        .collect();
    if ours != theirs {
        wrong.push(format!(
            "{owner}: fields {ours:?}, the facts have {theirs:?}"
        ));
        return;
    }
    for (field, fact) in fields.iter().zip(facts) {
        let place = format!("{owner}.{}", field.name);
        let (ours, theirs) = (
            plain(&type_text(service, &field.ty)),
            plain(fact["type"].as_str().unwrap_or_default()),
        );
        if ours != theirs {
            wrong.push(format!("{place}: type {ours}, the facts have {theirs}"));
        }
        if request && field.required != (fact["required"] == true) {
            wrong.push(format!(
                "{place}: required {}, the facts have {}",
                field.required, fact["required"]
            ));
        }
        if field.disabled != (fact["disabled"] == true) {
            wrong.push(format!(
                "{place}: disabled {}, the facts have {}",
                field.disabled, fact["disabled"]
            ));
        }
        if let Some(expected) = values(fact) {
            let name = field.ty.enum_name();
            let found: Vec<String> = name
                .into_iter()
                .flat_map(|name| &service.enums[name].values)
                .map(|value| value.value.to_string())
                .collect();
            if found != expected {
                wrong.push(format!(
                    "{place}: values {found:?}, the facts have {expected:?}"
                ));
            }
        } else if field.ty.enum_name().is_some()
            && !DEVIATIONS.iter().any(|(known, _)| *known == place)
            && fact["enum"].is_null()
            && fact["values"].is_null()
        {
            wrong.push(format!(
                "{place}: an enum without values in the facts and without a listed reason"
            ));
        }
    }
}

fn tencent(name: &str, version: &str) -> Vec<String> {
    let Some(facts) = facts(&format!("tencent/{name}-{version}.json")) else {
        return Vec::new();
    };
    let api = api();
    let service = service(&api, Vendor::Tencent, name, version);
    let mut wrong = Vec::new();
    assert_eq!(service.host, facts["host"].as_str().unwrap());
    for action in service.actions.values() {
        let fact = find(&facts["actions"], "name", &action.name)
            .unwrap_or_else(|| panic!("no facts of {}", action.name));
        let of = |end: &str| {
            &find(&facts["structs"], "name", &format!("{}{end}", action.name)).unwrap()["fields"]
        };
        compare(
            service,
            &format!("{}Request", action.name),
            &action.request,
            of("Request"),
            true,
            &mut wrong,
        );
        compare(
            service,
            &format!("{}Response", action.name),
            &action.response,
            of("Response"),
            false,
            &mut wrong,
        );
        errors(action, &fact["errors"], &mut wrong);
    }
    for item in service.structs.values() {
        let fact = find(&facts["structs"], "name", &item.name)
            .unwrap_or_else(|| panic!("no facts of {}", item.name));
        compare(
            service,
            &item.name,
            &item.fields,
            &fact["fields"],
            item.in_request,
            &mut wrong,
        );
    }
    wrong
}

fn errors(action: &Action, facts: &Json, wrong: &mut Vec<String>) {
    let code = |fact: &Json| {
        fact.as_str()
            .or_else(|| fact["code"].as_str())
            .map(ToOwned::to_owned)
    };
    let mut theirs: Vec<String> = facts
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(code)
        .collect();
    let mut ours = action.errors.clone();
    theirs.sort();
    ours.sort();
    if ours != theirs {
        wrong.push(format!(
            "{}: error codes {ours:?}, the facts have {theirs:?}",
            action.name
        ));
    }
}

#[test]
fn tencent_services_agree_with_the_facts() {
    for (name, version) in [
        ("ca", "2023-02-28"),
        ("ess", "2020-11-11"),
        ("essbasic", "2021-05-26"),
    ] {
        let wrong = tencent(name, version);
        assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn volcengine_sms_agrees_with_the_facts() {
    let Some(facts) = facts("volcengine-sms.json") else {
        return;
    };
    let api = api();
    let mut wrong = Vec::new();
    for service in api
        .services
        .values()
        .filter(|service| service.id.service == "sms")
    {
        assert_eq!(
            service.signing_name,
            facts["service"]["service_code"].as_str().unwrap()
        );
        for action in service.actions.values() {
            let same = |fact: &&Json| {
                fact["action"] == action.name.as_str()
                    && fact["version"] == service.id.version.as_str()
            };
            let fact = facts["actions"]
                .as_array()
                .unwrap()
                .iter()
                .find(same)
                .unwrap();
            compare(
                service,
                &format!("{}Request", action.name),
                &action.request,
                &fact["request"],
                true,
                &mut wrong,
            );
            compare(
                service,
                &format!("{}Response", action.name),
                &action.response,
                &fact["result"]["fields"],
                false,
                &mut wrong,
            );
            errors(action, &fact["error_codes"], &mut wrong);
        }
        for item in service.structs.values() {
            compare(
                service,
                &item.name,
                &item.fields,
                &facts["structs"][&item.name]["fields"],
                false,
                &mut wrong,
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
