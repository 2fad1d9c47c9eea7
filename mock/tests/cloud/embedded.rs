//! The schemas of this repository, compiled in.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use yunqiao_mock::LocalCloud;
use yunqiao_model::api::{Body, ExampleAnswer, Method, RegionRule, Vendor};
use yunqiao_model::{conform_response, render};

use crate::bench::Bench;
use crate::http::Request;

#[test]
fn the_embedded_schemas_load_without_diagnostics() {
    let loaded = yunqiao_mock::embedded();
    assert!(
        loaded.diagnostics.is_empty(),
        "{}",
        render(&loaded.diagnostics, &[], "schemas", false)
    );
    assert!(!loaded.api.services.is_empty());
}

#[test]
fn a_cloud_starts_with_them_and_the_demo_key() {
    let cloud = LocalCloud::start().unwrap();
    assert_eq!(
        (cloud.secret_id(), cloud.secret_key()),
        (yunqiao_mock::DEMO_SECRET_ID, yunqiao_mock::DEMO_SECRET_KEY)
    );
    assert!(cloud.url().starts_with("http://127.0.0.1:"));
}

/// Codes with which the cloud refuses calls that the vendors' own pages do not list.
const OURS: [&str; 2] = ["InvalidParameter", "RequestSizeLimitExceeded"];

#[test]
fn the_vendors_declare_every_code_that_the_cloud_refuses_with() {
    let sources = [
        include_str!("../../src/protocol/tencent.rs"),
        include_str!("../../src/protocol/volcengine.rs"),
    ];
    let api = yunqiao_mock::embedded().api;
    for (vendor, source) in Vendor::ALL.into_iter().zip(sources) {
        let declared: BTreeSet<&str> = api.vendors[&vendor]
            .errors
            .keys()
            .map(String::as_str)
            .collect();
        let arms = source
            .split("fn code(")
            .nth(1)
            .unwrap()
            .split("fn request_id(")
            .next()
            .unwrap();
        // Every text in the arms but names of parameters is a code.
        let texts = arms
            .split('"')
            .skip(1)
            .step_by(2)
            .filter(|text| !matches!(*text, "Action" | "Version"));
        let codes: BTreeSet<&str> = texts.collect();
        assert!(codes.len() > 10, "{codes:?}");
        let missing: Vec<&&str> = codes
            .difference(&declared)
            .filter(|code| vendor == Vendor::Tencent || !OURS.contains(code))
            .collect();
        assert!(missing.is_empty(), "{vendor} does not declare {missing:?}");
    }
}

/// Sends every example with an answer, and expects that answer.
#[test]
fn every_example_is_answered_as_it_says() {
    let api = yunqiao_mock::embedded().api;
    let bench = Bench::with(|builder| builder.schemas(api.clone()));
    let mut sent = 0;
    for service in api.services.values() {
        for action in service
            .actions
            .values()
            .filter(|action| action.method == Method::Post && action.body == Body::Json)
        {
            for example in &action.examples {
                let ExampleAnswer::Response(expected) = &example.answer else {
                    continue;
                };
                let version = action.version.as_ref().unwrap_or(&service.id.version);
                let mut signer = bench.signer(&service.signing_name);
                let mut request = match service.id.vendor {
                    Vendor::Tencent => bench.tencent(&action.name, &example.request.to_string()),
                    Vendor::Volcengine => {
                        bench.volcengine(&action.name, &example.request.to_string())
                    }
                };
                if service.id.vendor == Vendor::Tencent {
                    request.set("X-TC-Version", version);
                    if action.region != RegionRule::Unused {
                        request.set("X-TC-Region", "ap-guangzhou");
                    }
                    signer.tc3(&mut request);
                } else {
                    request.target = format!("/?Action={}&Version={version}", action.name);
                    signer.region = service
                        .default_region
                        .clone()
                        .unwrap_or("cn-north-1".to_owned());
                    signer.volcengine(&mut request);
                }
                assert_eq!(
                    &result(&bench, &request),
                    expected,
                    "{} {}: {}",
                    service.id,
                    action.name,
                    example.title
                );
                assert_eq!(conform_response(service, action, expected), []);
                sent += 1;
            }
        }
    }
    assert!(sent > 0);
}

fn result(bench: &Bench, request: &Request) -> Json {
    let mut json = bench.send(request).json();
    match json.get_mut("Response") {
        Some(response) => {
            response.as_object_mut().unwrap().remove("RequestId");
            response.clone()
        }
        None => json.get("Result").cloned().unwrap_or(json!(null)),
    }
}
