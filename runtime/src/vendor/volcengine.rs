//! In: an action and its request for Volcengine. Out: what is sent, signed with HMAC-SHA256.

mod answer;

use http::HeaderMap;

use super::{Outgoing, Protocol, Reading};
use crate::codec::{Context, Object};
use crate::error::{Class, Fault};
use crate::operation::{Action, Body};
use crate::sign::volcengine::{authorize, canonical_query, signed_headers, x_date};
use crate::sign::{Parts, Payload};
use crate::transport::{Failure, Header, header_map};

/// Volcengine OpenAPI.
pub(super) struct Volcengine;

impl Protocol for Volcengine {
    fn first_index(&self) -> usize {
        1
    }

    fn content_type(&self, body: Body) -> Option<&'static str> {
        match body {
            Body::Json => Some("application/json; charset=utf-8"),
            Body::Form => Some("application/x-www-form-urlencoded; charset=utf-8"),
            Body::Multipart => Some("multipart/form-data"),
            Body::OctetStream => Some("application/octet-stream"),
            Body::Query => None,
        }
    }

    fn query(&self, action: &Action, parameters: Vec<(String, String)>) -> String {
        let own = [
            ("Action", &*action.name),
            ("Version", &**action.sent_version()),
        ];
        canonical_query(
            own.into_iter().chain(
                parameters
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str())),
            ),
        )
    }

    fn headers(&self, outgoing: &Outgoing<'_>) -> Result<HeaderMap, Failure> {
        let Outgoing {
            action,
            message,
            host,
            credential,
            region,
            language: _,
            now,
        } = *outgoing;
        let mut headers: Vec<Header> = vec![
            ("Host".into(), host.to_owned().into()),
            ("X-Date".into(), x_date(now).into()),
            ("X-Content-Sha256".into(), message.hash().to_owned().into()),
        ];
        let optional = [
            ("Content-Type", message.content_type.as_deref()),
            (
                "X-Security-Token",
                credential.and_then(|credential| credential.token()),
            ),
        ];
        headers.extend(
            optional
                .into_iter()
                .filter_map(|(name, value)| Some((name.into(), value?.to_owned().into()))),
        );
        headers.extend(message.field_headers.iter().cloned());
        if let Some(credential) = credential {
            let signed = signed_headers(
                headers
                    .iter()
                    .map(|(name, value)| (name.as_ref(), value.as_ref())),
            );
            let signed: Vec<(&str, &str)> = signed
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let parts = Parts {
                method: action.method.as_str(),
                path: "/",
                query: &message.query,
                headers: &signed,
                payload: Payload::Hash(message.hash()),
            };
            let authorization = authorize(
                &parts,
                credential,
                region.unwrap_or_default(),
                &action.service.signing_name,
                now,
            );
            headers.push(("Authorization".into(), authorization.into()));
        }
        header_map(headers)
    }

    fn signs_region(&self) -> bool {
        true
    }

    fn log_id_header(&self) -> Option<&'static str> {
        Some("x-tt-logid")
    }

    fn request_id_header(&self) -> Option<&'static str> {
        None
    }

    fn read(
        &self,
        _: &Action,
        body: &[u8],
        answer: &mut dyn Object,
        context: &mut Context,
    ) -> Reading {
        answer::read_answer(body, answer, context)
    }

    fn read_event(
        &self,
        _: &Action,
        data: &[u8],
        answer: &mut dyn Object,
        context: &mut Context,
    ) -> Reading {
        answer::read_event(data, answer, context)
    }

    fn classify(&self, fault: &Fault, status: Option<u16>, passing: bool) -> Class {
        let code = fault.code.as_deref().unwrap_or_default();
        // The gateway's table; the numbers stand in CodeN, the names in Code, and either may be missing.
        match (code, fault.code_n) {
            ("FlowLimitExceeded" | "AccountFlowLimitExceeded", _)
            | (_, Some(100_018 | 100_027)) => Class::Throttling,
            _ if status == Some(429) => Class::Throttling,
            ("InvalidTimestamp", _) | (_, Some(100_006)) => Class::Clock,
            (
                "MissingAuthenticationToken"
                | "MissingSignature"
                | "InvalidAccessKey"
                | "InvalidAuthorization"
                | "SignatureDoesNotMatch"
                | "InvalidCredential"
                | "InvalidSecretToken"
                | "InvalidSecurityToken",
                _,
            )
            | (_, Some(100_003 | 100_005 | 100_009 | 100_010)) => Class::Authentication,
            // The gateway or the service behind it broke; also FailToConnect, which tells of the last of its tries only.
            (_, Some(100_001 | 100_014..=100_016)) | ("", None) => Class::Uncertain,
            _ if passing || status.is_some_and(|status| status >= 500) => Class::Uncertain,
            (code, _) if code.starts_with("MissingParameter") => Class::Validation,
            (code, _) if code.starts_with("InvalidParameter") => Class::Validation,
            (_, Some(100_002)) => Class::Validation,
            _ => Class::Refused,
        }
    }

    fn repeatable_codes(&self) -> &'static [&'static str] {
        &[
            "AccountFlowLimitExceeded",
            "FailToConnect",
            "FlowLimitExceeded",
            "InternalError",
            "InternalServiceError",
            "InternalServiceTimeout",
            "ServiceUnavailableTemp",
            "UndefinedError",
        ]
    }
}
