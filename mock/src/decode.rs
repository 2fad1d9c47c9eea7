//! A received request and its action in, the parameters as one JSON object out, however they travelled.

use serde_json::{Map, Value as Json};

use crate::fault::Fault;
use crate::lookup::Found;
use crate::protocol::Protocol;
use crate::received::Received;
use crate::verify::encode;

pub(crate) mod flatten;
mod multipart;

/// The parameters of the call: those of its query or body, and those that the schema puts into headers.
pub(crate) fn parameters(
    received: &Received,
    protocol: &dyn Protocol,
    found: Found<'_>,
) -> Result<Json, Fault> {
    let mut parameters = content(received, protocol, found)?;
    merge(&mut parameters, from_headers(received, protocol, found));
    Ok(parameters)
}

/// Whether the parameters are the body's JSON and nothing else.
pub(crate) fn is_body(received: &Received, found: Option<Found<'_>>) -> bool {
    let of_headers = |found: Found<'_>| {
        let mut fields = found.action.request.iter();
        fields.any(|field| field.header.is_some())
    };
    received.method == "POST"
        && matches!(format(received), Format::Json)
        && !received.body.is_empty()
        && !found.is_some_and(of_headers)
}

/// How the parameters are written in a body.
enum Format {
    Json,
    Form,
    Multipart,
    Bytes,
}

/// What the content type says of a body; anything else is taken for JSON, as the vendors do.
fn format(received: &Received) -> Format {
    let content_type = received.header("content-type").unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let is = |name: &str| media_type.eq_ignore_ascii_case(name);
    if is("application/octet-stream") {
        Format::Bytes
    } else if is("application/x-www-form-urlencoded") {
        Format::Form
    } else if is("multipart/form-data") {
        Format::Multipart
    } else {
        Format::Json
    }
}

/// GET has its parameters in the query, POST in a body whose content type says how.
fn content(received: &Received, protocol: &dyn Protocol, found: Found<'_>) -> Result<Json, Fault> {
    let Found {
        service, action, ..
    } = found;
    let unflatten = |text: &str| {
        let pairs = encode::pairs(text);
        let parameters = pairs
            .into_iter()
            .filter(|(key, _)| !protocol.is_protocol_key(key));
        flatten::unflatten(parameters, service, &action.request, protocol.lists())
    };
    if received.method == "GET" {
        let mut parameters = unflatten(received.query())?;
        // Some of the vendors' own SDKs send a JSON body with GET; its members count beside the query.
        if protocol.accepts_empty_body() && !received.body.is_empty() {
            merge(&mut parameters, json(&received.body)?);
        }
        return Ok(parameters);
    }
    match format(received) {
        Format::Bytes => Ok(from_bytes(&received.body, found)),
        _ if received.body.is_empty() && protocol.accepts_empty_body() => {
            Ok(Json::Object(Map::new()))
        }
        Format::Form => unflatten(&String::from_utf8_lossy(&received.body)),
        Format::Multipart => {
            let content_type = received.header("content-type").unwrap_or_default();
            let parts = multipart::parts(content_type, &received.body).map_err(Fault::Multipart)?;
            Ok(from_parts(parts, found, protocol))
        }
        Format::Json => json(&received.body),
    }
}

fn json(body: &[u8]) -> Result<Json, Fault> {
    // Only the place of the error is told: the parser's message could quote the body.
    let wrong = |error: serde_json::Error| {
        format!(
            "no JSON at line {}, column {}",
            error.line(),
            error.column()
        )
    };
    let value: Json = serde_json::from_slice(body).map_err(|error| Fault::Body(wrong(error)))?;
    if !value.is_object() {
        return Err(Fault::Body("the body is JSON, but no object".to_owned()));
    }
    Ok(value)
}

fn merge(parameters: &mut Json, more: Json) {
    if let (Json::Object(parameters), Json::Object(more)) = (parameters, more) {
        parameters.extend(more);
    }
}

fn from_parts(parts: Vec<multipart::Part>, found: Found<'_>, protocol: &dyn Protocol) -> Json {
    let value = |part: &multipart::Part| {
        let text = plain_text(&part.content);
        let parsed = part
            .json
            .then(|| serde_json::from_slice(&part.content).ok())
            .flatten();
        let field = found
            .action
            .request
            .iter()
            .find(|field| field.name == part.name);
        parsed.unwrap_or_else(|| match field {
            Some(field) => flatten::scalar(found.service, &field.ty, &text, protocol.lists()),
            None => Json::String(text),
        })
    };
    Json::Object(
        parts
            .iter()
            .map(|part| (part.name.clone(), value(part)))
            .collect(),
    )
}

/// The fields that travel in the headers that the schema names.
fn from_headers(received: &Received, protocol: &dyn Protocol, found: Found<'_>) -> Json {
    let mut parameters = Map::new();
    for field in &found.action.request {
        let header = field.header.as_ref();
        if let Some(text) = header.and_then(|name| received.header(&name.to_ascii_lowercase())) {
            let value = flatten::scalar(found.service, &field.ty, text, protocol.lists());
            parameters.insert(field.name.clone(), value);
        }
    }
    Json::Object(parameters)
}

/// Raw bytes are the one field without a header of its own; no bytes are none.
fn from_bytes(body: &[u8], found: Found<'_>) -> Json {
    let mut fields = found.action.request.iter();
    let field = fields.find(|field| field.header.is_none() && field.life.removed.is_none());
    let field = field.filter(|_| !body.is_empty());
    let value = field.map(|field| (field.name.clone(), Json::String(plain_text(body))));
    Json::Object(value.into_iter().collect())
}

/// Bytes as text. What is not UTF-8 keeps its length in bytes, which constraints may count, and loses the rest.
fn plain_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes
            .iter()
            .map(|byte| {
                if byte.is_ascii() {
                    char::from(*byte)
                } else {
                    '?'
                }
            })
            .collect(),
    }
}
