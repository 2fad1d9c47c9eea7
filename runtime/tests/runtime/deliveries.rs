//! In: every kind of failure, of each vendor. Out: what the error says that has become of the request, and what it is about.

use std::time::Duration;

use yunqiao_runtime::{Action, Client, Config, Delivery, Error};

use crate::sample::{Agent, Everything, SERVICE, SMS};
use crate::server::{Script, Server, http};

static TENCENT: Action = Action::new(&SERVICE, "CreateFlow");
static VOLCENGINE: Action = Action::new(&SMS, "SendSms");

fn request() -> Agent {
    let mut agent = Agent::default();
    agent.app_id = Some("a".to_owned());
    agent
}

async fn fail(action: &'static Action, script: Script) -> Error {
    let server = Server::run(script).await;
    let config = server.config().attempt_timeout(Duration::from_millis(100));
    let client = Client::new(&config.build().unwrap(), action.service());
    client
        .call::<Everything>(action, request())
        .await
        .unwrap_err()
}

/// What an error is about, in one word.
fn about(error: &Error) -> &'static str {
    let words = [
        (error.is_throttling(), "throttling"),
        (error.is_authentication(), "authentication"),
        (error.is_validation(), "validation"),
        (error.is_timeout(), "timeout"),
    ];
    let mut words = words
        .into_iter()
        .filter_map(|(holds, word)| holds.then_some(word));
    let word = words.next().unwrap_or("other");
    assert_eq!(words.next(), None, "{error}");
    word
}

use Delivery::{NotSent, Rejected, Unknown};

#[tokio::test]
async fn codes_of_tencent() {
    for (status, code, word, delivery) in [
        (200, "RequestLimitExceeded", "throttling", Rejected),
        (
            200,
            "RequestLimitExceeded.IPLimitExceeded",
            "throttling",
            Rejected,
        ),
        (
            200,
            "FailedOperation.RequestLimitExceeded",
            "throttling",
            Rejected,
        ),
        (429, "AnyCode", "throttling", Rejected),
        (
            200,
            "AuthFailure.SignatureFailure",
            "authentication",
            Rejected,
        ),
        (
            200,
            "AuthFailure.SignatureExpire",
            "authentication",
            Rejected,
        ),
        (200, "AuthFailure.TokenFailure", "authentication", Rejected),
        (200, "InvalidParameter", "validation", Rejected),
        (200, "InvalidParameter.ParamError", "validation", Rejected),
        (200, "InvalidParameterValue.Mobile", "validation", Rejected),
        (200, "MissingParameter.FlowId", "validation", Rejected),
        (200, "UnknownParameter", "validation", Rejected),
        (200, "UnauthorizedOperation", "other", Rejected),
        (200, "FailedOperation", "other", Rejected),
        (200, "OperationDenied.NoQuota", "other", Rejected),
        (200, "ResourceNotFound.Flow", "other", Rejected),
        (200, "LimitExceeded", "other", Rejected),
        (400, "NoSuchProduct", "other", Rejected),
        (200, "InternalError", "other", Unknown),
        (200, "InternalError.Db", "other", Unknown),
        (200, "ServiceUnavailable", "other", Unknown),
        (500, "FailedOperation", "other", Unknown),
        (200, "", "other", Unknown),
    ] {
        let body = format!(r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"m"}}}}}}"#);
        let script = Script::Answer(http(&format!("{status} Some"), &[], body.as_bytes()));
        let error = fail(&TENCENT, script).await;
        let seen = (about(&error), error.delivery());
        assert_eq!(seen, (word, delivery), "{status} {code}: {error}");
        assert!(error.is_service() && error.attempts() == 1);
        assert_eq!(error.http_status(), Some(status));
    }
}

