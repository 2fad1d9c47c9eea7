//! In: Tencent Cloud's envelopes. Out: the answer, or the vendor's error.

use yunqiao_runtime::{Action, Client, Error, Field, Response};

use super::{ANSWER, request};
use crate::sample::{Everything, SERVICE, VERIFY, generated};
use crate::server::{Script, Server, http};

static CHECK: Action = Action::new(&SERVICE, "CheckThing").own_error_member();

async fn answer(status: &str, body: &str) -> Result<Response<Everything>, Error> {
    let server = Server::run(Script::Answer(http(status, &[], body.as_bytes()))).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    client.call(&VERIFY, request()).await
}

#[tokio::test]
async fn an_error_in_the_envelope_is_an_error_at_any_status() {
    for status in ["200 OK", "400 Bad Request", "500 Internal Server Error"] {
        let body = r#"{"Response":{"Error":{"Code":"InvalidParameter.ParamError","Message":"bad\nflow"},"RequestId":"r-9"}}"#;
        let error = answer(status, body).await.unwrap_err();
        assert!(
            error.is_service()
                && !error.is_decode()
                && !error.is_authentication()
                && !error.is_throttling()
        );
        assert_eq!(error.code(), Some("InvalidParameter.ParamError"));
        assert_eq!(error.message(), Some("bad\nflow"));
        assert_eq!(error.request_id(), Some("r-9"));
        assert_eq!(error.http_status(), status[..3].parse().ok());
        assert_eq!(
            (
                error.code_n(),
                error.log_id(),
                error.excerpt(),
                error.action()
            ),
            (None, None, None, Some("ChannelVerifyPdf"))
        );
        let shown = error.to_string();
        let expected = format!(
            r"essbasic ChannelVerifyPdf: InvalidParameter.ParamError: bad\nflow (request id r-9, HTTP {}, 127.0.0.1:",
            &status[..3]
        );
        assert!(shown.starts_with(&expected), "{shown}");
    }
}

#[tokio::test]
async fn an_error_without_a_code_is_no_success() {
    for error in [
        r#"{"Code":null,"Message":"m"}"#,
        r#"{"Code":"","Message":"m"}"#,
        r#"{"Message":"m"}"#,
        r#""m""#,
        "{}",
        "[]",
        "true",
    ] {
        let error = answer(
            "200 OK",
            &format!(r#"{{"Response":{{"Error":{error},"RequestId":"r"}}}}"#),
        )
        .await
        .unwrap_err();
        assert!(error.is_service(), "{error}");
        assert_eq!((error.code(), error.request_id()), (None, Some("r")));
        assert!(
            error.to_string().contains("an error without a code"),
            "{error}"
        );
    }
    let error = answer("200 OK", r#"{"Response":{"Error":{"Code":4000}}}"#)
        .await
        .unwrap_err();
    assert_eq!((error.code(), error.request_id()), (Some("4000"), None));
    for nothing in ["null", r#""""#] {
        let body = format!(r#"{{"Response":{{"Error":{nothing},"Text":"ok","RequestId":"r"}}}}"#);
        assert_eq!(
            answer("200 OK", &body).await.unwrap().text.as_deref(),
            Some("ok")
        );
    }
}

#[tokio::test]
async fn codes_are_told_apart() {
    for (code, authentication, throttling) in [
        ("AuthFailure.SignatureExpire", true, false),
        ("AuthFailure", true, false),
        ("AuthFailureX", false, false),
        ("RequestLimitExceeded", false, true),
        ("RequestLimitExceeded.UinLimitExceeded", false, true),
        ("ResourceUnavailable", false, false),
    ] {
        let body = format!(
            r#"{{"Response":{{"Error":{{"Code":"{code}","Message":""}},"RequestId":"r"}}}}"#
        );
        let error = answer("200 OK", &body).await.unwrap_err();
        assert_eq!(
            (error.is_authentication(), error.is_throttling()),
            (authentication, throttling),
            "{code}"
        );
        assert!(error.is_service());
    }
}

#[tokio::test]
async fn a_status_without_an_error_is_an_error_too() {
    let error = answer("500 Internal Server Error", ANSWER)
        .await
        .unwrap_err();
    assert!(error.is_decode() && !error.is_service());
    assert_eq!(
        (error.http_status(), error.request_id()),
        (Some(500), Some("r-1"))
    );
    assert!(error.to_string().contains("holds no error"), "{error}");
    let error = answer("429 Too Many Requests", ANSWER).await.unwrap_err();
    assert!(error.is_throttling());
}

#[tokio::test]
async fn an_action_may_have_an_error_member_of_its_own() {
    generated!(Checked {
        error: Option<String> = Field::new("Error"),
        count: Option<i64> = Field::new("Count"),
        request_id: Option<String> = Field::new("RequestId"),
    });
    async fn check(body: &str) -> Result<Response<Checked>, Error> {
        let server = Server::with_body(body).await;
        let client = Client::new(&server.config().build().unwrap(), &SERVICE);
        client.call(&CHECK, request()).await
    }
    let checked = check(r#"{"Response":{"Error":"none","Count":2,"RequestId":"r"}}"#)
        .await
        .unwrap();
    assert_eq!(
        (
            checked.error.as_deref(),
            checked.count,
            checked.request_id.as_deref()
        ),
        (Some("none"), Some(2), Some("r"))
    );
    let checked = check(r#"{"Response":{"Error":"alone","RequestId":"r"}}"#)
        .await
        .unwrap();
    assert_eq!(
        (checked.error.as_deref(), checked.request_id()),
        (Some("alone"), Some("r"))
    );
    let error = check(r#"{"Response":{"Error":{"Code":"InternalError","Message":"m"},"Count":null,"X":1,"RequestId":"r"}}"#).await.unwrap_err();
    assert_eq!(
        (error.code(), error.request_id()),
        (Some("InternalError"), Some("r"))
    );
    // Beside a documented member it is the answer's own, and here of the wrong type.
    let error = check(r#"{"Response":{"Error":{"Code":"X"},"Count":1,"RequestId":"r"}}"#)
        .await
        .unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert!(
        error
            .to_string()
            .contains("Response.Error: expected a text, found an object"),
        "{error}"
    );
    assert_eq!(error.request_id(), Some("r"));
}
