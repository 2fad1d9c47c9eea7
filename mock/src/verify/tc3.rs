//! A request to Tencent Cloud in, what is wrong with its TC3-HMAC-SHA256 signature out, if anything is.

use crate::calendar::Utc;
use crate::fault::Fault;
use crate::received::Received;
use crate::verify::{Claim, Keys, encode, fresh, signs};

pub(crate) const SCHEME: &str = "TC3-HMAC-SHA256";
pub(crate) const END: &str = "tc3_request";
/// Seconds that the time of signing may be away from now.
const ALLOWED: i64 = 300;
/// Value of `X-TC-Content-SHA256` for a body that the signature leaves out.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

pub(crate) fn verify(received: &Received, keys: &Keys, now: i64) -> Result<(), Fault> {
    let header = received
        .header("authorization")
        .ok_or(Fault::NoAuthorization)?;
    let claim = Claim::read(header, SCHEME, false, END)?;
    let timestamp = received
        .header("x-tc-timestamp")
        .ok_or(Fault::NoInfo("X-TC-Timestamp"))?;
    let time = timestamp
        .parse()
        .map_err(|_| Fault::Authorization("X-TC-Timestamp is not a number".to_owned()))?;
    let key = keys.find(claim.scope.id, received.header("x-tc-token"))?;
    fresh(time, now, ALLOWED)?;
    let date = Utc::from_seconds(time).date();
    if claim.scope.date != date {
        return Err(Fault::Scope(format!(
            "its date is not {date}, the UTC date of X-TC-Timestamp"
        )));
    }
    let canonical_request = canonical_request(received, claim.signed_headers)?;
    let hash = encode::sha256(canonical_request.as_bytes());
    let service = claim.scope.service;
    let string_to_sign = [
        SCHEME, "\n", timestamp, "\n", &date, "/", service, "/", END, "\n", &hash,
    ]
    .concat();
    let signing = keys.signing("TC3", &key.secret, &[&date, service, END]);
    if !signs(signing, &string_to_sign, claim.signature) {
        return Err(Fault::Signature(format!(
            "the canonical request as received has the SHA-256 {hash}"
        )));
    }
    Ok(())
}

fn canonical_request(received: &Received, signed_headers: &str) -> Result<String, Fault> {
    let signed_headers = signed_headers.to_ascii_lowercase();
    let mut names: Vec<&str> = signed_headers.split(';').collect();
    // The vendor's page orders them; a list in another order is signed as if it were in this one.
    names.sort_unstable();
    for needed in ["content-type", "host"] {
        if !names.contains(&needed) {
            return Err(Fault::Authorization(format!(
                "SignedHeaders must name {needed}"
            )));
        }
    }
    let query = if received.method == "GET" {
        received.query()
    } else {
        ""
    };
    // The path is always the constant "/", whatever the endpoint's path is.
    let mut text = String::with_capacity(512);
    for piece in [received.method.as_str(), "\n/\n", query, "\n"] {
        text.push_str(piece);
    }
    for name in &names {
        let Some(value) = received.joined(name) else {
            return Err(Fault::Authorization(
                "SignedHeaders names a header that was not sent".to_owned(),
            ));
        };
        // The action is the one header whose value is signed in lower case.
        let value = if *name == "x-tc-action" {
            value.to_lowercase().into()
        } else {
            value
        };
        for piece in [name, ":", &value, "\n"] {
            text.push_str(piece);
        }
    }
    let payload = match received.header("x-tc-content-sha256") {
        Some(UNSIGNED_PAYLOAD) => encode::sha256(UNSIGNED_PAYLOAD.as_bytes()),
        _ => encode::sha256(&received.body),
    };
    for (at, name) in names.iter().enumerate() {
        text.push(if at == 0 { '\n' } else { ';' });
        text.push_str(name);
    }
    text.push('\n');
    text.push_str(&payload);
    Ok(text)
}
