//! The members of an answer in, the document that the new server sends out: in its vendor's envelope, whole or as an event.

use serde_json::{Map, Value as Json, json};
use yunqiao_model::api::{Action, Vendor};

/// What comes over the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) content_type: &'static str,
    pub(crate) body: String,
}

/// The answer of an action with these members.
pub(crate) fn document(vendor: Vendor, action: &Action, members: &Json) -> Document {
    let mut members = members.as_object().cloned().unwrap_or_default();
    if action.error_member {
        // It is no error: what the action answers stands beside it.
        let own = json!({ "Code": "Own", "Message": "It is a member." });
        members.entry("Error").or_insert(own);
    }
    let whole = action.response.iter().find(|field| field.result);
    let result = match whole.and_then(|field| members.get(&field.name)) {
        Some(value) => value.clone(),
        None => Json::Object(members.clone()),
    };
    if action.streaming {
        let body = format!("data: {}\n\n", Json::Object(members));
        return Document {
            content_type: "text/event-stream",
            body,
        };
    }
    let body = match vendor {
        Vendor::Tencent => {
            let mut response: Map<String, Json> = members;
            response.insert("RequestId".to_owned(), json!("request-1"));
            json!({ "Response": response })
        }
        Vendor::Volcengine => json!({
            "ResponseMetadata": { "RequestId": "request-1", "Action": action.name },
            "Result": result,
        }),
    };
    Document {
        content_type: "application/json",
        body: body.to_string(),
    }
}
