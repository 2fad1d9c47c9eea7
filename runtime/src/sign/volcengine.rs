//! In: a request to Volcengine. Out: its HMAC-SHA256 signature, in a header or in a presigned query.
//!
//! The scheme is described at <https://www.volcengine.com/docs/6369/67269>; the published examples are in the tests.

use std::fmt;

use super::{Parts, Payload, Scheme, Signature, calendar, percent_encode};
use crate::credential::Credential;

const ALGORITHM: &str = "HMAC-SHA256";

/// The value of the `X-Date` header at `timestamp` (seconds since 1970): `20231114T221320Z`.
pub fn x_date(timestamp: i64) -> String {
    calendar::basic_time(timestamp)
}

/// Signs `parts` for `service` in `region` at `timestamp` (seconds since 1970). The derived keys are those of date, region,
/// service and request; the credential and its clones keep them for the day. Pass the query through [`canonical_query`] and the headers through [`signed_headers`].
pub fn sign(
    parts: &Parts<'_>,
    credential: &Credential,
    region: &str,
    service: &str,
    timestamp: i64,
) -> Signature {
    by(credential, region, service, timestamp, |scheme| {
        scheme.sign(parts, path(parts))
    })
}

/// The `Authorization` header of [`sign`] alone.
pub(crate) fn authorize(
    parts: &Parts<'_>,
    credential: &Credential,
    region: &str,
    service: &str,
    timestamp: i64,
) -> String {
    by(credential, region, service, timestamp, |scheme| {
        scheme.authorize(parts, path(parts))
    })
}

fn by<T>(
    credential: &Credential,
    region: &str,
    service: &str,
    timestamp: i64,
    sign: impl FnOnce(Scheme<'_>) -> T,
) -> T {
    let time = x_date(timestamp);
    let day = time.split('T').next().unwrap_or_default();
    sign(Scheme {
        algorithm: ALGORITHM,
        time: &time,
        prefix: "",
        scope: &[day, region, service, "request"],
        credential,
    })
}

fn path<'a>(parts: &Parts<'a>) -> &'a str {
    match parts.path {
        "" => "/",
        path => path,
    }
}

/// Which of the sent headers are signed, and how: `Content-Type`, `Content-Md5`, `Host` and every name that begins with a
/// capital `X-`, in lower case and sorted. A default port is left out of the host, as both of the vendor's SDKs do.
pub fn signed_headers<'a>(
    sent: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<(String, String)> {
    let mut signed: Vec<(String, String)> = sent
        .into_iter()
        .filter(|(name, _)| {
            name.starts_with("X-")
                || ["content-type", "content-md5", "host"]
                    .iter()
                    .any(|signed| name.eq_ignore_ascii_case(signed))
        })
        .map(|(name, value)| {
            let name = name.to_ascii_lowercase();
            let value = if name == "host" {
                without_default_port(value)
            } else {
                value
            };
            (name, value.to_owned())
        })
        .collect();
    signed.sort();
    signed
}

fn without_default_port(host: &str) -> &str {
    host.strip_suffix(":443")
        .or_else(|| host.strip_suffix(":80"))
        .unwrap_or(host)
}

/// The canonical query: every name and value percent-encoded, then sorted.
pub fn canonical_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut encoded: Vec<(String, String)> = pairs
        .into_iter()
        .map(|(name, value)| (percent_encode(name), percent_encode(value)))
        .collect();
    encoded.sort();
    let joined: Vec<String> = encoded
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    joined.join("&")
}

/// A query string that carries its own signature, and the steps.
#[derive(Clone)]
#[non_exhaustive]
pub struct Presigned {
    /// The whole query, to be put behind `?`.
    pub query: String,
    /// The steps.
    pub signature: Signature,
}

impl fmt::Debug for Presigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whoever has the query can make the call.
        f.debug_struct("Presigned")
            .field("signature", &self.signature)
            .finish_non_exhaustive()
    }
}

/// Signs a GET of `path` on `host` so that the URL alone is enough; the body is not covered. The token of a temporary
/// credential is added after signing, as the vendor's SDKs do.
pub fn presign<'a>(
    host: &str,
    path: &str,
    query: impl IntoIterator<Item = (&'a str, &'a str)>,
    credential: &Credential,
    region: &str,
    service: &str,
    timestamp: i64,
) -> Presigned {
    let date = x_date(timestamp);
    let day = date.split('T').next().unwrap_or_default();
    let own = [
        ("X-Algorithm", ALGORITHM.to_owned()),
        (
            "X-Credential",
            format!("{}/{day}/{region}/{service}/request", credential.id()),
        ),
        ("X-Date", date.clone()),
        ("X-NotSignBody", String::new()),
        ("X-SignedHeaders", "host".to_owned()),
    ];
    let mut pairs: Vec<(&str, &str)> = query.into_iter().collect();
    pairs.extend(own.iter().map(|(name, value)| (*name, value.as_str())));
    let mut names: Vec<&str> = pairs
        .iter()
        .map(|(name, _)| *name)
        .chain(["X-SignedQueries"])
        .collect();
    names.sort_unstable();
    let names = names.join(";");
    pairs.push(("X-SignedQueries", &names));

    let signed_query = canonical_query(pairs.iter().copied());
    let headers = [("host", without_default_port(host))];
    let parts = Parts {
        method: "GET",
        path,
        query: &signed_query,
        headers: &headers,
        payload: Payload::Bytes(b""),
    };
    let signature = sign(&parts, credential, region, service, timestamp);

    pairs.push(("X-Signature", &signature.signature));
    pairs.extend(credential.token().map(|token| ("X-Security-Token", token)));
    Presigned {
        query: canonical_query(pairs),
        signature,
    }
}
