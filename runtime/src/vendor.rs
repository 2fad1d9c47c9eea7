//! In: an action with its request, and an answer's bytes. Out: what is sent, and what the envelope says.
//!
//! What the vendors differ in is behind one small trait; each implements it in its own file.

mod envelope;
mod tencent;
mod untyped;
mod volcengine;

use std::borrow::Cow;
use std::sync::OnceLock;

use http::HeaderMap;

use crate::codec::{
    self, Context, Deviation, Location, Multipart, Object, Problem, Unreadable, Value, flatten,
};
use crate::credential::Credential;
use crate::error::{Class, Error, Fault, Kind};
use crate::operation::{Action, Body, Vendor};
use crate::sign::encode::{Hex, form};
use crate::sign::sha256;
use crate::transport::{Bytes, Failure, Header};

/// One vendor's way of asking and answering.
pub(crate) trait Protocol: Sync {
    /// Where lists start when they are flattened.
    fn first_index(&self) -> usize;

    /// The content type of a body; for a multipart one without its boundary.
    fn content_type(&self, body: Body) -> Option<&'static str>;

    /// The whole query of a call, encoded as it is sent and signed, from the query parameters of the request.
    fn query(&self, action: &Action, parameters: Vec<(String, String)>) -> String;

    /// All headers of one attempt, the signature included.
    ///
    /// # Errors
    ///
    /// A name or a value cannot stand in a header.
    fn headers(&self, outgoing: &Outgoing<'_>) -> Result<HeaderMap, Failure>;

    /// Whether a signature needs a region.
    fn signs_region(&self) -> bool;

    /// The header of an answer that holds the vendor's log id.
    fn log_id_header(&self) -> Option<&'static str>;

    /// The header of a streamed answer that holds the request id.
    fn request_id_header(&self) -> Option<&'static str>;

    /// Reads an answer: what the envelope wraps into `answer`, the envelope itself into the result.
    fn read(
        &self,
        action: &Action,
        body: &[u8],
        answer: &mut dyn Object,
        context: &mut Context,
    ) -> Reading;

    /// Reads the data of one event of a streamed answer: the answer without an envelope, or with one after all.
    fn read_event(
        &self,
        action: &Action,
        data: &[u8],
        answer: &mut dyn Object,
        context: &mut Context,
    ) -> Reading;

    /// What a fault is about, by its code and the status that it came with; `passing` if its code is among those of the service
    /// or the vendor after which the call may succeed later.
    fn classify(&self, fault: &Fault, status: Option<u16>, passing: bool) -> Class;

    /// The codes that any service may answer with, and after which the same call may succeed later; sorted.
    fn repeatable_codes(&self) -> &'static [&'static str];
}

/// The protocol of a vendor.
pub(crate) fn protocol(vendor: Vendor) -> &'static dyn Protocol {
    match vendor {
        Vendor::Tencent => &tencent::Tencent,
        Vendor::Volcengine => &volcengine::Volcengine,
    }
}

/// Whether the vendor or the service says that the same call may succeed later.
pub(crate) fn is_passing(protocol: &dyn Protocol, action: &Action, code: Option<&str>) -> bool {
    let listed = |codes: &[&str]| code.is_some_and(|code| codes.binary_search(&code).is_ok());
    listed(protocol.repeatable_codes()) || listed(action.service.repeatable)
}

/// What a fault is about.
pub(crate) fn class_of(
    protocol: &dyn Protocol,
    action: &Action,
    fault: &Fault,
    status: Option<u16>,
) -> Class {
    let passing = is_passing(protocol, action, fault.code.as_deref());
    protocol.classify(fault, status, passing)
}

/// What an envelope says, beside the answer that it wraps.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Envelope {
    /// Whether the bytes were an envelope at all.
    pub(crate) found: bool,
    pub(crate) request_id: Option<String>,
    pub(crate) fault: Option<Fault>,
}

/// What reading an answer came to.
pub(crate) struct Reading {
    /// As much of the envelope as could be read.
    pub(crate) envelope: Envelope,
    /// Why the answer could not be read, if it could not.
    pub(crate) unreadable: Option<Unreadable>,
}

/// A request in its encoded form: the same for every attempt.
pub(crate) struct Message {
    pub(crate) query: String,
    pub(crate) content_type: Option<Cow<'static, str>>,
    /// Fields that travel as headers.
    pub(crate) field_headers: Vec<Header>,
    /// What attempts share without a copy.
    pub(crate) body: Bytes,
    hash: OnceLock<Hex>,
}

impl Message {
    /// The SHA-256 of the body in hex. What is sent again is not hashed again.
    fn hash(&self) -> &str {
        self.hash.get_or_init(|| sha256(&self.body)).as_str()
    }
}

