//! Requests to this very server in, its answers as they came over the wire out. One connection for each, plain HTTP/1.1.
//!
//! The explorer shows what was really sent and answered, which a client hides. A server of the computer itself needs no pool,
//! no TLS and no proxy.

use std::sync::{Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use yunqiao_runtime::transport::{
    Bytes, ResponseBody, Transport, TransportError, TransportFuture, http,
};

mod read;

/// A longer answer is cut off, which is an error.
const LONGEST: usize = 64 << 20;

/// Sends to this computer, and keeps what was sent and answered last.
#[derive(Default)]
pub(super) struct Loopback(Mutex<Exchange>);

/// A request and its answer.
#[derive(Clone, Default)]
pub(super) struct Exchange {
    pub(super) request: Option<http::Request<Bytes>>,
    pub(super) answer: Option<Answer>,
}

/// An answer as it came.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

impl Loopback {
    /// What went over the wire last.
    pub(super) fn last(&self) -> Exchange {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, change: impl FnOnce(&mut Exchange)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Transport for Loopback {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            self.keep(|exchange| {
                *exchange = Exchange {
                    request: Some(request.clone()),
                    answer: None,
                };
            });
            let answer = exchange(&request).await?;
            self.keep(|exchange| exchange.answer = Some(answer.clone()));
            let mut response = http::Response::builder().status(answer.status);
            for (name, value) in &answer.headers {
                response = response.header(name, value);
            }
            response
                .body(ResponseBody::from(answer.body))
                .map_err(TransportError::broken)
        })
    }
}

/// Sends a request and reads the answer to its end.
pub(super) async fn exchange(request: &http::Request<Bytes>) -> Result<Answer, TransportError> {
    let authority = request.uri().authority().map_or("", |host| host.as_str());
    let mut stream = TcpStream::connect(authority)
        .await
        .map_err(TransportError::connect)?;
    let target = request.uri().path_and_query();
    let target = target.map_or("/", http::uri::PathAndQuery::as_str);
    let mut head = format!("{} {target} HTTP/1.1\r\n", request.method()).into_bytes();
    let mut header = |name: &str, value: &[u8]| {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    };
    if !request.headers().contains_key("host") {
        header("host", authority.as_bytes());
    }
    for (name, value) in request.headers() {
        if !matches!(name.as_str(), "content-length" | "connection") {
            header(name.as_str(), value.as_bytes());
        }
    }
    header(
        "content-length",
        request.body().len().to_string().as_bytes(),
    );
    header("connection", b"close");
    head.extend_from_slice(b"\r\n");
    let sent = async {
        stream.write_all(&head).await?;
        stream.write_all(request.body()).await
    };
    sent.await.map_err(TransportError::broken)?;
    let mut bytes = Vec::new();
    let mut limited = (&mut stream).take(LONGEST as u64);
    let read = limited.read_to_end(&mut bytes).await;
    read.map_err(TransportError::broken)?;
    read::answer(&bytes).ok_or_else(|| TransportError::broken("the answer breaks off"))
}
