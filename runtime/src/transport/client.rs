//! In: how to connect. Out: a pool of connections that is a transport, of reqwest.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::HOST;
use http_body::Body as _;

use super::diagnosis::diagnose;
use super::{Proxy, ResponseBody, Transport, TransportError, TransportFuture, tls, urls};
use crate::error::Error;

/// What a configuration sends over.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    pub(crate) transport: Arc<dyn Transport>,
    /// Why https cannot be used, if it cannot. Told when it is needed, since the local cloud does without.
    pub(crate) tls_problem: Option<String>,
    /// The way that https takes, if it is not the direct one. Knows no password.
    pub(crate) proxy: Option<String>,
}

impl Http {
    /// Over what the program has made itself.
    pub(crate) fn over(transport: Arc<dyn Transport>) -> Self {
        Self {
            transport,
            tls_problem: None,
            proxy: None,
        }
    }
}

/// Makes the client that all service clients of a configuration share: no redirects, no proxy but the one given, no second try
/// of its own. `roots` are certificates to trust beside the system's, as PEM.
pub(crate) fn client(
    connect_timeout: Duration,
    proxy: Option<&Proxy>,
    roots: Option<&[u8]>,
) -> Result<Http, Error> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .connect_timeout(connect_timeout)
        // Whatever another crate of the program switches on in reqwest.
        .no_brotli()
        .no_zstd()
        .no_deflate();
    if !cfg!(feature = "gzip") {
        builder = builder.no_gzip();
    }
    #[cfg(not(feature = "http2"))]
    {
        builder = builder.http1_only();
    }
    #[cfg(feature = "http2")]
    {
        // Where every call shares one connection, a dead one would fail them all until the system gives it up, which takes a
        // quarter of an hour.
        let alive = Duration::from_secs(10);
        builder = builder
            .http2_keep_alive_interval(alive)
            .http2_keep_alive_timeout(alive);
    }
    if let Some(proxy) = proxy {
        builder = builder.proxy(proxy.for_https().map_err(Error::configuration)?);
    }
    let (builder, tls_problem) = tls::set(builder, roots).map_err(Error::configuration)?;
    let client = builder.build().map_err(|error| {
        Error::configuration("the HTTP client cannot be made").because(error.without_url())
    })?;
    Ok(Http {
        transport: Arc::new(Own(client)),
        tls_problem,
        proxy: proxy.map(Proxy::shown),
    })
}

impl Transport for reqwest::Client {
    fn send(&self, mut request: http::Request<Bytes>) -> TransportFuture<'_> {
        // Made from the URL again where there is such a header: HTTP/2 has `:authority` in its place.
        request.headers_mut().remove(HOST);
        Box::pin(exchange(self, request))
    }
}

/// The client that is made here, of which is known whether it can speak HTTP/2. Where it cannot, the header stays as it is.
struct Own(reqwest::Client);

impl Transport for Own {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        if cfg!(feature = "http2") {
            return self.0.send(request);
        }
        Box::pin(exchange(&self.0, request))
    }
}

async fn exchange(
    client: &reqwest::Client,
    request: http::Request<Bytes>,
) -> Result<http::Response<ResponseBody>, TransportError> {
    let (head, body) = request.into_parts();
    let url =
        urls::url(&head.uri).ok_or_else(|| TransportError::refused("the URL is none for HTTP"))?;
    // Not by a builder, which puts one header after the other into a second map.
    let mut request = reqwest::Request::new(head.method, url.clone());
    *request.headers_mut() = head.headers;
    *request.body_mut() = Some(body.into());
    let response = client.execute(request).await.map_err(diagnose)?;
    if *response.url() != url {
        return Err(TransportError::redirected());
    }
    let response = http::Response::<reqwest::Body>::from(response);
    Ok(response.map(|body| ResponseBody::pieces(Pieces(body))))
}

/// The data of a body, without its trailers.
struct Pieces(reqwest::Body);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match ready!(Pin::new(&mut self.0).poll_frame(context)) {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => {
                    let error = TransportError::broken(error.without_url());
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(None),
            };
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}
