//! A body in, the bodies that clients sign in its place out.

use serde_json::Value as Json;

use super::Slips;
use crate::sign::capture::{Capture, Vendor};
use crate::sign::plan::UNSIGNED_PAYLOAD;

pub(super) fn bodies(capture: &Capture, out: &mut Slips<'_>) {
    let body = &capture.body;
    out.body("an empty body was signed", b"");
    out.body(
        "the body was signed without the white space around it",
        body.trim_ascii(),
    );
    out.body(
        "the body was signed with a line end behind it",
        &[body, &b"\n"[..]].concat(),
    );
    if let Ok(value) = serde_json::from_slice::<Json>(body) {
        // This parser keeps objects in the order of their keys.
        out.body(
            "other JSON was signed: compact, keys in order",
            value.to_string().as_bytes(),
        );
        let spaced = spaced(&value);
        out.body(
            "other JSON was signed: blanks after `:` and `,`, as Python writes it",
            spaced.as_bytes(),
        );
        let ascii = ascii_only(&spaced);
        out.body(
            "other JSON was signed: as Python writes it, with \\u escapes",
            ascii.as_bytes(),
        );
        out.body(
            "other JSON was signed: compact, with \\u escapes",
            ascii_only(&value.to_string()).as_bytes(),
        );
    }
    if out.right.vendor == Vendor::Tencent {
        out.body("the body was left out of the signature (UNSIGNED-PAYLOAD), and the header X-TC-Content-SHA256 does not say so", UNSIGNED_PAYLOAD.as_bytes());
    }
    if let Some(sent) = capture
        .header("x-content-sha256")
        .map(str::to_ascii_lowercase)
    {
        out.add(
            "body",
            "another body was signed: X-Content-Sha256 is not the hash of this one",
            |steps| {
                steps.payload_hash = sent;
            },
        );
    }
}

/// JSON with blanks, keys in the order in which they are.
fn spaced(value: &Json) -> String {
    match value {
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(spaced).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(map) => {
            let members: Vec<String> = map
                .iter()
                .map(|(key, value)| format!("{}: {}", Json::from(key.as_str()), spaced(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        other => other.to_string(),
    }
}

fn ascii_only(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            let mut units = [0; 2];
            let units = c.encode_utf16(&mut units).iter();
            out.extend(units.map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}
