//! The inputs of a signature in, the steps to it out.

use sha2::{Digest as _, Sha256};
use yunqiao_runtime::Credential;
use yunqiao_runtime::sign::{Parts, Payload, Scheme, Signature};

use super::capture::Vendor;

/// All that a signature depends on. Neither it nor a part of it is ever printed but through a signature.
#[derive(Clone)]
pub(super) struct Steps {
    pub(super) vendor: Vendor,
    pub(super) secret_id: String,
    pub(super) secret_key: String,
    pub(super) method: String,
    pub(super) path: String,
    /// As it is signed.
    pub(super) query: String,
    /// In lower case and in order.
    pub(super) headers: Vec<(String, String)>,
    /// The SHA-256 of the body, or of what stands for it.
    pub(super) payload_hash: String,
    /// As the string to sign has it: seconds, or `20231114T221320Z`.
    pub(super) time: String,
    /// As the scope has it: `2023-11-14`, or `20231114`.
    pub(super) date: String,
    pub(super) region: String,
    pub(super) service: String,
}

impl Steps {
    pub(super) fn sign(&self) -> Signature {
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let parts = Parts {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &headers,
            payload: Payload::Hash(&self.payload_hash),
        };
        let scope: &[&str] = match self.vendor {
            Vendor::Tencent => &[&self.date, &self.service, "tc3_request"],
            Vendor::Volcengine => &[&self.date, &self.region, &self.service, "request"],
        };
        let scheme = Scheme {
            algorithm: self.vendor.algorithm(),
            time: &self.time,
            prefix: match self.vendor {
                Vendor::Tencent => "TC3",
                Vendor::Volcengine => "",
            },
            scope,
            credential: &Credential::new(&*self.secret_id, &*self.secret_key),
        };
        scheme.sign(&parts, &self.path)
    }

    /// The names as the `Authorization` header has them.
    pub(super) fn signed_headers(&self) -> String {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.join(";")
    }
}

impl Vendor {
    pub(super) fn algorithm(self) -> &'static str {
        match self {
            Self::Tencent => "TC3-HMAC-SHA256",
            Self::Volcengine => "HMAC-SHA256",
        }
    }

    /// What the scope ends with.
    pub(super) fn end(self) -> &'static str {
        match self {
            Self::Tencent => "tc3_request",
            Self::Volcengine => "request",
        }
    }
}

/// The SHA-256 in hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
