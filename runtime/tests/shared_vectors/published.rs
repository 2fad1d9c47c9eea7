//! In: the examples on the vendors' own pages. Out: whether every step comes out the same.

use serde_json::Value as Json;
use yunqiao_runtime::Credential;
use yunqiao_runtime::sign::{Parts, Payload, tc3, volcengine};

use crate::{compare, text};

fn published() -> Vec<Json> {
    serde_json::from_str(include_str!("../fixtures/published_vectors.json")).unwrap()
}

#[test]
fn published_vectors() {
    for vector in published() {
        let (id, input) = (text(&vector, "id"), &vector["input"]);
        let headers: Vec<(&str, &str)> = input["signed_headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
            .collect();
        let parts = Parts {
            method: text(input, "method"),
            path: text(input, "path"),
            query: text(input, "query"),
            headers: &headers,
            payload: Payload::Bytes(text(input, "body").as_bytes()),
        };
        let service = text(input, "service");
        let signature = match text(input, "algorithm") {
            "TC3-HMAC-SHA256" => {
                let credential =
                    Credential::new(text(input, "secret_id"), text(input, "secret_key"));
                tc3::sign(
                    &parts,
                    &credential,
                    service,
                    input["timestamp"].as_i64().unwrap(),
                )
            }
            _ => {
                let credential =
                    Credential::new(text(input, "access_key"), text(input, "secret_key"));
                let timestamp = timestamp(text(input, "x_date"));
                volcengine::sign(
                    &parts,
                    &credential,
                    text(input, "region"),
                    service,
                    timestamp,
                )
            }
        };
        assert_eq!(
            compare(id, &vector["output"], &signature),
            9 + usize::from(signature.derived_keys().len() == 4),
            "{id}"
        );
    }
    assert_eq!(published().len(), 9);
}

/// The seconds of an `X-Date`, found by counting days up from 1970, which is slow and obviously right.
fn timestamp(x_date: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| x_date[range].parse::<i64>().unwrap();
    let (year, month, day) = (number(0..4), number(4..6), number(6..8));
    let leap = |year: i64| i64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let years: i64 = (1970..year).map(|year| 365 + leap(year)).sum();
    let lengths = [31, 28 + leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let months: i64 = lengths[..usize::try_from(month - 1).unwrap()].iter().sum();
    (years + months + day - 1) * 86_400
        + number(9..11) * 3_600
        + number(11..13) * 60
        + number(13..15)
}

/// A temporary credential's token is in the presigned query and not in the signature, as in the vendor's SDKs.
#[test]
fn a_presigned_query_carries_the_token_unsigned() {
    let presign = |credential: &Credential| {
        volcengine::presign(
            "open.volcengineapi.com:443",
            "",
            [("Action", "ListUsers")],
            credential,
            "cn-north-1",
            "iam",
            0,
        )
    };
    let permanent = presign(&Credential::new("id", "key"));
    let temporary = presign(&Credential::new("id", "key").with_token("a/token"));
    assert_eq!(permanent.signature.signature, temporary.signature.signature);
    assert!(
        temporary.query.contains("&X-Security-Token=a%2Ftoken&"),
        "{}",
        temporary.query
    );
    assert!(
        permanent
            .signature
            .canonical_request
            .contains("\nhost:open.volcengineapi.com\n")
    );
    let shown = format!("{temporary:?}");
    assert!(
        !shown.contains("token") && !shown.contains(&temporary.signature.signature),
        "{shown}"
    );
}

/// The rule of the vendor's Python SDK: a capital `X-`, three more names, and no default port.
#[test]
fn volcengine_signs_the_headers_of_its_rule() {
    let sent = [
        ("X-Date", "20231114T221320Z"),
        ("x-lower", "unsigned"),
        ("User-Agent", "unsigned"),
        ("HOST", "sms.volcengineapi.com:443"),
        ("content-type", "application/json"),
        ("Content-Md5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
        ("X-Custom-Trace", "abc"),
    ];
    let signed = volcengine::signed_headers(sent);
    let signed: Vec<(&str, &str)> = signed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        signed,
        [
            ("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
            ("content-type", "application/json"),
            ("host", "sms.volcengineapi.com"),
            ("x-custom-trace", "abc"),
            ("x-date", "20231114T221320Z"),
        ]
    );
    let host = |host| volcengine::signed_headers([("Host", host)])[0].1.clone();
    assert_eq!(
        (host("h:80"), host("h:8080"), host("h:1443")),
        ("h".to_owned(), "h:8080".to_owned(), "h:1443".to_owned())
    );
}

/// What a credential keeps of one signature must not show in another: of the next day, another region, the other vendor.
#[test]
fn a_credential_that_has_signed_before_signs_like_a_new_one() {
    let new = || Credential::new("AKIDexample", "a-secret-key");
    let used = new();
    let midnight = 1_741_651_200;
    let headers = [
        ("host", "example.com"),
        ("content-type", "application/json"),
    ];
    let parts = Parts {
        method: "POST",
        path: "/",
        query: "",
        headers: &headers,
        payload: Payload::Bytes(b"{}"),
    };
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..2 {
        for timestamp in [midnight - 1, midnight, midnight + 86_400, -1, 0] {
            for (region, service) in [("a", "b/c"), ("a/b", "c"), ("", "ess"), ("ess", "")] {
                let sign = |who| {
                    [
                        tc3::sign(&parts, who, service, timestamp),
                        volcengine::sign(&parts, who, region, service, timestamp),
                    ]
                };
                for (kept, fresh) in sign(&used).iter().zip(&sign(&new())) {
                    assert_eq!(kept.authorization, fresh.authorization);
                    assert_eq!(kept.derived_keys(), fresh.derived_keys());
                    seen.insert(kept.derived_keys().to_vec());
                }
            }
        }
    }
    // Of TC3 four services a day; of Volcengine four pairs; and before and at 1970 there are two days, too.
    assert_eq!(seen.len(), 5 * (4 + 4));
}

#[test]
fn a_hash_stands_for_the_body() {
    let credential = Credential::new("AKIDexample", "a-secret-key");
    let parts = |payload| Parts {
        method: "POST",
        path: "/",
        query: "",
        headers: &[("host", "example.com")],
        payload,
    };
    let whole = tc3::sign(&parts(Payload::Bytes(b"{}")), &credential, "ess", 0);
    let hash = Payload::Hash(&whole.payload_hash);
    assert_eq!(
        tc3::sign(&parts(hash), &credential, "ess", 0).authorization,
        whole.authorization
    );
}
