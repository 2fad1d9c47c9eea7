//! An error of a call in, what it means, what has become of the call, and what to do out.

use serde_json::{Value as Json, json};
use yunqiao_runtime::{Delivery, Error};

use crate::catalog::Found;

pub(super) fn explained(found: Found<'_>, error: &Error) -> Json {
    json!({
        "code": error.code(),
        "message": error.message().map_or_else(|| error.to_string(), str::to_owned),
        "meaning": error.code().and_then(|code| found.meaning(code)),
        "delivery": match error.delivery() {
            Delivery::NotSent => "not_sent",
            Delivery::Rejected => "rejected",
            _ => "unknown",
        },
        "repeat": error.can_be_repeated(),
        "advice": advice(error),
    })
}

/// What to do, in a sentence or two.
fn advice(error: &Error) -> String {
    let done = match error.delivery() {
        Delivery::NotSent => "It was not sent. ",
        Delivery::Rejected => "It was refused, and nothing has happened. ",
        _ => "It may have been carried out. ",
    };
    let next = if error.is_configuration() {
        "Mend what the message names and call again."
    } else if error.is_credential() {
        "Set the credential for the process that serves this page, and start it again."
    } else if error.is_throttling() {
        "Wait a moment and call again; in a program the client does that by itself."
    } else if error.is_authentication() {
        "Compare the key, the region and the time with the steps of the signature, and call again."
    } else if error.is_validation() {
        "Mend the parameter that the message names and call again."
    } else if error.can_be_repeated() {
        "Call again: the cause may pass, and twice is like once."
    } else if error.delivery() == Delivery::Unknown {
        "Look up what has become of it before you call again."
    } else if error.is_connect() {
        "Mend the connection and call again."
    } else {
        "Mend the cause, which the code tells, and call again."
    };
    format!("{done}{next}")
}
