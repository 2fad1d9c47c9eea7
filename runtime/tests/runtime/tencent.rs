//! In: calls to a service of Tencent Cloud. Out: the exact requests, and what is made of each kind of envelope.

mod answers;
mod bodies;
mod requests;

use crate::sample::Agent;

/// A success.
const ANSWER: &str = r#"{"Response":{"Text":"ok","RequestId":"r-1"}}"#;

fn request() -> Agent {
    Agent {
        app_id: Some("应用".to_owned()),
        proxy_operator: None,
    }
}
