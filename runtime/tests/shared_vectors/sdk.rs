//! In: what the vendors' Python SDKs signed. Out: whether every step comes out the same.

use serde_json::Value as Json;
use yunqiao_runtime::Credential;
use yunqiao_runtime::sign::{Parts, Payload, tc3, volcengine};

use crate::{compare, shared, text};

fn body(input: &Json) -> Vec<u8> {
    match input["body"].get("utf8") {
        Some(text) => text.as_str().unwrap().as_bytes().to_vec(),
        None => base64(text(&input["body"], "base64")),
    }
}

fn base64(text: &str) -> Vec<u8> {
    let mut bits = 0_u32;
    let mut count = 0;
    let mut bytes = Vec::new();
    for character in text.bytes().filter(|byte| *byte != b'=') {
        let digit = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

#[test]
fn tencent_sdk_vectors() {
    let Some(vectors) = shared("tencent_tc3_sdk.json") else {
        return;
    };
    let mut checked = 0;
    for vector in vectors
        .iter()
        .filter(|vector| text(&vector["input"], "sign_method") == "TC3-HMAC-SHA256")
    {
        let (id, input) = (text(vector, "id"), &vector["input"]);
        let body = body(input);
        let headers = [
            ("content-type", text(&input["headers_sent"], "Content-Type")),
            ("host", text(input, "host")),
        ];
        let parts = Parts {
            method: text(input, "method"),
            path: text(input, "path"),
            query: text(input, "query"),
            headers: &headers,
            payload: if input["unsigned_payload"] == true {
                Payload::Unsigned
            } else {
                Payload::Bytes(&body)
            },
        };
        let credential = Credential::new(text(input, "secret_id"), text(input, "secret_key"));
        let signature = tc3::sign(
            &parts,
            &credential,
            text(input, "service"),
            input["timestamp"].as_i64().unwrap(),
        );
        assert_eq!(compare(id, &vector["output"], &signature), 9, "{id}");
        checked += 1;
    }
    assert_eq!(checked, 17);
}

#[test]
fn volcengine_sdk_vectors() {
    let Some(vectors) = shared("volcengine_hmac_sdk.json") else {
        return;
    };
    let mut presigned = 0;
    for vector in &vectors {
        let (id, input, output) = (text(vector, "id"), &vector["input"], &vector["output"]);
        let mut credential = Credential::new(text(input, "access_key"), text(input, "secret_key"));
        if let Some(token) = input["session_token"].as_str() {
            credential = credential.with_token(token);
        }
        let (region, service) = (text(input, "region"), text(input, "service"));
        let timestamp = input["timestamp"].as_i64().unwrap();
        let pairs = |object: &'static str| {
            input[object]
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        };
        if vector["kind"] == "presigned-url" {
            let signed = volcengine::presign(
                text(input, "host"),
                text(input, "path"),
                pairs("query"),
                &credential,
                region,
                service,
                timestamp,
            );
            assert_eq!(signed.query, text(output, "query_string"), "{id}");
            assert_eq!(compare(id, output, &signed.signature), 5, "{id}");
            presigned += 1;
            continue;
        }
        assert_eq!(volcengine::x_date(timestamp), text(input, "x_date"), "{id}");
        let query = volcengine::canonical_query(pairs("query"));
        assert_eq!(query, text(output, "canonical_query"), "{id}");
        let headers = volcengine::signed_headers(pairs("headers_signed_in"));
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let body = body(input);
        let parts = Parts {
            method: text(input, "method"),
            path: text(input, "path"),
            query: &query,
            headers: &headers,
            payload: Payload::Bytes(&body),
        };
        let signature = volcengine::sign(&parts, &credential, region, service, timestamp);
        assert_eq!(compare(id, output, &signature), 8, "{id}");
    }
    assert_eq!((vectors.len(), presigned), (18, 1));
}
