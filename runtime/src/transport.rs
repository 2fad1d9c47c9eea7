//! In: signed requests. Out: answers, over the HTTP client that comes along or over a transport of the program's own.
//!
//! Whatever a program sends over stands behind one trait, [`Transport`]; reqwest's client is one. Signing, quotas, repeats,
//! limits and time limits are above it and the same for all. What a transport of a program's own needs is re-exported here:
//! the types of `http`, of `bytes` and of `futures-core`.

mod answer;
mod body;
mod client;
mod diagnosis;
mod error;
mod headers;
mod proxy;
mod request;
mod tls;
mod urls;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use bytes::Bytes;
pub use futures_core::Stream;
pub use http;

pub use self::body::ResponseBody;
pub use self::error::TransportError;

pub(crate) use self::answer::{Answer, Failure, Incoming, RetryAfter, send};
pub(crate) use self::client::{Http, client};
pub(crate) use self::headers::{Header, append, header_map, put, put_secret};
pub(crate) use self::proxy::Proxy;
pub(crate) use self::request::Request;

/// What [`Transport::send`] gives: a future that may be dropped at any point.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<ResponseBody>, TransportError>> + Send + 'a>>;

/// Brings a request to its server and an answer back: a connection of a company's own, a recorder, a server within the test.
///
/// A transport sends each request once, as it is, and follows no redirect: what is signed fits no other place, and what may be
/// sent again is decided above. The time of an attempt is limited above too; only how long connecting may take is for the
/// transport to limit. Repeats share the bytes of a body.
///
/// ```
/// use yunqiao_runtime::transport::{Bytes, ResponseBody, Transport, TransportError, TransportFuture, http};
/// use yunqiao_runtime::{Config, Credential};
///
/// /// Counts what goes through another transport.
/// struct Counted<T>(T, std::sync::atomic::AtomicUsize);
///
/// impl<T: Transport> Transport for Counted<T> {
///     fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
///         self.1.fetch_add(request.body().len(), std::sync::atomic::Ordering::Relaxed);
///         self.0.send(request)
///     }
/// }
///
/// /// A server within the test, down on Sundays.
/// struct Played { is_sunday: bool }
///
/// impl Transport for Played {
///     fn send(&self, _: http::Request<Bytes>) -> TransportFuture<'_> {
///         Box::pin(async move {
///             if self.is_sunday {
///                 return Err(TransportError::connect("nobody is there"));
///             }
///             Ok(http::Response::new(ResponseBody::from(r#"{"Response":{"RequestId":"1"}}"#)))
///         })
///     }
/// }
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// let config = Config::builder()
///     .credential(Credential::new("AKIDexample", "a-secret-key"))
///     .transport(Counted(Played { is_sunday: false }, Default::default()))
///     .build()?;
/// # let _ = config;
/// # Ok(())
/// # }
/// ```
pub trait Transport: Send + Sync {
    /// Sends a request and waits for the head of its answer.
    ///
    /// The URL is absolute, and its host is the `Host` header, which is signed. The body is whole. Headers that hold a secret
    /// are marked as such; bodies hold personal data and belong into no log.
    ///
    /// The answer's body is what the server means: whoever asks for a compressed one decompresses it and removes
    /// `Content-Encoding` and `Content-Length`.
    ///
    /// # Errors
    ///
    /// Which one is given decides whether the request may be sent again; see [`TransportError`].
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

impl fmt::Debug for dyn Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}
