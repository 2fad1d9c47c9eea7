//! In: an answer's status and bytes. Out: the typed answer filled, or the error that explains what came instead.

use super::prepared::Prepared;
use crate::codec::{Context, Object, Unreadable};
use crate::error::{Error, Fault, Kind};
use crate::excerpt;
use crate::transport::Answer;
use crate::vendor::{Envelope, Reading};

/// What came around an answer.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) request_id: Option<String>,
    pub(super) log_id: Option<String>,
    pub(super) http_status: u16,
}

/// Reads what came: the envelope decides, whatever the HTTP status.
pub(super) fn read(
    prepared: &Prepared<'_>,
    received: &Answer,
    answer: &mut dyn Object,
) -> Result<Outline, Error> {
    let Answer {
        status,
        log_id,
        body,
        ..
    } = received;
    let Reading {
        envelope,
        unreadable,
    } = prepared
        .protocol
        .read(prepared.action, body, answer, &mut Context::default());
    let Envelope {
        found,
        request_id,
        fault,
    } = envelope;
    let error = match (fault, unreadable) {
        (Some(fault), _) => {
            let class = prepared.protocol.classify(&fault);
            Error::new(Kind::Service(scrubbed(prepared, fault), class))
        }
        (None, None) if found && *status == 200 => {
            return Ok(Outline {
                request_id,
                log_id: log_id.clone(),
                http_status: *status,
            });
        }
        // The path says enough: there is no need to show anything of an answer that is otherwise sound.
        (None, Some(unreadable)) if found && unreadable.failure.is_some() => {
            Error::unreadable(unreadable)
        }
        (None, unreadable) => unexpected(prepared, received, found, unreadable),
    };
    Err(error
        .with_status(*status)
        .with_ids(request_id, log_id.clone()))
}

/// The error for an answer that is not the vendor's, or not an answer to a call.
fn unexpected(
    prepared: &Prepared<'_>,
    received: &Answer,
    found: bool,
    unreadable: Option<Unreadable>,
) -> Error {
    let Answer {
        status,
        location,
        body,
        ..
    } = received;
    let vendor = prepared.action.service.vendor;
    if (300..400).contains(status) {
        let target = location.as_deref().unwrap_or("nowhere");
        return Error::answer(format!(
            "redirects are not followed, and this one leads to {target}: check the endpoint"
        ));
    }
    if body.is_empty() {
        return Error::answer("the answer is empty");
    }
    if found && unreadable.is_none() {
        return Error::answer(format!(
            "the envelope of {vendor} holds no error, but the HTTP status does not mean success"
        ));
    }
    let error = match unreadable {
        Some(unreadable) if unreadable.truncated => Error::unreadable(unreadable),
        _ if std::str::from_utf8(body).is_err() => Error::answer("the answer is not UTF-8"),
        Some(unreadable) if unreadable.failure.is_none() => Error::answer("the answer is no JSON"),
        _ => Error::answer(format!(
            "the answer is JSON, but not the envelope of {vendor}"
        )),
    };
    error.with_excerpt(excerpt::show(&scrub(prepared, excerpt::window(body))))
}

/// A fault in which the vendor repeats no secret of ours.
fn scrubbed(prepared: &Prepared<'_>, fault: Fault) -> Fault {
    let Fault {
        code,
        message,
        code_n,
    } = fault;
    Fault {
        code: code.map(|text| scrub(prepared, text)),
        message: message.map(|text| scrub(prepared, text)),
        code_n,
    }
}

fn scrub(prepared: &Prepared<'_>, text: String) -> String {
    match &prepared.settings.credential {
        Some(credential) => credential.scrub(text),
        None => text,
    }
}
