//! In: calls that could go on. Out: that they end in time, with what went wrong, and do not go on together for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tokio::time::Instant;
use yunqiao_runtime::{Client, Delivery, Error, RetryPolicy, TimeSource};

use super::{ESS, READ, WRITE, answer, call, fine, request, tencent};
use crate::sample::Everything;
use crate::server::{NOW, Script, Server, http};

/// A clock that shows another second each time.
struct Ticking(AtomicI64);

impl TimeSource for Ticking {
    fn now(&self) -> i64 {
        NOW + self.0.fetch_add(1, Ordering::Relaxed)
    }
}

#[tokio::test]
async fn each_attempt_has_a_time_and_a_signature_of_its_own() {
    let broken = answer("502 Bad Gateway", "<html>");
    let server = Server::play(vec![broken.clone(), broken, fine()]).await;
    let clock = Arc::new(Ticking(AtomicI64::new(0)));
    let config = server.repeating().time_source(clock).build().unwrap();
    let call = Client::new(&config, &ESS).call::<Everything>(&READ, request());
    assert_eq!(call.await.unwrap().attempts(), 3);
    for name in ["x-tc-timestamp", "authorization"] {
        let mut values: Vec<String> = server
            .seen()
            .iter()
            .map(|seen| seen.header(name).unwrap())
            .collect();
        values.dedup();
        assert_eq!(values.len(), 3, "{name}: {values:?}");
    }
    let bodies: Vec<_> = server.seen().into_iter().map(|seen| seen.body).collect();
    assert!(bodies[0] == bodies[1] && bodies[1] == bodies[2]);
}

fn limited(retry_after: &str) -> Script {
    let body = br#"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"m"}}}"#;
    let retry_after = format!("Retry-After: {retry_after}");
    let date = "Date: Tue, 14 Nov 2023 22:13:20 GMT";
    Script::Answer(http("200 OK", &[&retry_after, date], body))
}

#[tokio::test]
async fn a_server_that_says_how_long_is_waited_for() {
    for (text, least) in [
        ("1", 1_000),
        // A second after the server's own date.
        ("Tue, 14 Nov 2023 22:13:21 GMT", 1_000),
        // Past, or nonsense: taken for a wait it would be one of an hour, for which there is no time.
        ("Tue, 14 Nov 2023 21:13:19 GMT", 0),
        ("-3600", 0),
        ("soon", 0),
        ("", 0),
    ] {
        let server = Server::play(vec![limited(text), fine()]).await;
        let start = Instant::now();
        assert_eq!(call(&server, &WRITE).await.unwrap().attempts(), 2, "{text}");
        let waited = start.elapsed();
        assert!(waited >= Duration::from_millis(least), "{text}: {waited:?}");
    }
}

/// The error of a call that must not wait for what lies beyond its time.
async fn at_once(server: &Server, total: Duration) -> Error {
    let start = Instant::now();
    let error = call(server, &READ).timeout(total).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(20), "{error}");
    error
}

#[tokio::test]
async fn no_wait_goes_past_the_deadline() {
    for text in [
        "60",
        "99999999999999999999999999",
        "Tue, 14 Nov 2023 23:13:20 GMT",
    ] {
        let server = Server::run(limited(text)).await;
        let error = at_once(&server, Duration::from_secs(30)).await;
        // The last real error, not a timeout.
        assert!(error.is_throttling() && !error.is_timeout(), "{error}");
        assert_eq!((error.attempts(), server.seen().len()), (1, 1));
        assert!(
            error
                .to_string()
                .ends_with("; not tried again: the total timeout leaves no time for it"),
            "{error}"
        );
    }
    let server = Server::run(tencent("InternalError")).await;
    let config = server.repeating().random_seed(3).build().unwrap();
    let slow = RetryPolicy::standard()
        .base_delay(Duration::from_secs(3_600))
        .max_delay(Duration::from_secs(3_600));
    let error = Client::new(&config, &ESS)
        .call::<Everything>(&READ, request())
        .retry(slow)
        .timeout(Duration::from_millis(100))
        .await
        .unwrap_err();
    assert!(error.is_service() && error.attempts() == 1, "{error}");
}

#[tokio::test]
async fn a_deadline_within_an_attempt_tells_what_went_wrong_before() {
    let server = Server::play(vec![
        answer("502 Bad Gateway", "<html>"),
        Script::Stall(Vec::new()),
    ])
    .await;
    let error = call(&server, &READ)
        .timeout(Duration::from_millis(120))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(error.to_string().contains("(total timeout)"), "{error}");
    assert_eq!((error.attempts(), error.delivery()), (2, Delivery::Unknown));
    let before = std::error::Error::source(&error).unwrap().to_string();
    assert!(before.contains("HTTP 502"), "{before}");
}

#[tokio::test]
async fn repeats_have_a_budget_that_clients_share() {
    let server = Server::run(tencent("InternalError")).await;
    let config = server
        .repeating()
        .without_rate_limit()
        .retry(RetryPolicy::standard().base_delay(Duration::ZERO))
        .build()
        .unwrap();
    let fail = async || {
        let call = Client::new(&config.clone(), &ESS).call::<Everything>(&READ, request());
        call.await.unwrap_err()
    };
    for _ in 0..33 {
        assert_eq!(fail().await.attempts(), 4);
    }
    // 99 repeats so far, of 100.
    let error = fail().await;
    assert_eq!(error.attempts(), 2);
    assert!(
        error
            .to_string()
            .ends_with("; not tried again: the retry budget is used up"),
        "{error}"
    );
    assert!(error.can_be_repeated());
    assert_eq!(fail().await.attempts(), 1);
    assert_eq!(server.seen().len(), 33 * 4 + 2 + 1);
}

#[tokio::test]
async fn a_budget_is_not_spent_on_what_succeeds() {
    let broken = answer("502 Bad Gateway", "<html>");
    let scripts = (0..240).flat_map(|_| [broken.clone(), fine()]).collect();
    let server = Server::play(scripts).await;
    let config = server
        .repeating()
        .without_rate_limit()
        .retry(RetryPolicy::standard().base_delay(Duration::ZERO))
        .build()
        .unwrap();
    for _ in 0..240 {
        let call = Client::new(&config, &ESS).call::<Everything>(&READ, request());
        assert_eq!(call.await.unwrap().attempts(), 2);
    }
}
