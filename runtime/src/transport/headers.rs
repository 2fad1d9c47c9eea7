//! In: headers as the vendors' protocols spell them. Out: the map that is sent.
//!
//! What is known when the program is compiled is neither copied nor counted: a call has a handful of headers, and most of
//! what they hold is the same for all calls of an action.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::answer::Failure;

/// A header's name and value. Header names are case-insensitive; the case given here matters for what Volcengine signs.
pub(crate) type Header = (Cow<'static, str>, Cow<'static, str>);

/// The map of headers that are told by their names.
pub(crate) fn header_map(headers: Vec<Header>) -> Result<HeaderMap, Failure> {
    let mut map = HeaderMap::with_capacity(headers.len());
    append(&mut map, &headers)?;
    Ok(map)
}

/// Adds headers that are told by their names. Nobody's logs show those that hold a secret: not the client's, not those of a
/// layer below.
pub(crate) fn append(map: &mut HeaderMap, headers: &[Header]) -> Result<(), Failure> {
    for (header, content) in headers.iter().cloned() {
        let name = name(header).ok_or_else(|| Failure::Malformed("header name"))?;
        let is_secret = matches!(
            name.as_str(),
            "authorization" | "x-tc-token" | "x-security-token" | "x-volc-ecs-metadata-token"
        );
        let mut value = value(content)?;
        value.set_sensitive(is_secret);
        map.append(name, value);
    }
    Ok(())
}

/// Adds a header of a name that is known when the program is compiled, and that has no secret.
pub(crate) fn put(
    map: &mut HeaderMap,
    name: &HeaderName,
    content: impl Into<Cow<'static, str>>,
) -> Result<(), Failure> {
    map.append(name, value(content.into())?);
    Ok(())
}

/// As [`put`], of a header that nobody's logs show.
pub(crate) fn put_secret(
    map: &mut HeaderMap,
    name: &HeaderName,
    content: impl Into<Cow<'static, str>>,
) -> Result<(), Failure> {
    let mut value = value(content.into())?;
    value.set_sensitive(true);
    map.append(name, value);
    Ok(())
}

fn name(name: Cow<'static, str>) -> Option<HeaderName> {
    let is_sent_so = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match name {
        // It must not be empty, and would panic if it had other characters.
        Cow::Borrowed(name) if !name.is_empty() && name.bytes().all(is_sent_so) => {
            Some(HeaderName::from_static(name))
        }
        name => HeaderName::from_bytes(name.as_bytes()).ok(),
    }
}

fn value(value: Cow<'static, str>) -> Result<HeaderValue, Failure> {
    let value = match value {
        Cow::Borrowed(value) => Bytes::from_static(value.as_bytes()),
        Cow::Owned(value) => Bytes::from(value),
    };
    HeaderValue::from_maybe_shared(value).map_err(|_| Failure::Malformed("header value"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(name: Cow<'static, str>, value: Cow<'static, str>) -> Option<(String, Vec<u8>)> {
        let map = header_map(vec![(name, value)]).ok()?;
        let (name, value) = map.iter().next()?;
        Some((name.as_str().to_owned(), value.as_bytes().to_vec()))
    }

    #[test]
    fn constants_are_sent_as_what_is_made_at_run_time() {
        for name in [
            "x-tc-action",
            "host",
            "X-Date",
            "",
            "a b",
            "a:b",
            "ä",
            "x_y",
            "!",
        ] {
            for value in ["", "a", "a b\t", "a\nb", "中", "\u{7f}", " "] {
                let owned = sent(name.to_owned().into(), value.to_owned().into());
                assert_eq!(sent(name.into(), value.into()), owned, "{name:?} {value:?}");
            }
        }
    }

    #[test]
    fn secrets_are_marked() {
        let map = header_map(vec![
            ("authorization".into(), "TC3".to_owned().into()),
            ("X-Security-Token".into(), "token".into()),
            ("host".into(), "a".into()),
        ]);
        let marked = |name| {
            map.as_ref()
                .ok()
                .and_then(|map| map.get(name))
                .map(HeaderValue::is_sensitive)
        };
        assert_eq!(marked("authorization"), Some(true));
        assert_eq!(marked("x-security-token"), Some(true));
        assert_eq!(marked("host"), Some(false));
    }
}
