//! A request as it went over the wire in, its parts out.

use super::capture::{Capture, Query};
use crate::failure::{Failure, Result};

pub(super) fn read(input: &[u8]) -> Result<Capture> {
    let (head, body) = split(input);
    let head = std::str::from_utf8(head)
        .map_err(|_| Failure::new("standard input: the head of the request is no UTF-8"))?;
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let [method, target, ..] = words.as_slice() else {
        return Err(Failure::new(
            "standard input is neither a JSON object nor a request that begins as `POST / HTTP/1.1` does",
        ));
    };
    let mut headers = Vec::new();
    for (number, line) in lines.enumerate() {
        let pair = line
            .split_once(':')
            .filter(|(name, _)| !name.trim().is_empty());
        let Some((name, value)) = pair else {
            // The line may hold a secret: only its number is told.
            return Err(Failure::new(format!(
                "standard input, line {}: no header",
                number + 2
            )));
        };
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    // A client that talks to a proxy sends the whole address.
    let target = match target.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |start| &rest[start..]),
        None => target,
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Ok(Capture {
        vendor: None,
        secret_id: None,
        secret_key: None,
        token: None,
        service: None,
        region: None,
        timestamp: None,
        method: (*method).to_owned(),
        host: None,
        path: path.to_owned(),
        query: Query::Raw(query.to_owned()),
        headers,
        signed_headers: None,
        body: body.to_vec(),
    })
}

/// What stands before the first empty line, and what after it.
fn split(input: &[u8]) -> (&[u8], &[u8]) {
    let ends: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
    let found = ends.iter().filter_map(|end| {
        let start = input.windows(end.len()).position(|window| window == *end)?;
        Some((start, end.len()))
    });
    match found.min() {
        Some((start, length)) => (&input[..start], &input[start + length..]),
        None => (input.trim_ascii_end(), &[]),
    }
}
