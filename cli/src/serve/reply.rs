//! Content in, replies with the headers that every page and every answer of the API carries out.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use yunqiao_mock::PageReply;

use super::assets::Asset;

/// Scripts and styles are files of this server; nothing else runs, loads or frames.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
    font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

fn reply(status: u16, content_type: &str, body: Vec<u8>) -> PageReply {
    PageReply {
        status,
        headers: vec![
            ("content-type", content_type.to_owned()),
            ("content-security-policy", POLICY.to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
            ("cross-origin-resource-policy", "same-origin".to_owned()),
            ("cross-origin-opener-policy", "same-origin".to_owned()),
        ],
        body,
    }
}

/// An answer of the API, which nobody keeps.
pub(super) fn json(status: u16, value: &Json) -> PageReply {
    json_bytes(status, value.to_string().into_bytes())
}

/// The same of JSON that is text already.
pub(super) fn json_bytes(status: u16, value: Vec<u8>) -> PageReply {
    let mut reply = reply(status, "application/json", value);
    reply.headers.push(("cache-control", "no-store".to_owned()));
    reply
}

/// A refusal of the API, and what helps.
pub(super) fn refusal(status: u16, error: &str, hint: &str) -> PageReply {
    json(status, &json!({ "error": error, "hint": hint }))
}

/// A page for a path where there is none.
pub(super) fn nothing() -> PageReply {
    let text = "There is nothing here. The explorer is at /, the inspector at /inspector.\n";
    reply(404, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

/// A file, or only that it is the one that the browser has.
pub(super) fn asset(asset: &Asset, known: Option<&str>) -> PageReply {
    let tag = format!(
        "\"{}\"",
        URL_SAFE_NO_PAD.encode(&Sha256::digest(asset.bytes)[..12])
    );
    let is_known = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let (status, body) = if is_known {
        (304, Vec::new())
    } else {
        (200, asset.bytes.to_vec())
    };
    let mut reply = reply(status, asset.content_type(), body);
    // Asked for again each time, so that a newer program is not shown by an older page.
    reply.headers.push(("cache-control", "no-cache".to_owned()));
    reply.headers.push(("etag", tag));
    reply
}
