//! Volcengine's OpenAPI gateway: the query names the call, HMAC-SHA256 signs it, `ResponseMetadata` and `Result` wrap the answer,
//! and the gateway's errors come with HTTP statuses of their own.

use std::borrow::Cow;

use serde_json::{Value as Json, json};
use yunqiao_model::api::{Action, Vendor};

use super::{CodeAndStatus, Content, Names, Origin, Protocol, Reply, event_stream};
use crate::calendar::Utc;
use crate::decode::flatten::Lists;
use crate::fault::Fault;
use crate::received::Received;
use crate::verify::{Claim, Keys, Scope, volcengine};

/// The protocol, which has no state.
#[derive(Debug)]
pub(super) struct Volcengine;

/// The SMS service's own code for every parameter that is missing or wrong; it comes with HTTP status 200.
const BAD_PARAMETER: &str = "1001";

/// Whether the request speaks this protocol.
pub(super) fn speaks(received: &Received) -> bool {
    let has = |name: &str| received.value(name).is_some();
    let signed = |header: &str| header.starts_with(volcengine::SCHEME);
    received.header("authorization").is_some_and(signed)
        || has("X-Signature")
        || (has("Action") && has("Version"))
}

impl Protocol for Volcengine {
    fn vendor(&self) -> Vendor {
        Vendor::Volcengine
    }

    fn names<'a>(&self, received: &'a Received) -> Names<'a> {
        let value = |name: &str| received.value(name).unwrap_or_default();
        let authorization = received.header("authorization").unwrap_or_default();
        let claimed = Claim::read(authorization, volcengine::SCHEME, true, volcengine::END)
            .map(|claim| claim.scope);
        let scope = claimed
            .or_else(|_| Scope::read(value("X-Credential"), true, volcengine::END))
            .ok();
        Names {
            service: scope.map_or("", |scope| scope.service),
            version: value("Version"),
            action: value("Action"),
            region: scope.and_then(|scope| scope.region).unwrap_or_default(),
            key: scope.map_or("", |scope| scope.id),
        }
    }

    fn verify(&self, received: &Received, keys: &Keys, now: i64) -> Result<(), Fault> {
        volcengine::verify(received, keys, now)
    }

    fn is_unsigned(&self, received: &Received) -> bool {
        received.header("authorization").is_none() && received.value("X-Signature").is_none()
    }

    fn limit(&self, _: &Received, _: Option<&Action>) -> Option<usize> {
        None
    }

    fn lists(&self) -> Lists {
        Lists {
            first: 1,
            repeated: true,
        }
    }

    fn is_protocol_key(&self, key: &str) -> bool {
        matches!(key, "Action" | "Version") || key.starts_with("X-")
    }

    fn accepts_empty_body(&self) -> bool {
        true
    }

    fn code(&self, fault: &Fault, declares: &dyn Fn(&str) -> bool) -> CodeAndStatus {
        let parameter = |gateway: &'static str| {
            if declares(BAD_PARAMETER) {
                (BAD_PARAMETER, 200)
            } else {
                (gateway, 400)
            }
        };
        match fault {
            Fault::Method => ("MethodNotAllowed", 405),
            // No source names a code for this; the status is HTTP's own.
            Fault::TooLarge(_) => ("RequestSizeLimitExceeded", 413),
            Fault::NoAuthorization => ("MissingAuthenticationToken", 401),
            Fault::Authorization(_) => ("InvalidAuthorization", 400),
            Fault::NoSignature => ("MissingSignature", 401),
            Fault::NoInfo(_) => ("MissingRequestInfo", 400),
            Fault::UnknownKey => ("InvalidAccessKey", 401),
            Fault::Token => ("InvalidSecretToken", 401),
            Fault::Expired(..) => ("InvalidTimestamp", 403),
            Fault::Scope(_) => ("InvalidCredential", 400),
            Fault::Signature(_) => ("SignatureDoesNotMatch", 401),
            Fault::UnknownService(_) => ("ServiceNotFound", 404),
            Fault::UnknownVersion(_) | Fault::UnknownAction(_) | Fault::Offline(_) => {
                ("InvalidActionOrVersion", 404)
            }
            // The gateway itself needs these two, so the service never sees the call.
            Fault::Missing(name) if matches!(name.as_str(), "Action" | "Version") => {
                ("MissingParameter", 400)
            }
            Fault::Missing(_) => parameter("MissingParameter"),
            Fault::Throttled(..) => ("FlowLimitExceeded", 429),
            Fault::Body(_)
            | Fault::Multipart(_)
            | Fault::Unknown(_)
            | Fault::Type(..)
            | Fault::Value(..) => parameter("InvalidParameter"),
        }
    }

    /// The time, then hexadecimal digits that say when and where the cloud started, and which call it was.
    fn request_id(&self, origin: Origin, number: u64, now: i64) -> String {
        let (time, started) = (
            Utc::from_seconds(now).digits(),
            origin.started & 0xffff_ffff,
        );
        format!(
            "{time}{:04X}{started:08X}{:08X}",
            origin.port,
            number & 0xffff_ffff
        )
    }

    fn reply(&self, names: Names<'_>, request_id: &str, content: Content<'_>) -> Reply {
        let mut fault = None;
        let (status, result): (u16, Option<Cow<'_, str>>) = match content {
            Content::Fields(fields) => (200, Some(fields.to_string().into())),
            Content::Written(fields) => (200, Some(fields.into())),
            Content::Events(events) => return event_stream(events, "x-tt-logid", request_id),
            Content::Error {
                code,
                message,
                status,
                number,
            } => {
                fault = Some(error(code, message, number).to_string());
                (status, None)
            }
        };
        // Written piece by piece: a tree of the envelope would cost more than the answer in it.
        let mut body = String::with_capacity(512);
        body.push_str(r#"{"ResponseMetadata":{"#);
        let said = [
            ("RequestId", request_id),
            ("Action", names.action),
            ("Version", names.version),
            ("Service", names.service),
            ("Region", names.region),
        ];
        for (at, (name, value)) in said.into_iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            for piece in [comma, "\"", name, "\":"] {
                body.push_str(piece);
            }
            push_text(&mut body, value);
        }
        if let Some(fault) = fault {
            body.push_str(r#","Error":"#);
            body.push_str(&fault);
        }
        body.push('}');
        if let Some(result) = result {
            body.push_str(r#","Result":"#);
            body.push_str(&result);
        }
        body.push('}');
        Reply {
            status,
            content_type: "application/json; charset=utf-8".into(),
            headers: vec![("x-tt-logid", request_id.to_owned())],
            body: body.into(),
        }
    }
}

/// Adds a text as JSON.
fn push_text(body: &mut String, text: &str) {
    let stands_as_it_is = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(stands_as_it_is) {
        body.push('"');
        body.push_str(text);
        body.push('"');
    } else {
        body.push_str(&Json::from(text).to_string());
    }
}

fn error(code: &str, message: &str, number: Option<i64>) -> Json {
    match number {
        Some(number) => json!({ "CodeN": number, "Code": code, "Message": message }),
        None => json!({ "Code": code, "Message": message }),
    }
}
