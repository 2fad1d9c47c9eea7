//! Bytes of a connection in, requests of HTTP/1.1 out, as far as they have come.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::handle::LARGEST_BODY;
use crate::received::Received;

/// Bytes of a body that are waited for before the choice is made.
const BEGINNING: usize = 4096;
/// Larger heads than this are no requests.
const LARGEST_HEAD: usize = 256 << 10;

/// A request that is coming in: its head and the first 4096 bytes of its body, or more.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// Request line and headers, as received.
    pub head: &'a [u8],
    /// As much of the body as has come.
    pub body: &'a [u8],
}

impl Arrival<'_> {
    /// The first place, in the head or the beginning of the body, at which the text stands, and what follows there.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&[u8]> {
        if text.is_empty() {
            return None;
        }
        [self.head, self.body].into_iter().find_map(|bytes| {
            let at = bytes
                .windows(text.len())
                .position(|window| window == text.as_bytes())?;
            Some(&bytes[at..])
        })
    }
}

/// One connection, and what has come over it.
pub(super) struct Connection {
    pub(super) stream: TcpStream,
    bytes: Vec<u8>,
}

/// Where a request lies in the bytes of its connection.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    head: usize,
    body: usize,
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            bytes: Vec::new(),
        }
    }

    /// Waits for the beginning of a request; nothing if none comes, or what comes is not understood.
    pub(super) async fn begin(&mut self) -> Option<Extent> {
        let head = loop {
            let end = self.bytes.windows(4).position(|four| four == b"\r\n\r\n");
            match end {
                Some(end) => break end + 4,
                None if self.bytes.len() > LARGEST_HEAD => return None,
                None => self.more().await?,
            }
        };
        let text = String::from_utf8_lossy(&self.bytes[..head]).into_owned();
        let header = |name: &str| {
            text.lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(found, _)| found.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim().to_owned())
        };
        if header("transfer-encoding").is_some() {
            return None;
        }
        let body = match header("content-length") {
            Some(length) => length
                .parse()
                .ok()
                .filter(|length| *length <= LARGEST_BODY)?,
            None => 0,
        };
        if header("expect").is_some_and(|what| what.eq_ignore_ascii_case("100-continue")) {
            let go_on = b"HTTP/1.1 100 Continue\r\n\r\n";
            self.stream.write_all(go_on).await.ok()?;
        }
        let extent = Extent { head, body };
        self.fill(head + body.min(BEGINNING)).await?;
        Some(extent)
    }

    /// What of the request has come.
    pub(super) fn arrival(&self, extent: Extent) -> Arrival<'_> {
        let end = self.bytes.len().min(extent.head + extent.body);
        Arrival {
            head: &self.bytes[..extent.head],
            body: &self.bytes[extent.head..end],
        }
    }

    /// Waits for half of the request's body; nothing if it breaks off before.
    pub(super) async fn half(&mut self, extent: Extent) -> Option<()> {
        self.fill(extent.head + extent.body / 2).await
    }

    /// Waits for the rest of the request and takes it out; nothing if it breaks off.
    pub(super) async fn finish(&mut self, extent: Extent) -> Option<Received> {
        self.fill(extent.head + extent.body).await?;
        let rest = self.bytes.split_off(extent.head + extent.body);
        let mut whole = std::mem::replace(&mut self.bytes, rest);
        let body = whole.split_off(extent.head);
        let head = String::from_utf8_lossy(&whole);
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let method = Method::from_bytes(words.next()?.as_bytes()).ok()?;
        let uri = Uri::try_from(words.next()?).ok()?;
        let mut headers = HeaderMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let name = HeaderName::try_from(name).ok()?;
            headers.append(name, HeaderValue::try_from(value.trim()).ok()?);
        }
        Some(Received::new(method, uri, headers, Some(body.into())))
    }

    /// Waits until the client has gone.
    pub(super) async fn gone(&mut self) {
        while self.more().await.is_some() {
            self.bytes.clear();
        }
    }

    async fn fill(&mut self, length: usize) -> Option<()> {
        while self.bytes.len() < length {
            self.more().await?;
        }
        Some(())
    }

    async fn more(&mut self) -> Option<()> {
        let read = self.stream.read_buf(&mut self.bytes).await.ok()?;
        (read > 0).then_some(())
    }
}
