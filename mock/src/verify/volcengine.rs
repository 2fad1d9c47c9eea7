//! A request to Volcengine in, what is wrong with its HMAC-SHA256 signature out, if anything is. The signature stands in
//! the header or, for a presigned address, in the query.

use std::borrow::Cow;

use crate::calendar::parse_basic;
use crate::fault::Fault;
use crate::received::Received;
use crate::verify::{Claim, Keys, Scope, encode, fresh, signs};

pub(crate) const SCHEME: &str = "HMAC-SHA256";
pub(crate) const END: &str = "request";
/// Seconds that the time of signing may be away from now.
const ALLOWED: i64 = 900;

/// A signed request, wherever its signature stands.
struct Signed<'a> {
    claim: Claim<'a>,
    /// `X-Date`
    date: &'a str,
    token: Option<&'a str>,
    /// Decoded pairs of the query that the signature covers.
    query: Vec<&'a (String, String)>,
    payload: String,
}

pub(crate) fn verify(received: &Received, keys: &Keys, now: i64) -> Result<(), Fault> {
    let signed = if received.value("X-Signature").is_some() {
        in_query(received)?
    } else {
        in_header(received)?
    };
    let Signed {
        claim, date, token, ..
    } = &signed;
    let scope = claim.scope;
    let key = keys.find(scope.id, *token)?;
    let time = parse_basic(date)
        .ok_or_else(|| Fault::Authorization("X-Date is not like 20231114T221320Z".to_owned()))?;
    fresh(time, now, ALLOWED)?;
    if scope.date != &date[..8] {
        return Err(Fault::Scope("its date is not that of X-Date".to_owned()));
    }
    let region = scope.region.unwrap_or_default();
    let signing = keys.signing("", &key.secret, &[scope.date, region, scope.service, END]);
    let mut hash = String::new();
    for canonical_request in canonical_requests(received, &signed)? {
        hash = encode::sha256(canonical_request.as_bytes());
        let string_to_sign = format!(
            "{SCHEME}\n{date}\n{}/{region}/{}/{END}\n{hash}",
            scope.date, scope.service
        );
        if signs(signing.clone(), &string_to_sign, claim.signature) {
            return Ok(());
        }
    }
    Err(Fault::Signature(format!(
        "the canonical request as received has the SHA-256 {hash}"
    )))
}

fn in_header(received: &Received) -> Result<Signed<'_>, Fault> {
    let header = received
        .header("authorization")
        .ok_or(Fault::NoAuthorization)?;
    let claim = Claim::read(header, SCHEME, true, END)?;
    let date = received.header("x-date").ok_or(Fault::NoInfo("X-Date"))?;
    for needed in ["host", "x-date"] {
        if !claim
            .signed_headers
            .split(';')
            .any(|name| name.eq_ignore_ascii_case(needed))
        {
            return Err(Fault::Authorization(format!(
                "SignedHeaders must name {needed}"
            )));
        }
    }
    let payload = encode::sha256(&received.body);
    if received
        .header("x-content-sha256")
        .is_some_and(|stated| stated != payload)
    {
        return Err(Fault::Signature(
            "X-Content-Sha256 is not the hash of the body".to_owned(),
        ));
    }
    Ok(Signed {
        claim,
        date,
        token: received.header("x-security-token"),
        query: received.pairs().iter().collect(),
        payload,
    })
}

/// A presigned address covers the queries that it lists, maybe some headers, and no body.
fn in_query(received: &Received) -> Result<Signed<'_>, Fault> {
    let value = |name: &str| received.value(name);
    if value("X-Algorithm") != Some(SCHEME) {
        return Err(Fault::Authorization(format!(
            "X-Algorithm must be {SCHEME}"
        )));
    }
    let credential = value("X-Credential").ok_or(Fault::NoInfo("access key"))?;
    let signature = value("X-Signature")
        .filter(|text| !text.is_empty())
        .ok_or(Fault::NoSignature)?;
    let covered: Vec<&str> = value("X-SignedQueries")
        .unwrap_or_default()
        .split(';')
        .collect();
    for needed in ["Action", "Version", "X-Date"] {
        if !covered.contains(&needed) {
            return Err(Fault::Authorization(format!(
                "X-SignedQueries must name {needed}"
            )));
        }
    }
    Ok(Signed {
        claim: Claim {
            scope: Scope::read(credential, true, END)?,
            signed_headers: value("X-SignedHeaders").unwrap_or_default(),
            signature,
        },
        date: value("X-Date").ok_or(Fault::NoInfo("X-Date"))?,
        token: value("X-Security-Token"),
        query: received
            .pairs()
            .iter()
            .filter(|(key, _)| covered.contains(&key.as_str()))
            .collect(),
        payload: encode::sha256(b""),
    })
}

/// The vendor's SDKs disagree on the order of a query with equal or non-ASCII keys and on re-encoding the path, and all of
/// them work, so every form that one of them signs is right.
fn canonical_requests(received: &Received, signed: &Signed<'_>) -> Result<Vec<String>, Fault> {
    let mut names: Vec<String> = signed
        .claim
        .signed_headers
        .split(';')
        .filter(|name| !name.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    names.sort();
    let mut headers = String::with_capacity(256);
    for name in &names {
        let Some(value) = received.joined(name) else {
            return Err(Fault::Authorization(
                "SignedHeaders names a header that was not sent".to_owned(),
            ));
        };
        let value = if name == "host" {
            bare_host(&value)
        } else {
            &*value
        };
        for piece in [name, ":", value, "\n"] {
            headers.push_str(piece);
        }
    }
    let path = received.path();
    let mut paths = vec![Cow::Borrowed(path)];
    if !path
        .bytes()
        .all(|byte| byte == b'/' || encode::is_unreserved(byte))
    {
        let segments = path
            .split('/')
            .map(|segment| encode::percent(&encode::decoded(segment, false)).into_owned());
        paths.push(segments.collect::<Vec<_>>().join("/").into());
        paths.dedup();
    }
    let (queries, names) = (canonical_queries(&signed.query), names.join(";"));
    let method = received.method.as_str();
    let request = |path: &str, query: &str| {
        let lines = [method, path, query, &headers, &names, &signed.payload];
        lines.join("\n")
    };
    Ok(paths
        .iter()
        .flat_map(|path| queries.iter().map(|query| request(path, query)))
        .collect())
}

/// Sorted by encoded pair (Python), and by key with equal keys in the order sent (Go).
fn canonical_queries(pairs: &[&(String, String)]) -> Vec<String> {
    let encoded = |(key, value): &(String, String)| {
        [&*encode::percent(key), "=", &*encode::percent(value)].concat()
    };
    let mut by_key: Vec<(&str, String)> = pairs
        .iter()
        .map(|pair| (pair.0.as_str(), encoded(pair)))
        .collect();
    by_key.sort_by_key(|(key, _)| *key);
    let joined = |pairs: &[(&str, String)]| {
        let pairs: Vec<&str> = pairs.iter().map(|(_, pair)| pair.as_str()).collect();
        pairs.join("&")
    };
    let of_go = joined(&by_key);
    // As it is in nearly every request.
    if by_key.is_sorted_by(|(_, a), (_, b)| a <= b) {
        return vec![of_go];
    }
    by_key.sort_by(|(_, a), (_, b)| a.cmp(b));
    vec![joined(&by_key), of_go]
}

/// The SDKs sign the host without the port of the scheme.
fn bare_host(host: &str) -> &str {
    host.strip_suffix(":80")
        .or_else(|| host.strip_suffix(":443"))
        .unwrap_or(host)
}
