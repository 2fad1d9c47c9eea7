//! In: a request that nobody describes, as JSON and bytes. Out: what is sent.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde_json::{Map, Value as Json};

use super::{Message, Protocol, field_headers};
use crate::codec::{self, Multipart, Problem};
use crate::error::Error;
use crate::operation::{Action, Body};
use crate::sign::encode::form;
use crate::transport::Header;

/// Encodes a request.
pub(super) fn encode(
    protocol: &dyn Protocol,
    action: &Action,
    json: &Json,
    bytes: &[(&str, &[u8])],
) -> Result<Message, Error> {
    let wrong = |problem| Error::validation(vec![problem]);
    let is_binary = matches!(action.body, Body::Multipart | Body::OctetStream);
    if let (false, Some((name, _))) = (is_binary, bytes.first()) {
        let problem = "is bytes, which travel only in multipart and octet-stream bodies";
        return Err(wrong(Problem::new(*name, problem)));
    }
    let mut own = Map::new();
    let members = match json {
        Json::Object(members) => members,
        Json::Null => &own,
        _ => return Err(wrong(Problem::new("the request", "is no JSON object"))),
    };
    let headers = headers(protocol, action, members)?;
    let in_header: Vec<&str> = action.field_headers.names();
    let json = if in_header.is_empty() {
        json
    } else {
        own = members.clone();
        own.retain(|name, _| !in_header.contains(&name.as_str()));
        &Json::Object(own)
    };
    let flat = || codec::flatten_json(json, protocol.first_index());
    let members = || json.as_object().into_iter().flatten();
    let mut content_type = protocol.content_type(action.body).map(Cow::Borrowed);
    let (parameters, body) = match action.body {
        Body::Json if json.is_null() => (Vec::new(), b"{}".to_vec()),
        Body::Json => (Vec::new(), json.to_string().into_bytes()),
        Body::Form => (Vec::new(), form(&flat()).into_bytes()),
        Body::Query => (flat(), Vec::new()),
        Body::Multipart => {
            let names = members().map(|(name, _)| name.as_str());
            let mut names = names.chain(bytes.iter().map(|(name, _)| *name));
            let ends_header = |name: &&str| name.contains(['"', '\\']) || has_control(name);
            if let Some(name) = names.find(ends_header) {
                let shown: String = name
                    .chars()
                    .map(|c| if c.is_control() { ' ' } else { c })
                    .collect();
                return Err(wrong(Problem::new(shown, "cannot be the name of a part")));
            }
            let made = codec::multipart_json(members(), bytes);
            let Multipart { boundary, body } = made.map_err(|_| Error::not_finite())?;
            content_type = content_type.map(|kind| format!("{kind}; boundary={boundary}").into());
            (Vec::new(), body)
        }
        Body::OctetStream => {
            let others = members().filter(|(_, value)| !value.is_null());
            let others = others.map(|(name, _)| name.as_str());
            let more = bytes.iter().skip(1).map(|(name, _)| *name);
            if let Some(name) = others.chain(more).next() {
                let problem = "has no place beside the bytes that are the whole body";
                return Err(wrong(Problem::new(name, problem)));
            }
            let body = bytes.first().map(|(_, bytes)| bytes.to_vec());
            (Vec::new(), body.unwrap_or_default())
        }
    };
    Ok(Message {
        query: protocol.query(action, parameters),
        content_type,
        field_headers: headers,
        body: body.into(),
        hash: OnceLock::new(),
    })
}

fn has_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}

/// The members that travel as headers.
fn headers(
    protocol: &dyn Protocol,
    action: &Action,
    members: &Map<String, Json>,
) -> Result<Vec<Header>, Error> {
    let mut fields = Vec::new();
    for (field, value) in members {
        let Some(name) = action.field_headers.get(field) else {
            continue;
        };
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if name.is_empty() || !name.bytes().all(is_name) {
            let problem = Problem::new(field, "is to travel as a header of a name that is none");
            return Err(Error::validation(vec![problem]));
        }
        let alone = Json::Object(Map::from_iter([(name.to_owned(), value.clone())]));
        for (name, value) in codec::flatten_json(&alone, protocol.first_index()) {
            fields.push((field.as_str(), (Cow::Owned(name), value)));
        }
    }
    field_headers(fields)
}
