//! What became of a call, kept for tests to look at.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value as Json;
use yunqiao_model::Deviation;
use yunqiao_model::api::{Action, Service, Vendor};

pub(crate) mod kept;
mod recording;
pub(crate) mod redact;

pub(crate) use self::recording::Recording;

/// One call that reached the cloud.
///
/// `Debug` shows the request without the values of fields that the schema marks as personal or secret.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Call {
    /// Which call of this cloud it was; the first is 1.
    pub number: u64,
    /// Whose protocol it speaks.
    pub vendor: Vendor,
    /// The service's folder below `schemas/`; the name in the signature's scope if no service is called so.
    pub service: String,
    /// Version on the wire.
    pub version: String,
    /// The action that was asked for.
    pub action: String,
    /// HTTP method of the request.
    pub method: String,
    /// The vendor's host that the cloud stood in for, as the schema says. Absent if the action is not known.
    pub host: Option<String>,
    /// The region that the call names.
    pub region: Option<String>,
    /// Id of the access key that the call says it was signed with.
    pub key_id: Option<String>,
    /// Whether the signature holds.
    pub signature: Signature,
    /// The id that the answer carries.
    pub request_id: String,
    /// HTTP status of the answer.
    pub http_status: u16,
    /// The fault that a rule has put in the way of the answer, as the rule names it. Its call may have been executed; the status is 0
    /// if no answer was to come at all.
    pub fault: Option<String>,
    /// Error code of the answer, if it is an error.
    pub error_code: Option<String>,
    /// When the call arrived, in seconds since 1970 by the cloud's clock.
    pub at: i64,
    /// How long the cloud worked on it.
    pub elapsed: Duration,
    /// Bytes of the request's body; of GET, of its query.
    pub request_bytes: usize,
    /// Bytes of the answer's body.
    pub answer_bytes: usize,
    /// The parameters as JSON, however they travelled; `null` if they were not read.
    pub request: Json,
    /// Every way in which the request departs from the schema. Only the first was answered with an error.
    pub deviations: Vec<Deviation>,
    /// Sent a second time by an intermediary ([`Trouble::Twice`](crate::Trouble::Twice)), not by the client.
    pub is_copy: bool,
    /// The answer's body.
    pub(crate) answer: Bytes,
    /// What says which values may be shown.
    pub(crate) service_version: Option<Arc<Service>>,
}

impl Call {
    /// The path of the action below `schemas/`, for example `tencent/ess/2020-11-11/CreateFlow`; nothing if it is not known.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        let service = self.service_version.as_ref()?;
        Some(format!("{}/{}", service.id, self.action))
    }

    /// The answer's JSON, envelope and all; nothing if it is no JSON.
    #[must_use]
    pub fn answer(&self) -> Option<Json> {
        serde_json::from_slice(&self.answer).ok()
    }

    /// The parameters without the values of fields that the schema marks as personal or secret, or does not know.
    #[must_use]
    pub fn shown_request(&self) -> Json {
        redact::request(self.schema(), &self.request)
    }

    /// The answer's JSON without the values of fields that the schema marks as personal or secret, or does not know.
    #[must_use]
    pub fn shown_answer(&self) -> Option<Json> {
        self.answer()
            .map(|answer| redact::answer(self.vendor, self.schema(), &answer))
    }

    /// The beginning of the key's id: enough to tell keys apart. Of temporary credentials it is a secret like the rest.
    #[must_use]
    pub fn shown_key_id(&self) -> Option<String> {
        self.key_id.as_deref().map(beginning)
    }

    fn schema(&self) -> Option<(&Service, &Action)> {
        let service = self.service_version.as_ref()?;
        Some((service, service.actions.get(&self.action)?))
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("number", &self.number)
            .field("vendor", &self.vendor)
            .field("service", &self.service)
            .field("version", &self.version)
            .field("action", &self.action)
            .field("host", &self.host)
            .field("region", &self.region)
            .field("key_id", &self.shown_key_id())
            .field("signature", &self.signature)
            .field("request_id", &self.request_id)
            .field("http_status", &self.http_status)
            .field("fault", &self.fault)
            .field("error_code", &self.error_code)
            .field("at", &self.at)
            .field("elapsed", &self.elapsed)
            .field("request", &format_args!("{}", self.shown_request()))
            .field("deviations", &self.deviations)
            .field("is_copy", &self.is_copy)
            .finish()
    }
}

fn beginning(id: &str) -> String {
    id.chars().take(4).chain("...".chars()).collect()
}

/// What the check of a signature gave.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signature {
    /// It holds.
    Verified,
    /// There is none, and the action needs none.
    NotNeeded,
    /// It does not hold; what is wrong.
    Refused(String),
    /// The call was refused before anybody looked.
    NotChecked,
}

impl Signature {
    /// The signature was checked and holds.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        *self == Self::Verified
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Verified => "verified",
            Self::NotNeeded => "not needed",
            Self::Refused(_) => "refused",
            Self::NotChecked => "not checked",
        })
    }
}
