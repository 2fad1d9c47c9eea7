//! In: servers that call a signature expired. Out: the time corrected once, and remembered only if that helps.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use yunqiao_runtime::{Action, Client, Config, Delivery, Error, TimeSource};

use crate::sample::{Agent, Everything, SERVICE, SMS};
use crate::server::{NOW, Script, Server, http};

static TENCENT: Action = Action::new(&SERVICE, "CreateFlow");
static VOLCENGINE: Action = Action::new(&SMS, "SendSms");

/// An hour after [`NOW`].
const LATER: &str = "Date: Tue, 14 Nov 2023 23:13:20 GMT";
const HOUR: i64 = 3_600;

fn expired(action: &Action, headers: &[&str]) -> Script {
    if std::ptr::eq(action, &TENCENT) {
        let body =
            br#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"m"}}}"#;
        return Script::Answer(http("200 OK", headers, body));
    }
    let body = br#"{"ResponseMetadata":{"RequestId":"r","Error":{"CodeN":100006,"Code":"InvalidTimestamp","Message":"m"}}}"#;
    Script::Answer(http("403 Forbidden", headers, body))
}

fn fine(action: &Action) -> Script {
    let body = if std::ptr::eq(action, &TENCENT) {
        r#"{"Response":{"RequestId":"r"}}"#
    } else {
        r#"{"ResponseMetadata":{"RequestId":"r"}}"#
    };
    Script::Answer(http("200 OK", &[], body.as_bytes()))
}

async fn call(config: &Config, action: &'static Action) -> Result<u32, Error> {
    let mut request = Agent::default();
    request.app_id = Some("a".to_owned());
    let call = Client::new(config, action.service()).call::<Everything>(action, request);
    call.await.map(|response| response.attempts())
}

/// The times that were signed.
fn times(server: &Server) -> Vec<String> {
    let time = |seen: &crate::server::Seen| {
        seen.header("x-tc-timestamp")
            .or_else(|| seen.header("x-date"))
            .unwrap()
    };
    server.seen().iter().map(time).collect()
}

#[tokio::test]
async fn the_time_is_corrected_and_stays_so_for_all_clients() {
    for (action, wrong, right) in [
        (&TENCENT, "1700000000", "1700003600"),
        (&VOLCENGINE, "20231114T221320Z", "20231114T231320Z"),
    ] {
        let server = Server::play(vec![expired(action, &[LATER]), fine(action)]).await;
        let config = server.repeating().build().unwrap();
        assert_eq!(call(&config, action).await.unwrap(), 2);
        assert_eq!(call(&config.clone(), action).await.unwrap(), 1);
        let other = config.with_credential(crate::server::credential()).unwrap();
        assert_eq!(call(&other, action).await.unwrap(), 1);
        assert_eq!(times(&server), [wrong, right, right, right]);
        let authorization = |index: usize| server.seen()[index].header("authorization");
        assert_ne!(authorization(0), authorization(1));
    }
}

#[tokio::test]
async fn a_correction_that_does_not_help_is_tried_once_and_dropped() {
    for action in [&TENCENT, &VOLCENGINE] {
        let server = Server::run(expired(action, &[LATER])).await;
        let config = server.repeating().build().unwrap();
        let error = call(&config, action).await.unwrap_err();
        assert!(error.is_authentication(), "{error}");
        assert_eq!(
            (error.attempts(), error.delivery()),
            (2, Delivery::Rejected)
        );
        assert!(!error.can_be_repeated());
        let _ = call(&config, action).await.unwrap_err();
        let times = times(&server);
        assert_eq!(times.len(), 4);
        assert_eq!(
            times[0], times[2],
            "the next call starts with the local time"
        );
    }
}

#[tokio::test]
async fn a_date_that_cannot_be_the_cure_changes_nothing() {
    for date in [
        "X-Nothing: here",
        "Date: Tue, 14 Nov 2023 22:13:20 GMT",
        "Date: Tue, 14 Nov 2023 22:14:19 GMT",
        "Date: Tue, 14-Nov-23 23:13:20 GMT",
        "Date: Wed, 14 Nov 2023 23:13:20 GMT",
        "Date: Thu, 01 Jan 1970 00:00:00 GMT",
        "Date: Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        let server = Server::play(vec![expired(&TENCENT, &[date]), fine(&TENCENT)]).await;
        let config = server.repeating().build().unwrap();
        let error = call(&config, &TENCENT).await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{date}: {error}");
        assert_eq!(call(&config, &TENCENT).await.unwrap(), 1);
        assert_eq!(times(&server), ["1700000000"; 2], "{date}");
    }
}

/// A clock that somebody sets.
struct Set(AtomicI64);

impl TimeSource for Set {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

#[tokio::test]
async fn a_clock_that_is_set_right_later_makes_the_correction_go() {
    let server = Server::play(vec![
        expired(&TENCENT, &[LATER]),
        fine(&TENCENT),
        expired(&TENCENT, &[LATER]),
        fine(&TENCENT),
    ])
    .await;
    let clock = Arc::new(Set(AtomicI64::new(NOW)));
    let config = server
        .repeating()
        .time_source(clock.clone())
        .build()
        .unwrap();
    assert_eq!(call(&config, &TENCENT).await.unwrap(), 2);
    clock.0.store(NOW + HOUR, Ordering::Relaxed);
    assert_eq!(call(&config, &TENCENT).await.unwrap(), 2);
    assert_eq!(
        times(&server),
        ["1700000000", "1700003600", "1700007200", "1700003600"]
    );
}

#[tokio::test]
async fn a_call_that_may_not_repeat_learns_for_the_next() {
    let server = Server::play(vec![expired(&TENCENT, &[LATER]), fine(&TENCENT)]).await;
    let config = server.config().build().unwrap();
    let error = call(&config, &TENCENT).await.unwrap_err();
    assert!(error.attempts() == 1 && error.can_be_repeated(), "{error}");
    assert_eq!(call(&config, &TENCENT).await.unwrap(), 1);
    assert_eq!(times(&server), ["1700000000", "1700003600"]);
}
