//! A recorded call in, what may be shown of it as JSON out. Made when somebody looks, not when it is recorded.

use serde_json::{Value as Json, json};

use crate::record::{Call, Signature};

pub(super) fn shown(call: &Call) -> Json {
    let deviations = call.deviations.iter();
    let deviations = deviations.map(|it| format!("{}: {}", it.path_text(), it.kind));
    let (state, why) = match &call.signature {
        Signature::Verified => ("verified", None),
        Signature::Refused(why) => ("refused", Some(why)),
        Signature::NotNeeded => ("not_needed", None),
        Signature::NotChecked => ("not_checked", None),
    };
    json!({
        "number": call.number,
        "at": call.at,
        "vendor": call.vendor.folder(),
        "service": call.service,
        "version": call.version,
        "action": call.action,
        "id": call.id(),
        "method": call.method,
        "host": call.host,
        "region": call.region,
        "key_id": call.shown_key_id(),
        "signature": { "state": state, "why": why },
        "request_id": call.request_id,
        "status": call.http_status,
        "fault": call.fault,
        "error_code": call.error_code,
        "elapsed_us": u64::try_from(call.elapsed.as_micros()).unwrap_or(u64::MAX),
        "request_bytes": call.request_bytes,
        "answer_bytes": call.answer_bytes,
        "request": call.shown_request(),
        "deviations": deviations.collect::<Vec<_>>(),
        "answer": call.shown_answer(),
    })
}
