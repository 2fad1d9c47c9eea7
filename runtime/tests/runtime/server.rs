//! In: the bytes to answer with. Out: a server on this machine, and the exact bytes that it was sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use yunqiao_runtime::{Config, ConfigBuilder, Credential, RetryPolicy, TimeSource};

/// What the server does with each request.
#[derive(Clone)]
pub(crate) enum Script {
    /// Sends these bytes, and keeps the connection.
    Answer(Vec<u8>),
    /// Sends these bytes and closes the connection.
    AnswerAndClose(Vec<u8>),
    /// Sends these bytes and then nothing, for ever.
    Stall(Vec<u8>),
    /// Sends these pieces, each on its own as far as a network lets it, and keeps the connection.
    Pieces(Vec<Vec<u8>>),
    /// Sends what this makes of each request, and keeps the connection.
    Reply(Reply),
    /// Sends the first bytes and then the second ones again and again.
    Endless(Vec<u8>, Vec<u8>),
    /// Closes the connection as soon as there is one, before a request has come.
    Hangup,
}

/// The answer to a request.
pub(crate) type Reply = Arc<dyn Fn(&Seen) -> Vec<u8> + Send + Sync>;

/// One request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    /// `POST / HTTP/1.1`.
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap()
    }

    /// What follows `?`.
    pub(crate) fn query(&self) -> &str {
        let target = self.line().split(' ').nth(1).unwrap();
        target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The headers, names in lower case, sorted.
    pub(crate) fn headers(&self) -> Vec<(String, String)> {
        let mut headers: Vec<_> = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        headers.sort();
        headers
    }

    /// The names of the headers, but for the one that the feature `gzip` adds to all requests.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = self.headers().into_iter().map(|(name, _)| name);
        names
            .filter(|name| !cfg!(feature = "gzip") || name != "accept-encoding")
            .collect()
    }

    /// One header.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.headers()
            .into_iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value)
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// What a server does with its requests, one after the other; the last again and again.
pub(crate) type Scripts = Vec<Script>;

/// The server; it ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) authority: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<Mutex<usize>>,
    closed: Arc<Mutex<usize>>,
}

impl Server {
    pub(crate) async fn run(script: Script) -> Self {
        Self::play(vec![script]).await
    }

    pub(crate) async fn play(scripts: Scripts) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let authority = listener.local_addr().unwrap().to_string();
        let server = Self {
            authority,
            seen: Arc::default(),
            connections: Arc::default(),
            closed: Arc::default(),
        };
        let (seen, connections) = (Arc::clone(&server.seen), Arc::clone(&server.connections));
        let closed = Arc::clone(&server.closed);
        tokio::spawn(async move {
            let script: NextScript = Arc::new(Mutex::new((scripts, 0)));
            while let Ok((stream, _)) = listener.accept().await {
                *connections.lock().unwrap() += 1;
                if matches!(peek(&script), Script::Hangup) {
                    next(&script);
                    drop(stream);
                    continue;
                }
                let serving = serve(stream, Arc::clone(&script), Arc::clone(&seen));
                let closed = Arc::clone(&closed);
                tokio::spawn(async move {
                    serving.await;
                    *closed.lock().unwrap() += 1;
                });
            }
        });
        server
    }

    /// A server that answers status 200 with what this makes of each request's JSON.
    pub(crate) async fn replying(
        reply: impl Fn(&serde_json::Value) -> serde_json::Value + Send + Sync + 'static,
    ) -> Self {
        Self::run(Script::Reply(Arc::new(move |seen| {
            let answer = reply(&serde_json::from_slice(&seen.body).unwrap_or_default());
            http("200 OK", &[], answer.to_string().as_bytes())
        })))
        .await
    }

    /// A server that answers status 200 with this body.
    pub(crate) async fn with_body(body: &str) -> Self {
        Self::run(Script::Answer(http("200 OK", &[], body.as_bytes()))).await
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.authority)
    }

    /// A configuration that calls this server, at a fixed time, and once: most tests are about one answer.
    pub(crate) fn config(&self) -> ConfigBuilder {
        self.repeating().retry(RetryPolicy::none())
    }

    /// The same with repeats as they are by default, but for short waits.
    pub(crate) fn repeating(&self) -> ConfigBuilder {
        Config::builder()
            .endpoint(self.url())
            .credential(credential())
            .time_source(Arc::new(Fixed))
            .retry(RetryPolicy::standard().base_delay(Duration::from_millis(1)))
    }

    /// Every request so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The one request that there was.
    pub(crate) fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen[0].clone()
    }

    /// How many connections are over.
    pub(crate) fn closed(&self) -> usize {
        *self.closed.lock().unwrap()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

type NextScript = Arc<Mutex<(Scripts, usize)>>;

fn peek(script: &NextScript) -> Script {
    let script = script.lock().unwrap();
    let last = script.0.len() - 1;
    script.0[script.1.min(last)].clone()
}

fn next(script: &NextScript) -> Script {
    let current = peek(script);
    script.lock().unwrap().1 += 1;
    current
}

async fn serve(mut stream: TcpStream, script: NextScript, seen: Arc<Mutex<Vec<Seen>>>) {
    while let Some(request) = receive(&mut stream).await {
        seen.lock().unwrap().push(request.clone());
        let script = next(&script);
        // A client that has had enough closes the connection; that is its right.
        let sent = match &script {
            Script::Answer(bytes) => stream.write_all(bytes).await.is_ok(),
            Script::Reply(reply) => stream.write_all(&reply(&request)).await.is_ok(),
            Script::AnswerAndClose(bytes) => {
                let _ = stream.write_all(bytes).await;
                false
            }
            Script::Stall(bytes) => {
                let _ = stream.write_all(bytes).await;
                tokio::time::sleep(Duration::from_secs(600)).await;
                false
            }
            Script::Pieces(pieces) => {
                let mut fine = stream.set_nodelay(true).is_ok();
                for piece in pieces {
                    fine = fine && stream.write_all(piece).await.is_ok();
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
                fine
            }
            Script::Hangup => false,
            Script::Endless(head, piece) => {
                let _ = stream.write_all(head).await;
                while stream.write_all(piece).await.is_ok() {}
                false
            }
        };
        if !sent {
            return;
        }
    }
}

pub(crate) async fn receive(stream: &mut (impl AsyncRead + Unpin)) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let mut body = bytes.split_off(end);
    let seen = Seen {
        head: String::from_utf8(bytes).unwrap(),
        body: Vec::new(),
    };
    let length: usize = seen
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Seen { body, ..seen })
}

/// An HTTP answer with the length of its body.
pub(crate) fn http(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}

/// 2023-11-14T22:13:20Z.
pub(crate) const NOW: i64 = 1_700_000_000;

/// A clock that stands still.
pub(crate) struct Fixed;

impl TimeSource for Fixed {
    fn now(&self) -> i64 {
        NOW
    }
}

pub(crate) const KEY: &str = "SecretKeyEXAMPLE+/=0123456789abc";

pub(crate) fn credential() -> Credential {
    Credential::new("AKIDEXAMPLE0123456789", KEY)
}
