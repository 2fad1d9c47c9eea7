//! A request in, what the vendor signs of it out: which headers, in which form, at what time.

use yunqiao_runtime::sign::{form_encode, volcengine};

use super::capture::{Capture, Query, Vendor};
use super::claim::Claim;
use super::steps::{Steps, sha256};
use crate::failure::{Failure, Result};

/// Value of `X-TC-Content-SHA256` for a body that the signature leaves out.
pub(super) const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// What is signed, and what a claimed signature is compared with.
pub(super) struct Plan {
    pub(super) steps: Steps,
    pub(super) capture: Capture,
}

impl Plan {
    /// As a client signs that does it right.
    pub(super) fn of(capture: Capture) -> Result<Self> {
        let vendor = capture.vendor.ok_or_else(|| missing("vendor"))?;
        Self::at(vendor, capture, None)
    }

    /// As the request says itself, where it has a signature.
    pub(super) fn claimed(capture: Capture, claim: &Claim) -> Result<Self> {
        Self::at(claim.vendor, capture, Some(claim))
    }

    fn at(vendor: Vendor, capture: Capture, claim: Option<&Claim>) -> Result<Self> {
        let own = |key: &str, given: &Option<String>, claimed: Option<&str>| {
            let value = given.as_deref().or(claimed);
            let value = value.filter(|value| !value.is_empty());
            value.map(str::to_owned).ok_or_else(|| missing(key))
        };
        let (time, date) = times(vendor, &capture)?;
        let region = match vendor {
            Vendor::Tencent => String::new(),
            Vendor::Volcengine => own("region", &capture.region, claim.map(|it| &*it.region))?,
        };
        let payload_hash = match capture.header("x-tc-content-sha256") {
            Some(UNSIGNED_PAYLOAD) if vendor == Vendor::Tencent => {
                sha256(UNSIGNED_PAYLOAD.as_bytes())
            }
            _ => sha256(&capture.body),
        };
        let mut headers = capture.headers.clone();
        let named = |headers: &[(String, String)], name: &str| {
            headers
                .iter()
                .any(|(other, _)| other.eq_ignore_ascii_case(name))
        };
        match (&capture.host, named(&headers, "host")) {
            (Some(host), false) => headers.push(("Host".to_owned(), host.clone())),
            (None, false) => return Err(missing("host")),
            _ => {}
        }
        let chosen = claim
            .map(|claim| claim.signed_headers.clone())
            .or_else(|| capture.signed_headers.clone());
        let headers = match (vendor, chosen) {
            (_, Some(names)) => select(&headers, &names)?,
            (Vendor::Tencent, None) => of_tencent(headers),
            (Vendor::Volcengine, None) => {
                // Who lists the time lists all that is signed.
                if !named(&headers, "x-date") {
                    headers.push(("X-Date".to_owned(), time.clone()));
                    if !named(&headers, "x-content-sha256") {
                        headers.push(("X-Content-Sha256".to_owned(), payload_hash.clone()));
                    }
                    if let Some(token) = &capture.token
                        && !named(&headers, "x-security-token")
                    {
                        headers.push(("X-Security-Token".to_owned(), token.clone()));
                    }
                }
                of_volcengine(&headers)
            }
        };
        let headers = canonical(vendor, headers);
        let steps = Steps {
            vendor,
            secret_id: own("secret_id", &capture.secret_id, claim.map(|it| &*it.id))?,
            secret_key: own("secret_key", &capture.secret_key, None)?,
            method: capture.method.clone(),
            path: match vendor {
                // Whatever the path is.
                Vendor::Tencent => "/".to_owned(),
                Vendor::Volcengine if capture.path.is_empty() => "/".to_owned(),
                Vendor::Volcengine => capture.path.clone(),
            },
            query: query(vendor, &capture.query),
            headers,
            payload_hash,
            time,
            date,
            region,
            service: own("service", &capture.service, claim.map(|it| &*it.service))?,
        };
        Ok(Self { steps, capture })
    }
}

fn missing(key: &str) -> Failure {
    Failure::new(format!(
        "{key} is missing (yunqiao sign --help shows a whole request)"
    ))
}

