//! In: a signed request as the vendors' protocols spell it. Out: the same in the types that transports take.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::answer::Failure;

/// A request as it goes out.
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) url: String,
    pub(crate) headers: Vec<Header>,
    pub(crate) body: Bytes,
}

/// A header's name and value. Header names are case-insensitive; the case given here matters for what Volcengine signs.
pub(crate) type Header = (Cow<'static, str>, String);

impl Request {
    pub(super) fn into_http(self) -> Result<http::Request<Bytes>, Failure> {
        let mut request = http::Request::new(self.body);
        *request.method_mut() = http::Method::from_bytes(self.method.as_bytes())
            .map_err(|_| Failure::Malformed("method"))?;
        *request.uri_mut() = self.url.parse().map_err(|_| Failure::Malformed("URL"))?;
        *request.headers_mut() = header_map(self.headers)?;
        Ok(request)
    }
}

fn header_map(headers: Vec<Header>) -> Result<HeaderMap, Failure> {
    let mut map = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| Failure::Malformed("header name"))?;
        let mut value =
            HeaderValue::try_from(value).map_err(|_| Failure::Malformed("header value"))?;
        // Nobody's logs show these: not the client's, not those of a layer below.
        value.set_sensitive(matches!(
            name.as_str(),
            "authorization" | "x-tc-token" | "x-security-token" | "x-volc-ecs-metadata-token"
        ));
        map.append(name, value);
    }
    Ok(map)
}
