//! In: answers that are not the vendor's, broken or hostile. Out: one clear error each, with nothing secret in it.

use std::time::Duration;

use yunqiao_runtime::{Client, Error, Response};

use crate::sample::{Agent, Everything, SEND, SERVICE, SMS, VERIFY};
use crate::server::{KEY, Script, Server, credential, http};

pub(crate) async fn play(script: Script) -> Result<Response<Everything>, Error> {
    let server = Server::run(script).await;
    let config = server
        .config()
        .max_response_bytes(100_000)
        .attempt_timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let request = Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    };
    Client::new(&config, &SERVICE).call(&VERIFY, request).await
}

/// The error for an answer; never a success.
pub(crate) async fn refused(status: &str, body: &[u8]) -> Error {
    play(Script::Answer(http(status, &[], body)))
        .await
        .unwrap_err()
}

#[tokio::test]
async fn answers_that_are_no_envelope_are_told_apart() {
    let long = format!("<html>\r\n<b>502 Bad Gateway</b>{}", "x".repeat(5000));
    for (status, body, told, excerpt) in [
        (
            "502 Bad Gateway",
            long.as_bytes(),
            "the answer is no JSON",
            Some(r"<html>\r\n<b>502 Bad Gateway</b>xxx"),
        ),
        ("200 OK", b"", "the answer is empty", None),
        ("204 No Content", b"", "the answer is empty", None),
        (
            "200 OK",
            b"\xff\xfe{\"Response\":",
            "the answer is not UTF-8",
            Some(""),
        ),
        (
            "200 OK",
            b"{\"Response\":{\"Text\":\"\xff\xfe\"}}",
            "the answer is not UTF-8",
            Some(r#"{"Response":{"Text":"***"}}"#),
        ),
        (
            "200 OK",
            br#"{"code":4000,"message":"Li Si"}"#,
            "not the envelope of Tencent Cloud",
            Some(r#"{"code":***,"message":"***"}"#),
        ),
        (
            "200 OK",
            br#"{"Response":null}"#,
            "not the envelope of Tencent Cloud",
            Some(r#"{"Response":null}"#),
        ),
        (
            "200 OK",
            b"{}",
            "not the envelope of Tencent Cloud",
            Some("{}"),
        ),
        (
            "200 OK",
            b"[1]",
            "not the envelope of Tencent Cloud",
            Some("[***]"),
        ),
        (
            "200 OK",
            b"null",
            "not the envelope of Tencent Cloud",
            Some("null"),
        ),
        (
            "200 OK",
            b"13800000000",
            "not the envelope of Tencent Cloud",
            Some("***"),
        ),
        (
            "200 OK",
            br#"{"Response":{"Text":"Li Si","Agent":{"AppId":"138"#,
            "JSON that breaks off at line 1 column 49, in Response.Agent.AppId",
            Some(r#"{"Response":{"Text":"***","Agent":{"AppId":"***""#),
        ),
        (
            "200 OK",
            br#"{"Response":{"RequestId":"r"}} Li Si"#,
            "the answer is no JSON",
            Some(r#"{"Response":{"RequestId":"***"}}***"#),
        ),
        (
            "200 OK",
            br#"{"Response":{"Text":tru}}"#,
            "the answer is no JSON",
            Some(r#"{"Response":{"Text":***}}"#),
        ),
    ] {
        let error = refused(status, body).await;
        let shown = error.to_string();
        assert!(error.is_decode() && !error.is_service(), "{shown}");
        assert!(shown.contains(told), "{shown}");
        assert_eq!(error.http_status(), status[..3].parse().ok(), "{shown}");
        match excerpt {
            Some(excerpt) => assert!(
                error
                    .excerpt()
                    .is_some_and(|own| own.starts_with(excerpt) && own.chars().count() <= 200),
                "{error:?}"
            ),
            None => assert_eq!(error.excerpt(), None),
        }
        // The port of the server may be any number.
        let said: String = shown
            .split("127.0.0.1:")
            .map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()))
            .collect();
        assert!(!said.contains("Li Si") && !said.contains("138"), "{shown}");
        assert!(!shown.contains(['\n', '\r']), "{shown}");
    }
}

#[tokio::test]
async fn a_request_id_is_kept_from_an_answer_that_cannot_be_read() {
    let error = refused(
        "200 OK",
        br#"{"Response":{"RequestId":"r-7","Int":"Li Si"}}"#,
    )
    .await;
    assert_eq!(error.request_id(), Some("r-7"));
    assert!(
        error
            .to_string()
            .contains("Response.Int: expected an integer, found a text"),
        "{error}"
    );
    assert_eq!(error.excerpt(), None);
    // After the place, too.
    let error = refused("200 OK", br#"{"Response":{"Int":"x","RequestId":"r-8"}}"#).await;
    assert_eq!(error.request_id(), Some("r-8"));
    let error = refused("200 OK", br#"{"Response":{"RequestId":"r-9","Text":"Li"#).await;
    assert_eq!(error.request_id(), Some("r-9"));
}

#[tokio::test]
async fn the_vendors_error_wins_over_an_answer_of_the_wrong_shape() {
    let error = refused(
        "200 OK",
        br#"{"Response":{"Int":[],"Error":{"Code":"X","Message":"m"},"RequestId":"r"}}"#,
    )
    .await;
    assert_eq!(
        (error.is_service(), error.code(), error.request_id()),
        (true, Some("X"), Some("r"))
    );
}

#[tokio::test]
async fn a_secret_that_the_vendor_repeats_is_scrubbed() {
    let explained = format!(
        r#"{{"Response":{{"Error":{{"Code":"AuthFailure","Message":"{KEY} is wrong, {KEY}, token tok-12345678"}}}}}}"#
    );
    let page = format!("<html>your key is {KEY}, your token tok-12345678");
    for body in [explained, page] {
        let server = Server::with_body(&body).await;
        let config = server
            .config()
            .credential(credential().with_token("tok-12345678"))
            .build()
            .unwrap();
        let request = Agent {
            app_id: Some("a".to_owned()),
            proxy_operator: None,
        };
        let error = Client::new(&config, &SERVICE)
            .call::<Everything>(&VERIFY, request)
            .await
            .unwrap_err();
        let shown = format!(
            "{error} {error:?} {:?} {:?}",
            error.message(),
            error.excerpt()
        );
        assert!(
            !shown.contains(KEY) && !shown.contains("tok-12345678"),
            "{shown}"
        );
        assert!(shown.contains("<redacted>"), "{shown}");
    }
}

#[tokio::test]
async fn no_bytes_of_an_answer_make_a_panic() {
    // Every truncation and every flipped byte of a real answer, at both vendors.
    let tencent = r#"{"Response":{"Text":"签","Int":5,"Agents":[{"AppId":"a"}],"Any":{"k":[1]},"Error":null,"RequestId":"r"}}"#;
    let volcengine = r#"{"ResponseMetadata":{"RequestId":"r","Error":null},"Result":{"Text":"签","Ints":[1,2],"Next":{}}}"#;
    for (action, document) in [(&VERIFY, tencent), (&SEND, volcengine)] {
        for position in 0..document.len() {
            let mut value = Everything::default();
            let _ = yunqiao_runtime::inspect_answer(
                action,
                &document.as_bytes()[..position],
                &mut value,
            )
            .map_err(|error| error.to_string());
            for flip in [0x01, 0x20, 0x80, 0xff] {
                let mut bytes = document.as_bytes().to_vec();
                bytes[position] ^= flip;
                let _ = yunqiao_runtime::inspect_answer(action, &bytes, &mut value)
                    .map_err(|error| format!("{error:?}"));
            }
        }
    }
    // And through the whole call, where excerpts are made too.
    for position in (0..tencent.len()).step_by(7) {
        let error = refused("200 OK", &tencent.as_bytes()[..position]).await;
        assert!(error.is_decode());
    }
    let server = Server::with_body(&volcengine[..30]).await;
    let client = Client::new(&server.config().build().unwrap(), &SMS);
    assert!(
        client
            .call::<Everything>(&SEND, Agent::default())
            .skip_validation()
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_vendors_words_without_end_do_not_fill_the_log() {
    let endless = "x".repeat(50_000);
    let body = format!(
        r#"{{"Response":{{"Error":{{"Code":"C","Message":"{endless}"}},"RequestId":"r"}}}}"#
    );
    let error = refused("200 OK", body.as_bytes()).await;
    assert_eq!(error.message().map(str::len), Some(50_000));
    assert!(error.to_string().len() < 700 && format!("{error:?}").len() < 1000);
}
