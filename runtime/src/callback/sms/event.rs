//! In: the JSON list of one request. Out: open events: typed where they have the fields of a described kind.

use std::fmt;

use serde_json::value::RawValue;

use super::types::{SmsReply, SmsReport, TemplateReview};
use crate::callback::open::{self, Json};
use crate::callback::{EventKey, Rejection};
use crate::{Error, JsonValue};

/// The events of one request, in their order.
#[derive(Clone, Debug)]
pub struct SmsBatch {
    key: EventKey,
    events: Vec<SmsEvent>,
}

/// One event.
///
/// `Debug` shows the typed part without personal data, and nothing of [`json`](Self::json).
#[derive(Clone)]
pub struct SmsEvent {
    key: EventKey,
    data: SmsData,
    problem: Option<String>,
    json: JsonValue,
}

/// What an event is. The vendor names no kind; the fields tell.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SmsData {
    /// What became of a message; has `status_code`.
    Report(Box<SmsReport>),
    /// What somebody has answered; has `content` and `mobile`, and no `status_code`.
    Reply(Box<SmsReply>),
    /// How the review of a template has ended; has `audit_result` and `template_id`.
    TemplateReview(Box<TemplateReview>),
    /// Anything else: see [`SmsEvent::json`].
    Other,
}

impl SmsBatch {
    pub(super) fn read(body: &[u8]) -> Result<Self, Rejection> {
        let bytes = open::without_mark(body).trim_ascii();
        // One event alone is no list, but what is meant is clear.
        let raw: Result<Vec<Box<RawValue>>, _> = match bytes.first() {
            Some(b'{') => serde_json::from_slice(bytes).map(|event| vec![event]),
            _ => serde_json::from_slice(bytes),
        };
        let events = raw.and_then(|raw| raw.iter().map(|event| SmsEvent::read(event)).collect());
        Ok(Self {
            key: EventKey::of(body),
            events: events.map_err(|error| Rejection::unreadable(&error))?,
        })
    }

    /// The events.
    pub fn events(&self) -> &[SmsEvent] {
        &self.events
    }

    /// The events, to keep.
    pub fn into_events(self) -> Vec<SmsEvent> {
        self.events
    }

    /// What a [`ReplayGuard`](crate::callback::ReplayGuard) knows the whole request by: the same for the same bytes.
    pub fn key(&self) -> EventKey {
        self.key
    }
}

impl SmsEvent {
    fn read(raw: &RawValue) -> Result<Self, serde_json::Error> {
        let text = raw.get();
        let json: Json = serde_json::from_str(text)?;
        let (data, problem) = match data(&json, text.as_bytes()) {
            Ok(data) => (data, None),
            Err(problem) => (SmsData::Other, Some(problem.to_string())),
        };
        Ok(Self {
            key: EventKey::of(text.as_bytes()),
            data,
            problem,
            json,
        })
    }

    /// What it is.
    pub fn data(&self) -> &SmsData {
        &self.data
    }

    /// The whole event, with the fields that the typed part does not have. Personal data.
    pub fn json(&self) -> &JsonValue {
        &self.json
    }

    /// Why an event that looks like a known kind is [`SmsData::Other`]: the path of the field that has another type than
    /// described.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// What a [`ReplayGuard`](crate::callback::ReplayGuard) knows this event by, in whichever request it comes.
    pub fn key(&self) -> EventKey {
        self.key
    }
}

fn data(json: &Json, text: &[u8]) -> Result<SmsData, Error> {
    let has = |name| json.get(name).is_some();
    if has("status_code") {
        open::read(text, SmsData::Report)
    } else if has("content") && has("mobile") {
        open::read(text, SmsData::Reply)
    } else if has("audit_result") && has("template_id") {
        open::read(text, SmsData::TemplateReview)
    } else {
        Ok(SmsData::Other)
    }
}

impl fmt::Debug for SmsEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmsEvent")
            .field("data", &self.data)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
