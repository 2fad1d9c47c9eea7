//! What became of a call in, as little of it as tells it all kept, the call as tests look at it out. Most calls are never looked at.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::Value as Json;
use yunqiao_model::Deviation;
use yunqiao_model::api::Vendor;

use super::{Call, Signature};
use crate::lookup::Entry;
use crate::protocol::Names;

/// A call as it is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) number: u64,
    pub(crate) vendor: Vendor,
    pub(crate) asked: Asked,
    pub(crate) region: Option<Box<str>>,
    pub(crate) key_id: Option<Box<str>>,
    pub(crate) signature: Signature,
    pub(crate) request_id: String,
    pub(crate) http_status: u16,
    pub(crate) fault: Option<String>,
    pub(crate) error_code: Option<String>,
    pub(crate) at: i64,
    pub(crate) elapsed: Duration,
    pub(crate) method: Method,
    pub(crate) request_bytes: usize,
    pub(crate) request: Parameters,
    pub(crate) deviations: Vec<Deviation>,
    pub(crate) is_copy: bool,
    pub(crate) answer: Bytes,
}

/// What was asked for.
#[derive(Debug)]
pub(crate) enum Asked {
    Action(Arc<Entry>),
    /// An action that is not known, as the request names it.
    Unknown {
        service: String,
        version: String,
        action: String,
    },
}

/// The parameters of a call.
#[derive(Debug)]
pub(crate) enum Parameters {
    /// JSON as it came: one piece of memory, where what was read from it takes many.
    Text(Box<[u8]>),
    Read(Json),
}

impl Asked {
    pub(crate) fn new(entry: Option<&Arc<Entry>>, names: Names<'_>) -> Self {
        match entry {
            Some(entry) => Self::Action(Arc::clone(entry)),
            None => Self::Unknown {
                service: names.service.to_owned(),
                version: names.version.to_owned(),
                action: names.action.to_owned(),
            },
        }
    }
}

/// A text that may be absent.
pub(crate) fn some(text: &str) -> Option<Box<str>> {
    (!text.is_empty()).then(|| text.into())
}

impl Kept {
    /// Bytes of the request and the answer.
    pub(super) fn size(&self) -> usize {
        self.request_bytes + self.answer.len()
    }

    /// The call as tests look at it.
    pub(crate) fn told(&self) -> Call {
        let entry = match &self.asked {
            Asked::Action(entry) => Some(entry),
            Asked::Unknown { .. } => None,
        };
        let action = entry.and_then(|entry| entry.service.actions.get(&entry.action));
        let (service, version, name) = match &self.asked {
            Asked::Action(entry) => {
                let id = &entry.service.id;
                let own = action.and_then(|action| action.version.as_ref());
                (&id.service, own.unwrap_or(&id.version), &entry.action)
            }
            Asked::Unknown {
                service,
                version,
                action,
            } => (service, version, action),
        };
        let host = entry.zip(action).map(|(entry, action)| {
            let own = action.host.as_ref();
            own.unwrap_or(&entry.service.host).clone()
        });
        Call {
            number: self.number,
            vendor: self.vendor,
            service: service.clone(),
            version: version.clone(),
            action: name.clone(),
            method: self.method.as_str().to_owned(),
            host,
            region: self.region.as_deref().map(str::to_owned),
            key_id: self.key_id.as_deref().map(str::to_owned),
            signature: self.signature.clone(),
            request_id: self.request_id.clone(),
            http_status: self.http_status,
            fault: self.fault.clone(),
            error_code: self.error_code.clone(),
            at: self.at,
            elapsed: self.elapsed,
            request_bytes: self.request_bytes,
            answer_bytes: self.answer.len(),
            request: match &self.request {
                // It was read before, so that it can be read.
                Parameters::Text(text) => serde_json::from_slice(text).unwrap_or_default(),
                Parameters::Read(parameters) => parameters.clone(),
            },
            deviations: self.deviations.clone(),
            is_copy: self.is_copy,
            answer: self.answer.clone(),
            service_version: entry.map(|entry| Arc::clone(&entry.service)),
        }
    }
}
