//! A received request in, the answer and the record of the call out. The order of the checks is that of a cloud: who calls, what
//! for, then with which parameters.

use std::time::Duration;

use serde_json::Value as Json;
use yunqiao_model::Deviation;
use yunqiao_model::api::{Api, RegionRule};

use crate::answer;
use crate::clock::{Clock, Stopwatch};
use crate::conform;
use crate::decode;
use crate::fault::Fault;
use crate::issue;
use crate::lookup::{self, Found};
use crate::protocol::{self, Content, Names, Origin, Protocol, Reply};
use crate::received::Received;
use crate::record::{Call, Recording, Signature, redact};
use crate::scripted::{Kind, Script};
use crate::verify::Keys;

/// Everything that a running cloud knows.
pub(crate) struct State {
    pub(crate) api: Api,
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) strict_enums: bool,
    pub(crate) origin: Origin,
    pub(crate) script: Script,
    pub(crate) recording: Recording,
    pub(crate) observer: Option<Observer>,
    /// Calls so far.
    pub(crate) count: std::sync::atomic::AtomicU64,
}

/// Sees every call.
pub(crate) type Observer = Box<dyn Fn(&Call) + Send + Sync>;

/// Largest body that the server reads, in bytes; vendors set lower limits themselves.
pub(crate) const LARGEST_BODY: usize = 100 << 20;

/// What has been found out about a call so far.
struct Progress<'a> {
    names: Names,
    signature: Signature,
    found: Option<Found<'a>>,
    request: Json,
    deviations: Vec<Deviation>,
}

/// Answers one request; the answer is due after the delay.
pub(crate) fn handle(state: &State, received: &Received) -> (Reply, Duration) {
    let stopwatch = Stopwatch::start();
    let Some(protocol) = protocol::detect(received) else {
        return (unknown(), Duration::ZERO);
    };
    let now = state.clock.now();
    let number = state
        .count
        .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let request_id = protocol.request_id(state.origin, number, now);
    let names = protocol.names(received);
    let mut progress = Progress {
        names,
        signature: Signature::NotChecked,
        found: None,
        request: Json::Null,
        deviations: Vec::new(),
    };
    let outcome = check(state, protocol, received, now, &mut progress);
    let (reply, error_code, delay) = match outcome {
        Ok(found) => answered(state, protocol, found, &progress, &request_id),
        Err(fault) => {
            let (reply, code) = refused(state, protocol, &fault, &progress, &request_id);
            (reply, Some(code), Duration::ZERO)
        }
    };
    let Progress {
        names,
        signature,
        found,
        request,
        deviations,
    } = progress;
    let call = Call {
        vendor: protocol.vendor(),
        service: found.map_or(names.service, |found| found.service.id.service.clone()),
        version: names.version,
        action: names.action,
        host: found
            .map(|Found { service, action }| action.host.as_ref().unwrap_or(&service.host).clone()),
        region: Some(names.region).filter(|region| !region.is_empty()),
        key_id: Some(names.key).filter(|id| !id.is_empty()),
        signature,
        request_id,
        http_status: reply.status,
        error_code,
        at: now,
        elapsed: stopwatch.elapsed(),
        shown: redact::shown(found, &request),
        request,
        deviations,
    };
    if let Some(observe) = &state.observer {
        observe(&call);
    }
    state.recording.add(call);
    (reply, delay)
}

/// Everything that a cloud checks before it does what it is asked to.
fn check<'a>(
    state: &'a State,
    protocol: &dyn Protocol,
    received: &Received,
    now: i64,
    progress: &mut Progress<'a>,
) -> Result<Found<'a>, Fault> {
    if !matches!(received.method.as_str(), "GET" | "POST") {
        return Err(Fault::Method);
    }
    // Looked up before the signature is checked, so that refused calls are recorded under their names.
    let unsigned = if protocol.is_unsigned(received) {
        lookup::find_unsigned(&state.api, protocol.vendor(), &progress.names)
    } else {
        None
    };
    let lookup = unsigned.map_or_else(
        || lookup::find(&state.api, protocol.vendor(), &progress.names),
        Ok,
    );
    progress.found = lookup.as_ref().ok().copied();
    check_size(protocol, received, progress.found)?;
    if let Some(Found { service, .. }) = unsigned {
        progress.signature = Signature::NotNeeded;
        progress.names.service.clone_from(&service.signing_name);
    } else {
        let checked = protocol.verify(received, &state.keys, now);
        checked.inspect_err(|fault| progress.signature = Signature::Refused(fault.to_string()))?;
        progress.signature = Signature::Verified;
    }
    let found = lookup?;
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

