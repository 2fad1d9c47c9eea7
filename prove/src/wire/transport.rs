//! A request as it went over the line and the action as the new server knows it in, what the server takes offence at out.

use serde_json::Value as Json;
use yunqiao_model::api::{Action, Body, Field, Method, Service};

/// What is asked of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Question<'a> {
    /// Whether it is signed for the service's name.
    Scope,
    /// Whether it is signed, where that is needed.
    Signature,
    /// Whether method and body are those of the action.
    Encoding,
    /// Whether this field travels where it belongs.
    Place(&'a Field),
}

/// Why the server refuses the request, if it does.
pub(crate) fn fault(
    question: Question<'_>,
    sent: &Json,
    server: &Service,
    served: &Action,
) -> Option<String> {
    let header = |name: &str| sent["headers"][name].as_str();
    let body = sent["body"].as_str().unwrap_or_default();
    match question {
        Question::Scope => {
            // The one before the last part, with both vendors.
            let scope = header("authorization")?.split("Credential=").nth(1)?;
            let scope = scope.split([',', ' ']).next()?;
            let name = scope.rsplit('/').nth(1)?;
            (name != server.signing_name)
                .then(|| format!("it is signed for {name}, not for {}", server.signing_name))
        }
        Question::Signature => (!served.unsigned && header("authorization").is_none())
            .then(|| "it carries no signature".to_owned()),
        Question::Encoding => {
            let method = match served.method {
                Method::Post => "POST",
                Method::Get => "GET",
            };
            let came = sent["method"].as_str().unwrap_or_default();
            let form = match served.body {
                Body::Json => "application/json",
                Body::Form => "application/x-www-form-urlencoded",
                Body::Multipart => "multipart/form-data",
                Body::OctetStream => "application/octet-stream",
                Body::Query => "",
            };
            let kind = header("content-type").unwrap_or_default();
            if came != method {
                return Some(format!("it is a {came}, not a {method}"));
            }
            (!kind.starts_with(form)).then(|| format!("its body is {kind}, not {form}"))
        }
        Question::Place(field) => match &field.header {
            Some(name) => header(&name.to_lowercase())
                .is_none()
                .then(|| format!("it has no header {name}")),
            None => {
                let url = sent["url"].as_str().unwrap_or_default();
                let is_there = body.contains(&field.name) || url.contains(&field.name);
                (!is_there).then(|| format!("{} is not in the body", field.name))
            }
        },
    }
}
