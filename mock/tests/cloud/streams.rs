//! Calls of actions that stream in, their answers in pieces or whole out.

use serde_json::{Value as Json, json};
use yunqiao_mock::Answer;

use crate::bench::{Bench, tencent_error};
use crate::http;

fn chat(bench: &Bench, body: &Json) -> http::Answer {
    let mut request = bench.tencent("Chat", &body.to_string());
    request.set("X-Demo-Question", "how");
    bench.signer("demo").tc3(&mut request);
    bench.send(&request)
}

fn text(answer: &http::Answer) -> &str {
    std::str::from_utf8(&answer.body).unwrap()
}

#[test]
fn a_request_says_whether_it_wants_a_stream() {
    let bench = Bench::new();
    let answer = chat(&bench, &json!({ "Stream": true }));
    assert_eq!(
        (answer.status, answer.header("Content-Type")),
        (200, "text/event-stream")
    );
    assert_eq!(text(&answer), "id: 1\ndata: {\"Content\":\"fine\"}\n\n");
    let call = bench.cloud.calls().pop().unwrap();
    assert_eq!(answer.header("X-TC-RequestId"), call.request_id);
    assert!(call.signature.is_verified());
    // The header's field stands among those of the body.
    assert_eq!(call.request, json!({ "Question": "how", "Stream": true }));
    for body in [json!({}), json!({ "Stream": false })] {
        let answer = chat(&bench, &body);
        assert_eq!(answer.header("Content-Type"), "application/json");
        assert_eq!(answer.json()["Response"]["Content"], "fine");
    }
    let answer = bench.call_tencent("Talk", &json!({}));
    assert!(text(&answer).starts_with("id: 1\ndata: {\"Content\":"));
}

#[test]
fn a_test_chooses_the_events() {
    let bench = Bench::new();
    let events = [json!({ "Content": "a\nb" }), json!({})];
    bench.cloud.once("Chat", Answer::events(events));
    let answer = chat(&bench, &json!({}));
    assert_eq!(
        text(&answer),
        "id: 1\ndata: {\"Content\":\"a\\nb\"}\n\nid: 2\ndata: {}\n\n"
    );
    bench.cloud.answer("Chat", json!({ "Content": "mine" }));
    let answer = chat(&bench, &json!({ "Stream": true }));
    assert_eq!(text(&answer), "id: 1\ndata: {\"Content\":\"mine\"}\n\n");
}

#[test]
fn errors_come_in_the_envelope() {
    let bench = Bench::new();
    let answer = bench.call_tencent("Chat", &json!({ "Stream": true }));
    let (code, message) = tencent_error(&answer);
    assert_eq!(code, "MissingParameter");
    assert!(message.contains("`Question`"), "{message}");
    bench.cloud.fail("Talk", "InternalError", "m");
    let answer = bench.call_tencent("Talk", &json!({}));
    assert_eq!(tencent_error(&answer).0, "InternalError");
}

#[test]
fn files_are_not_shown() {
    let bench = Bench::new();
    let mut request = bench.tencent("PutLog", "hunter2");
    request.set("Content-Type", "application/octet-stream");
    request.set("X-DEMO-Topic", "t");
    bench.signer("demo").tc3(&mut request);
    assert_eq!(bench.send(&request).json()["Response"].get("Error"), None);
    request.body.clear();
    bench.signer("demo").tc3(&mut request);
    let (code, message) = tencent_error(&bench.send(&request));
    assert_eq!(code, "MissingParameter");
    assert!(message.contains("`Content`"), "{message}");
    let calls = bench.cloud.calls();
    assert_eq!(calls[0].request["Content"], "hunter2");
    let shown = format!("{:?}", calls[0]);
    assert!(
        shown.contains("<7 bytes>") && !shown.contains("hunter2"),
        "{shown}"
    );
}
