//! Every reason for which Volcengine refuses a call, provoked over the wire.

use serde_json::{Value as Json, json};

use crate::bench::{Bench, NOW, volcengine_error};
use crate::http::Request;
use crate::sign::Signer;

type Refusal = (u16, String, Json);

/// Sends a call that would be good but for what `change` does before signing and `spoil` after.
fn refused(
    change: impl FnOnce(&mut Request, &mut Signer),
    spoil: impl FnOnce(&mut Request),
) -> Refusal {
    let bench = Bench::new();
    let (mut request, mut signer) = (
        bench.volcengine("Apply", r#"{"name":"n"}"#),
        bench.signer("volcSMS"),
    );
    change(&mut request, &mut signer);
    signer.volcengine(&mut request);
    spoil(&mut request);
    let refusal = volcengine_error(&bench.send(&request));
    let call = bench.cloud.calls().pop().unwrap();
    assert_eq!(
        (call.http_status, call.error_code.as_deref()),
        (refusal.0, Some(refusal.1.as_str()))
    );
    refusal
}

/// A refusal whose code the schema of these tests does not declare: the usual HTTP status, and no number.
fn plain(status: u16, code: &str) -> Refusal {
    (status, code.to_owned(), json!(null))
}

fn nothing(_: &mut Request, _: &mut Signer) {}

/// Replaces a part of the Authorization header.
fn replaced<'a>(from: &'a str, to: &'a str) -> impl Fn(&mut Request) + 'a {
    move |request| {
        assert!(request.header("Authorization").contains(from), "{from}");
        request.set(
            "Authorization",
            &request.header("Authorization").replace(from, to),
        );
    }
}

#[test]
fn an_authorization_that_is_missing_or_malformed() {
    assert_eq!(
        refused(nothing, |request| request.remove("Authorization")),
        plain(401, "MissingAuthenticationToken")
    );
    let malformed = plain(400, "InvalidAuthorization");
    assert_eq!(
        refused(nothing, replaced("HMAC-SHA256 ", "HMAC-SHA512 ")),
        malformed
    );
    assert_eq!(
        refused(nothing, replaced("SignedHeaders=", "Headers=")),
        malformed
    );
    assert_eq!(
        refused(nothing, replaced("/request", "/tc3_request")),
        malformed
    );
    assert_eq!(refused(nothing, replaced("/cn-north-1/", "/")), malformed);
    assert_eq!(refused(nothing, replaced("host;", "")), malformed);
    assert_eq!(refused(nothing, replaced(";x-date", "")), malformed);
    assert_eq!(
        refused(nothing, replaced("host;", "host;x-absent;")),
        malformed
    );
    assert_eq!(
        refused(nothing, |request| request
            .set("X-Date", "2023-11-14T22:13:20Z")),
        malformed
    );
    assert_eq!(
        refused(nothing, replaced("Signature=", "Signature=, Signature=")),
        malformed
    );
    let cut = |request: &mut Request| {
        let header = request
            .header("Authorization")
            .split(", Signature=")
            .next()
            .unwrap()
            .to_owned();
        request.set("Authorization", &header);
    };
    assert_eq!(refused(nothing, cut), plain(401, "MissingSignature"));
}

#[test]
fn authentication_data_that_lacks_a_part() {
    let missing = plain(400, "MissingRequestInfo");
    assert_eq!(
        refused(
            nothing,
            replaced("Credential=local-cloud-demo-id/", "Credential=/")
        ),
        missing
    );
    assert_eq!(refused(nothing, replaced("/cn-north-1/", "//")), missing);
    assert_eq!(refused(nothing, replaced("/volcSMS/", "//")), missing);
    assert_eq!(
        refused(nothing, |request| request.remove("X-Date")),
        missing
    );
}

#[test]
fn an_unknown_key() {
    assert_eq!(
        refused(|_, signer| signer.id.push('x'), |_| {}),
        plain(401, "InvalidAccessKey")
    );
}

#[test]
fn a_time_of_signing_more_than_900_seconds_away() {
    let at = |time: &str| {
        let bench = Bench::new();
        let mut request = bench.volcengine("Apply", r#"{"name":"n"}"#);
        Signer {
            time: time.to_owned(),
            ..bench.signer("volcSMS")
        }
        .volcengine(&mut request);
        let answer = bench.send(&request);
        (
            answer.status,
            answer.json()["ResponseMetadata"]["Error"]["Code"].clone(),
        )
    };
    assert_eq!(NOW % 86_400, 22 * 3_600 + 13 * 60 + 20);
    assert_eq!(at("215820"), (200, json!(null)));
    assert_eq!(at("222820"), (200, json!(null)));
    assert_eq!(at("215819"), (403, json!("InvalidTimestamp")));
    assert_eq!(at("222821"), (403, json!("InvalidTimestamp")));
}

#[test]
fn a_scope_whose_date_is_not_that_of_the_request() {
    assert_eq!(
        refused(nothing, replaced("/20231114/", "/20231115/")),
        plain(400, "InvalidCredential")
    );
}

#[test]
fn a_signature_that_does_not_match() {
    let wrong = (401, "SignatureDoesNotMatch".to_owned(), json!(100_010));
    assert_eq!(refused(|_, signer| signer.key.push('x'), |_| {}), wrong);
    assert_eq!(refused(nothing, |request| request.body.push(b' ')), wrong);
    assert_eq!(
        refused(nothing, |request| request.set("X-Content-Sha256", "00")),
        wrong
    );
    assert_eq!(
        refused(nothing, |request| request
            .set("Content-Type", "application/json")),
        wrong
    );
    assert_eq!(
        refused(nothing, |request| request.target.push_str("&X=1")),
        wrong
    );
    assert_eq!(
        refused(nothing, replaced("/cn-north-1/", "/cn-beijing/")),
        wrong
    );
}

#[test]
fn a_stated_hash_must_be_that_of_the_body_even_if_it_is_not_signed() {
    let bench = Bench::new();
    let mut request = bench.volcengine("Apply", r#"{"name":"n"}"#);
    bench.signer("volcSMS").volcengine(&mut request);
    request.body = br#"{"name":"m"}"#.to_vec();
    assert_eq!(
        volcengine_error(&bench.send(&request)).1,
        "SignatureDoesNotMatch"
    );
    let reason = format!("{:?}", bench.cloud.calls()[0].signature);
    assert!(reason.contains("X-Content-Sha256"), "{reason}");
}

#[test]
fn services_and_actions_that_are_unknown() {
    let service = |_: &mut Request, signer: &mut Signer| signer.service = "volcsms".to_owned();
    assert_eq!(
        refused(service, |_| {}),
        (404, "ServiceNotFound".to_owned(), json!(100_007))
    );
    let unknown = plain(404, "InvalidActionOrVersion");
    let target = |target: &'static str| {
        move |request: &mut Request, _: &mut Signer| request.target = target.to_owned()
    };
    assert_eq!(
        refused(target("/?Action=apply&Version=2021-01-11"), |_| {}),
        unknown
    );
    assert_eq!(
        refused(target("/?Action=Apply&Version=2020-01-01"), |_| {}),
        unknown
    );
    assert_eq!(
        refused(target("/?Version=2021-01-11"), |_| {}),
        plain(400, "MissingParameter")
    );
    assert_eq!(
        refused(target("/?Action=Apply"), |_| {}),
        plain(400, "MissingParameter")
    );
}

#[test]
fn bad_parameters_get_the_service_s_own_code_with_status_200() {
    let own = plain(200, "1001");
    let bench = Bench::new();
    for body in [
        json!({}),
        json!({ "name": "n", "x": 1 }),
        json!({ "name": 1 }),
        json!({ "name": "too long" }),
        json!([]),
    ] {
        assert_eq!(
            volcengine_error(&bench.call_volcengine("Apply", &body)),
            own,
            "{body}"
        );
    }
    let mut request = bench.volcengine("Apply", "{");
    bench.signer("volcSMS").volcengine(&mut request);
    assert_eq!(volcengine_error(&bench.send(&request)), own);
}

#[test]
fn bad_parameters_get_the_gateway_s_codes_where_the_service_has_none() {
    let bench = Bench::new();
    let send = |body: &str| {
        let mut request = bench.volcengine("Do", body);
        request.target = "/?Action=Do&Version=2022-02-02".to_owned();
        bench.signer("plain").volcengine(&mut request);
        volcengine_error(&bench.send(&request))
    };
    assert_eq!(send("{}"), plain(400, "MissingParameter"));
    assert_eq!(send(r#"{"Name":1}"#), plain(400, "InvalidParameter"));
}

#[test]
fn methods_other_than_get_and_post() {
    assert_eq!(
        refused(|request, _| request.method = "PUT".to_owned(), |_| {}),
        plain(405, "MethodNotAllowed")
    );
}

#[test]
fn an_error_names_the_call_and_an_id_for_support() {
    let bench = Bench::new();
    let mut request = bench.volcengine("Apply", "{}");
    bench.signer("volcSMS").volcengine(&mut request);
    let answer = bench.send(&request);
    let metadata = answer.json()["ResponseMetadata"].clone();
    assert_eq!(
        (
            &metadata["Action"],
            &metadata["Version"],
            &metadata["Service"],
            &metadata["Region"]
        ),
        (
            &json!("Apply"),
            &json!("2021-01-11"),
            &json!("volcSMS"),
            &json!("cn-north-1")
        )
    );
    assert_eq!(answer.header("X-Tt-Logid"), metadata["RequestId"]);
    assert_eq!(
        answer.header("Content-Type"),
        "application/json; charset=utf-8"
    );
    let id = metadata["RequestId"].as_str().unwrap();
    assert!(id.starts_with("20231114221320") && id.len() == 34, "{id}");
}
