//! In: Volcengine's envelopes. Out: the answer, or the vendor's error.

use yunqiao_runtime::{Client, Error, Field, Location, Response};

use super::request;
use crate::sample::{Agent, Everything, SEND, SMS, generated};
use crate::server::{Script, Server, http};

async fn answer(status: &str, headers: &[&str], body: &str) -> Result<Response<Everything>, Error> {
    let server = Server::run(Script::Answer(http(status, headers, body.as_bytes()))).await;
    let client = Client::new(&server.config().build().unwrap(), &SMS);
    client.call(&SEND, request()).await
}

#[tokio::test]
async fn the_result_may_come_first_be_null_or_be_missing() {
    let reversed = r#"{"Result":{"Text":"ok"},"ResponseMetadata":{"RequestId":"r-1"}}"#;
    assert_eq!(
        answer("200 OK", &[], reversed)
            .await
            .unwrap()
            .text
            .as_deref(),
        Some("ok")
    );
    for nothing in [r#","Result":null"#, r#","Result":"""#, ""] {
        let response = answer(
            "200 OK",
            &[],
            &format!(r#"{{"ResponseMetadata":{{"RequestId":"r-1"}}{nothing}}}"#),
        )
        .await
        .unwrap();
        assert_eq!(*response, Everything::default());
        assert_eq!(response.request_id(), Some("r-1"));
    }
    let error = answer(
        "200 OK",
        &[],
        r#"{"Result":[1],"ResponseMetadata":{"RequestId":"r-1"}}"#,
    )
    .await
    .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("Result: expected an object, found a list"),
        "{error}"
    );
    assert_eq!(error.request_id(), Some("r-1"));
}

#[tokio::test]
async fn some_actions_answer_a_bare_text_or_list_and_some_nothing() {
    generated!(Verdict { result: Option<String> = Field::new("Result").location(Location::Result) });
    generated!(Listing { result: Vec<Agent> = Field::new("Result").location(Location::Result) });

    #[derive(Clone, Default, PartialEq)]
    struct Nothing {}
    impl yunqiao_runtime::Object for Nothing {
        fn shape(&self) -> yunqiao_runtime::Shape {
            static SHAPE: yunqiao_runtime::Shape = yunqiao_runtime::Shape::new("Nothing", &[]);
            SHAPE
        }
        fn member(&self, _: usize) -> Option<&dyn yunqiao_runtime::Member> {
            None
        }
        fn member_mut(&mut self, _: usize) -> Option<&mut dyn yunqiao_runtime::Member> {
            None
        }
    }

    async fn call<T: yunqiao_runtime::Object + Default + 'static>(result: &str) -> T {
        let server = Server::with_body(&format!(
            r#"{{"ResponseMetadata":{{"RequestId":"r"}},"Result":{result}}}"#
        ))
        .await;
        let client = Client::new(&server.config().build().unwrap(), &SMS);
        client
            .call::<T>(&SEND, request())
            .await
            .unwrap()
            .into_inner()
    }
    assert_eq!(call::<Verdict>(r#""0""#).await.result.as_deref(), Some("0"));
    assert_eq!(call::<Verdict>("0").await.result.as_deref(), Some("0"));
    assert_eq!(call::<Verdict>("null").await.result, None);
    assert_eq!(
        call::<Listing>(r#"[{"AppId":"a"}]"#).await.result[0]
            .app_id
            .as_deref(),
        Some("a")
    );
    for result in [r#""success""#, "1", "true", r#"{"x":1}"#] {
        assert!(call::<Nothing>(result).await == Nothing {});
    }
}

#[tokio::test]
async fn an_error_in_the_metadata_is_an_error_at_any_status() {
    for status in ["200 OK", "401 Unauthorized", "500 Internal Server Error"] {
        let body = r#"{"ResponseMetadata":{"RequestId":"r-9","Error":{"CodeN":100010,"Code":"SignatureDoesNotMatch","Message":"no"}},"Result":"odd"}"#;
        let error = answer(status, &["X-Tt-Logid: log-1"], body)
            .await
            .unwrap_err();
        assert!(error.is_service() && error.is_authentication());
        assert_eq!(
            (error.code(), error.code_n(), error.message()),
            (Some("SignatureDoesNotMatch"), Some(100_010), Some("no"))
        );
        assert_eq!(
            (error.request_id(), error.log_id()),
            (Some("r-9"), Some("log-1"))
        );
        let expected = format!(
            "sms SendSms: SignatureDoesNotMatch (100010): no (request id r-9, log id log-1, HTTP {}, 127.",
            &status[..3]
        );
        assert!(error.to_string().starts_with(&expected), "{error}");
    }
    let error = answer(
        "200 OK",
        &[],
        r#"{"ResponseMetadata":{"Error":{"CodeN":"100018"}}}"#,
    )
    .await
    .unwrap_err();
    assert!(
        error.is_throttling() && error.to_string().contains("error 100018"),
        "{error}"
    );
    let response = answer(
        "200 OK",
        &["X-Tt-Logid: log-1"],
        r#"{"ResponseMetadata":{"RequestId":"r","Error":null},"Result":{}}"#,
    )
    .await
    .unwrap();
    assert_eq!(response.log_id(), Some("log-1"));
}

#[tokio::test]
async fn an_answer_without_metadata_is_no_answer() {
    for body in [
        r#"{"ResponseMetadata":null,"Result":{"Text":"x"}}"#,
        r#"{"Result":{"Text":"x"}}"#,
        "{}",
    ] {
        let error = answer("200 OK", &[], body).await.unwrap_err();
        assert!(
            error.to_string().contains("not the envelope of Volcengine"),
            "{error}"
        );
    }
}
