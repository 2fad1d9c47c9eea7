//! In: an action and its request for Tencent Cloud. Out: what is sent, signed with TC3.

mod answer;

use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue};

use super::{Outgoing, Protocol, Reading};
use crate::codec::{Context, Object};
use crate::error::{Class, Fault};
use crate::operation::{Action, Body};
use crate::sign::encode::form;
use crate::sign::{Parts, Payload, tc3};
use crate::transport::{Failure, append, put, put_secret};

static ACTION: HeaderName = HeaderName::from_static("x-tc-action");
static VERSION: HeaderName = HeaderName::from_static("x-tc-version");
static TIMESTAMP: HeaderName = HeaderName::from_static("x-tc-timestamp");
static REQUEST_CLIENT: HeaderName = HeaderName::from_static("x-tc-requestclient");
static REGION: HeaderName = HeaderName::from_static("x-tc-region");
static LANGUAGE: HeaderName = HeaderName::from_static("x-tc-language");
static TOKEN: HeaderName = HeaderName::from_static("x-tc-token");

/// What says that the request is ours.
static CLIENT: HeaderValue =
    HeaderValue::from_static(concat!("yunqiao_", env!("CARGO_PKG_VERSION")));

/// Tencent Cloud API 3.0.
pub(super) struct Tencent;

impl Protocol for Tencent {
    fn first_index(&self) -> usize {
        0
    }

    fn content_type(&self, body: Body) -> Option<&'static str> {
        Some(match body {
            Body::Json => "application/json",
            // Also on a GET: the content type is always signed.
            Body::Query | Body::Form => "application/x-www-form-urlencoded",
            Body::Multipart => "multipart/form-data",
            Body::OctetStream => "application/octet-stream",
        })
    }

    fn query(&self, _: &Action, parameters: Vec<(String, String)>) -> String {
        form(&parameters)
    }

    fn headers(&self, outgoing: &Outgoing<'_>) -> Result<HeaderMap, Failure> {
        let Outgoing {
            action,
            message,
            host,
            credential,
            region,
            language,
            now,
        } = *outgoing;
        let content_type = message.content_type.clone().unwrap_or_default();
        let authorization = match credential {
            Some(credential) => {
                // The action is signed too, in lower case, as the vendor's current documents do.
                let signed_action = action.name.to_ascii_lowercase();
                let parts = Parts {
                    method: action.method.as_str(),
                    path: "/",
                    query: &message.query,
                    headers: &[
                        ("content-type", &content_type),
                        ("host", host),
                        ("x-tc-action", &signed_action),
                    ],
                    payload: Payload::Hash(message.hash()),
                };
                tc3::authorize(&parts, credential, &action.service.signing_name, now)
            }
            // What the vendor's SDKs send for the few actions without a signature.
            None => "SKIP".to_owned(),
        };
        // Those below, those of fields, and what the client adds.
        let mut headers = HeaderMap::with_capacity(12 + message.field_headers.len());
        put(&mut headers, &CONTENT_TYPE, content_type)?;
        put(&mut headers, &HOST, host.to_owned())?;
        put(&mut headers, &ACTION, action.name.clone())?;
        put(&mut headers, &VERSION, action.sent_version().clone())?;
        put(&mut headers, &TIMESTAMP, now.to_string())?;
        headers.append(&REQUEST_CLIENT, CLIENT.clone());
        if let Some(region) = region {
            put(&mut headers, &REGION, region.to_owned())?;
        }
        if let Some(language) = language {
            put(&mut headers, &LANGUAGE, language.to_owned())?;
        }
        if let Some(token) = credential.and_then(|credential| credential.token()) {
            put_secret(&mut headers, &TOKEN, token.to_owned())?;
        }
        append(&mut headers, &message.field_headers)?;
        put_secret(&mut headers, &AUTHORIZATION, authorization)?;
        Ok(headers)
    }

    fn signs_region(&self) -> bool {
        false
    }

    fn log_id_header(&self) -> Option<&'static str> {
        None
    }

    fn request_id_header(&self) -> Option<&'static str> {
        Some("x-tc-requestid")
    }

    fn read(
        &self,
        action: &Action,
        body: &[u8],
        answer: &mut dyn Object,
        context: &mut Context,
    ) -> Reading {
        answer::read_answer(action, body, answer, context)
    }

    fn read_event(
        &self,
        action: &Action,
        data: &[u8],
        answer: &mut dyn Object,
        context: &mut Context,
    ) -> Reading {
        answer::read_event(action, data, answer, context)
    }

    fn classify(&self, fault: &Fault, status: Option<u16>, _: bool) -> Class {
        let code = fault.code.as_deref().unwrap_or_default();
        // Services put it under codes of their own too: `FailedOperation.RequestLimitExceeded`.
        if status == Some(429) || code.split('.').any(|part| part == "RequestLimitExceeded") {
            return Class::Throttling;
        }
        match code.split('.').next().unwrap_or_default() {
            _ if code == "AuthFailure.SignatureExpire" => Class::Clock,
            "AuthFailure" => Class::Authentication,
            "InvalidParameter"
            | "InvalidParameterValue"
            | "MissingParameter"
            | "UnknownParameter" => Class::Validation,
            // Nothing says how far the work had gone. An error without a code says nothing at all.
            "" | "InternalError" | "ServiceUnavailable" => Class::Uncertain,
            _ if status.is_some_and(|status| status >= 500) => Class::Uncertain,
            _ => Class::Refused,
        }
    }

    fn repeatable_codes(&self) -> &'static [&'static str] {
        &[
            "InternalError",
            "RequestLimitExceeded",
            "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
            "RequestLimitExceeded.IPLimitExceeded",
            "RequestLimitExceeded.UinLimitExceeded",
            "ServiceUnavailable",
        ]
    }
}
