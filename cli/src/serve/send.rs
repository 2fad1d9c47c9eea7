//! A call in, what came of it out: the request, the answer as it came, or the error and what to do about it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use yunqiao_mock::PageReply;
use yunqiao_runtime::{Error, Response};

use super::ask::{Asked, Target};
use super::loopback::{Exchange, Loopback};
use super::site::Site;
use super::{prepare, reply};
use crate::call::connect;
use crate::failure::Result;
use crate::snippet::unsendable;

mod advice;

/// A longer answer is not shown.
const LONGEST: usize = 8 << 20;
/// How long a call may take.
const TOTAL: Duration = Duration::from_secs(60);
const ATTEMPT: Duration = Duration::from_secs(30);

pub(super) async fn send(site: &Site, asked: &Asked<'_>) -> PageReply {
    if let Some(why) = unsendable(asked.found) {
        return reply::refusal(400, &why, "the tab with Rust shows how");
    }
    let outcome = match asked.target {
        Target::Local => local(site, asked).await,
        Target::Live => live(site, asked).await,
    };
    match outcome {
        Ok(json) => reply::json(200, &json),
        Err(failure) => reply::refusal(400, &failure.to_string(), "nothing was sent"),
    }
}

/// To the cloud that this server is: everything is seen as it went over the wire.
async fn local(site: &Site, asked: &Asked<'_>) -> Result<Json> {
    let seen = Arc::new(Loopback::default());
    let builder = site.local(asked.region.as_deref())?;
    let config = builder
        .transport(Arc::clone(&seen))
        .total_timeout(TOTAL)
        .attempt_timeout(ATTEMPT)
        .build()
        .map_err(connect::unusable)?;
    let started = Instant::now();
    let outcome = connect::any_call(&config, asked.found, asked.parameters.clone())?.await;
    let elapsed = started.elapsed();
    let Exchange { request, answer } = seen.last();
    let (status, headers, answer) = match answer {
        Some(answer) => (
            json!(answer.status),
            json!(answer.headers),
            shown(&answer.body),
        ),
        None => (Json::Null, json!([]), Json::Null),
    };
    Ok(json!({
        "wire": request.as_ref().map(prepare::wire),
        "status": status,
        "headers": headers,
        "answer": answer,
        "error": outcome.as_ref().err().map(|error| advice::explained(asked.found, error)),
        "elapsed_ms": milliseconds(elapsed),
        "attempts": attempts(&outcome),
    }))
}

/// To the vendor. What is signed and sent is the client's own matter then, as in every program.
async fn live(site: &Site, asked: &Asked<'_>) -> Result<Json> {
    let config = site.vendor(asked.vendor(), asked.region.as_deref())?;
    let wire = match prepare::wire_request(site, asked).await {
        Ok(request) => prepare::wire(&request),
        // The call itself tells why.
        Err(_) => Json::Null,
    };
    let started = Instant::now();
    let outcome = connect::any_call(&config, asked.found, asked.parameters.clone())?.await;
    let elapsed = started.elapsed();
    let (status, id, log_id) = match &outcome {
        Ok(answer) => (
            Some(answer.http_status()),
            answer.request_id(),
            answer.log_id(),
        ),
        Err(error) => (error.http_status(), error.request_id(), error.log_id()),
    };
    let named = [("request id", id), ("x-tt-logid", log_id)];
    let headers: Vec<[&str; 2]> = named
        .into_iter()
        .filter_map(|(name, value)| Some([name, value?]))
        .collect();
    Ok(json!({
        "wire": wire,
        "status": status,
        "headers": headers,
        "answer": outcome.as_ref().ok().map(|answer| &**answer),
        "error": outcome.as_ref().err().map(|error| advice::explained(asked.found, error)),
        "elapsed_ms": milliseconds(elapsed),
        "attempts": attempts(&outcome),
    }))
}

fn attempts(outcome: &std::result::Result<Response<Json>, Error>) -> u32 {
    match outcome {
        Ok(answer) => answer.attempts(),
        Err(error) => error.attempts(),
    }
}

fn milliseconds(elapsed: Duration) -> f64 {
    // Two digits are enough for eyes.
    (elapsed.as_secs_f64() * 100_000.0).round() / 100.0
}

/// An answer as JSON, or else as text.
fn shown(body: &[u8]) -> Json {
    if body.len() > LONGEST {
        return json!(format!(
            "an answer of {} bytes, which is too long to be shown",
            body.len()
        ));
    }
    serde_json::from_slice(body)
        .unwrap_or_else(|_| Json::String(String::from_utf8_lossy(body).into_owned()))
}
