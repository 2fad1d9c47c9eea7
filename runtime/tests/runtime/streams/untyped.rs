//! In: answers of actions that nobody describes, in pieces. Out: each event as the JSON that it is.

use serde_json::json;
use yunqiao_runtime::{AnyAction, AnyEvents, JsonValue, Service};

use super::*;
use crate::sample::SMS;

async fn events(server: &Server, service: &'static Service, action: AnyAction) -> AnyEvents {
    let client = Client::new(&server.config().build().unwrap(), service);
    client.call_any(action, json!({})).stream().await.unwrap()
}

async fn all(mut events: AnyEvents) -> (Vec<JsonValue>, Option<Error>) {
    let mut found = Vec::new();
    loop {
        match events.next().await {
            Some(Ok(event)) => found.push(event.into_inner()),
            Some(Err(error)) => {
                assert!(events.next().await.is_none(), "an error is the end");
                return (found, Some(error));
            }
            None => return (found, None),
        }
    }
}

#[tokio::test]
async fn events_come_as_they_are_with_an_envelope_or_without() {
    let tencent = streamed(&[
        b"id: 7\ndata: {\"A\": [9007199254740993], \"New\": null}\n\n",
        b"data: {\"Response\": {\"A\": 2, \"RequestId\": \"r\"}}\n\ndata: [DONE]\n\n",
    ]);
    let server = Server::run(tencent).await;
    let begun = events(&server, &SERVICE, AnyAction::new("Chat")).await;
    assert_eq!(begun.request_id(), Some("r-1"));
    let (found, error) = all(begun).await;
    assert_eq!(
        found,
        [
            json!({ "A": [9_007_199_254_740_993_i64], "New": null }),
            json!({ "A": 2, "RequestId": "r" }),
        ]
    );
    assert!(error.is_none());
    let volcengine = streamed(&[
        b"data: {\"choices\": [1]}\n\n",
        b"data: {\"ResponseMetadata\": {\"RequestId\": \"r\"}, \"Result\": {\"a\": 1}}\n\n",
    ]);
    let server = Server::run(volcengine).await;
    let (found, error) = all(events(&server, &SMS, AnyAction::new("Chat")).await).await;
    assert_eq!(found, [json!({ "choices": [1] }), json!({ "a": 1 })]);
    assert!(error.is_none());
}

#[tokio::test]
async fn a_whole_answer_is_one_event_and_an_error_ends_them() {
    let server = Server::with_body(r#"{"Response":{"A":1,"RequestId":"r"}}"#).await;
    let (found, _) = all(events(&server, &SERVICE, AnyAction::new("Chat")).await).await;
    assert_eq!(found, [json!({ "A": 1, "RequestId": "r" })]);
    let failing: &[&[u8]] = &[
        b"data: {\"A\": 1}\n\n",
        b"data: {\"Error\": {\"Code\": \"X\", \"Message\": \"m\"}, \"A\": 2}\n\n",
    ];
    let server = Server::run(streamed(failing)).await;
    let (found, error) = all(events(&server, &SERVICE, AnyAction::new("Chat")).await).await;
    assert_eq!(found, [json!({ "A": 1 })]);
    assert_eq!(error.unwrap().code(), Some("X"));
    // Where the action has an `Error` of its own, it is a field beside others.
    let server = Server::run(streamed(failing)).await;
    let own = AnyAction::new("Chat").own_error_member();
    let (found, error) = all(events(&server, &SERVICE, own).await).await;
    assert!(error.is_none() && found[1]["Error"]["Code"] == "X");
    let server = Server::run(streamed(&[b"data: no json\n\n"])).await;
    let (found, error) = all(events(&server, &SERVICE, AnyAction::new("Chat")).await).await;
    assert!(found.is_empty() && error.unwrap().is_decode());
}
