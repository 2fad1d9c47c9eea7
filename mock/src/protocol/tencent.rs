//! Tencent Cloud's API 3.0: headers name the call, TC3-HMAC-SHA256 signs it, `Response` wraps the answer, and errors come with
//! HTTP status 200.

use std::borrow::Cow;

use serde_json::{Value as Json, json};
use yunqiao_model::api::{Action, Vendor};

use super::{CodeAndStatus, Content, Names, Origin, Protocol, Reply, event_stream};
use crate::decode::flatten::Lists;
use crate::fault::Fault;
use crate::received::Received;
use crate::verify::{Claim, Keys, tc3};

/// The protocol, which has no state.
#[derive(Debug)]
pub(super) struct Tencent;

/// What a body may weigh that passes the API gateway, which is every call to a service's usual host.
const BODY_LIMIT: usize = 10 << 20;
/// What the query of a GET may weigh.
const QUERY_LIMIT: usize = 32 << 10;

/// The member of the envelope that stands among the fields.
const REQUEST_ID: &str = "RequestId";

/// Whether the request speaks this protocol.
pub(super) fn speaks(received: &Received) -> bool {
    let signed = |header: &str| header.starts_with(tc3::SCHEME);
    received.header("x-tc-action").is_some() || received.header("authorization").is_some_and(signed)
}

impl Protocol for Tencent {
    fn vendor(&self) -> Vendor {
        Vendor::Tencent
    }

    fn names<'a>(&self, received: &'a Received) -> Names<'a> {
        let header = |name: &str| received.header(name).unwrap_or_default();
        let authorization = received.header("authorization").unwrap_or_default();
        let claim = Claim::read(authorization, tc3::SCHEME, false, tc3::END).ok();
        Names {
            service: claim.map_or("", |claim| claim.scope.service),
            version: header("x-tc-version"),
            action: header("x-tc-action"),
            region: header("x-tc-region"),
            key: claim.map_or("", |claim| claim.scope.id),
        }
    }

    fn verify(&self, received: &Received, keys: &Keys, now: i64) -> Result<(), Fault> {
        tc3::verify(received, keys, now)
    }

    fn is_unsigned(&self, received: &Received) -> bool {
        received.header("authorization") == Some("SKIP")
    }

    fn limit(&self, received: &Received, action: Option<&Action>) -> Option<usize> {
        // Actions with a host of their own, such as file uploads, do not pass the gateway.
        let own_host = action.is_some_and(|action| action.host.is_some());
        (!own_host).then_some(if received.method == "GET" {
            QUERY_LIMIT
        } else {
            BODY_LIMIT
        })
    }

    fn lists(&self) -> Lists {
        Lists {
            first: 0,
            repeated: false,
        }
    }

    fn is_protocol_key(&self, _: &str) -> bool {
        false
    }

    fn accepts_empty_body(&self) -> bool {
        false
    }

    fn code(&self, fault: &Fault, _: &dyn Fn(&str) -> bool) -> CodeAndStatus {
        let code = match fault {
            Fault::Method => "UnsupportedProtocol",
            Fault::TooLarge(_) => "RequestSizeLimitExceeded",
            Fault::NoAuthorization
            | Fault::NoSignature
            | Fault::Authorization(_)
            | Fault::NoInfo(_)
            | Fault::Scope(_) => "AuthFailure.InvalidAuthorization",
            Fault::UnknownKey => "AuthFailure.SecretIdNotFound",
            Fault::Token => "AuthFailure.TokenFailure",
            Fault::Expired(..) => "AuthFailure.SignatureExpire",
            Fault::Signature(_) => "AuthFailure.SignatureFailure",
            Fault::UnknownService(_) => "NoSuchProduct",
            Fault::UnknownVersion(_) => "NoSuchVersion",
            Fault::UnknownAction(_) => "InvalidAction",
            Fault::Offline(_) => "ActionOffline",
            Fault::Missing(_) => "MissingParameter",
            Fault::Throttled(..) => "RequestLimitExceeded",
            Fault::Multipart(_) => "InvalidRequest",
            Fault::Unknown(_) => "UnknownParameter",
            Fault::Body(_) | Fault::Type(..) => "InvalidParameter",
            Fault::Value(..) => "InvalidParameterValue",
        };
        (code, 200)
    }

    /// A UUID in form; its parts say when and where the cloud started, and which call it was.
    fn request_id(&self, origin: Origin, number: u64, _: i64) -> String {
        let (started, low) = (origin.started & 0xffff_ffff, number & 0xffff_ffff_ffff);
        format!("{started:08x}-{:04x}-4000-8000-{low:012x}", origin.port)
    }

    fn reply(&self, _: Names<'_>, request_id: &str, content: Content<'_>) -> Reply {
        let members: Cow<'_, str> = match content {
            Content::Events(events) => return event_stream(events, "x-tc-requestid", request_id),
            Content::Written(members) => members.into(),
            Content::Fields(Json::Object(fields)) if fields.contains_key(REQUEST_ID) => {
                // The id of the call goes before one that a test has given the answer.
                let others = fields.iter().filter(|(name, _)| *name != REQUEST_ID);
                let others = others.map(|(name, value)| (name.clone(), value.clone()));
                Json::Object(others.collect()).to_string().into()
            }
            Content::Fields(fields @ Json::Object(_)) => fields.to_string().into(),
            // The envelope has no place for anything but members.
            Content::Fields(_) => "{}".into(),
            Content::Error { code, message, .. } => {
                let error = json!({ "Error": { "Code": code, "Message": message } });
                error.to_string().into()
            }
        };
        // The fields are written where they stand: copying them would cost more than all the rest of an envelope.
        let members = members.strip_suffix('}').unwrap_or_default();
        let comma = if members == "{" { "" } else { "," };
        let body = [
            r#"{"Response":"#,
            members,
            comma,
            r#""RequestId":""#,
            request_id,
            r#""}}"#,
        ]
        .concat();
        Reply {
            status: 200,
            content_type: "application/json".into(),
            headers: vec![("x-tc-requestid", request_id.to_owned())],
            body: body.into(),
        }
    }
}
