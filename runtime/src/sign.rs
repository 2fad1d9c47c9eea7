//! In: the parts of a request, a credential and a time. Out: the signature with every step on the way. No clock, no I/O.
//!
//! The steps are there to be compared with a vendor's own ("the canonical request differs in line 4"), and the tests do.

mod beginnings;
pub(crate) mod calendar;
mod canonical;
pub(crate) mod encode;
mod keys;
pub mod tc3;
#[cfg(feature = "legacy-signature")]
pub mod tencent_v1;
pub mod volcengine;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use self::encode::Hex;
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

impl<'a> Payload<'a> {
    /// The hash that stands in the canonical request.
    fn hash(&self) -> Cow<'a, str> {
        match self {
            Self::Bytes(bytes) => sha256(bytes).as_str().to_owned().into(),
            Self::Hash(hash) => (*hash).into(),
            Self::Unsigned => sha256(b"UNSIGNED-PAYLOAD").as_str().to_owned().into(),
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
        let made = |push: &dyn Fn(&mut String)| {
            let mut text = String::with_capacity(ROOM);
            push(&mut text);
            text
        };
        let payload_hash = parts.payload.hash();
        let canonical_request = made(&|text| canonical::push(text, parts, path, &payload_hash));
        let canonical_request_hash = canonical::hash(&canonical_request, parts, path);
        let string_to_sign =
            made(&|text| self.push_string_to_sign(text, canonical_request_hash.as_str()));
        let derivation = self.derivation();
        let signature = mac(&derivation, &string_to_sign);
        Signature {
            canonical_request,
            canonical_request_hash: canonical_request_hash.as_str().to_owned(),
            payload_hash: payload_hash.into_owned(),
            credential_scope: made(&|text| self.push_scope(text)),
            string_to_sign,
            authorization: made(&|text| {
                self.push_authorization(text, parts.headers, signature.as_str());
            }),
            signature: signature.as_str().to_owned(),
            derivation,
        }
    }

    /// The value of the `Authorization` header that [`sign`](Self::sign) gives, for those who do not ask for the steps: each of
    /// them is made in the place of the one before.
    pub(crate) fn authorize(&self, parts: &Parts<'_>, path: &str) -> String {
        let mut text = String::with_capacity(ROOM);
        canonical::push(&mut text, parts, path, &parts.payload.hash());
        let hash = canonical::hash(&text, parts, path);
        text.clear();
        self.push_string_to_sign(&mut text, hash.as_str());
        let signature = mac(&self.derivation(), &text);
        text.clear();
        self.push_authorization(&mut text, parts.headers, signature.as_str());
        text
    }

    fn derivation(&self) -> Arc<Derivation> {
        let Self {
            algorithm,
            prefix,
            scope,
            credential,
            ..
        } = *self;
        credential.derived_keys().of(algorithm, scope, || {
            Zeroizing::new([prefix, credential.key()].concat())
        })
    }

    fn push_scope(&self, text: &mut String) {
        for (position, step) in self.scope.iter().enumerate() {
            if position > 0 {
                text.push('/');
            }
            text.push_str(step);
        }
    }

    fn push_string_to_sign(&self, text: &mut String, hash: &str) {
        for line in [self.algorithm, self.time] {
            text.push_str(line);
            text.push('\n');
        }
        self.push_scope(text);
        text.push('\n');
        text.push_str(hash);
    }

    fn push_authorization(&self, text: &mut String, signed: &[(&str, &str)], signature: &str) {
        text.push_str(self.algorithm);
        text.push_str(" Credential=");
        text.push_str(self.credential.id());
        text.push('/');
        self.push_scope(text);
        text.push_str(", SignedHeaders=");
        canonical::push_names(text, signed);
        text.push_str(", Signature=");
        text.push_str(signature);
    }
}

/// The bytes of most steps; the others grow.
const ROOM: usize = 320;

/// What signs a text.
fn mac(key: &Derivation, text: &str) -> Hex {
    let mut mac = key.signing();
    mac.update(text.as_bytes());
    Hex::of(&mac.finalize().into_bytes().into())
}

/// SHA-256 in hex.
pub(crate) fn sha256(bytes: &[u8]) -> Hex {
    Hex::of(&Sha256::digest(bytes).into())
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}