fn check_size(
    protocol: &dyn Protocol,
    received: &Received,
    found: Option<Found<'_>>,
) -> Result<(), Fault> {
    let limit = protocol.limit(received, found.map(|found| found.action));
    let size = if received.method == "GET" {
        received.query.len()
    } else {
        received.body.len()
    };
    match limit {
        Some(limit) if size > limit || received.oversized => Err(Fault::TooLarge(limit)),
        None if received.oversized => Err(Fault::TooLarge(LARGEST_BODY)),
        _ => Ok(()),
    }
}

fn answered(
    state: &State,
    protocol: &dyn Protocol,
    found: Found<'_>,
    progress: &Progress<'_>,
    request_id: &str,
) -> (Reply, Option<String>, Duration) {
    let streams = answer::is_streamed(found.action, &progress.request);
    let content = |fields| {
        if let Some(key) = issue::credential(found, fields) {
            state.keys.issue(key);
        }
        answered_as(whole(found, fields), streams)
    };
    let reply = |content: Content<'_>| protocol.reply(&progress.names, request_id, content);
    let Some(answer) = state.script.take(&found.service.id, &found.action.name) else {
        let fields = answer::fields(found, &progress.request);
        return (reply(content(&fields)), None, Duration::ZERO);
    };
    match answer.kind {
        Kind::Fields(fields) => (reply(content(&fields)), None, answer.delay),
        Kind::Events(events) => (reply(Content::Events(&events)), None, answer.delay),
        Kind::Error { code, message } => {
            let declared =
                lookup::error_code(&state.api, protocol.vendor(), Some(found.service), &code);
            let content = protocol::error(&code, &message, declared, 200);
            (reply(content), Some(code.clone()), answer.delay)
        }
        Kind::Raw {
            status,
            content_type,
            body,
        } => (
            Reply {
                status,
                content_type,
                headers: Vec::new(),
                body,
            },
            None,
            answer.delay,
        ),
    }
}

/// What answers: the fields, or for an action without any the value of its one field that is the whole `Result`.
fn whole<'a>(found: Found<'_>, fields: &'a Json) -> &'a Json {
    let result = found.action.response.iter().find(|field| field.result);
    result
        .and_then(|field| fields.get(&field.name))
        .unwrap_or(fields)
}

/// The fields whole, or as the one event of a stream.
fn answered_as(fields: &Json, streams: bool) -> Content<'_> {
    if streams {
        Content::Events(std::slice::from_ref(fields))
    } else {
        Content::Fields(fields)
    }
}

fn refused(
    state: &State,
    protocol: &dyn Protocol,
    fault: &Fault,
    progress: &Progress<'_>,
    request_id: &str,
) -> (Reply, String) {
    let service = progress.found.map(|found| found.service);
    let declared = |code: &str| lookup::error_code(&state.api, protocol.vendor(), service, code);
    let declares = |code: &str| service.is_some_and(|service| service.errors.contains_key(code));
    let (code, fallback) = protocol.code(fault, &declares);
    let message = fault.to_string();
    let content = protocol::error(code, &message, declared(code), fallback);
    (
        protocol.reply(&progress.names, request_id, content),
        code.to_owned(),
    )
}

/// The answer to what is no call to any vendor, for example a browser that looks whether somebody is there.
fn unknown() -> Reply {
    let text = "This is a local cloud. Calls to Tencent Cloud carry the header X-TC-Action, those to Volcengine the \
        queries Action and Version.\n";
    Reply {
        status: 404,
        content_type: "text/plain; charset=utf-8".to_owned(),
        headers: Vec::new(),
        body: text.as_bytes().to_vec(),
    }
}
