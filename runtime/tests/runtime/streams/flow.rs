//! In: streams as they should be, cut anywhere. Out: their events, as they come.

use std::time::Duration;

use yunqiao_runtime::Events;

use super::{Chunk, HEAD, begin, call, chunk, play, streamed};
use crate::server::{Script, Server, http};

#[tokio::test]
async fn events_come_as_they_are_sent() {
    let stream = "\u{feff}: hello\n\nid: 7\nevent: delta\ndata: {\"Id\":\"a\",\"Name\":\"根据\",\r\ndata: \"Value\":\"12\",\"New\":[1]}\r\n\r\ndata:{}\n\n\
        data: [DONE]\n\ndata: {\"Name\":\"late\"}\n\n";
    let single: Vec<&[u8]> = stream.as_bytes().chunks(1).collect();
    for pieces in [vec![stream.as_bytes()], single] {
        let (server, mut events) = begin(streamed(&pieces)).await.unwrap();
        assert_eq!(
            (events.request_id(), events.http_status()),
            (Some("r-1"), 200)
        );
        let event = events.next().await.unwrap().unwrap();
        // The fields of the answer go before the ways to ask the event.
        assert_eq!(event.id.as_deref(), Some("a"));
        assert_eq!((event.id(), event.name()), (Some("7"), Some("delta")));
        assert_eq!(
            (event.name.as_deref(), event.value),
            (Some("根据"), Some(12))
        );
        assert_eq!(
            format!("{event:?}"),
            r#"Event { value: Chunk { Id: "a", Name: "根据", Value: 12 }, id: Some("7"), name: Some("delta"), .. }"#
        );
        let event = events.next().await.unwrap().unwrap();
        assert_eq!((event.id(), event.name()), (Some("7"), None));
        assert_eq!(event.data(), Some("{}"));
        assert_eq!(event.into_inner(), Chunk::default());
        assert!(events.next().await.is_none() && events.next().await.is_none());
        assert_eq!(
            format!("{events:?}"),
            r#"Events { request_id: Some("r-1"), is_over: true, .. }"#
        );
        assert_eq!(server.only().text(), r#"{"AppId":"a"}"#);
    }
}

#[tokio::test]
async fn an_event_is_there_before_the_next_one_is_sent() {
    let first = chunk(b"data: {\"Name\":\"first\"}\n\n");
    let script = Script::Stall([HEAD.as_bytes(), &first].concat());
    let (_server, mut events) = begin(script).await.unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!(event.name.as_deref(), Some("first"));
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("the stream was silent for 1s (idle timeout)"),
        "{text}"
    );
    assert_eq!(
        (error.request_id(), error.action(), error.http_status()),
        (Some("r-1"), Some("ChatCompletions"), Some(200))
    );
}

#[tokio::test]
async fn giving_up_waiting_loses_nothing_and_signs_of_life_count() {
    let beat = chunk(b": still here\n\n");
    let mut pieces = vec![HEAD.as_bytes().to_vec(), chunk(b"data: {\"Na")];
    pieces.extend(std::iter::repeat_n(beat, 300));
    pieces.insert(2, chunk(b"me\":\"x\"}\n"));
    pieces.push(chunk(b"\n"));
    pieces.push(b"0\r\n\r\n".to_vec());
    let (_server, mut events) = begin(Script::Pieces(pieces)).await.unwrap();
    let mut given_up = 0;
    let event = loop {
        match tokio::time::timeout(Duration::from_millis(20), events.next()).await {
            Ok(event) => break event,
            Err(_) => given_up += 1,
        }
    };
    // The first blank line among the comments ends the event.
    assert_eq!(event.unwrap().unwrap().name.as_deref(), Some("x"));
    let rest = events.next().await;
    assert!(rest.is_none(), "{rest:?} after {given_up}");
}

#[tokio::test]
async fn an_answer_that_comes_whole_is_one_event() {
    let body = r#"{"Response":{"Name":"x","RequestId":"r-2"}}"#;
    for kind in ["application/json", "text/event-streams", "text/plain"] {
        let header = format!("Content-Type: {kind}");
        let script = Script::Answer(http("200 OK", &[&header], body.as_bytes()));
        let (_server, mut events) = begin(script).await.unwrap();
        assert_eq!(events.request_id(), Some("r-2"));
        let event = events.next().await.unwrap().unwrap();
        assert_eq!(event.name.as_deref(), Some("x"));
        assert_eq!((event.id(), event.name(), event.data()), (None, None, None));
        assert!(events.next().await.is_none());
    }
    for kind in ["text/event-stream", "Text/Event-Stream ;x=y"] {
        let header = format!("Content-Type: {kind}");
        let answer = http("200 OK", &[&header], b"data: {\"Name\":\"x\"}\n\n");
        assert_eq!(play(Script::Answer(answer)).await.0, ["x"]);
    }
}

#[tokio::test]
async fn the_time_until_the_answer_begins_is_not_that_of_the_stream() {
    let event = chunk(b"data: {\"Name\":\"x\"}\n\n");
    let mut pieces = vec![HEAD.as_bytes().to_vec()];
    pieces.extend(std::iter::repeat_n(event, 500));
    pieces.push(b"0\r\n\r\n".to_vec());
    let server = Server::run(Script::Pieces(pieces)).await;
    let mut events = call(&server)
        .timeout(Duration::from_millis(900))
        .idle_timeout(Duration::from_secs(5))
        .await
        .unwrap();
    let mut count = 0;
    while let Some(event) = events.next().await {
        event.unwrap();
        count += 1;
    }
    assert_eq!(count, 500);
}

#[tokio::test]
async fn the_request_id_is_that_of_an_event_where_no_header_tells_it() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    let script = Script::AnswerAndClose(
        [head, "data: {\"Name\":\"x\",\"RequestId\":\"r-5\"}\n\n"]
            .concat()
            .into_bytes(),
    );
    let (_server, mut events) = begin(script).await.unwrap();
    assert_eq!(events.request_id(), None);
    events.next().await.unwrap().unwrap();
    assert_eq!(events.request_id(), Some("r-5"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn dropping_the_events_ends_the_connection() {
    let endless = Script::Endless(
        HEAD.as_bytes().to_vec(),
        chunk(b"data: {\"Name\":\"x\"}\n\n"),
    );
    let (server, mut events) = begin(endless).await.unwrap();
    events.next().await.unwrap().unwrap();
    assert_eq!(server.closed(), 0);
    drop(events);
    for _ in 0..500 {
        if server.closed() == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the connection is still open");
}

#[test]
fn events_go_to_other_threads() {
    fn sendable<T: Send>(_: &T) {}
    fn check(events: &mut Events<Chunk>) {
        sendable(events);
        sendable(&events.next());
    }
    let _ = check;
}
