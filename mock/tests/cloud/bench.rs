//! A started cloud and requests ready to send to it: what almost every test begins with.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value as Json, json};
use yunqiao_mock::{Builder, LocalCloud};

use crate::http::{Answer, Request};
use crate::schemas;
use crate::sign::Signer;

/// 14 November 2023, 22:13:20 UTC.
pub(crate) const NOW: i64 = 1_700_000_000;

/// A cloud with the invented services whose clock stands still.
pub(crate) struct Bench {
    pub(crate) cloud: LocalCloud,
    pub(crate) now: Arc<AtomicI64>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(|builder| builder)
    }

    pub(crate) fn with(choose: impl FnOnce(Builder) -> Builder) -> Self {
        let now = Arc::new(AtomicI64::new(NOW));
        let clock = Arc::clone(&now);
        let builder = LocalCloud::builder()
            .schemas(schemas::api())
            .time(move || clock.load(Ordering::Relaxed));
        Self {
            cloud: choose(builder).start().unwrap(),
            now,
        }
    }

    pub(crate) fn signer(&self, service: &str) -> Signer {
        Signer {
            id: self.cloud.secret_id().to_owned(),
            key: self.cloud.secret_key().to_owned(),
            service: service.to_owned(),
            region: "cn-north-1".to_owned(),
            seconds: NOW,
            date: "2023-11-14".to_owned(),
            time: "221320".to_owned(),
        }
    }

    pub(crate) fn send(&self, request: &Request) -> Answer {
        request.send(self.cloud.address())
    }

    /// A call to Tencent that is not signed yet.
    pub(crate) fn tencent(&self, action: &str, body: &str) -> Request {
        let headers = [
            ("Host", self.cloud.address().to_string()),
            ("Content-Type", "application/json".to_owned()),
            ("X-TC-Action", action.to_owned()),
            ("X-TC-Version", "2024-01-01".to_owned()),
        ];
        Request {
            method: "POST".to_owned(),
            target: "/".to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value))
                .to_vec(),
            body: body.as_bytes().to_vec(),
        }
    }

    /// A call to Volcengine's SMS that is not signed yet.
    pub(crate) fn volcengine(&self, action: &str, body: &str) -> Request {
        let headers = [
            ("Host", self.cloud.address().to_string()),
            ("Content-Type", "application/json; charset=utf-8".to_owned()),
        ];
        Request {
            method: "POST".to_owned(),
            target: format!("/?Action={action}&Version=2021-01-11"),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value))
                .to_vec(),
            body: body.as_bytes().to_vec(),
        }
    }

    /// A good call to Tencent.
    pub(crate) fn call_tencent(&self, action: &str, body: &Json) -> Answer {
        let mut request = self.tencent(action, &body.to_string());
        self.signer("demo").tc3(&mut request);
        self.send(&request)
    }

    /// A good call to Volcengine.
    pub(crate) fn call_volcengine(&self, action: &str, body: &Json) -> Answer {
        let mut request = self.volcengine(action, &body.to_string());
        self.signer("volcSMS").volcengine(&mut request);
        self.send(&request)
    }
}

/// Code and message of Tencent's error, which comes with HTTP status 200.
#[track_caller]
pub(crate) fn tencent_error(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 200);
    let json = answer.json();
    let error = &json["Response"]["Error"];
    assert_ne!(json["Response"]["RequestId"], Json::Null);
    (
        error["Code"].as_str().unwrap_or("none").to_owned(),
        error["Message"].as_str().unwrap_or("none").to_owned(),
    )
}

/// HTTP status, code and numeric code of Volcengine's error.
#[track_caller]
pub(crate) fn volcengine_error(answer: &Answer) -> (u16, String, Json) {
    let json = answer.json();
    assert_eq!(json.get("Result"), None, "an error has no result");
    let error = &json["ResponseMetadata"]["Error"];
    let number = error.get("CodeN").cloned().unwrap_or(json!(null));
    (
        answer.status,
        error["Code"].as_str().unwrap_or("none").to_owned(),
        number,
    )
}