#[tokio::test]
async fn codes_of_volcengine() {
    for (status, code, number, word, delivery) in [
        (429, "FlowLimitExceeded", 100_018, "throttling", Rejected),
        (
            200,
            "AccountFlowLimitExceeded",
            100_027,
            "throttling",
            Rejected,
        ),
        (400, "", 100_018, "throttling", Rejected),
        (429, "AnyCode", 0, "throttling", Rejected),
        (403, "InvalidTimestamp", 100_006, "authentication", Rejected),
        (
            401,
            "SignatureDoesNotMatch",
            100_010,
            "authentication",
            Rejected,
        ),
        (401, "InvalidSecretToken", 0, "authentication", Rejected),
        (400, "InvalidAuthorization", 0, "authentication", Rejected),
        (401, "", 100_009, "authentication", Rejected),
        (400, "MissingParameter", 100_002, "validation", Rejected),
        (400, "InvalidParameter", 0, "validation", Rejected),
        (
            400,
            "InvalidParameterValue.Mobile",
            0,
            "validation",
            Rejected,
        ),
        (403, "AccessDenied", 100_013, "other", Rejected),
        (404, "InvalidActionOrVersion", 100_008, "other", Rejected),
        (200, "RE:0001", 0, "other", Rejected),
        (500, "InternalError", 100_014, "other", Unknown),
        (200, "InternalServiceError", 0, "other", Unknown),
        (504, "InternalServiceTimeout", 100_016, "other", Unknown),
        (502, "FailToConnect", 100_015, "other", Unknown),
        (503, "ServiceUnavailableTemp", 0, "other", Unknown),
        (200, "UndefinedError", 100_001, "other", Unknown),
        (200, "", 100_014, "other", Unknown),
        (500, "RE:0001", 0, "other", Unknown),
    ] {
        let body = format!(
            r#"{{"ResponseMetadata":{{"RequestId":"r","Error":{{"CodeN":{number},"Code":"{code}","Message":"m"}}}}}}"#
        );
        let script = Script::Answer(http(&format!("{status} Some"), &[], body.as_bytes()));
        let error = fail(&VOLCENGINE, script).await;
        let seen = (about(&error), error.delivery());
        assert_eq!(seen, (word, delivery), "{status} {code} {number}: {error}");
        assert!(error.is_service() && error.attempts() == 1);
    }
}

#[tokio::test]
async fn failures_without_a_vendors_word() {
    let page = |status: &str, body: &str| Script::Answer(http(status, &[], body.as_bytes()));
    for action in [&TENCENT, &VOLCENGINE] {
        for (script, word, delivery) in [
            (Script::Hangup, "other", Unknown),
            (Script::AnswerAndClose(Vec::new()), "other", Unknown),
            (Script::Stall(Vec::new()), "timeout", Unknown),
            (page("200 OK", "<html>portal"), "other", Unknown),
            (page("200 OK", ""), "other", Unknown),
            (page("200 OK", "{\"Resp"), "other", Unknown),
            (page("500 Some", "<html>"), "other", Unknown),
            (page("502 Some", "<html>"), "other", Unknown),
            (page("408 Some", "<html>"), "other", Unknown),
            (page("307 Some", ""), "other", Rejected),
            (page("403 Some", "<html>"), "other", Rejected),
            (page("413 Some", "<html>"), "other", Rejected),
            (page("429 Some", "<html>"), "throttling", Rejected),
        ] {
            let error = fail(action, script).await;
            let seen = (about(&error), error.delivery());
            assert_eq!(seen, (word, delivery), "{error}");
            assert!(!error.is_service() && error.attempts() == 1, "{error}");
        }
    }
}

#[tokio::test]
async fn what_fails_before_sending() {
    let nowhere = Config::builder()
        .endpoint("http://127.0.0.1:9")
        .build()
        .unwrap();
    let unsigned = Client::new(&nowhere, &SERVICE)
        .call::<Everything>(&TENCENT, request())
        .await
        .unwrap_err();
    assert!(unsigned.is_configuration());
    let invalid = Client::new(&nowhere, &SERVICE)
        .call::<Everything>(&TENCENT, Agent::default())
        .await
        .unwrap_err();
    assert_eq!(about(&invalid), "validation");
    assert_eq!(invalid.problems().len(), 1);
    for error in [unsigned, invalid] {
        assert_eq!(
            (error.delivery(), error.attempts()),
            (NotSent, 0),
            "{error}"
        );
        assert!(!error.can_be_repeated());
    }
}
