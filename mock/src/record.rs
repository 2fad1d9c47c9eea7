//! What became of a call, kept for tests to look at.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value as Json;
use yunqiao_model::Deviation;
use yunqiao_model::api::Vendor;

pub(crate) mod redact;

/// One call that reached the cloud.
///
/// `Debug` shows the request without the values of fields that the schema marks as personal or secret.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Call {
    /// Whose protocol it speaks.
    pub vendor: Vendor,
    /// The service's folder below `schemas/`; the name in the signature's scope if no service is called so.
    pub service: String,
    /// Version on the wire.
    pub version: String,
    /// The action that was asked for.
    pub action: String,
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
    /// Error code of the answer, if it is an error.
    pub error_code: Option<String>,
    /// When the call arrived, in seconds since 1970 by the cloud's clock.
    pub at: i64,
    /// How long the cloud worked on it.
    pub elapsed: Duration,
    /// The parameters as JSON, however they travelled; `null` if they were not read.
    pub request: Json,
    /// Every way in which the request departs from the schema. Only the first was answered with an error.
    pub deviations: Vec<Deviation>,
    /// Sent a second time by an intermediary ([`Trouble::Twice`](crate::Trouble::Twice)), not by the client.
    pub is_copy: bool,
    /// The request as it may be shown.
    pub(crate) shown: Json,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("vendor", &self.vendor)
            .field("service", &self.service)
            .field("version", &self.version)
            .field("action", &self.action)
            .field("host", &self.host)
            .field("region", &self.region)
            .field("key_id", &self.key_id.as_deref().map(beginning))
            .field("signature", &self.signature)
            .field("request_id", &self.request_id)
            .field("http_status", &self.http_status)
            .field("error_code", &self.error_code)
            .field("at", &self.at)
            .field("elapsed", &self.elapsed)
            .field("request", &format_args!("{}", self.shown))
            .field("deviations", &self.deviations)
            .field("is_copy", &self.is_copy)
            .finish()
    }
}

/// Enough of a key's id to tell keys apart. Of temporary credentials it is a secret like the rest.
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

/// The last calls, the oldest first.
#[derive(Debug)]
pub(crate) struct Recording {
    calls: Mutex<VecDeque<Call>>,
    most: usize,
}

impl Recording {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            calls: Mutex::default(),
            most,
        }
    }

    pub(crate) fn add(&self, call: Call) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.push_back(call);
        while calls.len() > self.most {
            calls.pop_front();
        }
    }

    pub(crate) fn all(&self) -> Vec<Call> {
        self.calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .cloned()
            .collect()
    }

    pub(crate) fn clear(&self) {
        self.calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
