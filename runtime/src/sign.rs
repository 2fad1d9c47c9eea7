//! In: the parts of a request, a credential and a time. Out: the signature with every step on the way. No clock, no I/O.
//!
//! The steps are there to be compared with a vendor's own ("the canonical request differs in line 4"), and the tests do.

pub(crate) mod calendar;
pub(crate) mod encode;
pub mod tc3;
#[cfg(feature = "legacy-signature")]
pub mod tencent_v1;
pub mod volcengine;

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub use self::encode::{form_encode, percent_encode};

/// The parts of a request that a signature covers.
#[derive(Clone, Copy)]
#[allow(
    missing_debug_implementations,
    reason = "the payload is the request's personal data"
)]
pub struct Parts<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// The path as it is sent. Tencent signs `/` whatever it is.
    pub path: &'a str,
    /// The query as it is sent, encoded, without `?`.
    pub query: &'a str,
    /// The headers to sign, as name and value; names in lower case, in the order of the signature.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub payload: Payload<'a>,
}

/// What stands for the body in a signature.
#[derive(Clone, Copy)]
#[allow(
    missing_debug_implementations,
    reason = "the payload is the request's personal data"
)]
pub enum Payload<'a> {
    /// The body itself.
    Bytes(&'a [u8]),
    /// Tencent: the body is not covered; send the header `X-TC-Content-SHA256: UNSIGNED-PAYLOAD` too.
    Unsigned,
}

impl Payload<'_> {
    /// The hash that stands in the canonical request.
    fn hash(&self) -> String {
        match self {
            Self::Bytes(bytes) => sha256_hex(bytes),
            Self::Unsigned => sha256_hex(b"UNSIGNED-PAYLOAD"),
        }
    }
}

/// A signature and the steps that led to it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Signature {
    /// The request in the form that is hashed.
    pub canonical_request: String,
    /// Its SHA-256, in hex.
    pub canonical_request_hash: String,
    /// The SHA-256 that stands for the body, in hex.
    pub payload_hash: String,
    /// Day, service and so on, joined by `/`.
    pub credential_scope: String,
    /// What is signed.
    pub string_to_sign: String,
    /// The signature, in hex.
    pub signature: String,
    /// The value of the `Authorization` header.
    pub authorization: String,
    derived_keys: Vec<[u8; 32]>,
}

impl Signature {
    /// The keys derived on the way, the signing key last. Secrets: the last one signs for a whole day.
    pub fn derived_keys(&self) -> &[[u8; 32]] {
        &self.derived_keys
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Canonical requests can hold a token, an authorization can be replayed for minutes.
        f.debug_struct("Signature")
            .field("canonical_request_hash", &self.canonical_request_hash)
            .field("credential_scope", &self.credential_scope)
            .finish_non_exhaustive()
    }
}

/// What the two vendors' schemes differ in, once the canonical request is there.
struct Scheme<'a> {
    algorithm: &'a str,
    /// The time as the string to sign has it.
    time: &'a str,
    /// The first key, before anything is derived.
    root_key: &'a [u8],
    /// What is derived with, one after the other; joined they are the scope.
    scope: &'a [&'a str],
    credential_id: &'a str,
}

impl Scheme<'_> {
    fn sign(&self, parts: &Parts<'_>, path: &str) -> Signature {
        let payload_hash = parts.payload.hash();
        let signed_names = names(parts.headers);
        let canonical_request = canonical_request(parts, path, &signed_names, &payload_hash);
        let canonical_request_hash = sha256_hex(canonical_request.as_bytes());
        let credential_scope = self.scope.join("/");
        let Self {
            algorithm,
            time,
            credential_id,
            ..
        } = self;
        let string_to_sign =
            format!("{algorithm}\n{time}\n{credential_scope}\n{canonical_request_hash}");
        let mut derived_keys: Vec<[u8; 32]> = Vec::with_capacity(self.scope.len());
        for step in self.scope {
            let key = derived_keys
                .last()
                .map_or(self.root_key, |key| key.as_slice());
            derived_keys.push(hmac_sha256(key, step.as_bytes()));
        }
        let signing_key = derived_keys
            .last()
            .map_or(self.root_key, |key| key.as_slice());
        let signature = encode::hex(&hmac_sha256(signing_key, string_to_sign.as_bytes()));
        let authorization = format!(
            "{algorithm} Credential={credential_id}/{credential_scope}, SignedHeaders={signed_names}, Signature={signature}"
        );
        Signature {
            canonical_request,
            canonical_request_hash,
            payload_hash,
            credential_scope,
            string_to_sign,
            signature,
            authorization,
            derived_keys,
        }
    }
}

fn names(headers: &[(&str, &str)]) -> String {
    headers
        .iter()
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .join(";")
}

fn canonical_request(
    parts: &Parts<'_>,
    path: &str,
    signed_names: &str,
    payload_hash: &str,
) -> String {
    let headers: String = parts
        .headers
        .iter()
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    let Parts { method, query, .. } = parts;
    format!("{method}\n{path}\n{query}\n{headers}\n{signed_names}\n{payload_hash}")
}

/// SHA-256 in hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    encode::hex(&Sha256::digest(bytes))
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}
