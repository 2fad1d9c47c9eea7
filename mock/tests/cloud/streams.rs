//! Calls of actions that stream in, their answers in pieces or whole out.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value as Json, json};
use yunqiao_mock::{Answer, Trouble};

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
fn an_answer_is_made_of_the_request() {
    let bench = Bench::new();
    bench.cloud.respond("Chat", |request| {
        let question = request["Question"].as_str().unwrap();
        Answer::events([json!({ "Content": question }), json!({ "Content": "so" })])
    });
    let expected = "id: 1\ndata: {\"Content\":\"how\"}\n\nid: 2\ndata: {\"Content\":\"so\"}\n\n";
    assert_eq!(text(&chat(&bench, &json!({}))), expected);
    bench.cloud.once("Chat", Answer::events([json!({})]));
    assert_eq!(text(&chat(&bench, &json!({}))), "id: 1\ndata: {}\n\n");
    assert_eq!(text(&chat(&bench, &json!({}))), expected);
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

/// All that comes over a line with the trouble of a stream of three events, behind the head; and how the connection ends.
fn broken(trouble: Trouble) -> (String, Result<(), ErrorKind>) {
    let bench = Bench::new();
    let events = ["a", "b", "c"].map(|text| json!({ "Content": text }));
    bench.cloud.always("Talk", Answer::events(events));
    let line = bench.cloud.line(move |_| trouble.clone()).unwrap();
    let mut request = bench.tencent("Talk", "{}");
    request.set("Host", &line.address().to_string());
    bench.signer("demo").tc3(&mut request);
    let mut stream = TcpStream::connect(line.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(200)))
        .unwrap();
    let mut bytes = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n".to_vec();
    for (name, value) in &request.headers {
        bytes.extend(format!("{name}: {value}\r\n").bytes());
    }
    bytes.extend(b"\r\n{}");
    stream.write_all(&bytes).unwrap();
    let mut got = Vec::new();
    let end = stream.read_to_end(&mut got).map(drop);
    let got = String::from_utf8(got).unwrap();
    let (head, body) = got.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("text/event-stream") && head.contains("Transfer-Encoding: chunked"));
    assert!(!head.to_lowercase().contains("content-length"), "{head}");
    (body.to_owned(), end.map_err(|error| error.kind()))
}

#[test]
fn a_line_breaks_streams_between_their_events() {
    let [a, b, c] = [
        "1\ndata: {\"Content\":\"a\"}",
        "2\ndata: {\"Content\":\"b\"}",
        "3\ndata: {\"Content\":\"c\"}",
    ]
    .map(|event| format!("1d\r\nid: {event}\n\n\r\n"));
    let end = "0\r\n\r\n";
    let open = |end: Result<(), ErrorKind>| {
        matches!(end, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut))
    };
    let (got, ended) = broken(Trouble::None);
    assert!(got == format!("{a}{b}{c}{end}") && open(ended), "{got}");
    let (got, ended) = broken(Trouble::Drip(Duration::from_millis(60)));
    assert!(got == format!("{a}{b}{c}{end}") && open(ended), "{got}");
    let half_of_b = &b[..b.len() / 2];
    let (got, ended) = broken(Trouble::CutBody);
    assert_eq!(got, format!("{a}{half_of_b}"));
    assert_eq!(ended, Err(ErrorKind::ConnectionReset));
    let (got, ended) = broken(Trouble::StallBody);
    assert!(got == format!("{a}{half_of_b}") && open(ended), "{got}");
    let (got, ended) = broken(Trouble::HalfBody);
    assert!(got == format!("{a}{end}") && open(ended), "{got}");
    let (got, ended) = broken(Trouble::LastEvent("{}".to_owned()));
    let last = "a\r\ndata: {}\n\n\r\n";
    assert!(got == format!("{a}{last}{end}") && open(ended), "{got}");
    for (trouble, length) in [
        (Trouble::LengthTooLong, "24"),
        (Trouble::LengthTooShort, "16"),
    ] {
        let c = c.replacen("1d", length, 1);
        assert_eq!(broken(trouble), (format!("{a}{b}{c}"), Ok(())));
    }
}
