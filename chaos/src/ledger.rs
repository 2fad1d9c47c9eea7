//! What arrives at the line and what the cloud records in, one record for each call out.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use yunqiao::Vendor;
use yunqiao_mock::{Arrival, Call};

use crate::plan::{self, MARK};

/// One request that the cloud has looked at.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Whose the action is.
    pub vendor: Vendor,
    /// The action, as on the wire.
    pub action: String,
    /// The id that the cloud's answer carries.
    pub request_id: String,
    /// The cloud has refused it with this code, and not executed it.
    pub error_code: Option<String>,
    /// The client did not send it: an intermediary has sent it once more.
    pub is_copy: bool,
    /// Requests with the same marker that had arrived by then: 1 for the first attempt.
    pub attempt: usize,
    /// When, since the beginning of the run.
    pub at: Duration,
}

/// All that the server's side knows of one call.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Requests of which at least the beginning has arrived.
    pub arrivals: usize,
    /// What the cloud has looked at.
    pub entries: Vec<Entry>,
}

impl Record {
    /// What the cloud has executed because the client asked for it.
    pub fn executed(&self) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(|entry| entry.error_code.is_none() && !entry.is_copy)
    }
}

/// The records of a run.
#[derive(Debug)]
pub(crate) struct Ledger {
    started: Instant,
    records: Mutex<BTreeMap<u64, Record>>,
}

impl Ledger {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            records: Mutex::default(),
        }
    }

    fn with<T>(&self, number: u64, work: impl FnOnce(&mut Record) -> T) -> T {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        work(records.entry(number).or_default())
    }

    /// Takes note of a request; its call's number and which attempt it is, beginning with 0. Nothing if it carries no marker.
    pub(crate) fn arrived(&self, arrival: &Arrival<'_>) -> Option<(u64, usize)> {
        let number = plan::number(arrival.find(MARK)?)?;
        let attempt = self.with(number, |record| {
            record.arrivals += 1;
            record.arrivals - 1
        });
        Some((number, attempt))
    }

    /// Takes note of what the cloud did with a request.
    pub(crate) fn recorded(&self, call: &Call) {
        // A call that was refused before its parameters were read has no marker: that it arrived is known all the same.
        let Some(number) = find(&call.request) else {
            return;
        };
        let at = self.started.elapsed();
        self.with(number, |record| {
            record.entries.push(Entry {
                vendor: match call.vendor.to_string().as_str() {
                    "volcengine" => Vendor::Volcengine,
                    _ => Vendor::Tencent,
                },
                action: call.action.clone(),
                request_id: call.request_id.clone(),
                error_code: call.error_code.clone(),
                is_copy: call.is_copy,
                attempt: record.arrivals,
                at,
            });
        });
    }

    pub(crate) fn records(&self) -> BTreeMap<u64, Record> {
        self.records
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The marker's number in any text of a request.
pub(crate) fn find(request: &Json) -> Option<u64> {
    match request {
        // All markers stand at the beginning of their text.
        Json::String(text) => plan::number(text.as_bytes()),
        Json::Array(items) => items.iter().find_map(find),
        Json::Object(fields) => fields.values().find_map(find),
        _ => None,
    }
}
