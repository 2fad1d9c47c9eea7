//! In: answers that tell an error, break off or never end. Out: one clear error each, with nothing of the answer in it.

use std::future::Future as _;
use std::time::Duration;

use yunqiao_runtime::{Action, Client, Delivery};

use super::{CHAT, Chunk, Completion, HEAD, OWN_ERROR, begin, call, chunk, play, streamed};
use crate::sample::{Agent, SEND, SERVICE, SMS};
use crate::server::{KEY, Script, Server, http};

static READ: Action = Action::new(&SERVICE, "ReadAloud").idempotent();

#[tokio::test]
async fn errors_before_the_stream_are_those_of_any_call() {
    let fault = r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"m"},"RequestId":"r-3"}}"#;
    let json = "Content-Type: application/json";
    let error = begin(Script::Answer(http("200 OK", &[json], fault.as_bytes())))
        .await
        .err()
        .unwrap();
    assert!(error.is_authentication());
    assert_eq!(error.request_id(), Some("r-3"));
    let stream = "Content-Type: text/event-stream";
    let error = begin(Script::Answer(http(
        "502 Bad Gateway",
        &[stream],
        b"data: x\n\n",
    )))
    .await
    .err()
    .unwrap();
    assert!(
        error.is_decode() && error.http_status() == Some(502),
        "{error}"
    );
    let error = begin(Script::Stall(Vec::new())).await.err().unwrap();
    assert!(error.to_string().contains("attempt timeout"), "{error}");

    let server = Server::run(Script::Stall(Vec::new())).await;
    let call = call(&server).timeout(Duration::from_millis(50));
    assert_eq!(
        format!("{call:?}"),
        r#"StreamCall { service: "essbasic", action: "ChatCompletions", validate: true, timeout: Some(50ms), idle_timeout: None, .. }"#
    );
    assert!(
        call.await
            .err()
            .unwrap()
            .to_string()
            .contains("total timeout")
    );
    let config = server.config().build().unwrap();
    let nobody = Client::new(&config, &SERVICE).stream::<Chunk>(&CHAT, Agent::default());
    assert!(nobody.await.err().unwrap().is_validation());
}

#[tokio::test]
async fn enveloped_events_and_errors_are_understood() {
    let stream = b"data: {\"Response\":{\"Name\":\"x\",\"RequestId\":\"r-9\"}}\n\ndata: {\"Name\":\"y\",\"Error\":null}\n\n\
        data: {\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\",\"Message\":\"m\"},\"RequestId\":\"r-4\"}}\n\n\
        data: {\"Name\":\"z\"}\n\n";
    let (names, error) = play(streamed(&[stream])).await;
    assert_eq!(names, ["x", "y"]);
    let error = error.unwrap();
    assert!(error.is_service() && error.is_throttling());
    assert_eq!(
        (error.code(), error.request_id()),
        (Some("RequestLimitExceeded"), Some("r-4"))
    );
    let (_, error) = play(streamed(&[
        b"data: {\"Error\":{\"Code\":\"InternalError\"}}\n\n",
    ]))
    .await;
    let error = error.unwrap();
    assert_eq!(
        (error.code(), error.request_id()),
        (Some("InternalError"), Some("r-1"))
    );
}

/// A refusal says that nothing was done; once something has come of the answer, or an earlier attempt was lost, something was.
#[tokio::test]
async fn what_was_begun_was_not_refused() {
    let fault = b"data: {\"Error\":{\"Code\":\"RequestLimitExceeded\"}}\n\n";
    let event = b"data: {\"Name\":\"x\"}\n\n";
    let (_, error) = play(streamed(&[fault])).await;
    assert_eq!(error.unwrap().delivery(), Delivery::Rejected);
    let (names, error) = play(streamed(&[event, fault])).await;
    let error = error.unwrap();
    assert!(names.len() == 1 && error.is_throttling());
    assert_eq!(error.delivery(), Delivery::Unknown);

    let server = Server::play(vec![Script::AnswerAndClose(Vec::new()), streamed(&[fault])]).await;
    let client = Client::new(&server.repeating().build().unwrap(), &SERVICE);
    let request = Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    };
    let mut events = client.stream::<Chunk>(&READ, request).await.unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.attempts(), 2, "{error}");
    assert_eq!(error.delivery(), Delivery::Unknown);
}

#[tokio::test]
async fn an_error_of_the_answers_own_stays_there() {
    let server = Server::run(streamed(&[
        b"data: {\"Error\":{\"Code\":\"x\"},\"Name\":\"n\"}\n\n",
    ]))
    .await;
    let config = server.config().build().unwrap();
    let client = Client::new(&config, &SERVICE);
    let request = Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    };
    let mut events = client
        .stream::<Completion>(&OWN_ERROR, request)
        .await
        .unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!(event.error, Some(serde_json::json!({"Code": "x"})));
}

