//! In: answers that differ from their description. Out: what each way of treating drift makes of them.

use std::sync::{Arc, Mutex};

use serde_json::json;
use yunqiao_runtime::{Action, Client, ConfigBuilder, Error, Response};

use crate::sample::{Everything, SERVICE, VERIFY};
use crate::server::{Script, Server};

const DRIFTED: &str = r#"{"Response":{"Text":17,"Int":"4711","Texts":null,"Kind":"SEAL","Verdict":9,
    "Agents":[{"AppId":"a","Secret":"s3cr3t-value"}],"Extra":{"x":1},"RequestId":"r-1"}}"#;

const PLACES: [&str; 7] = [
    "Text",
    "Int",
    "Texts",
    "Kind",
    "Verdict",
    "Agents[0].Secret",
    "Extra",
];

async fn call(
    body: &str,
    choose: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
) -> Result<Response<Everything>, Error> {
    let server = Server::with_body(body).await;
    let config = choose(server.config()).build().unwrap();
    let client = Client::new(&config, &SERVICE);
    client.call(&VERIFY, Everything::default()).await
}

/// A path as a deviation has it, whatever stands around the answer.
fn ends_with(path: &str, place: &str) -> bool {
    path == place || path.ends_with(&format!(".{place}"))
}

#[tokio::test]
async fn nobody_is_bothered_unless_asked_for() {
    let answer = call(DRIFTED, |config| config).await.unwrap();
    assert_eq!(answer.int, Some(4711));
    assert_eq!(answer.text.as_deref(), Some("17"));
    let answer = call(DRIFTED, |config| config.strict(true).strict(false)).await;
    assert_eq!(answer.unwrap().int, Some(4711));
}

#[tokio::test]
async fn a_strict_call_fails_with_every_place_and_no_value() {
    let error = call(DRIFTED, |config| config.strict(true))
        .await
        .unwrap_err();
    assert!(error.is_drift() && !error.is_decode() && !error.is_service());
    let paths: Vec<&str> = error
        .deviations()
        .iter()
        .map(|place| place.path())
        .collect();
    assert_eq!(paths.len(), PLACES.len(), "{paths:?}");
    for (path, place) in paths.iter().zip(PLACES) {
        assert!(ends_with(path, place), "{path} is not {place}");
    }
    assert_eq!(error.request_id(), Some("r-1"));
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(
            text.contains("differs from its description in 7 places"),
            "{text}"
        );
        assert!(
            text.contains("ChannelVerifyPdf") && text.contains("r-1"),
            "{text}"
        );
        for value in ["4711", "SEAL", "s3cr3t"] {
            assert!(!text.contains(value), "{text}");
        }
    }
}

#[tokio::test]
async fn a_strict_call_takes_an_answer_as_described_and_tells_failures_as_ever() {
    let sound = r#"{"Response":{"Text":"17","Int":4711,"Texts":[],"RequestId":"r"}}"#;
    let answer = call(sound, |config| config.strict(true)).await.unwrap();
    assert_eq!(answer.int, Some(4711));
    let failed = r#"{"Response":{"Error":{"Code":"FailedOperation","Message":"no"},"New":1,"RequestId":"r"}}"#;
    let error = call(failed, |config| config.strict(true))
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("FailedOperation"));
    assert!(error.deviations().is_empty());
}

#[tokio::test]
async fn who_listens_is_told_and_gets_the_answer() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let answer = call(DRIFTED, move |config| {
        config.on_drift(move |report| {
            let text = report.to_string();
            let id = report.request_id().map(str::to_owned);
            let count = report.deviations().len();
            let action = report.action().to_owned();
            heard.lock().unwrap().push((action, id, count, text));
        })
    })
    .await
    .unwrap();
    assert_eq!(answer.int, Some(4711));
    let told = told.lock().unwrap();
    let [(action, id, count, text)] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(
        (action.as_str(), id.as_deref(), *count),
        ("ChannelVerifyPdf", Some("r-1"), 7)
    );
    assert!(
        text.starts_with("essbasic ChannelVerifyPdf: the answer differs"),
        "{text}"
    );
    assert!(!text.contains("s3cr3t"), "{text}");
}

#[tokio::test]
async fn untyped_answers_cannot_drift() {
    let server = Server::with_body(DRIFTED).await;
    let config = server.config().strict(true).build().unwrap();
    let answer = Client::new(&config, &SERVICE)
        .call_any("DescribeThings", json!({}))
        .await;
    assert_eq!(answer.unwrap()["Extra"]["x"], 1);
}

/// Each event is an answer of its own.
#[tokio::test]
async fn events_are_looked_at_one_by_one() {
    static CHAT: Action = Action::new(&SERVICE, "ChatCompletions");
    let body =
        "data: {\"Text\":\"as described\"}\n\ndata: {\"Text\":\"t\",\"Extra\":\"s3cr3t\"}\n\n";
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-TC-RequestId: r-9\r\nConnection: close\r\n\r\n";
    let server = Server::run(Script::AnswerAndClose([head, body].concat().into_bytes())).await;
    let events = async |choose: &dyn Fn(ConfigBuilder) -> ConfigBuilder| {
        let config = choose(server.config()).build().unwrap();
        let client = Client::new(&config, &SERVICE);
        let call = client.stream::<Everything>(&CHAT, Everything::default());
        let mut events = call.await.unwrap();
        let first = events.next().await.unwrap();
        (first, events.next().await.unwrap())
    };
    let (first, second) = events(&|config| config.strict(true)).await;
    assert_eq!(first.unwrap().text.as_deref(), Some("as described"));
    let error = second.unwrap_err();
    assert!(error.is_drift() && ends_with(error.deviations()[0].path(), "Extra"));
    assert_eq!(error.request_id(), Some("r-9"));
    assert!(!format!("{error} {error:?}").contains("s3cr3t"));

    let told = Arc::new(Mutex::new(Vec::new()));
    let (first, second) = events(&|config| {
        let told = Arc::clone(&told);
        config.on_drift(move |report| told.lock().unwrap().push(report.to_string()))
    })
    .await;
    assert_eq!(second.unwrap().text.as_deref(), Some("t"));
    assert!(first.is_ok());
    let told = told.lock().unwrap();
    assert!(
        told.len() == 1 && told[0].contains("Extra") && !told[0].contains("s3cr3t"),
        "{told:?}"
    );
}
