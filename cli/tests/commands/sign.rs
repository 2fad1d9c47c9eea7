//! Requests in, the signatures that the vendors publish and their SDKs record out.

use std::fs;

use serde_json::{Value as Json, json};

use crate::{code, shared, stderr, stdout, with_input, yunqiao};

pub(crate) const SECRET: &str = "Gu5t9xGARNpq86cd98joQYCN3*******";

/// The example of Tencent Cloud's page on TC3-HMAC-SHA256.
pub(crate) fn published() -> Json {
    json!({
        "vendor": "tencent",
        "secret_id": "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******",
        "secret_key": SECRET,
        "service": "cvm",
        "timestamp": 1_551_113_065,
        "host": "cvm.tencentcloudapi.com",
        "headers": [["Content-Type", "application/json; charset=utf-8"]],
        "body": "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}",
    })
}

/// The example of Volcengine's page on HMAC-SHA256.
pub(crate) fn volcengine() -> Json {
    json!({
        "vendor": "volcengine",
        "secret_id": "AKLTexample0123456789abcdefABCDEF",
        "secret_key": "U0tFWEFNUExFMDEyMzQ1Njc4OWFiY2RlZg==",
        "service": "volcSMS",
        "region": "cn-north-1",
        "timestamp": 1_700_000_000,
        "host": "sms.volcengineapi.com",
        "query": [["Version", "2020-01-01"], ["Action", "SendSms"]],
        "headers": [["Content-Type", "application/json; charset=utf-8"]],
        "body": "{\"SmsAccount\":\"7a1b2c3d\",\"Sign\":\"火山\"}",
    })
}

