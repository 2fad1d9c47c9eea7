//! In: faults at every point of a call. Out: what was sent again, and what was not.

mod endings;
mod tokens;

use std::time::Duration;

use yunqiao_runtime::{Action, Call, Client, Delivery, Error, Response, Service, Vendor};

use crate::sample::{Agent, Everything, SMS, generated};
use crate::server::{Script, Server, http};

static ESS: Service = Service::new(
    Vendor::Tencent,
    "ess",
    "2020-11-11",
    "ess.tencentcloudapi.com",
)
.repeatable_codes(&["InternalError.Db", "OperationDenied.OutQueryLimit"]);
static READ: Action = Action::new(&ESS, "DescribeFlowInfo").idempotent();
static WRITE: Action = Action::new(&ESS, "StartFlow");
static MARKED: Action = Action::new(&ESS, "CreateFlow").idempotency_token("ClientToken");
static SEND: Action = Action::new(&SMS, "SendSms");
static LIST: Action = Action::new(&SMS, "ListSms").idempotent();

generated!(Marked {
    client_token: Option<String> = yunqiao_runtime::Field::new("ClientToken").required(),
});

fn request() -> Agent {
    Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    }
}

fn fine() -> Script {
    answer("200 OK", r#"{"Response":{"RequestId":"r-1"}}"#)
}

fn answer(status: &str, body: &str) -> Script {
    Script::Answer(http(status, &[], body.as_bytes()))
}

fn tencent(code: &str) -> Script {
    let body = format!(
        r#"{{"Response":{{"Text":"old","Error":{{"Code":"{code}","Message":"m"}},"RequestId":"r-0"}}}}"#
    );
    answer("200 OK", &body)
}

fn volcengine(status: &str, code: &str) -> Script {
    let body = format!(
        r#"{{"ResponseMetadata":{{"RequestId":"r","Error":{{"Code":"{code}","Message":"m"}}}}}}"#
    );
    answer(status, &body)
}

fn call(server: &Server, action: &'static Action) -> Call<Everything> {
    call_with(server, action, Duration::from_millis(150))
}

fn call_with(
    server: &Server,
    action: &'static Action,
    attempt_timeout: Duration,
) -> Call<Everything> {
    let config = server
        .repeating()
        .attempt_timeout(attempt_timeout)
        .build()
        .unwrap();
    Client::new(&config, action.service()).call(action, request())
}

/// Plays the scripts, and says what came of the call and how many requests arrived.
async fn play(
    scripts: Vec<Script>,
    action: &'static Action,
) -> (Result<Response<Everything>, Error>, usize) {
    // A busy machine must not make a stall of an answer.
    let stalls = scripts
        .iter()
        .any(|script| matches!(script, Script::Stall(_)));
    let limit = Duration::from_millis(if stalls { 150 } else { 10_000 });
    let server = Server::play(scripts).await;
    let outcome = call_with(&server, action, limit).await;
    (outcome, server.seen().len())
}

/// Faults after which nobody knows whether the request was carried out.
fn unknowns() -> Vec<Script> {
    let half = &b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"Resp"[..];
    vec![
        Script::Hangup,
        Script::AnswerAndClose(Vec::new()),
        Script::AnswerAndClose(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()),
        Script::AnswerAndClose(half.to_vec()),
        Script::Stall(Vec::new()),
        Script::Stall(half.to_vec()),
        answer("500 Internal Server Error", "<html>500"),
        answer("502 Bad Gateway", "<html>502"),
        answer("503 Service Unavailable", ""),
        answer("200 OK", r#"{"Response":{"Text":"#),
        tencent("InternalError"),
        tencent("InternalError.Db"),
        tencent("ServiceUnavailable"),
    ]
}

#[tokio::test]
async fn an_unsafe_call_is_never_sent_again_when_it_may_have_arrived() {
    for (index, fault) in unknowns().into_iter().enumerate() {
        let server = Server::play(vec![fault, fine()]).await;
        let error = call(&server, &WRITE).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{index}: {error}");
        assert_eq!(error.attempts(), 1, "{index}: {error}");
        assert!(!error.can_be_repeated(), "{index}: {error}");
        assert_eq!(server.connections(), 1, "{index}: {error}");
        assert!(server.seen().len() <= 1);
    }
    for (status, code) in [
        ("500 Internal Server Error", "InternalError"),
        ("504 Gateway Timeout", "InternalServiceTimeout"),
        ("502 Bad Gateway", "FailToConnect"),
        ("200 OK", "UndefinedError"),
    ] {
        let (outcome, sent) = play(vec![volcengine(status, code), fine()], &SEND).await;
        let error = outcome.unwrap_err();
        assert_eq!(
            (sent, error.delivery()),
            (1, Delivery::Unknown),
            "{code}: {error}"
        );
    }
}

#[tokio::test]
async fn a_safe_call_is_sent_again() {
    for (index, fault) in unknowns().into_iter().enumerate() {
        let (outcome, sent) = play(vec![fault.clone(), fault.clone(), fine()], &READ).await;
        let response = outcome.unwrap_or_else(|error| panic!("{index}: {error}"));
        let expected = if matches!(fault, Script::Hangup) {
            1
        } else {
            3
        };
        assert_eq!(
            (response.attempts(), sent),
            (3, expected),
            "{index}: {response:?}"
        );
        assert_eq!(response.request_id(), Some("r-1"));
        assert_eq!(
            response.text, None,
            "{index}: nothing of an earlier answer stays"
        );
    }
    let fine = answer("200 OK", r#"{"ResponseMetadata":{"RequestId":"r"}}"#);
    let fault = volcengine("500 Internal Server Error", "InternalError");
    let (outcome, sent) = play(vec![fault, fine], &LIST).await;
    assert_eq!((outcome.unwrap().attempts(), sent), (2, 2));
}

#[tokio::test]
async fn what_the_vendor_refused_before_doing_it_is_sent_again() {
    for code in [
        "RequestLimitExceeded",
        "RequestLimitExceeded.UinLimitExceeded",
        "FailedOperation.RequestLimitExceeded",
    ] {
        let (outcome, sent) = play(vec![tencent(code), fine()], &WRITE).await;
        assert_eq!((outcome.unwrap().attempts(), sent), (2, 2), "{code}");
    }
    let envelope = r#"{"Response":{"Error":{"Code":"LimitExceeded","Message":"m"}}}"#;
    let (outcome, _) = play(
        vec![answer("429 Too Many Requests", envelope), fine()],
        &WRITE,
    )
    .await;
    assert_eq!(outcome.unwrap().attempts(), 2);
    let fine = answer("200 OK", r#"{"ResponseMetadata":{"RequestId":"r"}}"#);
    for code in ["FlowLimitExceeded", "AccountFlowLimitExceeded"] {
        let scripts = vec![volcengine("429 Too Many Requests", code), fine.clone()];
        let (outcome, sent) = play(scripts, &SEND).await;
        assert_eq!((outcome.unwrap().attempts(), sent), (2, 2), "{code}");
    }
    // Without an envelope nobody knows who has said so.
    let page = answer("429 Too Many Requests", "<html>slow down");
    let (outcome, sent) = play(vec![page, fine], &WRITE).await;
    let error = outcome.unwrap_err();
    assert!(error.is_throttling() && sent == 1, "{error}");
}

#[tokio::test]
async fn other_refusals_are_final() {
    for code in [
        "InvalidParameter",
        "AuthFailure.SignatureFailure",
        "FailedOperation",
        "InternalError.PdfError",
        "ResourceNotFound",
    ] {
        let (outcome, sent) = play(vec![tencent(code), fine()], &READ).await;
        let error = outcome.unwrap_err();
        assert_eq!((sent, error.attempts()), (1, 1), "{code}");
        assert!(!error.can_be_repeated(), "{code}");
    }
    // The schema says that this one passes; that makes no unsafe call safe.
    let passing = "OperationDenied.OutQueryLimit";
    let (outcome, sent) = play(vec![tencent(passing), fine()], &READ).await;
    assert_eq!((outcome.unwrap().attempts(), sent), (2, 2));
    let (outcome, sent) = play(vec![tencent(passing), fine()], &WRITE).await;
    let error = outcome.unwrap_err();
    assert_eq!((sent, error.delivery()), (1, Delivery::Rejected));
    assert!(error.can_be_repeated(), "nothing was done: {error}");
}

#[tokio::test]
async fn an_unsafe_call_is_repeated_when_there_was_no_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let authority = listener.local_addr().unwrap().to_string();
    drop(listener);
    let server = Server::run(fine()).await;
    let config = server.repeating().endpoint(format!("http://{authority}"));
    let client = Client::new(&config.build().unwrap(), &ESS);
    let error = client
        .call::<Everything>(&WRITE, request())
        .await
        .unwrap_err();
    assert!(error.is_connect() && error.can_be_repeated());
    assert_eq!((error.attempts(), error.delivery()), (4, Delivery::NotSent));
    assert!(error.to_string().contains(", 4 attempts)"), "{error}");
}

#[tokio::test]
async fn attempts_end_and_the_last_error_is_told() {
    let server = Server::run(tencent("InternalError")).await;
    let error = call(&server, &READ).await.unwrap_err();
    assert_eq!((error.attempts(), server.seen().len()), (4, 4));
    assert!(error.can_be_repeated());
    let error = call(&server, &READ).no_retry().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    let policy = yunqiao_runtime::RetryPolicy::standard().base_delay(Duration::from_millis(1));
    let error = call(&server, &READ)
        .retry(policy.max_attempts(6))
        .await
        .unwrap_err();
    assert_eq!((error.attempts(), server.seen().len()), (6, 11));
    let config = server.repeating().max_attempts(0).build().unwrap();
    let call = Client::new(&config, &ESS).call::<Everything>(&READ, request());
    assert_eq!(call.await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn the_furthest_attempt_decides_what_became_of_a_call() {
    let server = Server::play(vec![
        answer("502 Bad Gateway", "<html>"),
        tencent("AuthFailure.SecretIdNotFound"),
    ])
    .await;
    let error = call(&server, &READ).await.unwrap_err();
    assert!(error.is_authentication());
    assert_eq!((error.attempts(), error.delivery()), (2, Delivery::Unknown));
}
