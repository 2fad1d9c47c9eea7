//! In: programs without `async`. Out: the same answers, errors, lists and streams.

use std::thread;
use std::time::Duration;

use serde_json::json;
use tokio::runtime::Runtime;
use yunqiao_runtime::{
    Action, AnyPaging, AnyWaiter, Client, Config, Field, PageStyle, Paged, Paging,
};

use crate::sample::{Agent, Everything, SERVICE, generated};
use crate::server::{Script, Server, http};

static READ: Action = Action::new(&SERVICE, "DescribeFlow").idempotent();
static LIST: Action = Action::new(&SERVICE, "DescribeFlows").idempotent();
static PAGING: Paging = Paging::new(PageStyle::Rows, "Offset", "Items")
    .size("Limit")
    .total("Total");

generated!(ListRequest {
    offset: Option<i64> = Field::new("Offset"),
    limit: Option<i64> = Field::new("Limit"),
});
generated!(ListResponse {
    items: Vec<i64> = Field::new("Items"),
    total: Option<i64> = Field::new("Total"),
});

impl Paged for ListResponse {
    type Item = i64;

    fn paging() -> &'static Paging {
        &PAGING
    }

    fn into_items(self) -> Vec<i64> {
        self.items
    }
}

/// A server on a runtime of its own, as any server is.
fn serving(script: Script) -> (Runtime, Server) {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::run(script));
    (runtime, server)
}

fn request() -> Agent {
    Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    }
}

fn fine() -> Script {
    let body = br#"{"Response":{"Text":"t","RequestId":"r-1"}}"#;
    Script::Answer(http("200 OK", &[], body))
}

fn read(config: &Config) -> Result<Option<String>, yunqiao_runtime::Error> {
    let call = Client::new(config, &SERVICE).call::<Everything>(&READ, request());
    call.blocking().map(|answer| answer.into_inner().text)
}

#[test]
fn threads_share_the_connections() {
    let (_runtime, server) = serving(fine());
    let config = server.config().without_rate_limit().build().unwrap();
    for _ in 0..20 {
        assert_eq!(read(&config).unwrap().as_deref(), Some("t"));
    }
    // One is back in the pool when its task has seen the end of the answer, which may be a moment after this thread has.
    assert!(server.connections() <= 3, "{}", server.connections());
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..20).for_each(|_| assert!(read(&config).is_ok())));
        }
    });
    assert_eq!(server.seen().len(), 180);
    assert!(server.connections() <= 16, "{}", server.connections());
}

#[test]
fn errors_and_deadlines_are_those_of_the_call() {
    let (_runtime, server) = serving(Script::Stall(Vec::new()));
    let config = server.config().build().unwrap();
    let call = Client::new(&config, &SERVICE).call::<Everything>(&READ, request());
    let error = call
        .timeout(Duration::from_millis(100))
        .blocking()
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[test]
fn an_untyped_call_blocks_too() {
    let (_runtime, server) = serving(fine());
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let answer = client
        .call_any("DescribeFlow", json!({}))
        .blocking()
        .unwrap();
    assert_eq!(answer["Text"], "t");
    let waiter = AnyWaiter::new("DescribeFlow", "FlowId", "FlowId", "Text").success(["t"]);
    let wait = client.wait_for_any(waiter, &json!({ "FlowId": "f" }), json!({}));
    let wait = wait.interval(Duration::from_millis(1));
    assert_eq!(wait.blocking().unwrap()["Text"], "t");
    // An answer that comes whole is a stream of one event.
    let stream = client.call_any("DescribeFlow", json!({})).stream();
    let events: Vec<_> = stream.blocking().unwrap().map(Result::unwrap).collect();
    assert!(events.len() == 1 && events[0]["Text"] == "t");
}

#[test]
fn lists_are_iterators_that_an_error_ends() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::replying(|request| {
        let offset = request["Offset"].as_i64().unwrap();
        if offset >= 4 {
            return json!({ "Response": { "Error": { "Code": "Gone", "Message": "m" } } });
        }
        json!({ "Response": { "Items": [offset, offset + 1], "Total": 9, "RequestId": "r" } })
    }));
    let config = server.config().build().unwrap();
    let list = || {
        let request = ListRequest {
            offset: None,
            limit: Some(2),
        };
        Client::new(&config, &SERVICE).call::<ListResponse>(&LIST, request)
    };
    let mut items = list().items().blocking();
    let first: Vec<i64> = items.by_ref().take(4).map(Result::unwrap).collect();
    assert_eq!(first, [0, 1, 2, 3]);
    assert_eq!(items.next().unwrap().unwrap_err().code(), Some("Gone"));
    assert!(items.next().is_none());
    let pages: Vec<bool> = list().pages().blocking().map(|page| page.is_ok()).collect();
    assert_eq!(pages, [true, true, false]);
    let untyped = || {
        let paging = AnyPaging::new(PageStyle::Rows, "Offset", "Items").total("Total");
        let client = Client::new(&config, &SERVICE);
        (client.call_any("DescribeThings", json!({})), paging)
    };
    let (call, paging) = untyped();
    let items: Vec<bool> = call
        .items(paging)
        .blocking()
        .map(|item| item.is_ok())
        .collect();
    assert_eq!(items, [true, true, true, true, false]);
    let (call, paging) = untyped();
    assert_eq!(call.pages(paging).blocking().count(), 3);
}

#[test]
fn a_stream_is_an_iterator() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-TC-RequestId: r-3\r\nConnection: close\r\n\r\n";
    let events = b"data: {\"Text\":\"a\"}\n\ndata: {\"Text\":\"b\"}\n\n";
    let (_runtime, server) = serving(Script::AnswerAndClose([&head[..], events].concat()));
    let config = server.config().build().unwrap();
    let call = Client::new(&config, &SERVICE).stream::<Everything>(&READ, request());
    let events = call.blocking().unwrap();
    assert_eq!(events.head().request_id(), Some("r-3"));
    let texts: Vec<_> = events
        .map(|event| event.unwrap().into_inner().text.unwrap())
        .collect();
    assert_eq!(texts, ["a", "b"]);
}

/// Where blocking is allowed inside a runtime, and where it is not: no panic, and the answer comes.
#[tokio::test]
async fn a_runtime_is_no_hindrance() {
    let server = Server::run(fine()).await;
    let config = server.config().build().unwrap();
    let aside = config.clone();
    let text = tokio::task::spawn_blocking(move || read(&aside))
        .await
        .unwrap();
    assert_eq!(text.unwrap().as_deref(), Some("t"));
    let (_runtime, elsewhere) = thread::spawn(|| serving(fine())).join().unwrap();
    assert!(read(&elsewhere.config().build().unwrap()).is_ok());
    // It may not be dropped in here.
    thread::spawn(move || drop(_runtime)).join().unwrap();
}
