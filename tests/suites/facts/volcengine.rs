//! The five versions of Volcengine's SMS and the facts about them in, the differences out.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use yunqiao_model::api::{Api, Method, Service, Vendor};

use crate::fields::{Fact, Told, compare, text};
use crate::finding::Findings;

/// The version that is described by generated SDKs, with structs of its own.
const GENERATED: &str = "2026-01-01";

pub(crate) fn findings(api: &Api, facts: &Json) -> Vec<Findings> {
    let ours = api
        .services
        .values()
        .filter(|service| service.id.vendor == Vendor::Volcengine && service.id.service == "sms");
    let all: Vec<Findings> = ours.map(|service| one(api, service, facts)).collect();
    let told: BTreeSet<&str> = list(&facts["actions"])
        .iter()
        .filter_map(|action| action["version"].as_str())
        .collect();
    assert_eq!(
        all.len(),
        told.len(),
        "the facts have the versions {told:?}"
    );
    all
}

fn one(api: &Api, service: &Service, facts: &Json) -> Findings {
    let mut findings = Findings::new(&service.id);
    let mut values = Told::default();
    let version = service.id.version.as_str();
    let about = &facts["service"];
    let code = string(&about["service_code"]);
    findings.same(
        "service",
        "signing name",
        service.signing_name.as_str(),
        code,
    );
    let hosts: Vec<&str> = list(&about["hosts"])
        .iter()
        .map(|host| string(&host["host"]))
        .collect();
    for host in [&service.host].into_iter().chain(service.hosts.values()) {
        if !hosts.contains(&host.as_str()) {
            findings.report("service", "host", host, "-");
        }
    }
    let told: Vec<&Json> = list(&facts["actions"])
        .iter()
        .filter(|action| action["version"] == version)
        .collect();
    findings.same_set(
        "service",
        "action",
        service.actions.keys().cloned(),
        told.iter().map(|fact| string(&fact["action"]).to_owned()),
    );
    let mut codes = BTreeSet::new();
    let mut reached = BTreeSet::new();
    for fact in told {
        let Some(action) = service.actions.get(string(&fact["action"])) else {
            continue;
        };
        let name = &action.name;
        let request = list(&fact["request"]).to_vec();
        let result = result(&fact["result"], facts);
        for (side, ours, told) in [
            ("request", &action.request, &request),
            ("response", &action.response, &result),
        ] {
            let told: Vec<Fact> = told
                .iter()
                .map(|told| self::fact(told, facts, side == "request"))
                .collect();
            compare(
                service,
                &format!("{name}.{side}"),
                ours,
                &told,
                &mut values,
                &mut findings,
            );
            reach(
                told.iter().map(|fact| fact.ty.clone()).collect(),
                version,
                facts,
                &mut reached,
            );
        }
        let method = match action.method {
            Method::Get => "GET",
            Method::Post => "POST",
        };
        findings.same(name, "method", method, string(&fact["method"]));
        let told = error_codes(fact, facts);
        findings.same_set(
            name,
            "error",
            action.errors.iter().cloned(),
            told.iter().cloned(),
        );
        codes.extend(told);
    }
    findings.same_set(
        "service",
        "struct",
        service.structs.keys().cloned(),
        reached,
    );
    for item in service.structs.values() {
        let told: Vec<Fact> = list(declared(&item.name, version, facts))
            .iter()
            .map(|told| fact(told, facts, item.in_request))
            .collect();
        compare(
            service,
            &item.name,
            &item.fields,
            &told,
            &mut values,
            &mut findings,
        );
    }
    for (name, item) in service
        .enums
        .iter()
        .filter(|(name, _)| facts["enums"][name].is_object())
    {
        let told = list(&facts["enums"][name]["values"]);
        let told: BTreeSet<String> = told.iter().map(|value| text(&value[0])).collect();
        let ours = item.values.iter().map(|value| value.value.to_string());
        findings.same_set(name, "value", ours, told.iter().cloned());
        values.named(name, told);
    }
    values.settle(service, &mut findings);
    // What the gateway answers counts for every service of the vendor.
    let gateway = &api.vendors[&Vendor::Volcengine].errors;
    let own = service.errors.keys().cloned();
    findings.same_set(
        "service",
        "error",
        own,
        codes.into_iter().filter(|code| !gateway.contains_key(code)),
    );
    findings
}

