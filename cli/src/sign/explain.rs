//! A signed request in, how its signature comes about out: each step with its value and what it is.

use yunqiao_model::api;
use yunqiao_runtime::transport::{Bytes, http};

use super::capture::{Capture, Query, Vendor};
use super::claim::Claim;
use super::plan::Plan;
use super::steps::sha256;
use crate::failure::Result;
use crate::snippet::curl::{HIDDEN, is_token};

/// What is known of the key that has signed, and may be shown.
#[derive(Clone, Copy)]
pub(crate) enum Key<'a> {
    /// The demo key opens nothing: all that is derived from it is shown.
    Demo(&'a str),
    /// Neither the secret nor what is derived from it is known here.
    Hidden,
}

/// A step on the way to a signature.
pub(crate) struct Step {
    pub(crate) title: &'static str,
    pub(crate) value: String,
    pub(crate) note: String,
}

/// The steps; none if the request is not signed.
pub(crate) fn steps(
    vendor: api::Vendor,
    request: &http::Request<Bytes>,
    key: Key<'_>,
) -> Result<Vec<Step>> {
    let header = request.headers().get("authorization");
    let Some(authorization) = header.and_then(|value| value.to_str().ok()) else {
        return Ok(Vec::new());
    };
    let claim = Claim::read(authorization)?;
    let secret = match key {
        Key::Demo(secret) => secret,
        // What is shown then does not depend on it.
        Key::Hidden => "unknown",
    };
    let capture = capture(vendor, request, secret);
    let tokens: Vec<String> = capture
        .headers
        .iter()
        .filter(|(name, value)| is_token(name) && !value.is_empty())
        .map(|(_, value)| value.clone())
        .collect();
    let body_hash = sha256(&capture.body);
    let plan = Plan::claimed(capture, &claim)?;
    let signed = plan.steps.sign();
    let mut out = Vec::new();
    let mut add = |title, value: String, note: String| out.push(Step { title, value, note });
    add(
        "Hash of the body",
        body_hash,
        "SHA-256 of the body's bytes, in hex".to_owned(),
    );
    let hide = |text: &str| {
        let hidden = |text: String, token: &String| text.replace(token.as_str(), HIDDEN);
        tokens.iter().fold(text.to_owned(), hidden)
    };
    add(
        "Canonical request",
        hide(&signed.canonical_request),
        "Method, path, query, the signed headers with their values, their names, and the hash of the body, a line each"
            .to_owned(),
    );
    add(
        "Hash of the canonical request",
        signed.canonical_request_hash.clone(),
        if tokens.is_empty() {
            "SHA-256 of it, in hex".to_owned()
        } else {
            "SHA-256 of it, in hex; with the token, which is not shown".to_owned()
        },
    );
    add(
        "Credential scope",
        signed.credential_scope.clone(),
        match claim.vendor {
            Vendor::Tencent => "The day in UTC, the service and a fixed word",
            Vendor::Volcengine => "The day in UTC, the region, the service and a fixed word",
        }
        .to_owned(),
    );
    add(
        "String to sign",
        signed.string_to_sign.clone(),
        "Algorithm, time, scope and the hash of the canonical request, a line each".to_owned(),
    );
    if let Key::Demo(_) = key {
        for ((title, note), derived) in derivation(&claim).into_iter().zip(signed.derived_keys()) {
            let hex = derived.iter().map(|byte| format!("{byte:02x}")).collect();
            add(title, hex, note);
        }
    }
    add(
        "Signature",
        claim.signature.clone(),
        "HMAC-SHA256 of the string to sign with kSigning, in hex".to_owned(),
    );
    add(
        "Authorization",
        authorization.to_owned(),
        "The header that carries it".to_owned(),
    );
    Ok(out)
}

/// The names of the derived keys, and what each is the HMAC of.
fn derivation(claim: &Claim) -> Vec<(&'static str, String)> {
    let step = |title, of: &str, text: &str| (title, format!("HMAC-SHA256({of}, \"{text}\")"));
    match claim.vendor {
        Vendor::Tencent => vec![
            step("kDate", "\"TC3\" + secret key", &claim.date),
            step("kService", "kDate", &claim.service),
            step("kSigning", "kService", &claim.end),
        ],
        Vendor::Volcengine => vec![
            step("kDate", "secret key", &claim.date),
            step("kRegion", "kDate", &claim.region),
            step("kService", "kRegion", &claim.service),
            step("kSigning", "kService", &claim.end),
        ],
    }
}

fn capture(vendor: api::Vendor, request: &http::Request<Bytes>, secret: &str) -> Capture {
    let headers = request.headers().iter();
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let uri = request.uri();
    Capture {
        vendor: Some(match vendor {
            api::Vendor::Tencent => Vendor::Tencent,
            api::Vendor::Volcengine => Vendor::Volcengine,
        }),
        secret_id: None,
        secret_key: Some(secret.to_owned()),
        token: None,
        service: None,
        region: None,
        timestamp: None,
        method: request.method().as_str().to_owned(),
        host: uri.authority().map(|host| host.as_str().to_owned()),
        path: uri.path().to_owned(),
        query: Query::Raw(uri.query().unwrap_or_default().to_owned()),
        headers: headers
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        signed_headers: None,
        body: request.body().to_vec(),
    }
}