#[tokio::test]
async fn what_no_event_can_be_read_from_is_told_without_its_data() {
    for (stream, told) in [
        (
            &b"data: Li Si 138\n\n"[..],
            "no valid JSON at line 1 column 1",
        ),
        (b"data: {\"Name\":\"Li Si\n\n", "JSON that breaks off"),
        (
            b"data: {\"Value\":\"Li Si\"}\n\n",
            "Value: expected an integer, found a text",
        ),
        (b"data: [\"Li Si\"]\n\n", "expected an object, found a list"),
        (b"data: null\n\n", "expected an object, found nothing"),
        (b"data: {\"Name\":\ndata:\n\n", "JSON that breaks off"),
    ] {
        let (names, error) = play(streamed(&[stream])).await;
        let error = error.unwrap();
        let text = format!("{error} {error:?}");
        assert!(names.is_empty() && error.is_decode(), "{text}");
        assert!(text.contains(told), "{text}");
        assert!(
            !text.contains("Li Si") && error.excerpt().is_none(),
            "{text}"
        );
    }
    let leak = format!(
        "data: {{\"Response\":{{\"Error\":{{\"Code\":\"x\",\"Message\":\"{KEY}\"}}}}}}\n\n"
    );
    let error = play(streamed(&[leak.as_bytes()])).await.1.unwrap();
    assert!(error.code() == Some("x") && !format!("{error:?}{:?}", error.message()).contains(KEY));
}

#[tokio::test]
async fn a_stream_that_ends_early_gives_what_was_whole() {
    let (names, error) = play(streamed(&[
        b"data: {\"Name\":\"x\"}\n\ndata: {\"Name\":\"y\"}\n",
    ]))
    .await;
    assert!(names == ["x"] && error.is_none());
    let broken = [
        HEAD.as_bytes(),
        &chunk(b"data: {\"Name\":\"x\"}\n\n"),
        b"20\r\ndata: {",
    ]
    .concat();
    let (names, error) = play(Script::AnswerAndClose(broken)).await;
    let error = error.unwrap();
    assert_eq!(names, ["x"]);
    assert!(
        error.to_string().contains("the connection broke"),
        "{error}"
    );
    assert!(error.to_string().contains("r-1"), "{error}");
}

#[tokio::test]
async fn an_event_without_an_end_fills_no_memory() {
    for piece in [
        &b"data: xxxxxxxxxxxxxxxxxxxxxxxxx"[..],
        b"data: xxxxxxxxxxxxxxxxxxxxxxxxx\n",
        b":xxxxxxxxxxxxxxx",
    ] {
        let script = Script::Endless(HEAD.as_bytes().to_vec(), chunk(piece));
        let (names, error) = play(script).await;
        let error = error.unwrap();
        assert!(names.is_empty() && error.is_decode(), "{error}");
        assert!(
            error
                .to_string()
                .contains("an event of the stream is larger than the 1000 bytes"),
            "{error}"
        );
    }
    // The limit is that of one event, not of the stream.
    let event = format!("data: {{\"Name\":\"{}\"}}\n\n", "x".repeat(900));
    let (names, error) = play(streamed(&[event.as_bytes(); 20])).await;
    assert!(names.len() == 20 && error.is_none());
}

#[test]
fn events_outside_of_a_runtime_are_an_error() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let head = [HEAD.as_bytes(), &chunk(b": x\n")].concat();
    let (_server, mut events) = runtime.block_on(begin(Script::Stall(head))).unwrap();
    let mut next = std::pin::pin!(events.next());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Some(Err(error))) = next.as_mut().poll(&mut context) else {
        panic!("no error");
    };
    assert!(
        error.is_configuration() && error.to_string().contains("tokio"),
        "{error}"
    );
    // It was sent all the same.
    assert_eq!(error.delivery(), Delivery::Unknown);
}

#[tokio::test]
async fn the_other_vendors_envelope_is_understood_too() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Tt-Logid: l-1\r\n\r\n";
    let stream = "data: {\"Name\":\"x\"}\n\ndata: {\"ResponseMetadata\":{\"RequestId\":\"r-6\"},\"Result\":{\"Name\":\"y\"}}\n\n\
        data: {\"ResponseMetadata\":{\"RequestId\":\"r-7\",\"Error\":{\"Code\":\"FlowLimitExceeded\"}}}\n\n";
    let script = Script::AnswerAndClose([head, stream].concat().into_bytes());
    let server = Server::run(script).await;
    let client = Client::new(&server.config().build().unwrap(), &SMS);
    let request = Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    };
    let mut events = client.stream::<Chunk>(&SEND, request).await.unwrap();
    assert_eq!((events.request_id(), events.log_id()), (None, Some("l-1")));
    for name in ["x", "y"] {
        let event = events.next().await.unwrap().unwrap();
        assert_eq!(event.name.as_deref(), Some(name));
    }
    assert_eq!(events.request_id(), Some("r-6"));
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_throttling());
    assert_eq!(
        (error.request_id(), error.log_id()),
        (Some("r-7"), Some("l-1"))
    );
    assert!(events.next().await.is_none());
}
