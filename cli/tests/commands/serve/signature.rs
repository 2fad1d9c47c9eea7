//! Prepared calls in, the steps of their signatures out; what must not be seen is not there.

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::{Server, yunqiao};

fn step<'a>(steps: &'a Json, title: &str) -> &'a str {
    let found = steps
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["title"] == title);
    found.map_or("", |one| one["value"].as_str().unwrap())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

/// HMAC-SHA256, written out: RFC 2104.
fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    assert!(key.len() <= 64);
    let padded = |with: u8| {
        let mut block = [with; 64];
        block
            .iter_mut()
            .zip(key)
            .for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new()
        .chain_update(padded(0x36))
        .chain_update(text)
        .finalize();
    Sha256::new()
        .chain_update(padded(0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}

#[test]
fn each_step_follows_from_the_one_before() {
    let server = Server::start(&[]);
    let secret = "local-cloud-demo-key";
    for (id, parameters, prefix, names) in [
        (
            "tencent/ess/2020-11-11/DescribeFlowBriefs",
            json!({ "FlowIds": ["火"] }),
            "TC3",
            &["kDate", "kService", "kSigning"][..],
        ),
        (
            "volcengine/sms/2020-01-01/SendSms",
            json!({ "Sign": "火山" }),
            "",
            &["kDate", "kRegion", "kService", "kSigning"],
        ),
    ] {
        let asked = json!({ "id": id, "parameters": parameters });
        let prepared = server.post("/api/prepare", &asked).json();
        let (steps, wire) = (&prepared["signature"], &prepared["wire"]);
        let body = wire["body"].as_str().unwrap();
        assert_eq!(
            step(steps, "Hash of the body"),
            hex(&Sha256::digest(body)),
            "{id}"
        );
        let canonical = step(steps, "Canonical request");
        let hash = hex(&Sha256::digest(canonical));
        assert_eq!(step(steps, "Hash of the canonical request"), hash, "{id}");
        let to_sign = step(steps, "String to sign");
        assert!(to_sign.ends_with(&hash), "{id}");
        let mut key = format!("{prefix}{secret}").into_bytes();
        let scope = step(steps, "Credential scope");
        assert_eq!(scope.split('/').count(), names.len(), "{id}");
        for (part, name) in scope.split('/').zip(names) {
            key = hmac(&key, part);
            assert_eq!(unhex(step(steps, name)), key, "{id}: {name}");
        }
        let signature = hex(&hmac(&key, to_sign));
        assert_eq!(step(steps, "Signature"), signature, "{id}");
        let headers = wire["headers"].as_array().unwrap();
        let sent = headers
            .iter()
            .find(|pair| pair[0] == "authorization")
            .unwrap();
        assert_eq!(step(steps, "Authorization"), sent[1], "{id}");
        assert!(sent[1].as_str().unwrap().ends_with(&signature), "{id}");
    }
}

#[test]
fn keys_of_somebodys_own_are_not_shown() {
    let server = Server::start(&["--key", "my-own-id:my-own-secret"]);
    let asked = json!({ "id": "tencent/ess/2020-11-11/DescribeFlowBriefs", "parameters": {} });
    let prepared = server.post("/api/prepare", &asked);
    let text = prepared.text();
    assert!(
        !text.contains("my-own-secret") && !text.contains("kSigning\""),
        "{text}"
    );
    assert!(!text.contains("local-cloud-demo-key"), "{text}");
    let steps = &prepared.json()["signature"];
    assert!(step(steps, "Authorization").contains(step(steps, "Signature")));
    assert!(step(steps, "Authorization").contains("my-own-id"));
}

#[test]
fn a_live_call_shows_no_secret_and_no_token() {
    let mut command = yunqiao(&["serve", "--port", "0", "--live"]);
    command.env("VOLCENGINE_ACCESS_KEY", "AKLTlive");
    command.env("VOLCENGINE_SECRET_KEY", "a-live-secret");
    command.env("VOLCENGINE_SESSION_TOKEN", "a-live-token");
    let server = Server::run(command);
    let state = server.get("/api/state").json();
    let vendors = state["live_vendors"].as_array().unwrap();
    assert!(
        state["live"] == true && vendors.contains(&json!("volcengine")),
        "{state}"
    );
    let asked = json!({
        "id": "volcengine/sms/2020-01-01/SendSms", "parameters": { "Sign": "s" }, "target": "live"
    });
    let prepared = server.post("/api/prepare", &asked);
    let text = prepared.text();
    for secret in ["a-live-secret", "a-live-token", "kDate\"", "kSigning\""] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let prepared = prepared.json();
    let canonical = step(&prepared["signature"], "Canonical request");
    assert!(canonical.contains("x-security-token:***"), "{canonical}");
    assert!(
        prepared["wire"]["url"]
            .as_str()
            .unwrap()
            .starts_with("https://"),
        "{prepared}"
    );
    let curl = prepared["snippets"]["curl"].as_str().unwrap();
    assert!(curl.contains("x-security-token: ***"), "{curl}");
    let line = prepared["snippets"]["cli"].as_str().unwrap();
    assert!(!line.contains("127.0.0.1"), "{line}");
}
