//! Numbers of recorded calls in, a Rust test file that makes them again and asserts their answers out.

mod stand_in;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};
use yunqiao_codegen::{Exchange, Outcome, Snippet, test_file};
use yunqiao_mock::PageReply;
use yunqiao_model::api::{Service, Vendor};
use yunqiao_runtime::transport::{Bytes, http};

use self::stand_in::StandIns;
use super::site::Site;
use super::{loopback, reply};
use crate::catalog::Found;
use crate::snippet::{Left, pruned};

/// More tests than these are a file that nobody reads.
const MOST: usize = 200;

/// A call that can be made again.
struct Recorded<'a> {
    found: Found<'a>,
    versions: Vec<&'a Service>,
    parameters: Json,
    region: Option<String>,
    outcome: Came,
}

/// What came back.
enum Came {
    Answer(Json),
    Error { code: String, message: String },
}

pub(super) async fn test(site: &Site, body: &Map<String, Json>) -> Result<PageReply, PageReply> {
    let wrong = |what: &str| reply::refusal(400, what, r#"send {"numbers": [1, 2]}"#);
    let numbers = body.get("numbers").and_then(Json::as_array);
    let numbers: Option<BTreeSet<u64>> =
        numbers.and_then(|all| all.iter().map(Json::as_u64).collect());
    let numbers = numbers.ok_or_else(|| wrong("numbers is no list of numbers"))?;
    if numbers.is_empty() || numbers.len() > MOST {
        return Err(wrong(&format!("numbers has to have 1 to {MOST} entries")));
    }
    let mut calls = Vec::new();
    for number in &numbers {
        let call = call(site, *number).await.ok_or_else(|| {
            reply::refusal(
                404,
                &format!("call {number} is not kept"),
                "GET /-/calls lists those that are",
            )
        })?;
        calls.push((*number, call));
    }
    let mut stand_ins = StandIns::default();
    let mut left_out = Vec::new();
    let mut all = Vec::new();
    for (number, call) in &calls {
        match recorded(site, call, &mut stand_ins) {
            Some(recorded) => all.push(recorded),
            None => left_out.push(*number),
        }
    }
    let exchanges: Vec<Exchange<'_>> = all
        .iter()
        .map(|one| Exchange {
            call: Snippet {
                versions: &one.versions,
                id: &one.found.service.id,
                action: &one.found.action.name,
                parameters: &one.parameters,
                region: one.region.as_deref(),
            },
            outcome: match &one.outcome {
                Came::Answer(fields) => Outcome::Answer(fields),
                Came::Error { code, message } => Outcome::Error { code, message },
            },
        })
        .collect();
    let mut text = test_file(&exchanges);
    if let Some(names) = stand_ins.names() {
        let _ = write!(
            text,
            "\n// The recording hides personal data and secrets. Stand-ins are in the place of: {names}\n"
        );
    }
    Ok(reply::json(
        200,
        &json!({ "rust": text, "left_out": left_out }),
    ))
}

/// The record of a call, as the inspector has it.
async fn call(site: &Site, number: u64) -> Option<Json> {
    let after = number.checked_sub(1)?;
    let request = http::Request::builder()
        .uri(format!("{}/-/calls?after={after}&limit=1", site.url()))
        .body(Bytes::new())
        .ok()?;
    let answer = loopback::exchange(&request).await.ok()?;
    let mut calls: Json = serde_json::from_slice(&answer.body).ok()?;
    let call = calls.get_mut("calls")?.get_mut(0)?.take();
    (call["number"].as_u64() == Some(number)).then_some(call)
}

/// None if no action of the schemas was called, or nothing came back that the client could read.
fn recorded<'a>(site: &'a Site, call: &Json, stand_ins: &mut StandIns) -> Option<Recorded<'a>> {
    let found = site.find(call["id"].as_str()?)?;
    let (service, action) = (found.service, found.action);
    let parameters = stand_ins.request(service, action, &call["request"]);
    let Left { request, .. } = pruned(service, action, &parameters);
    let answer = &call["answer"];
    let (fault, fields) = match service.id.vendor {
        Vendor::Tencent => {
            let mut fields = answer["Response"].as_object()?.clone();
            fields.remove("RequestId");
            (
                answer["Response"].get("Error").cloned(),
                Json::Object(fields),
            )
        }
        Vendor::Volcengine => (
            answer["ResponseMetadata"].get("Error").cloned(),
            answer.get("Result").cloned().unwrap_or_default(),
        ),
    };
    let fault = fault.filter(|_| call["error_code"].is_string());
    let text = |fault: &Json, key: &str| fault[key].as_str().map(str::to_owned);
    let outcome = match &fault {
        Some(fault) => Came::Error {
            code: text(fault, "Code")?,
            message: text(fault, "Message")?,
        },
        None if call["error_code"].is_string() => return None,
        None => Came::Answer(stand_ins.answer(service, action, &fields)),
    };
    Some(Recorded {
        found,
        versions: site.versions(&service.id),
        parameters: request,
        region: call["region"].as_str().map(str::to_owned),
        outcome,
    })
}
