//! In: the parts of a request, a credential and a time. Out: the signature with every step on the way. No clock, no I/O.
//!
//! The steps are there to be compared with a vendor's own ("the canonical request differs in line 4"), and the tests do.

pub(crate) mod calendar;
pub(crate) mod encode;
mod keys;
pub mod tc3;
#[cfg(feature = "legacy-signature")]
pub mod tencent_v1;
pub mod volcengine;

use std::fmt;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use self::keys::Derivation;
use crate::credential::Credential;

pub use self::encode::{form_encode, percent_encode};

pub(crate) use self::keys::DerivedKeys;

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
    /// The SHA-256 of the body, in lower-case hex, if that is known already.
    Hash(&'a str),
    /// Tencent: the body is not covered; send the header `X-TC-Content-SHA256: UNSIGNED-PAYLOAD` too.
    Unsigned,
}

impl Payload<'_> {
    /// The hash that stands in the canonical request.
    fn hash(&self) -> String {
        match self {
            Self::Bytes(bytes) => sha256_hex(bytes),
            Self::Hash(hash) => (*hash).to_owned(),
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
    derivation: Arc<Derivation>,
}

impl Signature {
    /// The keys derived on the way, the signing key last. Secrets: the last one signs for a whole day.
    pub fn derived_keys(&self) -> &[[u8; 32]] {
        self.derivation.keys()
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

/// What the two vendors' schemes differ in, once the parts of a request are there. [`tc3::sign`] and [`volcengine::sign`] fill it
/// in as the vendors ask for; by hand it shows what a client would sign that does otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Scheme<'a> {
    /// The name that the string to sign and the `Authorization` header begin with.
    pub algorithm: &'static str,
    /// The time as the string to sign has it.
    pub time: &'a str,
    /// What the first key begins with, before the credential's own.
    pub prefix: &'static str,
    /// What is derived with, one after the other; joined they are the scope.
    pub scope: &'a [&'a str],
    /// Whose key it is.
    pub credential: &'a Credential,
}

impl Scheme<'_> {
    /// Signs `parts`, with `path` in the place of theirs.
    pub fn sign(&self, parts: &Parts<'_>, path: &str) -> Signature {
        let Self {
            algorithm,
            time,
            prefix,
            scope,
            credential,
        } = *self;
        let payload_hash = parts.payload.hash();
        let signed_names = names(parts.headers);
        let canonical_request = canonical_request(parts, path, &signed_names, &payload_hash);
        let canonical_request_hash = sha256_hex(canonical_request.as_bytes());
        let credential_scope = scope.join("/");
        let string_to_sign = [
            algorithm,
            "\n",
            time,
            "\n",
            &credential_scope,
            "\n",
            &canonical_request_hash,
        ]
        .concat();
        let derivation = credential.derived_keys().of(algorithm, scope, || {
            Zeroizing::new([prefix, credential.key()].concat())
        });
        let mut mac = derivation.signing();
        mac.update(string_to_sign.as_bytes());
        let signature = encode::hex(&mac.finalize().into_bytes());
        let authorization = [
            algorithm,
            " Credential=",
            credential.id(),
            "/",
            &credential_scope,
            ", SignedHeaders=",
            &signed_names,
            ", Signature=",
            &signature,
        ]
        .concat();
        Signature {
            canonical_request,
            canonical_request_hash,
            payload_hash,
            credential_scope,
            string_to_sign,
            signature,
            authorization,
            derivation,
        }
    }
}

fn names(headers: &[(&str, &str)]) -> String {
    let sizes = headers.iter().map(|(name, _)| name.len() + 1);
    let mut names = String::with_capacity(sizes.sum());
    for (position, (name, _)) in headers.iter().enumerate() {
        if position > 0 {
            names.push(';');
        }
        names.push_str(name);
    }
    names
}

fn canonical_request(
    parts: &Parts<'_>,
    path: &str,
    signed_names: &str,
    payload_hash: &str,
) -> String {
    let Parts {
        method,
        query,
        headers,
        ..
    } = *parts;
    let lines = [method, path, query, signed_names, payload_hash];
    let sizes = lines.iter().map(|line| line.len() + 2);
    let more = headers
        .iter()
        .map(|(name, value)| name.len() + value.len() + 2);
    let mut request = String::with_capacity(sizes.chain(more).sum());
    for line in [method, path, query] {
        request.push_str(line);
        request.push('\n');
    }
    for (name, value) in headers {
        request.push_str(name);
        request.push(':');
        request.push_str(value);
        request.push('\n');
    }
    for line in [signed_names, payload_hash] {
        request.push('\n');
        request.push_str(line);
    }
    request
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
