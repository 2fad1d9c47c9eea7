//! In: calls with a subscriber of `tracing`. Out: spans and events that tell what an operator asks, and nothing that is private.

use std::cell::RefCell;
use std::io;
use std::sync::Once;
use std::time::Duration;

use serde_json::Value as Json;
use tracing_subscriber::fmt::format::FmtSpan;
use yunqiao_runtime::{Action, Client, Config, Event, Field};

use crate::sample::{Agent, Everything, SERVICE, SMS, UserInfo, generated};
use crate::server::{KEY, Script, Server, http};

static READ: Action = Action::new(&SERVICE, "DescribeFlow").idempotent();
static SEND: Action = Action::new(&SMS, "SendSms");
static CHAT: Action = Action::new(&SERVICE, "ChatCompletions");

generated!(Chunk { value: Option<i64> = Field::new("Value") });

thread_local! {
    /// What the subscriber has written on this thread, if its test listens.
    static HEARD: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Where the subscriber writes: every test runs on a thread of its own, with all that it starts.
struct OwnThread;

impl io::Write for OwnThread {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        HEARD.with_borrow_mut(|heard| {
            if let Some(heard) = heard {
                heard.extend_from_slice(bytes);
            }
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a subscriber that writes lines of JSON has written, whoever has told it.
struct Lines(Vec<u8>);

impl Lines {
    /// Listens on this thread, to everything. There is one subscriber for the whole process: those that come and go while other
    /// threads make spans miss some.
    fn listen() {
        static SUBSCRIBER: Once = Once::new();
        SUBSCRIBER.call_once(|| {
            let subscriber = tracing_subscriber::fmt()
                .json()
                .with_max_level(tracing::Level::TRACE)
                .with_span_events(FmtSpan::CLOSE)
                .with_writer(|| OwnThread)
                .finish();
            tracing::subscriber::set_global_default(subscriber).unwrap();
        });
        HEARD.set(Some(Vec::new()));
    }

    /// What was heard.
    fn heard() -> Self {
        Self(HEARD.take().unwrap())
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.clone()).unwrap()
    }

    fn ours(&self) -> Vec<Json> {
        self.text()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .filter(|line: &Json| line["target"] == "yunqiao")
            .collect()
    }

    /// The spans of this name that have closed, with what was recorded in them.
    fn spans(&self, name: &str) -> Vec<Json> {
        let closed =
            |line: &Json| line["fields"]["message"] == "close" && line["span"]["name"] == name;
        self.ours()
            .into_iter()
            .filter(closed)
            .map(|line| line["span"].clone())
            .collect()
    }

    fn messages(&self, text: &str) -> Vec<Json> {
        let says = |line: &Json| {
            line["fields"]["message"]
                .as_str()
                .is_some_and(|own| own.contains(text))
        };
        self.ours().into_iter().filter(says).collect()
    }
}

fn request() -> Agent {
    Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: Some(Box::new(UserInfo {
            open_id: Some("o".to_owned()),
            mobile: Some("13800000000".to_owned()),
        })),
    }
}

fn answer(status: &str, body: &str) -> Script {
    Script::Answer(http(status, &["X-Tt-Logid: log-1"], body.as_bytes()))
}

async fn call(config: &Config, action: &'static Action) {
    let _ = Client::new(config, action.service())
        .call::<Everything>(action, request())
        .await;
}

#[tokio::test]
async fn the_span_of_a_call_tells_what_became_of_it() {
    Lines::listen();
    let body = r#"{"Response":{"Text":"for nobody","RequestId":"r-1"}}"#;
    let server = Server::play(vec![
        answer("502 Bad Gateway", "<html>"),
        answer("200 OK", body),
    ])
    .await;
    let config = server.repeating().region("ap-guangzhou").build().unwrap();
    call(&config, &READ).await;
    let lines = Lines::heard();

    let calls = lines.spans("call");
    let [span] = &*calls else { panic!("{calls:?}") };
    for (field, value) in [
        ("service", "essbasic"),
        ("version", "2021-05-26"),
        ("action", "DescribeFlow"),
        ("region", "ap-guangzhou"),
        ("host", &server.authority),
        ("outcome", "ok"),
        ("request_id", "r-1"),
    ] {
        assert_eq!(span[field], value, "{field} of {span}");
    }
    assert_eq!(span["status"], 200);
    assert_eq!(span["attempts"], 2);
    assert_eq!(span["request_bytes"], server.seen()[0].body.len());
    assert_eq!(span["response_bytes"], body.len());
    assert!(span["duration_ms"].as_f64().unwrap() > 0.0, "{span}");

    let attempts = lines.spans("attempt");
    let [first, second] = &*attempts else {
        panic!("{attempts:?}")
    };
    assert_eq!(
        (&first["attempt"], &first["outcome"]),
        (&1.into(), &"decode".into())
    );
    assert_eq!(
        (&first["status"], &first["response_bytes"]),
        (&502.into(), &6.into())
    );
    assert_eq!(first["delivery"], "Unknown");
    assert_eq!(
        (&second["attempt"], &second["outcome"]),
        (&2.into(), &"ok".into())
    );
    assert_eq!(second["request_id"], "r-1");
    let follows = lines.messages("another attempt follows");
    assert_eq!(follows.len(), 1);
    assert_eq!(follows[0]["span"]["attempt"], 1);
    assert_eq!(follows[0]["spans"][0]["action"], "DescribeFlow");
}

#[tokio::test]
async fn a_failure_tells_its_code_and_delivery() {
    Lines::listen();
    let body = r#"{"ResponseMetadata":{"RequestId":"r-2","Error":{"CodeN":100013,"Code":"AccessDenied","Message":"not for 13800000000"}}}"#;
    let server = Server::run(answer("403 Forbidden", body)).await;
    call(&server.config().build().unwrap(), &SEND).await;
    let nobody = Config::builder().endpoint(server.url()).build().unwrap();
    call(&nobody, &SEND).await;
    let lines = Lines::heard();

    let calls = lines.spans("call");
    let [refused, unsent] = &*calls else {
        panic!("{calls:?}")
    };
    for (field, value) in [
        ("outcome", "service"),
        ("code", "AccessDenied"),
        ("delivery", "Rejected"),
        ("request_id", "r-2"),
        ("log_id", "log-1"),
        ("region", "cn-north-1"),
    ] {
        assert_eq!(refused[field], value, "{field} of {refused}");
    }
    assert_eq!(refused["status"], 403);
    assert_eq!(
        (&unsent["outcome"], &unsent["delivery"]),
        (&"configuration".into(), &"NotSent".into())
    );
    assert_eq!(unsent["attempts"], 0);
}

/// Neither the key nor the signature, neither a value of the request nor one of the answer, whatever the level and whoever tells.
#[tokio::test]
async fn no_secret_and_no_value_is_told() {
    Lines::listen();
    let echo = format!(
        r#"{{"Response":{{"Text":"answer-text","Error":{{"Code":"Oops {KEY} 13800000000","Message":"m-text {KEY}"}},"RequestId":"r 13800000000"}}}}"#
    );
    let fine = r#"{"Response":{"Text":"answer-text","RequestId":"r-1"}}"#;
    let server = Server::play(vec![answer("200 OK", &echo), answer("200 OK", fine)]).await;
    let config = server.config().build().unwrap();
    call(&config, &READ).await;
    call(&config, &READ).await;
    let lines = Lines::heard();

    assert_eq!(lines.spans("call").len(), 2);
    let text = lines.text();
    let signature = server.seen()[0].header("authorization").unwrap();
    let signature = signature.rsplit('=').next().unwrap();
    for private in [
        KEY,
        signature,
        "138000",
        "answer-text",
        "m-text",
        "AKIDEXAMPLE",
    ] {
        assert!(!text.contains(private), "{private} in {text}");
    }
    assert_eq!(lines.spans("call")[0]["code"], "not shown");
    assert_eq!(lines.spans("call")[0]["request_id"], "not shown");
}

#[tokio::test]
async fn a_call_that_is_dropped_was_given_up() {
    Lines::listen();
    let server = Server::run(Script::Stall(Vec::new())).await;
    let config = server.config().build().unwrap();
    let waited = tokio::time::timeout(Duration::from_millis(50), call(&config, &READ)).await;
    assert!(waited.is_err());
    let lines = Lines::heard();
    let calls = lines.spans("call");
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0]["outcome"], "given up");
    assert!(calls[0]["duration_ms"].as_f64().unwrap() >= 40.0);
}

#[tokio::test]
async fn a_stream_is_told_to_its_end() {
    Lines::listen();
    let events = b"data: {\"Value\":1}\n\ndata: {\"Value\":2}\n\n";
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-TC-RequestId: r-3\r\nConnection: close\r\n\r\n";
    let server = Server::run(Script::AnswerAndClose([&head[..], events].concat())).await;
    let config = server.config().build().unwrap();
    for reads in [3, 1] {
        let call = Client::new(&config, &SERVICE).stream::<Chunk>(&CHAT, request());
        let mut stream = call.await.unwrap();
        for _ in 0..reads {
            let _: Option<Result<Event<Chunk>, _>> = stream.next().await;
        }
    }
    let lines = Lines::heard();
    let calls = lines.spans("call");
    let [whole, left] = &*calls else {
        panic!("{calls:?}")
    };
    assert_eq!(
        (&whole["outcome"], &whole["events"]),
        (&"ok".into(), &2.into())
    );
    assert_eq!(whole["response_bytes"], events.len());
    assert_eq!(
        (&whole["request_id"], &whole["status"]),
        (&"r-3".into(), &200.into())
    );
    assert_eq!(
        (&left["outcome"], &left["events"]),
        (&"given up".into(), &1.into())
    );
}
