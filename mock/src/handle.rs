//! A received request in, the answer and the record of the call out. The order of the checks is that of a cloud: who calls, what
//! for, then with which parameters.

use std::time::Duration;

use serde_json::Value as Json;
use yunqiao_model::Deviation;
use yunqiao_model::api::RegionRule;

use crate::clock::{Clock, Stopwatch};
use crate::conform;
use crate::dates::Dates;
use crate::decode;
use crate::fault::Fault;
use crate::guard::Guard;
use crate::line::Trouble;
use crate::lookup::{Catalogue, Found};
use crate::page::Pages;
use crate::play::{Plays, Things};
use crate::protocol::{self, Names, Origin, Protocol, Reply};
use crate::received::Received;
use crate::record::kept::{self, Kept, Parameters, some};
use crate::record::{Call, Recording, Signature};
use crate::reply::{self, About, Answered};
use crate::rules::Rules;
use crate::scripted::Asked;
use crate::verify::Keys;

/// Everything that a running cloud knows.
pub(crate) struct State {
    pub(crate) catalogue: Catalogue,
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) dates: Dates,
    pub(crate) strict_enums: bool,
    pub(crate) origin: Origin,
    /// Where the cloud is.
    pub(crate) url: String,
    /// Where requests may come from.
    pub(crate) guard: Guard,
    pub(crate) asked: Asked,
    pub(crate) rules: Rules,
    pub(crate) plays: Plays,
    pub(crate) things: Things,
    pub(crate) recording: Recording,
    pub(crate) observer: Option<Observer>,
    pub(crate) pages: Option<Pages>,
    /// Calls so far.
    pub(crate) count: std::sync::atomic::AtomicU64,
}

impl State {
    /// Forgets the answers and rules that were asked for, what calls have made, and the recorded calls.
    pub(crate) fn reset(&self) {
        self.asked.clear();
        self.rules.clear();
        self.things.clear();
        self.recording.clear();
    }

    /// The id of one more request.
    pub(crate) fn next_request_id(&self, protocol: &dyn Protocol) -> String {
        let number = self
            .count
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        protocol.request_id(self.origin, number, self.clock.now())
    }
}

/// Sees every call.
pub(crate) type Observer = Box<dyn Fn(&Call) + Send + Sync>;

/// Largest body that the server reads, in bytes; vendors set lower limits themselves.
pub(crate) const LARGEST_BODY: usize = 100 << 20;

/// What has been found out about a call so far.
struct Progress<'a> {
    names: Names<'a>,
    signature: Signature,
    found: Option<Found<'a>>,
    request: Json,
    deviations: Vec<Deviation>,
}

/// What becomes of a request.
pub(crate) struct Outcome {
    pub(crate) reply: Reply,
    /// How long the answer is put off.
    pub(crate) delay: Duration,
    /// What a rule puts in its way.
    pub(crate) trouble: Option<Trouble>,
}

impl From<Reply> for Outcome {
    fn from(reply: Reply) -> Self {
        Self {
            reply,
            delay: Duration::ZERO,
            trouble: None,
        }
    }
}

/// Answers one request.
pub(crate) fn handle(state: &State, received: &Received) -> Outcome {
    let stopwatch = Stopwatch::start();
    let Some(protocol) = protocol::detect(received) else {
        return reply::unknown().into();
    };
    let now = state.clock.now();
    let request_id = state.next_request_id(protocol);
    let names = protocol.names(received);
    let mut progress = Progress {
        names,
        signature: Signature::NotChecked,
        found: None,
        request: Json::Null,
        deviations: Vec::new(),
    };
    let outcome = check(state, protocol, received, now, &mut progress);
    let about = About {
        names: progress.names,
        found: progress.found,
        request_id: &request_id,
    };
    let answered = match outcome {
        Ok(found) => reply::answered(state, protocol, found, &progress.request, about),
        Err(fault) => {
            let (reply, code) = reply::refused(state, protocol, &fault, about);
            Answered {
                error_code: Some(code),
                ..Answered::from(reply)
            }
        }
    };
    let Answered {
        outcome,
        error_code,
        fault,
    } = answered;
    let reply = &outcome.reply;
    let Progress {
        names,
        signature,
        found,
        request,
        deviations,
    } = progress;
    // Parameters that are the whole body are kept as they came.
    let request = if !request.is_null() && decode::is_body(received, found) {
        Parameters::Text(received.body.as_ref().into())
    } else {
        Parameters::Read(request)
    };
    let call = Kept {
        // Given when it is recorded.
        number: 0,
        vendor: protocol.vendor(),
        asked: kept::Asked::new(found.map(|found| found.entry), names),
        region: some(names.region),
        key_id: some(names.key),
        signature,
        request_id,
        http_status: reply.status,
        fault,
        error_code,
        at: now,
        elapsed: stopwatch.elapsed(),
        method: received.method.clone(),
        request_bytes: size(received),
        request,
        deviations,
        is_copy: received.is_copy(),
        answer: reply.body.clone(),
    };
    let call = state.recording.add(call);
    if let Some(observe) = &state.observer {
        observe(&call.told());
    }
    outcome
}

/// Everything that a cloud checks before it does what it is asked to.
fn check<'a>(
    state: &'a State,
    protocol: &dyn Protocol,
    received: &'a Received,
    now: i64,
    progress: &mut Progress<'a>,
) -> Result<Found<'a>, Fault> {
    if !matches!(received.method.as_str(), "GET" | "POST") {
        return Err(Fault::Method);
    }
    // Looked up before the signature is checked, so that refused calls are recorded under their names.
    let unsigned = if protocol.is_unsigned(received) {
        state
            .catalogue
            .find_unsigned(protocol.vendor(), progress.names)
    } else {
        None
    };
    let lookup = unsigned.map_or_else(
        || state.catalogue.find(protocol.vendor(), progress.names),
        Ok,
    );
    progress.found = lookup.as_ref().ok().copied();
    check_size(protocol, received, progress.found)?;
    if let Some(Found { service, .. }) = unsigned {
        progress.signature = Signature::NotNeeded;
        progress.names.service = &service.signing_name;
    } else {
        let checked = protocol.verify(received, &state.keys, now);
        checked.inspect_err(|fault| {
            progress.signature = Signature::Refused(fault.to_string());
            // For the record only: who looks for a call knows it by what it says.
            let read = progress
                .found
                .map(|found| decode::parameters(received, protocol, found));
            progress.request = read.and_then(Result::ok).unwrap_or_default();
        })?;
        progress.signature = Signature::Verified;
    }
    let found = lookup?;
    state.rules.count(found, progress.names.key, now)?;
    if found.action.region == RegionRule::Required && progress.names.region.is_empty() {
        return Err(Fault::Missing("Region".to_owned()));
    }
    progress.request = decode::parameters(received, protocol, found)?;
    progress.deviations = conform::deviations(found, &progress.request);
    match conform::first_fault(&progress.deviations, state.strict_enums) {
        Some(fault) => Err(fault),
        None => Ok(found),
    }
}

/// Bytes that carry the parameters.
fn size(received: &Received) -> usize {
    if received.method == "GET" {
        received.query().len()
    } else {
        received.body.len()
    }
}

fn check_size(
    protocol: &dyn Protocol,
    received: &Received,
    found: Option<Found<'_>>,
) -> Result<(), Fault> {
    let limit = protocol.limit(received, found.map(|found| found.action));
    let size = size(received);
    match limit {
        Some(limit) if size > limit || received.oversized => Err(Fault::TooLarge(limit)),
        None if received.oversized => Err(Fault::TooLarge(LARGEST_BODY)),
        _ => Ok(()),
    }
}
