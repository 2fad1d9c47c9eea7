//! In: a signed request as the vendors' protocols spell it. Out: the same in the types that transports take.

use bytes::Bytes;
use http::HeaderMap;

use super::answer::Failure;
use super::urls;

/// A request as it goes out.
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Request {
    pub(super) fn into_http(self) -> Result<http::Request<Bytes>, Failure> {
        let mut request = http::Request::new(self.body);
        *request.method_mut() = http::Method::from_bytes(self.method.as_bytes())
            .map_err(|_| Failure::Malformed("method"))?;
        *request.uri_mut() = urls::uri(&self.url).ok_or_else(|| Failure::Malformed("URL"))?;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}
