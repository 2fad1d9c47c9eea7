//! Every reason for which Tencent Cloud refuses a call, provoked over the wire.

use yunqiao_mock::Signature;

use crate::bench::{Bench, NOW, tencent_error};
use crate::http::Request;
use crate::sign::Signer;

/// Sends a call that would be good but for what `change` does before signing and `spoil` after.
#[track_caller]
fn refused(
    body: &str,
    action: &str,
    change: impl FnOnce(&mut Request, &mut Signer),
    spoil: impl FnOnce(&mut Request),
) -> String {
    let bench = Bench::new();
    let (mut request, mut signer) = (bench.tencent(action, body), bench.signer("demo"));
    change(&mut request, &mut signer);
    signer.tc3(&mut request);
    spoil(&mut request);
    let (code, message) = tencent_error(&bench.send(&request));
    let call = bench.cloud.calls().pop().unwrap();
    assert_eq!(call.error_code.as_deref(), Some(code.as_str()));
    assert_eq!(call.http_status, 200);
    assert!(message.len() > 10, "{message}");
    code
}

const GOOD: &str = r#"{"FlowId":"a"}"#;

#[test]
fn an_authorization_that_is_missing_or_malformed() {
    let spoils: [&dyn Fn(&mut Request); 12] = [
        &|request| request.remove("Authorization"),
        &|request| request.set("Authorization", "TC3-HMAC-SHA256"),
        &|request| request.set("Authorization", "SKIP"),
        &|request| {
            request.set(
                "Authorization",
                &request
                    .header("Authorization")
                    .replace("TC3-HMAC-SHA256 ", "TC3 "),
            )
        },
        &|request| {
            request.set(
                "Authorization",
                &request
                    .header("Authorization")
                    .replace("SignedHeaders=", "Headers="),
            )
        },
        &|request| {
            request.set(
                "Authorization",
                &request
                    .header("Authorization")
                    .replace("tc3_request", "request"),
            )
        },
        &|request| {
            request.set(
                "Authorization",
                &request
                    .header("Authorization")
                    .replace("/demo/", "/demo/more/"),
            )
        },
        &|request| {
            request.set(
                "Authorization",
                &request.header("Authorization").replace("/demo/", "//"),
            )
        },
        &|request| {
            request.set(
                "Authorization",
                &request.header("Authorization").replace("host;", ""),
            )
        },
        &|request| {
            request.set(
                "Authorization",
                &request
                    .header("Authorization")
                    .replace("host;", "host;x-absent;"),
            )
        },
        &|request| request.remove("X-TC-Timestamp"),
        &|request| request.set("X-TC-Timestamp", "now"),
    ];
    for (at, spoil) in spoils.into_iter().enumerate() {
        assert_eq!(
            refused(GOOD, "DescribeFlow", |_, _| {}, spoil),
            "AuthFailure.InvalidAuthorization",
            "case {at}"
        );
    }
}

#[test]
fn an_unknown_key() {
    let change = |_: &mut Request, signer: &mut Signer| signer.id.push('x');
    assert_eq!(
        refused(GOOD, "DescribeFlow", change, |_| {}),
        "AuthFailure.SecretIdNotFound"
    );
}

#[test]
fn a_time_of_signing_more_than_300_seconds_away() {
    let at = |seconds: i64, time: &str| {
        let bench = Bench::new();
        let mut request = bench.tencent("DescribeFlow", GOOD);
        Signer {
            seconds,
            time: time.to_owned(),
            ..bench.signer("demo")
        }
        .tc3(&mut request);
        tencent_error(&bench.send(&request)).0
    };
    assert_eq!(at(NOW - 300, "220820"), "none");
    assert_eq!(at(NOW + 300, "221820"), "none");
    assert_eq!(at(NOW - 301, "220819"), "AuthFailure.SignatureExpire");
    assert_eq!(at(NOW + 301, "221821"), "AuthFailure.SignatureExpire");
}

#[test]
fn a_scope_whose_date_is_not_that_of_the_timestamp() {
    let change = |_: &mut Request, signer: &mut Signer| signer.date = "2023-11-15".to_owned();
    assert_eq!(
        refused(GOOD, "DescribeFlow", change, |_| {}),
        "AuthFailure.InvalidAuthorization"
    );
}

#[test]
fn a_signature_that_does_not_match() {
    let spoils: [&dyn Fn(&mut Request); 5] = [
        &|request| request.body.push(b' '),
        &|request| request.set("Content-Type", "application/json; charset=utf-8"),
        &|request| request.set("X-TC-Action", "CreateFlow"),
        &|request| {
            let header = request.header("Authorization").to_owned();
            let (before, signature) = header.split_once("Signature=").unwrap();
            request.set(
                "Authorization",
                &format!("{before}Signature={}", signature.to_uppercase()),
            );
        },
        &|request| {
            request.set(
                "Authorization",
                &format!("{}00", request.header("Authorization")),
            )
        },
    ];
    for (at, spoil) in spoils.into_iter().enumerate() {
        assert_eq!(
            refused(GOOD, "DescribeFlow", |_, _| {}, spoil),
            "AuthFailure.SignatureFailure",
            "case {at}"
        );
    }
    let change = |_: &mut Request, signer: &mut Signer| signer.key.push('x');
    assert_eq!(
        refused(GOOD, "DescribeFlow", change, |_| {}),
        "AuthFailure.SignatureFailure"
    );
}

