//! In: answers without an end, cut off, or from elsewhere. Out: one clear error each, and no memory filled.

use yunqiao_runtime::Client;

use crate::hostile::{play, refused};
use crate::sample::{Agent, Everything, SERVICE, VERIFY};
use crate::server::{Script, Server, http};

#[tokio::test]
async fn an_answer_beyond_the_limit_is_not_read() {
    let declared = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{".to_vec();
    let error = play(Script::Stall(declared)).await.unwrap_err();
    assert!(error.is_decode() && !error.is_timeout());
    assert!(
        error.to_string().contains("larger than the 100000 bytes"),
        "{error}"
    );
    assert!(
        error.to_string().contains("99999999999 are announced"),
        "{error}"
    );
    assert_eq!(error.http_status(), Some(200));

    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let piece = [b"400\r\n".to_vec(), vec![b'x'; 1024], b"\r\n".to_vec()].concat();
    let error = play(Script::Endless(chunked, piece)).await.unwrap_err();
    assert!(
        error.to_string().contains("larger than the 100000 bytes"),
        "{error}"
    );

    let exact = format!(
        r#"{{"Response":{{"Text":"{}"}}}}"#,
        "x".repeat(100_000 - 24)
    );
    assert_eq!(exact.len(), 100_000);
    assert!(
        play(Script::Answer(http("200 OK", &[], exact.as_bytes())))
            .await
            .is_ok()
    );
    let beyond = format!("{exact} ");
    assert!(refused("200 OK", beyond.as_bytes()).await.is_decode());
}

#[tokio::test]
async fn a_connection_that_breaks_is_told() {
    for bytes in [
        &b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"Resp"[..],
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"",
        b"hello\r\n\r\n",
    ] {
        let error = play(Script::AnswerAndClose(bytes.to_vec()))
            .await
            .unwrap_err();
        assert!(
            error.to_string().contains("the connection broke"),
            "{error}"
        );
        assert!(
            !error.is_connect() && !error.is_timeout() && !error.is_decode() && !error.is_service()
        );
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let target = Server::with_body(r#"{"Response":{"RequestId":"r"}}"#).await;
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = format!("Location: {}/path?token=hunter2", target.url());
        let error = play(Script::Answer(http(status, &[&location], b"<html>moved")))
            .await
            .unwrap_err();
        assert!(error.is_decode());
        assert!(
            error
                .to_string()
                .contains("this one leads to http://127.0.0.1: check the endpoint"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    assert!(target.seen().is_empty());
}

#[tokio::test]
async fn a_client_of_ones_own_that_follows_redirects_is_refused() {
    // Without TLS the test needs no certificates; the client is otherwise reqwest's default, which follows.
    let target = Server::with_body(r#"{"Response":{"RequestId":"r"}}"#).await;
    let location = format!("Location: {}/elsewhere", target.url());
    let server = Server::run(Script::Answer(http(
        "307 Temporary Redirect",
        &[&location],
        b"",
    )))
    .await;
    let own = crate::limits::following_client();
    let config = server.config().http_client(own).build().unwrap();
    let request = Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    };
    let error = Client::new(&config, &SERVICE)
        .call::<Everything>(&VERIFY, request)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("followed a redirect"), "{error}");
}

#[tokio::test]
async fn a_request_whose_answer_breaks_is_not_sent_again() {
    let server = Server::run(Script::AnswerAndClose(
        b"HTTP/1.1 200 OK\r\nContent-Le".to_vec(),
    ))
    .await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let call = client
        .call::<Everything>(&VERIFY, Agent::default())
        .skip_validation();
    assert!(call.await.is_err());
    assert_eq!(server.seen().len(), 1);
}
