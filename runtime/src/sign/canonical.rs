//! In: the parts of a request. Out: the text that stands for it in a signature, its hash, and how much of it recurs.

use super::encode::Hex;
use super::{Parts, beginnings};

/// The names of the signed headers, as a list in order.
pub(super) fn push_names(text: &mut String, headers: &[(&str, &str)]) {
    for (position, (name, _)) in headers.iter().enumerate() {
        if position > 0 {
            text.push(';');
        }
        text.push_str(name);
    }
}

/// Adds the canonical request.
pub(super) fn push(text: &mut String, parts: &Parts<'_>, path: &str, payload_hash: &str) {
    text.reserve(size(parts, path) + payload_hash.len());
    for line in [parts.method, path, parts.query] {
        text.push_str(line);
        text.push('\n');
    }
    for (name, value) in parts.headers {
        text.push_str(name);
        text.push(':');
        text.push_str(value);
        text.push('\n');
    }
    text.push('\n');
    push_names(text, parts.headers);
    text.push('\n');
    text.push_str(payload_hash);
}

/// The hash of what [`push`] has made.
pub(super) fn hash(text: &str, parts: &Parts<'_>, path: &str) -> Hex {
    Hex::of(&beginnings::hash(text.as_bytes(), recurring(parts, path)))
}

/// The bytes of a canonical request, but for the hash at its end.
fn size(parts: &Parts<'_>, path: &str) -> usize {
    let Parts {
        method,
        query,
        headers,
        ..
    } = parts;
    let lines = headers
        .iter()
        .map(|(name, value)| name.len() + value.len() + 2);
    let names = headers.iter().map(|(name, _)| name.len() + 1);
    let names = names.sum::<usize>().saturating_sub(1);
    method.len() + path.len() + query.len() + lines.sum::<usize>() + names + 5
}

/// How many bytes at the beginning of a canonical request are the same for all calls of an action at a host: up to the first
/// value that may be another one next time, or that is nobody's to keep. A token that is signed, a query and a boundary are.
fn recurring(parts: &Parts<'_>, path: &str) -> usize {
    let Parts {
        method,
        query,
        headers,
        ..
    } = parts;
    if path != "/" || !names_action_alone(query) {
        return 0;
    }
    let mut length = method.len() + path.len() + query.len() + 3;
    for (name, value) in *headers {
        let is_constant = match *name {
            "host" | "x-tc-action" => true,
            "content-type" => !value.contains("boundary"),
            _ => false,
        };
        if !is_constant {
            return length + name.len() + 1;
        }
        length += name.len() + value.len() + 2;
    }
    // All but the hash of the body.
    size(parts, path)
}

/// Whether a query has nothing of the caller's: it is empty, or says which action is called.
fn names_action_alone(query: &str) -> bool {
    let is_name = |text: &str| !text.contains('&');
    query.is_empty()
        || query
            .strip_prefix("Action=")
            .and_then(|rest| rest.split_once("&Version="))
            .is_some_and(|(action, version)| is_name(action) && is_name(version))
}

#[cfg(test)]
mod tests {
    use super::super::Payload;
    use super::*;

    const HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

    fn beginning(query: &str, headers: &[(&str, &str)]) -> String {
        let parts = Parts {
            method: "POST",
            path: "/",
            query,
            headers,
            payload: Payload::Hash(HASH),
        };
        let mut text = String::new();
        push(&mut text, &parts, "/", HASH);
        assert_eq!(text.len(), size(&parts, "/") + HASH.len());
        text.truncate(recurring(&parts, "/"));
        text
    }

    #[test]
    fn what_recurs_ends_where_a_call_differs_from_the_next() {
        let (host, kind) = (("host", "a.example"), ("content-type", "application/json"));
        assert_eq!(
            beginning("", &[kind, host, ("x-tc-action", "b")]),
            "POST\n/\n\ncontent-type:application/json\nhost:a.example\nx-tc-action:b\n\ncontent-type;host;x-tc-action\n"
        );
        let signed = [
            kind,
            host,
            ("x-content-sha256", HASH),
            ("x-security-token", "secret"),
        ];
        assert_eq!(
            beginning("Action=B&Version=1", &signed),
            "POST\n/\nAction=B&Version=1\ncontent-type:application/json\nhost:a.example\nx-content-sha256:"
        );
    }

    #[test]
    fn nothing_of_the_callers_recurs() {
        let host = ("host", "a.example");
        for query in [
            "Name=x",
            "Action=B&Version=1&Name=x",
            "Action=B&Name=x&Version=1",
        ] {
            assert_eq!(beginning(query, &[host]), "", "{query}");
        }
        for headers in [
            [("content-type", "multipart/form-data; boundary=x"), host],
            [("a-token", "x"), host],
        ] {
            let kept = beginning("", &headers);
            assert!(kept.ends_with(&format!("\n{}:", headers[0].0)), "{kept}");
        }
    }
}
