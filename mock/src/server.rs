//! A listening socket in, HTTP answers out: the only file that knows axum.

use std::borrow::Cow;
use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::serve::IncomingStream;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use tokio::sync::oneshot;
use tower_service::Service;

use crate::control;
use crate::handle::{LARGEST_BODY, Outcome, State, handle};
use crate::line::{self, Held, Hold, Listener, Trouble};
use crate::page::{PageReply, PageRequest};
use crate::protocol::{self, Reply};
use crate::received::Received;

/// Threads that answer; more would only take turns on the cores that tests have.
const THREADS: usize = 2;

/// Serves until the other end of `stop` is dropped; closes every connection then.
pub(crate) fn serve(
    listener: TcpListener,
    state: Arc<State>,
    stop: oneshot::Receiver<()>,
) -> std::io::Result<()> {
    let cores = std::thread::available_parallelism().map_or(THREADS, usize::from);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.min(THREADS))
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = Listener::new(tokio::net::TcpListener::from_std(listener)?);
        tokio::spawn(async { axum::serve(listener, Server(state)).await });
        // An error is what dropping the sender gives.
        drop(stop.await);
        Ok(())
    })
    // Dropping the runtime ends the server and its connections.
}

impl axum::serve::Listener for Listener {
    type Io = Held;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Held, SocketAddr) {
        Listener::accept(self).await
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        Listener::local_addr(self)
    }
}

/// Serves connections. There is nothing to route: what a request is about stands in all of it, not in its path.
struct Server(Arc<State>);

impl Service<IncomingStream<'_, Listener>> for Server {
    type Response = Connection;
    type Error = Infallible;
    type Future = Ready<Result<Connection, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, stream: IncomingStream<'_, Listener>) -> Self::Future {
        ready(Ok(Connection {
            state: Arc::clone(&self.0),
            hold: stream.io().hold(),
        }))
    }
}

/// Serves the requests of one connection.
#[derive(Clone)]
struct Connection {
    state: Arc<State>,
    hold: Hold,
}

impl Service<Request> for Connection {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Self { state, hold } = self.clone();
        Box::pin(async move { Ok(answer(&state, &hold, request).await) })
    }
}

async fn answer(state: &State, hold: &Hold, request: Request) -> Response {
    let Some(received) = receive(request).await else {
        // The client has gone, or speaks no HTTP; it cannot be told in any vendor's words.
        return respond(broken_off(), state);
    };
    if let Some(refusal) = state.guard.refusal(&received) {
        return respond(control::refused(&refusal), state);
    }
    if control::is_meant(&received) {
        return respond(control::answer(state, &received).await, state);
    }
    if let Some(pages) = &state.pages
        && protocol::detect(&received).is_none()
    {
        let page = pages(asked_for(received)).await;
        return respond(shown(page), state);
    }
    let Outcome {
        reply,
        delay,
        trouble,
    } = handle(state, &received);
    if delay > Duration::ZERO {
        tokio::time::sleep(delay).await;
    }
    match trouble {
        None => respond(reply, state),
        Some(trouble) => troubled(state, hold, received, reply, trouble),
    }
}

/// An answer with a trouble in its way: what a proper server cannot do to a connection, somebody else does.
fn troubled(
    state: &State,
    hold: &Hold,
    received: Received,
    mut reply: Reply,
    trouble: Trouble,
) -> Response {
    if trouble == Trouble::Twice {
        handle(state, &received.again());
        return respond(reply, state);
    }
    if let Some(stream) = hold.take() {
        if let Trouble::HalfBody | Trouble::Drip(_) = trouble {
            // The whole of what comes has come then, so that the client must be told not to use the connection again.
            reply.headers.push(("connection", "close".to_owned()));
        }
        tokio::spawn(line::end(stream, reply, state.clock.now(), trouble));
    }
    // Nobody reads it.
    Response::new(Body::empty())
}

/// The request, or nothing if it breaks off.
async fn receive(request: Request) -> Option<Received> {
    let (head, body) = request.into_parts();
    let length = head.headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let body = match length {
        Some(length) if length > LARGEST_BODY => None,
        Some(_) => Some(axum::body::to_bytes(body, LARGEST_BODY).await.ok()?),
        // Without a length, the limit is the likely reason for an error.
        None => axum::body::to_bytes(body, LARGEST_BODY).await.ok(),
    };
    Some(Received::new(head.method, head.uri, head.headers, body))
}

fn asked_for(received: Received) -> PageRequest {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    };
    PageRequest {
        method: received.method.as_str().to_owned(),
        path: received.path().to_owned(),
        query: received.query().to_owned(),
        headers: received.headers.iter().map(text).collect(),
        body: (!received.oversized).then(|| received.body.into()),
    }
}

fn shown(page: PageReply) -> Reply {
    let content_type = |(name, _): &(&str, String)| *name == "content-type";
    let mut headers = page.headers;
    let kind = headers.iter().position(content_type);
    let kind = kind.map(|at| headers.remove(at).1);
    Reply {
        status: page.status,
        content_type: kind.map_or("text/plain; charset=utf-8".into(), Cow::Owned),
        headers,
        body: page.body.into(),
    }
}

fn broken_off() -> Reply {
    Reply {
        status: 400,
        content_type: "text/plain; charset=utf-8".into(),
        headers: Vec::new(),
        body: Bytes::from_static(b"The request breaks off.\n"),
    }
}

fn respond(reply: Reply, state: &State) -> Response {
    let mut headers = HeaderMap::with_capacity(4 + reply.headers.len());
    headers.insert(header::DATE, state.dates.at(state.clock.now()));
    let content_type = (header::CONTENT_TYPE, reply.content_type);
    let named = reply
        .headers
        .into_iter()
        .filter_map(|(name, value)| Some((HeaderName::try_from(name).ok()?, value.into())));
    for (name, value) in std::iter::once(content_type).chain(named) {
        let value = match value {
            Cow::Borrowed(text) => HeaderValue::try_from(text),
            Cow::Owned(text) => HeaderValue::try_from(text),
        };
        // All values are the cloud's own or were checked when they were handed in, so none is lost here.
        if let Ok(value) = value {
            headers.insert(name, value);
        }
    }
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response
}