/// The gateway's own codes, with their numbers and HTTP status.
pub(crate) fn gateway(api: &Api, facts: &Json) -> Findings {
    let mut findings = Findings::of("volcengine");
    let ours = &api.vendors[&Vendor::Volcengine].errors;
    let told = list(&facts["gateway_errors"]);
    let codes = told.iter().map(|fact| string(&fact["code"]).to_owned());
    findings.same_set("gateway", "error", ours.keys().cloned(), codes);
    for fact in told {
        let Some(error) = ours.get(string(&fact["code"])) else {
            continue;
        };
        let number = error.number.map_or(Json::Null, Json::from);
        findings.same(&error.code, "number", &number, &fact["code_n"]);
        // Where the documents tell two, one is ours.
        let told = list(&fact["http_status"]);
        let status = error.http_status.map_or(Json::Null, Json::from);
        if !told.contains(&status) {
            findings.report(&error.code, "status", status, &fact["http_status"]);
        }
    }
    findings
}

/// The fields of an answer. A text as the whole result is one field, which the schemas call `Result`.
fn result(result: &Json, facts: &Json) -> Vec<Json> {
    if result["kind"] == "string" {
        return vec![json!({ "name": "Result", "type": "string" })];
    }
    let named = |key: &str| {
        result[key]
            .as_str()
            .and_then(|name| facts["structs"][name]["fields"].as_array())
    };
    result["fields"]
        .as_array()
        .or_else(|| named("ref"))
        .or_else(|| named("sdk_ref"))
        .cloned()
        .unwrap_or_default()
}

fn declared<'a>(name: &str, version: &str, facts: &'a Json) -> &'a Json {
    if version == GENERATED {
        &facts["structs_2026_01_01"][name]
    } else {
        &facts["structs"][name]["fields"]
    }
}

/// Adds the structs that types lead to.
fn reach(types: Vec<String>, version: &str, facts: &Json, reached: &mut BTreeSet<String>) {
    for ty in types {
        let name = ty.replace("list<", "").replace('>', "");
        let fields = declared(&name, version, facts);
        if fields.is_array() && reached.insert(name) {
            let types = list(fields)
                .iter()
                .map(|field| string(&field["type"]).to_owned());
            reach(types.collect(), version, facts, reached);
        }
    }
}

fn fact(fact: &Json, facts: &Json, is_request: bool) -> Fact {
    let named = fact["enum"]
        .as_str()
        .map(|name| list(&facts["enums"][name]["values"]));
    let listed = |key: &str| fact[key].as_array().map(Vec::as_slice);
    let value = |value: &Json| text(value.get(0).unwrap_or(value));
    let values = named
        .or_else(|| listed("allowed"))
        .or_else(|| listed("values"));
    // Ids have more than 32 bits, whatever a generated SDK says.
    assert!(fact["big_integer"] != true || string(&fact["type"]).contains("int64"));
    Fact {
        name: string(&fact["name"]).to_owned(),
        ty: string(&fact["type"]).replace("float64", "float"),
        required: fact["required"].as_bool().filter(|_| is_request),
        disabled: false,
        deprecated: Some(fact["deprecated"] == true),
        default: fact.get("default").map(text),
        values: values.map(|values| values.iter().map(value).collect()),
        is_certain: named.is_some(),
    }
}

fn error_codes(fact: &Json, facts: &Json) -> Vec<String> {
    let of = |errors: &Json| -> Vec<String> {
        let codes = list(errors)
            .iter()
            .map(|error| string(&error["code"]).to_owned());
        codes.collect()
    };
    let mut codes = of(&fact["error_codes"]);
    if fact["error_ref"] == "send_error_codes" {
        codes.extend(of(&facts["send_error_codes"]["codes"]));
    }
    codes
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn string(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}
