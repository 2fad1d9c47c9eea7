//! In: a request to Tencent Cloud. Out: its TC3-HMAC-SHA256 signature.
//!
//! The scheme is described at <https://cloud.tencent.com/document/api/1427/56189>; the published examples are in the tests.

use super::{Parts, Scheme, Signature, calendar};
use crate::credential::Credential;

const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// Signs `parts` for `service` at `timestamp` (seconds since 1970). The derived keys are those of date, service and request;
/// the credential and its clones keep them for the day.
///
/// The path is always signed as `/`, as the vendor's SDKs do even when an endpoint has one.
pub fn sign(
    parts: &Parts<'_>,
    credential: &Credential,
    service: &str,
    timestamp: i64,
) -> Signature {
    by(credential, service, timestamp, |scheme| {
        scheme.sign(parts, "/")
    })
}

/// The `Authorization` header of [`sign`] alone.
pub(crate) fn authorize(
    parts: &Parts<'_>,
    credential: &Credential,
    service: &str,
    timestamp: i64,
) -> String {
    by(credential, service, timestamp, |scheme| {
        scheme.authorize(parts, "/")
    })
}

fn by<T>(
    credential: &Credential,
    service: &str,
    timestamp: i64,
    sign: impl FnOnce(Scheme<'_>) -> T,
) -> T {
    sign(Scheme {
        algorithm: ALGORITHM,
        time: &timestamp.to_string(),
        prefix: "TC3",
        scope: &[&calendar::dashed_day(timestamp), service, "tc3_request"],
        credential,
    })
}