/// Everything that the headers of one attempt are made of.
pub(crate) struct Outgoing<'a> {
    pub(crate) action: &'a Action,
    pub(crate) message: &'a Message,
    pub(crate) host: &'a str,
    /// `None` for an unsigned action.
    pub(crate) credential: Option<&'a Credential>,
    pub(crate) region: Option<&'a str>,
    pub(crate) language: Option<&'a str>,
    /// Seconds since 1970.
    pub(crate) now: i64,
}

/// Encodes a request for its action.
pub(crate) fn encode(
    protocol: &dyn Protocol,
    action: &Action,
    request: &dyn Object,
) -> Result<Message, Error> {
    // Most requests are looked through once, for their body.
    let is_body = request.shape().is_body();
    if !is_body && let Some(json) = codec::whole(request) {
        let bytes = codec::whole_bytes(request);
        return untyped::encode(protocol, action, json, &bytes);
    }
    let flat = |location| flatten(request, location, protocol.first_index());
    let (mut parameters, field_headers) = if is_body {
        (Vec::new(), Vec::new())
    } else {
        let headers = codec::header(request, protocol.first_index());
        let owned = |(field, (name, value)): (_, (String, _))| (field, (name.into(), value));
        let headers = headers.into_iter().map(owned).collect();
        (flat(Location::Query), field_headers(headers)?)
    };
    let mut content_type = protocol.content_type(action.body).map(Cow::Borrowed);
    let body = match action.body {
        Body::Json => codec::body(request).map_err(|_| Error::not_finite())?,
        Body::Form => form(&flat(Location::Body)).into_bytes(),
        Body::Query => {
            parameters.extend(flat(Location::Body));
            Vec::new()
        }
        Body::Multipart => {
            let Multipart { boundary, body } =
                codec::multipart(request).map_err(|_| Error::not_finite())?;
            content_type = content_type.map(|kind| format!("{kind}; boundary={boundary}").into());
            body
        }
        Body::OctetStream => raw(request),
    };
    Ok(Message {
        query: protocol.query(action, parameters),
        content_type,
        field_headers,
        body: body.into(),
        hash: OnceLock::new(),
    })
}

/// The bytes that are the whole body. The generator sees to it that one field has them, and the rest are headers.
fn raw(request: &dyn Object) -> Vec<u8> {
    codec::present(request)
        .filter(|(field, _)| field.location == Location::Body)
        .find_map(|(_, value)| match value {
            Value::Binary(bytes) => Some(bytes.to_vec()),
            _ => None,
        })
        .unwrap_or_default()
}

/// Fields as headers, if their values can be.
fn field_headers(fields: Vec<(&str, (Cow<'static, str>, String))>) -> Result<Vec<Header>, Error> {
    let is_sendable = |value: &str| {
        value
            .bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_graphic())
    };
    let problems: Vec<Problem> = fields
        .iter()
        .filter(|(_, (_, value))| !is_sendable(value))
        .map(|(field, _)| {
            Problem::new(
                *field,
                "travels as a header, which takes visible ASCII characters only",
            )
        })
        .collect();
    if !problems.is_empty() {
        return Err(Error::validation(problems));
    }
    Ok(fields
        .into_iter()
        .map(|(_, (name, value))| (name, value.into()))
        .collect())
}

/// Reads a vendor's whole answer to `action`, envelope included, and reports every place where what it wraps differs from
/// its description. For comparing descriptions with recorded answers; calls read leniently and report nothing.
///
/// # Errors
///
/// The answer tells a failure, is not the vendor's, or holds a value that fits no reading of its field.
pub fn inspect_answer(
    action: &Action,
    body: &[u8],
    answer: &mut dyn Object,
) -> Result<Vec<Deviation>, Error> {
    let protocol = protocol(action.service.vendor);
    let mut context = Context::strict();
    let Reading {
        envelope,
        unreadable,
    } = protocol.read(action, body, answer, &mut context);
    let Envelope {
        found,
        request_id,
        fault,
    } = envelope;
    let error = match (fault, unreadable) {
        (Some(fault), _) => {
            let class = class_of(protocol, action, &fault, None);
            Error::new(Kind::Service(fault, class))
        }
        (None, Some(unreadable)) => Error::unreadable(unreadable),
        (None, None) if found => return Ok(context.deviations.unwrap_or_default()),
        (None, None) => Error::answer(format!("not the envelope of {}", action.service.vendor)),
    };
    Err(error
        .of(&action.service.name, &action.name)
        .with_ids(request_id, None))
}