/// The time and the date that are signed.
fn times(vendor: Vendor, capture: &Capture) -> Result<(String, String)> {
    match vendor {
        Vendor::Tencent => {
            let sent = capture.header("x-tc-timestamp").map(|text| {
                let wrong = || Failure::new("X-TC-Timestamp: write seconds since 1970");
                text.parse::<i64>().map_err(|_| wrong())
            });
            let time = match capture.timestamp {
                Some(time) => time,
                None => sent.transpose()?.ok_or_else(|| missing("timestamp"))?,
            };
            let day = volcengine::x_date(time);
            let date = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..8]);
            Ok((time.to_string(), date))
        }
        Vendor::Volcengine => {
            let time = match (capture.header("x-date"), capture.timestamp) {
                (Some(sent), _) => sent.to_owned(),
                (None, Some(time)) => volcengine::x_date(time),
                (None, None) => return Err(missing("timestamp")),
            };
            let is_date = time.len() == 16
                && time.bytes().enumerate().all(|(at, byte)| match at {
                    8 => byte == b'T',
                    15 => byte == b'Z',
                    _ => byte.is_ascii_digit(),
                });
            if !is_date {
                return Err(Failure::new("X-Date: write it as 20231114T221320Z, in UTC"));
            }
            let date = time[..8].to_owned();
            Ok((time, date))
        }
    }
}

/// The query as the vendor signs it.
fn query(vendor: Vendor, query: &Query) -> String {
    match (query, vendor) {
        (Query::Raw(raw), _) => raw.clone(),
        (Query::Pairs(pairs), Vendor::Tencent) => {
            let pairs = pairs.iter();
            let encoded: Vec<String> = pairs
                .map(|(name, value)| format!("{}={}", form_encode(name), form_encode(value)))
                .collect();
            encoded.join("&")
        }
        (Query::Pairs(pairs), Vendor::Volcengine) => {
            let pairs = pairs.iter();
            volcengine::canonical_query(pairs.map(|(name, value)| (name.as_str(), value.as_str())))
        }
    }
}

/// Those headers that a list names.
pub(super) fn select(
    headers: &[(String, String)],
    names: &[String],
) -> Result<Vec<(String, String)>> {
    let chosen = names.iter().map(|name| {
        let mut values = headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim());
        let first = values.next().ok_or_else(|| {
            Failure::new(format!(
                "the header {name} is to be signed, but is not among the headers"
            ))
        })?;
        let all = values.fold(first.to_owned(), |all, value| format!("{all},{value}"));
        Ok((name.clone(), all))
    });
    chosen.collect()
}

/// What is signed of a request to Tencent Cloud. Of whole requests its SDKs sign two headers; who gives fewer means those.
fn of_tencent(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let is_whole = ["x-tc-timestamp", "x-tc-version"].iter().any(|name| {
        headers
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name))
    });
    let is_signed = |name: &str| {
        let name = name.to_ascii_lowercase();
        match &*name {
            "content-type" | "host" => true,
            "authorization" => false,
            _ => !is_whole,
        }
    };
    headers
        .into_iter()
        .filter(|(name, _)| is_signed(name))
        .collect()
}

/// What is signed of a request to Volcengine. Names that are all lower case are those of the scheme, or nobody's.
fn of_volcengine(headers: &[(String, String)]) -> Vec<(String, String)> {
    const OWN: [&str; 3] = ["x-content-sha256", "x-date", "x-security-token"];
    let sent = headers.iter().map(|(name, value)| {
        let own = OWN.iter().any(|own| name.eq_ignore_ascii_case(own));
        let name = if own {
            name.to_ascii_uppercase()
        } else {
            name.clone()
        };
        (name, value.clone())
    });
    let sent: Vec<(String, String)> = sent.collect();
    volcengine::signed_headers(sent.iter().map(|(name, value)| (&**name, value.trim())))
}

/// Names in lower case, values as they are signed, in order.
fn canonical(vendor: Vendor, headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = headers
        .into_iter()
        .map(|(name, value)| {
            let name = name.to_ascii_lowercase();
            let value = value.trim();
            let value = match (vendor, &*name) {
                // The one header whose value is signed in lower case.
                (Vendor::Tencent, "x-tc-action") => value.to_lowercase(),
                (Vendor::Volcengine, "host") => without_default_port(value).to_owned(),
                _ => value.to_owned(),
            };
            (name, value)
        })
        .collect();
    headers.sort();
    headers
}

fn without_default_port(host: &str) -> &str {
    let port = [":443", ":80"]
        .into_iter()
        .find_map(|port| host.strip_suffix(port));
    port.unwrap_or(host)
}
