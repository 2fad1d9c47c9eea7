//! Requests whose signatures hold although they look unusual.

use serde_json::json;
use yunqiao_mock::Signature;

use crate::bench::{Bench, tencent_error, volcengine_error};

#[test]
fn an_unsigned_payload_may_be_anything() {
    let bench = Bench::new();
    let mut request = bench.tencent("DescribeFlow", r#"{"FlowId":"a"}"#);
    request.set("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD");
    bench.signer("demo").tc3(&mut request);
    request.body = br#"{"FlowId":"other"}"#.to_vec();
    assert_eq!(bench.send(&request).json()["Response"]["Title"], "first");
}

#[test]
fn header_values_are_trimmed() {
    let bench = Bench::new();
    let mut request = bench.tencent("DescribeFlow", r#"{"FlowId":"a"}"#);
    bench.signer("demo").tc3(&mut request);
    request.set("Content-Type", "  application/json\t ");
    bench.send(&request);
    assert!(bench.cloud.calls()[0].signature.is_verified());
}

#[test]
fn signed_headers_are_read_in_the_order_of_their_names() {
    let bench = Bench::new();
    let mut request = bench.tencent("DescribeFlow", r#"{"FlowId":"a"}"#);
    bench.signer("demo").tc3(&mut request);
    let shuffled = request.header("Authorization").replace(
        "content-type;host;x-tc-action",
        "x-tc-action;Host;content-type",
    );
    request.set("Authorization", &shuffled);
    bench.send(&request);
    assert!(bench.cloud.calls()[0].signature.is_verified());
}

#[test]
fn temporary_credentials_need_their_token() {
    let bench = Bench::with(|builder| builder.key_with_token("temporary", "secret", "token"));
    let mut tencent = bench.tencent("DescribeFlow", r#"{"FlowId":"a"}"#);
    bench.signer("demo").tc3(&mut tencent);
    let mut volcengine = bench.volcengine("Apply", r#"{"name":"n"}"#);
    bench.signer("volcSMS").volcengine(&mut volcengine);
    for token in ["", "wrong"] {
        if !token.is_empty() {
            tencent.set("X-TC-Token", token);
            volcengine.set("X-Security-Token", token);
        }
        assert_eq!(
            tencent_error(&bench.send(&tencent)).0,
            "AuthFailure.TokenFailure"
        );
        assert_eq!(
            volcengine_error(&bench.send(&volcengine)),
            (401, "InvalidSecretToken".to_owned(), json!(null))
        );
    }
    tencent.set("X-TC-Token", "token");
    volcengine.set("X-Security-Token", "token");
    assert_eq!(bench.send(&tencent).json()["Response"]["Title"], "first");
    assert_eq!(bench.send(&volcengine).status, 200);
    assert_eq!(bench.cloud.secret_id(), "temporary");
}

#[test]
fn actions_without_a_signature_are_served_by_name() {
    let bench = Bench::new();
    let mut request = bench.tencent("Assume", "{}");
    request.set("Authorization", "SKIP");
    assert_eq!(bench.send(&request).json()["Response"]["Token"], "Token");
    let mut request = bench.volcengine("Open", "");
    request.target = "/?Action=Open&Version=2022-02-02".to_owned();
    assert_eq!(
        bench.send(&request).json()["ResponseMetadata"]["Service"],
        "plain"
    );
    assert!(
        bench
            .cloud
            .calls()
            .iter()
            .all(|call| call.signature == Signature::NotNeeded)
    );

    // A signature that is there all the same is checked.
    let mut request = bench.tencent("Assume", "{}");
    bench.signer("demo").tc3(&mut request);
    assert_eq!(bench.send(&request).json()["Response"]["Token"], "Token");
    request.body.push(b' ');
    assert_eq!(
        tencent_error(&bench.send(&request)).0,
        "AuthFailure.SignatureFailure"
    );

    // Others cannot skip it.
    let mut request = bench.tencent("DescribeFlow", "{}");
    request.set("Authorization", "SKIP");
    assert_eq!(
        tencent_error(&bench.send(&request)).0,
        "AuthFailure.InvalidAuthorization"
    );
}

#[test]
fn equal_keys_of_a_query_may_be_signed_sorted_or_in_the_order_sent() {
    let bench = Bench::new();
    let names = "Action=List&Version=2021-01-11";
    for signed in ["accounts=a&accounts=b", "accounts=b&accounts=a"] {
        let mut request = bench.volcengine("List", "");
        request.method = "GET".to_owned();
        request.target = format!("/?{names}&{signed}");
        bench.signer("volcSMS").volcengine(&mut request);
        // Sent with the names last, so that something is left to sort.
        request.target = format!("/?accounts=b&accounts=a&{names}");
        assert_eq!(bench.send(&request).status, 200, "{signed}");
        assert_eq!(
            bench.cloud.calls().pop().unwrap().request,
            json!({ "accounts": ["b", "a"] })
        );
    }
}

#[test]
fn a_path_may_be_signed_re_encoded() {
    let bench = Bench::new();
    let mut request = bench.volcengine("Apply", r#"{"name":"n"}"#);
    request.target = "/a%20b?Action=Apply&Version=2021-01-11".to_owned();
    bench.signer("volcSMS").volcengine(&mut request);
    // The same path with an escape that was not needed.
    request.target = "/%61%20b?Action=Apply&Version=2021-01-11".to_owned();
    assert_eq!(bench.send(&request).status, 200);
}

#[test]
fn the_query_of_a_post_to_tencent_is_not_signed() {
    let bench = Bench::new();
    let mut request = bench.tencent("DescribeFlow", r#"{"FlowId":"a"}"#);
    bench.signer("demo").tc3(&mut request);
    request.target = "/some/path?x=1".to_owned();
    assert_eq!(bench.send(&request).json()["Response"]["Title"], "first");
}

#[test]
fn volcengine_s_host_is_signed_without_the_port_of_the_scheme() {
    let bench = Bench::new();
    for (port, accepted) in [("443", true), ("80", true), ("8443", false)] {
        let mut request = bench.volcengine("Apply", r#"{"name":"n"}"#);
        request.set("Host", "sms.volcengineapi.com");
        bench.signer("volcSMS").volcengine(&mut request);
        request.set("Host", &format!("sms.volcengineapi.com:{port}"));
        assert_eq!(bench.send(&request).status == 200, accepted, "{port}");
    }
}

#[test]
fn a_query_may_be_sent_in_any_order_and_encoding() {
    let bench = Bench::new();
    let mut request = bench.volcengine("List", "");
    request.method = "GET".to_owned();
    request.target = "/?Action=List&Version=2021-01-11&accounts.1=a%20%2B".to_owned();
    bench.signer("volcSMS").volcengine(&mut request);
    request.target = "/?accounts.1=%61+%2b&Version=2021-01-11&Action=List".to_owned();
    assert_eq!(bench.send(&request).status, 200);
    assert_eq!(
        bench.cloud.calls()[0].request,
        json!({ "accounts": ["a +"] })
    );
}

#[test]
fn a_presigned_address_is_accepted_whoever_s_form_it_has() {
    let bench = Bench::new();
    for headers in ["host", ""] {
        let mut request = bench.volcengine("List", "");
        request.method = "GET".to_owned();
        request.target.push_str("&pageSize=5");
        bench.signer("volcSMS").presign(&mut request, headers);
        assert_eq!(bench.send(&request).status, 200, "{headers}");
        // What was added later is not covered, and a token may be.
        request.target.push_str("&X-Security-Token=t");
        assert_eq!(bench.send(&request).status, 200, "{headers}");
        assert_eq!(
            bench.cloud.calls().pop().unwrap().request,
            json!({ "pageSize": 5 })
        );
        request.target = request.target.replace("pageSize=5", "pageSize=6");
        assert_eq!(
            volcengine_error(&bench.send(&request)).1,
            "SignatureDoesNotMatch",
            "{headers}"
        );
    }
}

#[test]
fn a_presigned_address_must_cover_what_it_calls() {
    let bench = Bench::new();
    let mut request = bench.volcengine("List", "");
    request.method = "GET".to_owned();
    bench.signer("volcSMS").presign(&mut request, "host");
    let refused = |from: &str, to: &str| {
        let mut request = request.clone();
        assert!(request.target.contains(from), "{from}");
        request.target = request.target.replace(from, to);
        volcengine_error(&bench.send(&request)).1
    };
    for name in ["Action", "Version", "X-Date"] {
        assert_eq!(
            refused(&format!("{name}%3B"), ""),
            "InvalidAuthorization",
            "{name}"
        );
    }
    assert_eq!(
        refused("X-Algorithm=HMAC-SHA256", "X-Algorithm=MD5"),
        "InvalidAuthorization"
    );
    assert_eq!(refused("&X-Credential=", "&X-Cred="), "MissingRequestInfo");
    assert_eq!(refused("&X-Date=", "&X-Day="), "MissingRequestInfo");
    assert_eq!(refused("%2FvolcSMS%2F", "%2F%2F"), "MissingRequestInfo");
    assert_eq!(
        refused("X-SignedHeaders=host", "X-SignedHeaders=host%3Bx-absent"),
        "InvalidAuthorization"
    );
}
