//! An `Authorization` header in, what it claims out.

use super::capture::Vendor;
use crate::failure::{Failure, Result};

/// Who signed what, as a request says it.
pub(super) struct Claim {
    pub(super) vendor: Vendor,
    pub(super) id: String,
    pub(super) date: String,
    /// Volcengine only.
    pub(super) region: String,
    pub(super) service: String,
    pub(super) end: String,
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: String,
}

impl Claim {
    pub(super) fn read(header: &str) -> Result<Self> {
        let wrong = |what: &str| Failure::new(format!("Authorization: {what}"));
        let (algorithm, rest) = header.trim().split_once(' ').unwrap_or((header, ""));
        let vendor = [Vendor::Tencent, Vendor::Volcengine]
            .into_iter()
            .find(|vendor| vendor.algorithm() == algorithm)
            .ok_or_else(|| wrong("it begins with neither TC3-HMAC-SHA256 nor HMAC-SHA256"))?;
        let part = |name: &str| {
            let mut parts = rest.split(',').map(str::trim);
            let found = parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
            found.ok_or_else(|| wrong(&format!("it has no {name}=")))
        };
        let credential: Vec<&str> = part("Credential")?.split('/').collect();
        let (id, date, region, service, end) = match (vendor, credential.as_slice()) {
            (Vendor::Tencent, [id, date, service, end]) => (id, date, &"", service, end),
            (Vendor::Volcengine, [id, date, region, service, end]) => {
                (id, date, region, service, end)
            }
            (Vendor::Tencent, _) => {
                return Err(wrong("Credential is not ID/DATE/SERVICE/tc3_request"));
            }
            (Vendor::Volcengine, _) => {
                return Err(wrong("Credential is not ID/DATE/REGION/SERVICE/request"));
            }
        };
        let own = |text: &str| text.to_owned();
        let names = part("SignedHeaders")?.split(';');
        Ok(Self {
            vendor,
            id: own(id),
            date: own(date),
            region: own(region),
            service: own(service),
            end: own(end),
            signed_headers: names.map(str::to_ascii_lowercase).collect(),
            signature: part("Signature")?.to_ascii_lowercase(),
        })
    }
}
