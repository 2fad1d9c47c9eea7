//! The schemas against the collected facts of the vendors' documents, in both directions: actions, structs, fields, types,
//! requiredness, values, defaults, hosts, paging and codes. What differs on purpose is listed with its reason in
//! `tests/facts/deviations.tsv`; a row that is no longer true fails as a new difference does. Skipped without the facts.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use serde_json::Value as Json;
use yunqiao_model::api::{Api, Service, Vendor};
use yunqiao_model::load;
use yunqiao_tests::{schemas, shared};

#[path = "facts/census.rs"]
mod census;
#[path = "facts/fields.rs"]
mod fields;
#[path = "facts/finding.rs"]
mod finding;
#[path = "facts/tencent.rs"]
mod tencent;
#[path = "facts/volcengine.rs"]
mod volcengine;

use finding::accounted_for;

fn facts(path: &str) -> Option<Json> {
    let Some(shared) = shared() else {
        println!("skipped: ../shared is not there, so the facts cannot be compared");
        return None;
    };
    let text = std::fs::read_to_string(shared.join("facts").join(path)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn service<'a>(api: &'a Api, vendor: Vendor, name: &str, version: &str) -> &'a Service {
    api.services
        .values()
        .find(|s| s.id.vendor == vendor && s.id.service == name && s.id.version == version)
        .unwrap()
}

#[test]
fn services_of_tencent_agree_with_the_facts() {
    let api = load(&schemas()).api;
    let mut all = Vec::new();
    // The last number is the least of single comparisons.
    for (name, version, least) in [
        ("ca", "2023-02-28", 100),
        ("ess", "2020-11-11", 10_000),
        ("essbasic", "2021-05-26", 7_000),
        ("sts", "2018-08-13", 200),
    ] {
        let Some(facts) = facts(&format!("tencent/{name}-{version}.json")) else {
            return;
        };
        let service = service(&api, Vendor::Tencent, name, version);
        let findings = tencent::findings(&api, service, &facts);
        println!("{findings}");
        let compared = findings.compared;
        assert!(compared >= least, "{name}: only {compared} comparisons");
        all.push(findings);
    }
    accounted_for(&all);
}

#[test]
fn volcengine_sms_agrees_with_the_facts() {
    let Some(facts) = facts("volcengine-sms.json") else {
        return;
    };
    let api = load(&schemas()).api;
    let all = volcengine::findings(&api, &facts);
    for one in &all {
        println!("{one}");
    }
    accounted_for(&all);
}

#[test]
fn the_gateway_of_volcengine_agrees_with_the_facts() {
    let Some(facts) = facts("volcengine-sms.json") else {
        return;
    };
    let findings = volcengine::gateway(&load(&schemas()).api, &facts);
    println!("{findings}");
    accounted_for(&[findings]);
}
