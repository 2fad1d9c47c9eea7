//! In: signing vectors: published by the vendors, or made by running their SDKs. Out: whether every step comes out the same.
//!
//! The published ones are a fixture and always tested. The SDKs' are reference material beside the project; without it
//! their tests say so and pass.
#![allow(clippy::unwrap_used, reason = "a panic is a test's report")]

#[cfg(feature = "legacy-signature")]
mod legacy;
mod published;
mod sdk;

use std::path::Path;

use serde_json::Value as Json;
use yunqiao_runtime::sign::Signature;

fn text<'a>(object: &'a Json, key: &str) -> &'a str {
    object[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} of {object}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares every step that the vector gives; returns how many there were.
fn compare(id: &str, expected: &Json, actual: &Signature) -> usize {
    let key = |index: usize| {
        actual
            .derived_keys()
            .get(index)
            .map(|key| hex(key))
            .unwrap_or_default()
    };
    let steps = [
        ("canonical_request", actual.canonical_request.clone()),
        (
            "canonical_request_hash",
            actual.canonical_request_hash.clone(),
        ),
        (
            "canonical_request_sha256",
            actual.canonical_request_hash.clone(),
        ),
        ("payload_hash", actual.payload_hash.clone()),
        ("hashed_payload", actual.payload_hash.clone()),
        ("x_content_sha256", actual.payload_hash.clone()),
        ("credential_scope", actual.credential_scope.clone()),
        ("string_to_sign", actual.string_to_sign.clone()),
        ("secret_date", key(0)),
        ("secret_service", key(1)),
        ("secret_signing", key(2)),
        ("k_date", key(0)),
        ("k_region", key(1)),
        ("k_service", key(2)),
        ("k_signing", key(3)),
        ("signing_key", key(3)),
        ("signature", actual.signature.clone()),
        ("authorization", actual.authorization.clone()),
    ];
    let given: Vec<_> = steps
        .iter()
        .filter(|(step, _)| expected.get(step).is_some())
        .collect();
    for (step, value) in &given {
        assert_eq!(value, text(expected, step), "{id}: {step}");
    }
    given.len()
}

/// The vectors in a file of the reference material; `None` when that is not here.
#[allow(clippy::print_stdout, reason = "a test that skips says so")]
fn shared(file: &str) -> Option<Vec<Json>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/vectors")
        .join(file);
    let Ok(content) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not here", path.display());
        return None;
    };
    let document: Json = serde_json::from_str(&content).unwrap();
    Some(document["vectors"].as_array().unwrap().clone())
}
