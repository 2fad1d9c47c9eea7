//! The schemas of this repository, compiled in.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use yunqiao_mock::LocalCloud;
use yunqiao_model::api::{Body, ExampleAnswer, Method, RegionRule, Vendor};
use yunqiao_model::{Api, conform_response, load, render};

use crate::bench::{Bench, tencent_error};
use crate::http::{Answer, Request};

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
fn they_are_short_and_say_what_the_files_say() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let files = yunqiao_mock::sources_in(&folder).unwrap();
    let short = yunqiao_mock::embedded_sources();
    // But for files whose numbers JSON would write otherwise.
    let condensed = short.iter().filter(|source| source.is_condensed).count();
    assert!(condensed * 10 > short.len() * 9, "{condensed}");
    assert!(
        files
            .iter()
            .map(|file| &file.path)
            .eq(short.iter().map(|file| &file.path))
    );
    assert!(told(&load(&files).api) == told(&load(&short).api));
}

/// All of a model but the lines and columns, which the short form has not.
fn told(api: &Api) -> String {
    let text = format!("{api:?}");
    let mut pieces = text.split(", line: ");
    let mut told = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        told.push_str(piece.split_once(" }").unwrap().1);
    }
    told
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
    // What is made has an id of its own otherwise.
    let bench = Bench::with(|builder| builder.schemas(api.clone()).remembers(false));
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
                // The one field of some answers is the whole of what the envelope holds.
                let whole = action.response.iter().find(|field| field.result);
                let enveloped = whole.map_or(expected, |field| &expected[&field.name]);
                assert_eq!(
                    &result(&bench, &request),
                    enveloped,
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

/// A call to STS, signed with this key.
fn sts(action: &str, body: &Json, key: [&str; 2], token: Option<&str>, bench: &Bench) -> Answer {
    let mut request = bench.tencent(action, &body.to_string());
    request.set("X-TC-Version", "2018-08-13");
    request.set("X-TC-Region", "ap-guangzhou");
    if let Some(token) = token {
        request.set("X-TC-Token", token);
    }
    let mut signer = bench.signer("sts");
    [signer.id, signer.key] = key.map(ToOwned::to_owned);
    signer.tc3(&mut request);
    bench.send(&request)
}

#[test]
fn a_credential_that_sts_hands_out_is_good_from_then_on_with_its_token() {
    let bench = Bench::with(|builder| builder.schemas(yunqiao_mock::embedded().api));
    let own = [bench.cloud.secret_id(), bench.cloud.secret_key()];
    let role = json!({ "RoleArn": "qcs::cam::uin/1:roleName/r", "RoleSessionName": "test" });
    let hand_out = |id: &str, key: &str, token: &str| {
        let credential = json!({ "TmpSecretId": id, "TmpSecretKey": key, "Token": token });
        bench
            .cloud
            .answer("AssumeRole", json!({ "Credentials": credential }));
        sts("AssumeRole", &role, own, None, &bench);
    };
    let who = |id, key, token| {
        let answer = sts("GetCallerIdentity", &json!({}), [id, key], token, &bench);
        match answer.json()["Response"]["Arn"] {
            Json::Null => tencent_error(&answer).0,
            _ => "accepted".to_owned(),
        }
    };
    assert_eq!(
        who("temporary", "k1", Some("t1")),
        "AuthFailure.SecretIdNotFound"
    );
    hand_out("temporary", "k1", "t1");
    assert_eq!(who("temporary", "k1", Some("t1")), "accepted");
    let recorded = bench.cloud.calls().pop().unwrap();
    assert_eq!(recorded.key_id.as_deref(), Some("temporary"));
    assert!(!format!("{recorded:?}").contains("temporary"));
    assert_eq!(who("temporary", "k1", None), "AuthFailure.TokenFailure");
    assert_eq!(
        who("temporary", "k1", Some("t2")),
        "AuthFailure.TokenFailure"
    );
    // The same id again stands for a new pair; the keys that the cloud was started with stay as they are.
    hand_out("temporary", "k2", "t2");
    assert_eq!(who("temporary", "k2", Some("t2")), "accepted");
    assert_eq!(
        who("temporary", "k1", Some("t2")),
        "AuthFailure.SignatureFailure"
    );
    hand_out(own[0], "another", "t3");
    assert_eq!(who(own[0], own[1], None), "accepted");
}
