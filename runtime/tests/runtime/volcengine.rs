//! In: calls to a service of Volcengine. Out: the exact requests, and what is made of each kind of envelope.

mod answers;
mod requests;

use crate::sample::Agent;

/// A success.
const ANSWER: &str = r#"{"ResponseMetadata":{"RequestId":"r-1","Action":"SendSms","Version":"2020-01-01","Service":"volcSMS","Region":"cn-north-1"},"Result":{"Text":"ok"}}"#;

fn request() -> Agent {
    Agent {
        app_id: Some("签名".to_owned()),
        proxy_operator: None,
    }
}
