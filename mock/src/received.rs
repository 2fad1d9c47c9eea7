//! One HTTP request as it came over the wire, before anybody interprets it.

use std::borrow::Cow;
use std::sync::OnceLock;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Uri};

use crate::verify::encode;

/// What the client sent. Nothing of it is copied: most calls are answered before that would have paid.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) method: Method,
    uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The body was longer than the server reads; `body` is empty then.
    pub(crate) oversized: bool,
    /// An intermediary has sent it a second time; the client knows nothing of it.
    copy: bool,
    pairs: OnceLock<Vec<(String, String)>>,
}

impl Received {
    /// A request whose body is there; without one it was longer than the server reads.
    pub(crate) fn new(method: Method, uri: Uri, headers: HeaderMap, body: Option<Bytes>) -> Self {
        Self {
            method,
            uri,
            headers,
            oversized: body.is_none(),
            body: body.unwrap_or_default(),
            copy: false,
            pairs: OnceLock::new(),
        }
    }

    /// The same, sent by an intermediary.
    pub(crate) fn again(self) -> Self {
        Self { copy: true, ..self }
    }

    /// As in the request line, still encoded.
    pub(crate) fn path(&self) -> &str {
        self.uri.path()
    }

    /// As in the request line, still encoded and without the question mark.
    pub(crate) fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// The pairs of the query, decoded, in order.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        self.pairs.get_or_init(|| encode::pairs(self.query()))
    }

    /// The value of the query's first pair with this name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.pairs().iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether an intermediary has sent it a second time.
    pub(crate) fn is_copy(&self) -> bool {
        self.copy
    }

    /// A header's first value without the spaces around it; an empty one counts as absent, and so does one that is no text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let value = std::str::from_utf8(self.headers.get(name)?.as_bytes()).ok()?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether a header has a value that is no text, which counts as absent elsewhere.
    pub(crate) fn is_garbled(&self, name: &str) -> bool {
        let mut values = self.headers.get_all(name).iter();
        values.any(|value| std::str::from_utf8(value.as_bytes()).is_err())
    }

    /// All values of a header, trimmed and joined by commas, as HTTP lets a proxy join them.
    pub(crate) fn joined(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut values = self.headers.get_all(name).iter().map(trimmed);
        let first = values.next()?;
        Some(values.fold(first, |all, value| Cow::Owned(format!("{all},{value}"))))
    }
}

/// What is no text keeps as much of it as is one.
fn trimmed(value: &HeaderValue) -> Cow<'_, str> {
    match String::from_utf8_lossy(value.as_bytes()) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
