//! One HTTP request as it came over the wire, before anybody interprets it.

/// What the client sent.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// As in the request line, still encoded.
    pub(crate) path: String,
    /// As in the request line, still encoded and without the question mark.
    pub(crate) query: String,
    /// Names in lower case, values as received, in order.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The body was longer than the server reads; `body` is empty then.
    pub(crate) oversized: bool,
    /// An intermediary has sent it a second time; the client knows nothing of it.
    pub(crate) copy: bool,
}

impl Received {
    /// A header's first value without the spaces around it; an empty one counts as absent.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// All values of a header, trimmed and joined by commas, as HTTP lets a proxy join them.
    pub(crate) fn joined(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(header, _)| header == name)
            .map(|(_, value)| value.trim())
            .collect();
        (!values.is_empty()).then(|| values.join(","))
    }
}
