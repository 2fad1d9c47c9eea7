//! A method, a path and a query in, what clients sign in their place out.

use super::Slips;
use crate::sign::capture::{Capture, Vendor};

pub(super) fn lines(capture: &Capture, out: &mut Slips<'_>) {
    for method in ["GET", "POST", "PUT", "DELETE", "HEAD"] {
        if method != out.right.method {
            out.add("method", format!("{method} was signed"), |steps| {
                steps.method = method.to_owned();
            });
        }
    }
    out.add("method", "the method was signed in lower case", |steps| {
        steps.method.make_ascii_lowercase();
    });
    if out.right.vendor == Vendor::Tencent && capture.path != "/" {
        out.add(
            "path",
            "the path was signed as it was sent: Tencent Cloud signs / whatever it is",
            |steps| {
                steps.path.clone_from(&capture.path);
            },
        );
    }
    if out.right.path != "/" {
        out.add("path", "/ was signed", |steps| steps.path = "/".to_owned());
    }
    out.add("path", "an empty path was signed", |steps| {
        steps.path.clear()
    });
}

pub(super) fn queries(out: &mut Slips<'_>) {
    let query = out.right.query.clone();
    if query.is_empty() {
        return;
    }
    out.add("query", "an empty query was signed", |steps| {
        steps.query.clear()
    });
    out.add(
        "query",
        "the query was signed with its question mark",
        |steps| {
            steps.query.insert(0, '?');
        },
    );
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    out.add(
        "query",
        "the query was signed in order of names, and sent otherwise",
        |steps| {
            steps.query = pairs.join("&");
        },
    );
    for (from, to) in [
        ("%20", "+"),
        ("+", "%20"),
        ("%7E", "~"),
        ("~", "%7E"),
        ("%2A", "*"),
        ("*", "%2A"),
    ] {
        if query.contains(from) {
            out.add(
                "query",
                format!("{to} was signed where {from} was sent"),
                |steps| {
                    steps.query = query.replace(from, to);
                },
            );
        }
    }
    if let Some(decoded) = decoded(&query) {
        out.add(
            "query",
            "the query was signed before it was encoded",
            |steps| {
                steps.query = decoded;
            },
        );
    }
}

fn decoded(query: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(query.len());
    let mut rest = query.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).filter(|_| *first == b'%');
        let code = digits
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|decoded| decoded != query)
}
