//! In: what a transport of a program's own gives back. Out: the answer or the error that a call makes of it.

use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::mpsc;
use yunqiao_runtime::transport::{Bytes, ResponseBody, Stream, TransportError, http};
use yunqiao_runtime::{Action, Client, Delivery};

use super::{CREATE, fail, fine, own};
use crate::sample::{Everything, SERVICE, VERIFY};
use crate::transports::{request, text};

static CHAT: Action = Action::new(&SERVICE, "ChatCompletions");

/// Pieces that somebody else hands in.
struct Coming(mpsc::Receiver<Result<Bytes, TransportError>>);

impl Stream for Coming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

#[tokio::test]
async fn an_answer_streams() {
    let (hand, coming) = mpsc::channel(1);
    let body = Mutex::new(Some(ResponseBody::pieces(Coming(coming))));
    let (config, _) = own(move |_| {
        let mut response = http::Response::new(body.lock().unwrap().take().unwrap());
        let kind = http::HeaderValue::from_static("text/event-stream");
        response.headers_mut().insert("content-type", kind);
        Ok(response)
    });
    let client = Client::new(&config.build().unwrap(), &SERVICE);
    let mut events = client.stream::<Everything>(&CHAT, request()).await.unwrap();
    for name in ["a", "b"] {
        // Each event is there before the next one is made.
        let piece = format!("data: {{\"Text\":\"{name}\"}}\n\n");
        hand.send(Ok(piece.into())).await.unwrap();
        let event = events.next().await.unwrap().unwrap();
        assert_eq!(event.text.as_deref(), Some(name));
    }
    hand.send(Err(TransportError::connect("torn")))
        .await
        .unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.delivery(), Delivery::Unknown);
    assert!(
        error.to_string().contains("the connection broke"),
        "{error}"
    );
    assert!(format!("{error:?}").contains("torn"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn each_error_says_what_has_become_of_the_request() {
    type Make = fn() -> TransportError;
    for (make, delivery, is_connect, is_timeout, safe, unsafe_, told) in [
        (
            (|| TransportError::connect("why")) as Make,
            Delivery::NotSent,
            true,
            false,
            4,
            4,
            "cannot connect",
        ),
        (
            || TransportError::connect_timeout("why"),
            Delivery::NotSent,
            true,
            true,
            4,
            4,
            "(connect timeout)",
        ),
        (
            || TransportError::refused("the company's gateway is closed"),
            Delivery::NotSent,
            true,
            false,
            1,
            1,
            "cannot connect: the company's gateway is closed",
        ),
        (
            || TransportError::broken("why"),
            Delivery::Unknown,
            false,
            false,
            4,
            1,
            "the connection broke",
        ),
    ] {
        for (action, attempts) in [(&VERIFY, safe), (&CREATE, unsafe_)] {
            let (config, seen) = own(move |_| Err(make()));
            let error = fail(config, action).await;
            assert_eq!(error.delivery(), delivery, "{error}");
            assert_eq!(
                (error.is_connect(), error.is_timeout()),
                (is_connect, is_timeout)
            );
            assert_eq!(error.attempts(), attempts, "{error}");
            assert_eq!(seen.lock().unwrap().len(), attempts as usize);
            assert!(error.to_string().contains(told), "{error}");
        }
    }
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    let (config, seen) = own(|number| match number {
        1 => Err(TransportError::connect("why")),
        2 => Ok(http::Response::builder()
            .status(503)
            .body("busy".into())
            .unwrap()),
        _ => fine(),
    });
    assert_eq!(text(config).await.unwrap(), "own");
    assert_eq!(seen.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn limits_hold_for_every_transport() {
    let pieces = |pieces: Vec<Result<Bytes, TransportError>>| {
        let (hand, coming) = mpsc::channel(pieces.len());
        for piece in pieces {
            hand.try_send(piece).unwrap();
        }
        // Kept open: what ends the answer has to be its limit.
        std::mem::forget(hand);
        Ok(http::Response::new(ResponseBody::pieces(Coming(coming))))
    };
    let (config, _) = own(move |_| pieces(vec![Ok("{".into()), Ok(vec![b' '; 100].into())]));
    let error = fail(config.max_response_bytes(100), &CREATE).await;
    assert!(
        error.to_string().contains("larger than the 100 bytes"),
        "{error}"
    );

    let (config, _) = own(|_| {
        let response = http::Response::builder().header("content-length", "101");
        Ok(response.body("{}".into()).unwrap())
    });
    let error = fail(config.max_response_bytes(100), &CREATE).await;
    assert!(error.to_string().contains("101 are announced"), "{error}");

    // A body that ends, or stops, in the middle.
    let (config, _) =
        own(move |_| pieces(vec![Ok("{".into()), Err(TransportError::broken("why"))]));
    let error = fail(config, &CREATE).await;
    assert_eq!(
        (error.http_status(), error.delivery()),
        (Some(200), Delivery::Unknown)
    );
    let (config, _) = own(move |_| pieces(vec![Ok("{".into())]));
    let error = fail(config.attempt_timeout(Duration::from_millis(50)), &CREATE).await;
    assert!(error.is_timeout() && !error.is_connect(), "{error}");
}

#[tokio::test]
async fn a_transport_decompresses_what_it_asks_for() {
    let (config, _) = own(|_| {
        let response = http::Response::builder().header("content-encoding", "gzip");
        Ok(response.body("\u{1f}".into()).unwrap())
    });
    let error = fail(config, &CREATE).await;
    assert!(error.is_decode(), "{error:?}");
    assert!(
        error
            .to_string()
            .contains("a transport of your own has to decompress"),
        "{error}"
    );
}
