//! A listening socket in, HTTP answers out: the only file that knows axum.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::{ConnectInfo, Connected};
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::serve::IncomingStream;
use bytes::Bytes;
use tokio::sync::oneshot;

use crate::calendar::Utc;
use crate::control;
use crate::handle::{LARGEST_BODY, Outcome, State, handle};
use crate::line::{self, Held, Hold, Listener, Trouble};
use crate::page::{PageReply, PageRequest};
use crate::protocol::{self, Reply};
use crate::received::Received;

/// Serves until the other end of `stop` is dropped; closes every connection then.
pub(crate) fn serve(
    listener: TcpListener,
    state: Arc<State>,
    stop: oneshot::Receiver<()>,
) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = Listener::new(tokio::net::TcpListener::from_std(listener)?);
        let router = Router::new().fallback(answer).with_state(state);
        let service = router.into_make_service_with_connect_info::<Hold>();
        tokio::spawn(async { axum::serve(listener, service).await });
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

impl Connected<IncomingStream<'_, Listener>> for Hold {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().hold()
    }
}

async fn answer(
    Shared(state): Shared<Arc<State>>,
    ConnectInfo(hold): ConnectInfo<Hold>,
    request: Request,
) -> Response {
    let Some(received) = receive(request).await else {
        // The client has gone, or speaks no HTTP; it cannot be told in any vendor's words.
        return respond(broken_off(), state.clock.now());
    };
    if let Some(refusal) = state.guard.refusal(&received) {
        return respond(control::refused(&refusal), state.clock.now());
    }
    if control::is_meant(&received) {
        return respond(control::answer(&state, &received).await, state.clock.now());
    }
    if let Some(pages) = &state.pages
        && protocol::detect(&received).is_none()
    {
        let page = pages(asked_for(received)).await;
        return respond(shown(page), state.clock.now());
    }
    let Outcome {
        reply,
        delay,
        trouble,
    } = handle(&state, &received);
    if delay > Duration::ZERO {
        tokio::time::sleep(delay).await;
    }
    match trouble {
        None => respond(reply, state.clock.now()),
        Some(trouble) => troubled(&state, &hold, received, reply, trouble),
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
    let now = state.clock.now();
    if trouble == Trouble::Twice {
        handle(
            state,
            &Received {
                copy: true,
                ..received
            },
        );
        return respond(reply, now);
    }
    if let Some(stream) = hold.take() {
        if let Trouble::HalfBody | Trouble::Drip(_) = trouble {
            // The whole of what comes has come then, so that the client must be told not to use the connection again.
            reply.headers.push(("connection", "close".to_owned()));
        }
        tokio::spawn(line::end(stream, reply, now, trouble));
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
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    };
    Some(Received {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers.iter().map(text).collect(),
        oversized: body.is_none(),
        copy: false,
        body: body.map(Vec::from).unwrap_or_default(),
    })
}

fn asked_for(received: Received) -> PageRequest {
    PageRequest {
        method: received.method,
        path: received.path,
        query: received.query,
        headers: received.headers,
        body: (!received.oversized).then_some(received.body),
    }
}

fn shown(page: PageReply) -> Reply {
    let content_type = |(name, _): &(&str, String)| *name == "content-type";
    let mut headers = page.headers;
    let kind = headers.iter().position(content_type);
    let kind = kind.map(|at| headers.remove(at).1);
    Reply {
        status: page.status,
        content_type: kind.unwrap_or_else(|| "text/plain; charset=utf-8".to_owned()),
        headers,
        body: page.body.into(),
    }
}

fn broken_off() -> Reply {
    Reply {
        status: 400,
        content_type: "text/plain; charset=utf-8".to_owned(),
        headers: Vec::new(),
        body: Bytes::from_static(b"The request breaks off.\n"),
    }
}

fn respond(reply: Reply, now: i64) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let date = (header::DATE, Utc::from_seconds(now).http_date());
    let content_type = (header::CONTENT_TYPE, reply.content_type);
    let named = reply
        .headers
        .into_iter()
        .filter_map(|(name, value)| Some((HeaderName::try_from(name).ok()?, value)));
    for (name, value) in [date, content_type].into_iter().chain(named) {
        // All values are the cloud's own or were checked when they were handed in, so none is lost here.
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
