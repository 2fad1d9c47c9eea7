//! A received request in, the vendor it speaks to out. What differs between the vendors stands in their own files below.

use std::borrow::Cow;

use bytes::Bytes;
use serde_json::Value as Json;
use yunqiao_model::api::{Action, ErrorCode, Vendor};

use crate::decode::flatten::Lists;
use crate::fault::Fault;
use crate::received::Received;
use crate::verify::Keys;

mod tencent;
mod volcengine;

/// What a request says that it wants, before anything is checked. Empty text stands for what it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names<'a> {
    /// The service's name in the credential scope.
    pub(crate) service: &'a str,
    pub(crate) version: &'a str,
    pub(crate) action: &'a str,
    pub(crate) region: &'a str,
    /// Id of the access key that has signed it, as it says.
    pub(crate) key: &'a str,
}

/// What goes into an envelope.
#[derive(Clone, Debug)]
pub(crate) enum Content<'a> {
    /// The answer of an action.
    Fields(&'a Json),
    /// The same, an object that was written before.
    Written(&'a str),
    /// The answer of an action in pieces, each with some of its fields.
    Events(&'a [Json]),
    /// A refusal.
    Error {
        code: &'a str,
        message: &'a str,
        /// HTTP status for vendors that answer errors with one of their own.
        status: u16,
        /// The numeric twin of the code.
        number: Option<i64>,
    },
}

/// An HTTP answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: Cow<'static, str>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

/// The code of a refusal, and the HTTP status it has when the schemas do not declare the code.
pub(crate) type CodeAndStatus = (&'static str, u16);

/// One vendor's way of speaking.
pub(crate) trait Protocol: Sync {
    fn vendor(&self) -> Vendor;

    /// What the request asks for, read leniently.
    fn names<'a>(&self, received: &'a Received) -> Names<'a>;

    /// Checks the signature.
    fn verify(&self, received: &Received, keys: &Keys, now: i64) -> Result<(), Fault>;

    /// The request says by its headers that it is not signed.
    fn is_unsigned(&self, received: &Received) -> bool;

    /// Bytes that the vendor accepts in the body (POST) or the query (GET) of a call, if it has a limit.
    fn limit(&self, received: &Received, action: Option<&Action>) -> Option<usize>;

    /// How lists are written in queries and forms.
    fn lists(&self) -> Lists;

    /// Whether a key of the query belongs to the protocol and is no parameter.
    fn is_protocol_key(&self, key: &str) -> bool;

    /// Whether an empty body stands for no parameters.
    fn accepts_empty_body(&self) -> bool;

    /// The code of a refusal. `declares` tells whether the service declares a code.
    fn code(&self, fault: &Fault, declares: &dyn Fn(&str) -> bool) -> CodeAndStatus;

    /// The n-th request id of a cloud.
    fn request_id(&self, origin: Origin, number: u64, now: i64) -> String;

    /// Wraps the content as the vendor does.
    fn reply(&self, names: Names<'_>, request_id: &str, content: Content<'_>) -> Reply;
}

/// What tells the request ids of one cloud from those of others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    /// When the cloud started, in seconds since 1970.
    pub(crate) started: i64,
    pub(crate) port: u16,
}

/// The vendor that the request speaks to, if it speaks to one.
pub(crate) fn detect(received: &Received) -> Option<&'static dyn Protocol> {
    if tencent::speaks(received) {
        Some(&tencent::Tencent)
    } else if volcengine::speaks(received) {
        Some(&volcengine::Volcengine)
    } else {
        None
    }
}

/// A stream of server-sent events as an answer. Its events have no envelope; the request id is told by a header.
fn event_stream(events: &[Json], header: &'static str, request_id: &str) -> Reply {
    let mut body = String::new();
    for (number, data) in (1..).zip(events) {
        body.push_str(&format!("id: {number}\ndata: {data}\n\n"));
    }
    Reply {
        status: 200,
        content_type: "text/event-stream".into(),
        headers: vec![(header, request_id.to_owned())],
        body: body.into_bytes().into(),
    }
}

/// Content of an error with a declared code.
pub(crate) fn error<'a>(
    code: &'a str,
    message: &'a str,
    declared: Option<&ErrorCode>,
    fallback: u16,
) -> Content<'a> {
    let status = declared.map_or(fallback, |declared| declared.http_status.unwrap_or(200));
    Content::Error {
        code,
        message,
        status,
        number: declared.and_then(|declared| declared.number),
    }
}
