//! In: a signed request. Out: the answer's status, log id and bytes, within the limits. The only file that does I/O.

mod headers;
mod urls;

use std::error::Error as StdError;
use std::fmt;

use reqwest::header::HeaderMap;

use self::headers::header_map;
use crate::clock::http_date;

pub(crate) use self::headers::Header;

/// A request as it goes out.
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) url: String,
    pub(crate) headers: Vec<Header>,
    pub(crate) body: Vec<u8>,
}

/// An answer as it came in.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) log_id: Option<String>,
    /// Where a redirect points, as scheme and host.
    pub(crate) location: Option<String>,
    /// When the server says that it answered, in seconds since 1970.
    pub(crate) date: Option<i64>,
    pub(crate) retry_after: Option<RetryAfter>,
    pub(crate) body: Vec<u8>,
}

/// How long a server asks to be left alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RetryAfter {
    Seconds(u64),
    /// Until then, in seconds since 1970.
    Until(i64),
}

/// Why there is no answer.
pub(crate) enum Failure {
    /// The request cannot be expressed in HTTP.
    Malformed(&'static str),
    Connect(Cause),
    ConnectTimeout(Cause),
    /// Sending or receiving broke; the status is known when the head had arrived.
    Broken(Cause, Option<u16>),
    TooLarge {
        status: u16,
        limit: usize,
        declared: Option<u64>,
    },
    /// The client followed a redirect, which ours never does.
    Redirected,
}

pub(crate) type Cause = Box<dyn StdError + Send + Sync>;

/// An answer whose head has come in.
pub(crate) struct Incoming {
    response: reqwest::Response,
    /// Where the request went.
    url: reqwest::Url,
}

/// Sends one request and reads the head of the answer.
pub(crate) async fn send(client: &reqwest::Client, request: Request) -> Result<Incoming, Failure> {
    let method = reqwest::Method::from_bytes(request.method.as_bytes())
        .map_err(|_| Failure::Malformed("method"))?;
    let url = urls::parse(&request.url).ok_or(Failure::Malformed("URL"))?;
    // Not by a builder, which puts one header after the other into a second map.
    let mut sent = reqwest::Request::new(method, url.clone());
    *sent.headers_mut() = header_map(request.headers)?;
    *sent.body_mut() = Some(request.body.into());
    let response = client.execute(sent).await.map_err(|error| {
        let error = error.without_url();
        match (error.is_connect(), error.is_timeout()) {
            (true, true) => Failure::ConnectTimeout(error.into()),
            (true, false) => Failure::Connect(error.into()),
            _ => Failure::Broken(error.into(), None),
        }
    })?;
    if *response.url() != url {
        return Err(Failure::Redirected);
    }
    Ok(Incoming { response, url })
}

impl Incoming {
    pub(crate) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        text(self.response.headers(), name)
    }

    /// A header's value, without a copy.
    fn plain(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// Whether it is a success that comes as server-sent events. The media type decides, whatever its parameters.
    pub(crate) fn is_event_stream(&self) -> bool {
        let media_type = self.header("content-type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        self.status() == 200 && media_type.eq_ignore_ascii_case("text/event-stream")
    }

    /// The next piece of the body, whatever its size; `None` at the end.
    pub(crate) async fn piece(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, Failure> {
        let status = self.status();
        let piece = self.response.chunk().await;
        piece.map_err(|error| Failure::Broken(error.without_url().into(), Some(status)))
    }

    /// Reads the whole answer, at most `limit` bytes of it.
    pub(crate) async fn whole(
        mut self,
        log_id: Option<&str>,
        limit: usize,
    ) -> Result<Answer, Failure> {
        let location = self.header("location");
        Ok(Answer {
            status: self.status(),
            log_id: log_id.and_then(|name| self.header(name)),
            location: location.and_then(|target| host_of(&self.url, &target)),
            date: self.plain("date").and_then(http_date::parse),
            retry_after: self.plain("retry-after").and_then(retry_after),
            body: self.read(limit).await?,
        })
    }

    /// Reads the body in pieces, so that neither a false declaration nor an endless body fills the memory.
    async fn read(&mut self, limit: usize) -> Result<Vec<u8>, Failure> {
        let status = self.status();
        let declared = self.response.content_length();
        let too_large = |declared| Failure::TooLarge {
            status,
            limit,
            declared,
        };
        if declared.is_some_and(|length| length > limit as u64) {
            return Err(too_large(declared));
        }
        let mut body = Vec::new();
        while let Some(piece) = self.piece().await? {
            let piece = piece.as_ref();
            if piece.len() > limit - body.len() {
                return Err(too_large(None));
            }
            body.extend_from_slice(piece);
        }
        Ok(body)
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// The two forms of the header (RFC 9110, 10.2.3). Anything else asks for nothing.
fn retry_after(text: &str) -> Option<RetryAfter> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(RetryAfter::Seconds(text.parse().unwrap_or(u64::MAX)));
    }
    http_date::parse(text).map(RetryAfter::Until)
}

/// Scheme and host of a redirect's target: the rest may hold anything.
fn host_of(base: &reqwest::Url, target: &str) -> Option<String> {
    let target = base.join(target).ok()?;
    Some(format!("{}://{}", target.scheme(), target.host_str()?))
}

/// Makes the client that all service clients of a configuration share: no redirects, no proxy from the environment, no
/// second try of its own.
pub(crate) fn client(connect_timeout: std::time::Duration) -> Result<Http, reqwest::Error> {
    let plain = || {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            .connect_timeout(connect_timeout)
    };
    let (builder, tls_problem) = tls(plain());
    Ok(Http {
        client: builder.build()?,
        tls_problem,
    })
}

/// The shared connection pool.
#[derive(Clone)]
pub(crate) struct Http {
    pub(crate) client: reqwest::Client,
    /// Why https cannot be used, if it cannot. Told when it is needed, since the local cloud does without.
    pub(crate) tls_problem: Option<String>,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Http")
    }
}

#[cfg(feature = "rustls")]
fn tls(builder: reqwest::ClientBuilder) -> (reqwest::ClientBuilder, Option<String>) {
    use rustls_platform_verifier::BuilderVerifierExt as _;
    use std::sync::Arc;

    // Given explicitly, so that no provider has to be installed for the whole process.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let start = |provider| {
        rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring supports the default TLS versions")
    };
    match start(Arc::clone(&provider)).with_platform_verifier() {
        Ok(config) => (
            builder.tls_backend_preconfigured(config.with_no_client_auth()),
            None,
        ),
        Err(error) => {
            let nobody = rustls::RootCertStore::empty();
            let config = start(provider)
                .with_root_certificates(nobody)
                .with_no_client_auth();
            let problem = format!(
                "https cannot be used, the system's trusted certificates cannot be read: {error}"
            );
            (builder.tls_backend_preconfigured(config), Some(problem))
        }
    }
}

#[cfg(not(feature = "rustls"))]
fn tls(builder: reqwest::ClientBuilder) -> (reqwest::ClientBuilder, Option<String>) {
    let problem = "https cannot be used: enable the feature `rustls`, or pass a client that has TLS to Config::builder().http_client";
    (builder, Some(problem.to_owned()))
}
