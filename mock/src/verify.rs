//! A received request and the known keys in, whether one of them signed it out. The judge of signatures: it shares no code with
//! those who sign.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::fault::Fault;

pub(crate) mod encode;
pub(crate) mod tc3;
pub(crate) mod volcengine;

/// An access key that the cloud accepts.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
    /// Present for temporary credentials, which are worth nothing without it.
    pub(crate) token: Option<String>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// All access keys that the cloud accepts, for both vendors.
#[derive(Default)]
pub(crate) struct Keys {
    /// Those that it was started with.
    pub(crate) given: Vec<Arc<Key>>,
    /// Those that it has handed out itself.
    issued: Mutex<Vec<Arc<Key>>>,
    derived: Mutex<Vec<Derived>>,
}

/// A signing key, and what it was derived from.
struct Derived {
    secret: String,
    steps: Vec<String>,
    key: Hmac<Sha256>,
}

/// Signing keys that are kept; a key serves a day.
const MOST_DERIVED: usize = 64;

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("given", &self.given)
            .finish_non_exhaustive()
    }
}

impl Keys {
    pub(crate) fn new(given: Vec<Key>) -> Self {
        Self {
            given: given.into_iter().map(Arc::new).collect(),
            issued: Mutex::default(),
            derived: Mutex::default(),
        }
    }

    /// From now on the key is good, in place of an issued one with its id. A key of the caller's choice stays as it is.
    pub(crate) fn issue(&self, key: Key) {
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        issued.retain(|other| other.id != key.id);
        issued.push(Arc::new(key));
    }

    /// The signing key that follows from the secret, with what the vendor puts before it, by these steps. Deriving it costs more than
    /// all the rest of a check.
    fn signing(&self, before: &str, secret: &str, steps: &[&str]) -> Hmac<Sha256> {
        let mut derived = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = |known: &&Derived| {
            known.steps.iter().eq(steps) && known.secret.strip_prefix(before) == Some(secret)
        };
        if let Some(known) = derived.iter().find(wanted) {
            return known.key.clone();
        }
        let secret = format!("{before}{secret}");
        let key = steps
            .iter()
            .fold(secret.clone().into_bytes(), |key, step| derive(&key, step));
        let key = keyed(&key);
        if derived.len() >= MOST_DERIVED {
            derived.clear();
        }
        derived.push(Derived {
            secret,
            steps: steps.iter().map(|step| (*step).to_owned()).collect(),
            key: key.clone(),
        });
        key
    }

    /// The key with this id, if the token that came along is its own. A long-lived key ignores tokens.
    fn find(&self, id: &str, token: Option<&str>) -> Result<Arc<Key>, Fault> {
        let issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = issued.iter().chain(&self.given);
        let key = all
            .rfind(|key| key.id == id)
            .cloned()
            .ok_or(Fault::UnknownKey)?;
        match &key.token {
            Some(expected) if token != Some(expected) => Err(Fault::Token),
            _ => Ok(key),
        }
    }
}

/// What an `Authorization` header (or its twin in the query) says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim<'a> {
    pub(crate) scope: Scope<'a>,
    /// Names divided by `;`.
    pub(crate) signed_headers: &'a str,
    /// Hexadecimal.
    pub(crate) signature: &'a str,
}

/// `ID/DATE[/REGION]/SERVICE/END`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) id: &'a str,
    pub(crate) date: &'a str,
    /// Only where the vendor's scope has one.
    pub(crate) region: Option<&'a str>,
    pub(crate) service: &'a str,
}

impl<'a> Claim<'a> {
    /// Reads `SCHEME Credential=…, SignedHeaders=…, Signature=…`.
    pub(crate) fn read(
        header: &'a str,
        scheme: &str,
        regional: bool,
        end: &str,
    ) -> Result<Self, Fault> {
        let (found, rest) = header.split_once(' ').unwrap_or((header, ""));
        if found != scheme {
            return Err(Fault::Authorization(format!("it must start with {scheme}")));
        }
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for part in rest.split(',') {
            match part.trim().split_once('=') {
                Some(("Credential", value)) if credential.is_none() => credential = Some(value),
                Some(("SignedHeaders", value)) if signed_headers.is_none() => {
                    signed_headers = Some(value);
                }
                Some(("Signature", value)) if signature.is_none() => signature = Some(value),
                _ => {
                    return Err(Fault::Authorization(
                        "it holds Credential, SignedHeaders and Signature, each once".to_owned(),
                    ));
                }
            }
        }
        let credential = credential.ok_or(Fault::NoInfo("access key"))?;
        let signed_headers = signed_headers
            .ok_or_else(|| Fault::Authorization("SignedHeaders is missing".to_owned()))?;
        let signature = signature
            .filter(|text| !text.is_empty())
            .ok_or(Fault::NoSignature)?;
        Ok(Self {
            scope: Scope::read(credential, regional, end)?,
            signed_headers,
            signature,
        })
    }
}

impl<'a> Scope<'a> {
    /// Reads the credential.
    pub(crate) fn read(credential: &'a str, regional: bool, end: &str) -> Result<Self, Fault> {
        let malformed = || {
            let region = if regional { "REGION/" } else { "" };
            Fault::Authorization(format!("Credential is ID/DATE/{region}SERVICE/{end}"))
        };
        let mut parts = credential.rsplit('/');
        if parts.next() != Some(end) {
            return Err(malformed());
        }
        let service = parts.next().ok_or_else(malformed)?;
        let region = if regional {
            Some(parts.next().ok_or_else(malformed)?)
        } else {
            None
        };
        let date = parts.next().ok_or_else(malformed)?;
        let id = parts.next().ok_or_else(malformed)?;
        if parts.next().is_some() {
            return Err(malformed());
        }
        for (what, value) in [
            ("access key", id),
            ("service", service),
            ("region", region.unwrap_or("none")),
        ] {
            if value.is_empty() {
                return Err(Fault::NoInfo(what));
            }
        }
        Ok(Self {
            id,
            date,
            region,
            service,
        })
    }
}

/// Refuses a time of signing that is too far from now.
fn fresh(signed: i64, now: i64, allowed: i64) -> Result<(), Fault> {
    let away = signed.abs_diff(now);
    if away > allowed.unsigned_abs() {
        return Err(Fault::Expired(
            i64::try_from(away).unwrap_or(i64::MAX),
            allowed,
        ));
    }
    Ok(())
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of every length")
}

/// One step of the key derivation.
fn derive(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = keyed(key);
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Whether the signature is that of the string to sign, compared in constant time.
fn signs(mut key: Hmac<Sha256>, string_to_sign: &str, signature: &str) -> bool {
    let Some(signature) = encode::from_hex(signature) else {
        return false;
    };
    key.update(string_to_sign.as_bytes());
    key.verify_slice(&signature).is_ok()
}
