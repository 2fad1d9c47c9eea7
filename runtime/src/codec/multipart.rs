//! In: an object. Out: its multipart body, a part for each field, and the boundary that divides them.
//!
//! The form is that of the vendors' SDKs: a text part for a scalar, a file part called like its field for bytes, and a part
//! of JSON for a list or a struct.

use sha2::{Digest, Sha256};

use super::encode::{json, present};
use super::member::{Object, Value};
use super::scalar::Scalar;
use super::shape::Location;
use crate::sign::encode::Hex;

/// A body with the boundary that its content type names.
pub(crate) struct Multipart {
    pub(crate) boundary: String,
    pub(crate) body: Vec<u8>,
}

/// The multipart body of a request: the fields that travel in the body. The same request always gives the same bytes, so
/// that what is sent again is what was signed before.
///
/// # Errors
///
/// A number is not finite.
pub(crate) fn multipart(object: &dyn Object) -> Result<Multipart, serde_json::Error> {
    let parts = present(object)
        .filter(|(field, _)| field.location == Location::Body)
        .map(|(field, value)| part(field.name, value))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(assembled(&parts))
}

/// The multipart body of a request that nobody describes: the members of a JSON object, and fields of bytes. Their names are
/// such that they cannot end a header.
pub(crate) fn multipart_json<'a>(
    members: impl Iterator<Item = (&'a String, &'a serde_json::Value)>,
    bytes: &[(&'a str, &'a [u8])],
) -> Result<Multipart, serde_json::Error> {
    let members = members.filter(|(_, value)| !value.is_null());
    let members = members.map(|(name, value)| part(name, Value::Json(value)));
    let bytes = bytes
        .iter()
        .map(|(name, bytes)| part(name, Value::Binary(bytes)));
    let parts = members.chain(bytes).collect::<Result<Vec<_>, _>>()?;
    Ok(assembled(&parts))
}

fn assembled(parts: &[Part<'_>]) -> Multipart {
    let boundary = boundary(&digest(parts), parts);
    let size = |part: &Part<'_>| part.head.len() + part.content().len() + boundary.len() + 8;
    let mut body = Vec::with_capacity(parts.iter().map(size).sum::<usize>() + boundary.len() + 6);
    for part in parts {
        for piece in [
            b"--",
            boundary.as_bytes(),
            b"\r\n",
            part.head.as_bytes(),
            b"\r\n\r\n",
            part.content(),
            b"\r\n",
        ] {
            body.extend_from_slice(piece);
        }
    }
    for piece in [b"--", boundary.as_bytes(), b"--\r\n"] {
        body.extend_from_slice(piece);
    }
    Multipart { boundary, body }
}

struct Part<'a> {
    /// The headers, without the blank line after them.
    head: String,
    content: Content<'a>,
}

enum Content<'a> {
    /// Bytes of the request itself, which may be many.
    Own(&'a [u8]),
    Made(Vec<u8>),
}

impl Part<'_> {
    fn content(&self) -> &[u8] {
        match &self.content {
            Content::Own(bytes) => bytes,
            Content::Made(bytes) => bytes,
        }
    }
}

/// One field. Its name has been checked, by the generator or before it came here, so it cannot end the header.
fn part<'a>(name: &str, value: Value<'a>) -> Result<Part<'a>, serde_json::Error> {
    use serde_json::Value as Json;
    let disposition = format!("Content-Disposition: form-data; name=\"{name}\"");
    let text = |scalar: Scalar<'_>| Content::Made(scalar.spelling().into_bytes());
    let content = match value {
        Value::Binary(bytes) => {
            return Ok(Part {
                head: format!("{disposition}; filename=\"{name}\""),
                content: Content::Own(bytes),
            });
        }
        Value::List(_) | Value::Object(_) | Value::Json(Json::Array(_) | Json::Object(_)) => {
            return Ok(Part {
                head: format!("{disposition}\r\nContent-Type: application/json"),
                content: Content::Made(json(value)?),
            });
        }
        Value::Text(value) => Content::Own(value.as_bytes()),
        Value::Json(Json::String(value)) => Content::Own(value.as_bytes()),
        Value::Bool(value) => text(Scalar::Bool(value)),
        Value::Int(value) => text(Scalar::Int(value)),
        // JSON's spelling of a number, which also refuses what is none.
        Value::Absent | Value::Float(_) | Value::Json(_) => Content::Made(json(value)?),
    };
    Ok(Part {
        head: disposition,
        content,
    })
}

/// What the boundary is made from: all that it divides.
fn digest(parts: &[Part<'_>]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        for piece in [part.head.as_bytes(), part.content()] {
            hash.update((piece.len() as u64).to_be_bytes());
            hash.update(piece);
        }
    }
    hash.finalize().into()
}

/// The first boundary of a row that occurs in none of the parts.
fn boundary(seed: &[u8; 32], parts: &[Part<'_>]) -> String {
    let mut number = 0_u64;
    loop {
        let mut hash = Sha256::new();
        hash.update(seed);
        hash.update(number.to_be_bytes());
        let candidate = format!(
            "yunqiao-{}",
            &Hex::of(&hash.finalize().into()).as_str()[..32]
        );
        if !parts
            .iter()
            .any(|part| holds(part.content(), candidate.as_bytes()))
        {
            return candidate;
        }
        number += 1;
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(content: &[u8]) -> Vec<Part<'_>> {
        vec![Part {
            head: String::new(),
            content: Content::Own(content),
        }]
    }

    #[test]
    fn a_boundary_that_the_content_holds_is_passed_over() {
        let seed = [7; 32];
        let first = boundary(&seed, &[]);
        assert_eq!(boundary(&seed, &[]), first);
        assert!(first.starts_with("yunqiao-") && first.len() == 40);
        let content = format!("a\r\n--{first}--\r\nb");
        let second = boundary(&seed, &with(content.as_bytes()));
        assert_ne!(second, first);
        let both = format!("{content}{second}");
        let third = boundary(&seed, &with(both.as_bytes()));
        assert!(third != first && third != second);
    }

    #[test]
    fn where_a_part_ends_counts() {
        assert_ne!(digest(&with(b"ab")), digest(&with(b"a")));
        let split: Vec<Part<'_>> = with(b"a").into_iter().chain(with(b"b")).collect();
        assert_ne!(digest(&with(b"ab")), digest(&split));
    }
}