pub(crate) fn signed(request: &Json) -> Json {
    let output = with_input(yunqiao(&["sign"]), request.to_string().as_bytes());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

pub(crate) fn refused(input: &str, args: &[&str]) -> String {
    let output = with_input(yunqiao(args), input.as_bytes());
    assert_eq!(
        (code(&output), stdout(&output).as_str()),
        (2, ""),
        "{input}"
    );
    stderr(&output)
}

#[test]
fn the_published_example_is_signed_as_published() {
    let signed = signed(&published());
    assert_eq!(
        signed["canonical_request"],
        "POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:cvm.tencentcloudapi.com\n\ncontent-type;host\n\
         35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064"
    );
    assert_eq!(
        signed["string_to_sign"],
        "TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n\
         5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031"
    );
    let signature = "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c";
    assert_eq!(signed["signature"], signature);
    assert_eq!(
        signed["authorization"],
        format!(
            "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request, \
             SignedHeaders=content-type;host, Signature={signature}"
        )
    );
    assert_eq!(signed.as_object().unwrap().len(), 4);
}

/// The vectors of `../shared`: what the vendors publish, and what their SDKs were recorded to send.
#[test]
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn every_vector_is_signed_as_recorded() {
    let Some(shared) = shared() else {
        println!("skipped: ../shared is not there, so the vectors cannot be signed");
        return;
    };
    let mut compared = 0;
    for file in [
        "official.json",
        "tencent_tc3_sdk.json",
        "volcengine_hmac_sdk.json",
    ] {
        let text = fs::read_to_string(shared.join("vectors").join(file)).unwrap();
        let all: Json = serde_json::from_str(&text).unwrap();
        let all = all.get("vectors").unwrap_or(&all).as_array().unwrap();
        for vector in all {
            let (input, output) = (&vector["input"], &vector["output"]);
            if output["canonical_request"].is_null() || output["authorization"].is_null() {
                // Signatures in the query: of the older scheme, and presigned addresses.
                continue;
            }
            let id = vector["id"].as_str().unwrap();
            // Its SDK adds a content type of its own to the request.
            if id == "v17-default-content-type" {
                continue;
            }
            let result = signed(&request(file, input));
            for step in [
                "canonical_request",
                "string_to_sign",
                "signature",
                "authorization",
            ] {
                assert_eq!(result[step], output[step], "{id}: {step}");
            }
            compared += 1;
        }
    }
    assert!(compared > 40, "only {compared} were compared");
}

fn request(file: &str, input: &Json) -> Json {
    let first = |keys: &[&str]| {
        let mut values = keys.iter().map(|key| input[*key].clone());
        values.find(|value| !value.is_null()).unwrap_or(Json::Null)
    };
    let is_volcengine = file.starts_with("volc") || input["algorithm"] == "HMAC-SHA256";
    let headers: Vec<(String, String)> =
        match first(&["signed_headers", "headers_sent", "headers_in"]) {
            Json::Array(pairs) => pairs
                .into_iter()
                .map(|pair| serde_json::from_value(pair).unwrap())
                .collect(),
            map => serde_json::from_value::<serde_json::Map<String, Json>>(map)
                .unwrap()
                .into_iter()
                .map(|(name, value)| (name, value.as_str().unwrap().to_owned()))
                .collect(),
        };
    let query = match first(&["query"]) {
        Json::Object(map) => map
            .into_iter()
            .map(|(name, value)| json!([name, value]))
            .collect(),
        text => text,
    };
    let body = first(&["body"]);
    json!({
        "vendor": if is_volcengine { "volcengine" } else { "tencent" },
        "secret_id": first(&["secret_id", "access_key"]),
        "secret_key": input["secret_key"],
        "token": first(&["token", "session_token"]),
        "service": input["service"],
        "region": input["region"],
        "timestamp": input["timestamp"],
        "method": input["method"],
        "path": input["path"],
        "query": query,
        "headers": headers,
        "body": if body.is_string() { body.clone() } else { body["utf8"].clone() },
        "body_base64": body["base64"],
    })
}

#[test]
fn unusable_input_is_told_without_its_values() {
    for (change, told) in [
        (
            json!({ "vendor": "aws" }),
            "vendor: write tencent or volcengine",
        ),
        (json!({ "timestamp": "soon" }), "timestamp: write seconds"),
        (
            json!({ "headers": ["content-type: x"] }),
            "headers: write pairs",
        ),
        (json!({ "method": "post" }), "method: write it in capitals"),
        (json!({ "host": null }), "host is missing"),
        (json!({ "service": "" }), "service is missing"),
        (json!({ "secret_key": null }), "secret_key is missing"),
        (json!({ "body_base64": "e30=" }), "one too many"),
        (json!({ "secretkey": "x" }), "did you mean secret_key?"),
    ] {
        let mut request = published();
        for (key, value) in change.as_object().unwrap() {
            request[key] = value.clone();
        }
        let message = refused(&request.to_string(), &["sign"]);
        assert!(message.contains(told), "{told}: {message}");
        assert!(!message.contains(SECRET), "{message}");
    }
    for (input, told) in [
        ("", "standard input is empty"),
        ("{\"secret_key\": \"hunter2\"", "no JSON: line 1, column"),
        ("POST / HTTP/1.1\n\n", "only --verify"),
    ] {
        let message = refused(input, &["sign"]);
        assert!(
            message.contains(told) && !message.contains("hunter2"),
            "{message}"
        );
    }
    for (input, told) in [
        ("hello", "neither a JSON object nor a request"),
        ("POST / HTTP/1.1\nhunter2\n\n", "line 2: no header"),
        ("POST / HTTP/1.1\nHost: a\n\n", "no Authorization header"),
        (
            "POST / HTTP/1.1\nAuthorization: Basic hunter2\n\n",
            "neither TC3-HMAC-SHA256 nor HMAC-SHA256",
        ),
        (
            "POST / HTTP/1.1\nAuthorization: HMAC-SHA256 Signature=hunter2\n\n",
            "has no Credential=",
        ),
    ] {
        let message = refused(input, &["sign", "--verify"]);
        assert!(
            message.contains(told) && !message.contains("hunter2"),
            "{message}"
        );
    }
}