#[test]
fn services_versions_and_actions_that_are_unknown_or_gone() {
    let nothing = |_: &mut Request, _: &mut Signer| {};
    let service = |_: &mut Request, signer: &mut Signer| signer.service = "Demo".to_owned();
    let version = |request: &mut Request, _: &mut Signer| request.set("X-TC-Version", "2020-01-01");
    let no_version = |request: &mut Request, _: &mut Signer| request.remove("X-TC-Version");
    let newer = |request: &mut Request, _: &mut Signer| request.set("X-TC-Version", "2025-05-05");
    assert_eq!(
        refused(GOOD, "DescribeFlow", service, |_| {}),
        "NoSuchProduct"
    );
    assert_eq!(
        refused(GOOD, "DescribeFlow", version, |_| {}),
        "NoSuchVersion"
    );
    assert_eq!(
        refused(GOOD, "DescribeFlow", no_version, |_| {}),
        "MissingParameter"
    );
    assert_eq!(
        refused(GOOD, "describeFlow", nothing, |_| {}),
        "InvalidAction"
    );
    assert_eq!(refused("{}", "Retired", nothing, |_| {}), "ActionOffline");
    // A version that a single action has is known, but only that action lives there.
    assert_eq!(refused("{}", "Newer", nothing, |_| {}), "InvalidAction");
    assert_eq!(
        refused(GOOD, "DescribeFlow", newer, |_| {}),
        "InvalidAction"
    );
    assert_eq!(
        refused(r#"{"X":1}"#, "Newer", newer, |_| {}),
        "UnknownParameter"
    );
}

#[test]
fn a_region_that_is_required_but_missing() {
    let bench = Bench::new();
    let mut request = bench.tencent("ListZones", "");
    request.method = "GET".to_owned();
    bench.signer("demo").tc3(&mut request);
    let (code, message) = tencent_error(&bench.send(&request));
    assert_eq!(code, "MissingParameter");
    assert!(message.contains("`Region`"), "{message}");
    request.set("X-TC-Region", "ap-guangzhou");
    assert_eq!(tencent_error(&bench.send(&request)).0, "none");
    assert_eq!(
        bench.cloud.calls()[1].region.as_deref(),
        Some("ap-guangzhou")
    );
}

#[test]
fn a_body_that_is_no_json_object() {
    for body in [
        "",
        "{",
        "[]",
        "1",
        "null",
        "\"text\"",
        "{\"FlowId\":\"a\"} x",
    ] {
        assert_eq!(
            refused(body, "DescribeFlow", |_, _| {}, |_| {}),
            "InvalidParameter",
            "{body}"
        );
    }
}

#[test]
fn methods_other_than_get_and_post() {
    for method in ["PUT", "DELETE", "PATCH"] {
        let change = |request: &mut Request, _: &mut Signer| request.method = method.to_owned();
        assert_eq!(
            refused(GOOD, "DescribeFlow", change, |_| {}),
            "UnsupportedProtocol",
            "{method}"
        );
    }
}

#[test]
fn requests_that_are_too_large() {
    let body = |bytes: usize| format!("{{\"File\":\"{}\"}}", "x".repeat(bytes - 11));
    let fits = body(10 << 20);
    assert_eq!(fits.len(), 10 << 20);
    let bench = Bench::new();
    assert_eq!(
        tencent_error(&signed(&bench, "DescribeFlow", &fits)).0,
        "MissingParameter"
    );
    assert_eq!(
        tencent_error(&signed(&bench, "DescribeFlow", &body((10 << 20) + 1))).0,
        "RequestSizeLimitExceeded"
    );
    assert_eq!(bench.cloud.calls()[1].signature, Signature::NotChecked);
    // The gateway's limit does not hold for an action with a host of its own.
    assert_eq!(
        tencent_error(&signed(&bench, "Upload", &body((10 << 20) + 1))).0,
        "none"
    );

    let mut request = bench.tencent("ListZones", "");
    request.method = "GET".to_owned();
    request.set("X-TC-Region", "ap-guangzhou");
    request.target = format!("/?Limit={}", "0".repeat(32 << 10));
    bench.signer("demo").tc3(&mut request);
    assert_eq!(
        tencent_error(&bench.send(&request)).0,
        "RequestSizeLimitExceeded"
    );
}

fn signed(bench: &Bench, action: &str, body: &str) -> crate::http::Answer {
    let mut request = bench.tencent(action, body);
    bench.signer("demo").tc3(&mut request);
    bench.send(&request)
}
