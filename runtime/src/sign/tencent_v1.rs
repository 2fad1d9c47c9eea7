//! In: the parameters of a request in Tencent's old style. Out: its HmacSHA1 or HmacSHA256 signature.
//!
//! For gateways that still ask for it; calls of this crate are signed with [TC3](super::tc3).

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::{encode, hmac_sha256};
use crate::credential::Credential;

/// The hash of a v1 signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `SignatureMethod=HmacSHA1`, also what is meant without a method.
    HmacSha1,
    /// `SignatureMethod=HmacSHA256`.
    HmacSha256,
}

/// The text that is signed: method, host, path and the parameters, sorted by name and not encoded. All parameters are
/// signed, the common ones (`Action`, `Nonce`, `SecretId`, ...) included and `Signature` itself left out.
pub fn string_to_sign<'a>(
    method: &str,
    host: &str,
    path: &str,
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut parameters: Vec<(&str, &str)> = parameters.into_iter().collect();
    parameters.sort_unstable();
    let joined: Vec<String> = parameters
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!("{method}{host}{path}?{}", joined.join("&"))
}

/// The value of the `Signature` parameter, in base64.
pub fn sign(string_to_sign: &str, credential: &Credential, algorithm: Algorithm) -> String {
    let (key, message) = (credential.key().as_bytes(), string_to_sign.as_bytes());
    match algorithm {
        Algorithm::HmacSha256 => encode::base64(&hmac_sha256(key, message)),
        Algorithm::HmacSha1 => {
            let mut mac =
                Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes a key of any length");
            mac.update(message);
            encode::base64(&mac.finalize().into_bytes())
        }
    }
}
