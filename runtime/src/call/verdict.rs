//! In: an answer's status and bytes. Out: the typed answer filled, or the error that explains what came instead.

use super::prepared::Exchange;
use crate::codec::{Object, Unreadable};
use crate::credential::Credential;
use crate::error::{Error, Fault, Kind};
use crate::excerpt;
use crate::transport::Answer;
use crate::vendor::{Envelope, Reading, class_of};

/// What came around an answer.
#[derive(Debug)]
pub(crate) struct Outline {
    pub(crate) request_id: Option<String>,
    pub(crate) log_id: Option<String>,
    pub(crate) http_status: u16,
    pub(crate) attempts: u32,
    /// Of the answer's body; 0 of one that streams.
    pub(crate) bytes: usize,
}

/// Reads what came: the envelope decides, whatever the HTTP status. An error repeats nothing of the credential that signed.
pub(super) fn read(
    exchange: Exchange<'_>,
    credential: Option<&Credential>,
    received: &Answer,
    answer: &mut dyn Object,
) -> Result<Outline, Error> {
    let Answer {
        status,
        log_id,
        body,
        ..
    } = received;
    let drift = &exchange.settings.drift;
    let mut context = drift.context();
    let Reading {
        envelope,
        unreadable,
    } = exchange
        .protocol
        .read(exchange.action, body, answer, &mut context);
    let Envelope {
        found,
        request_id,
        fault,
    } = envelope;
    let error = match (fault, unreadable) {
        (Some(fault), _) => {
            let class = class_of(exchange.protocol, exchange.action, &fault, Some(*status));
            Error::new(Kind::Service(scrubbed(credential, fault), class))
        }
        (None, None) if found && *status == 200 => {
            match drift.judge(exchange.action, request_id.as_deref(), context) {
                Err(error) => error,
                Ok(()) => {
                    return Ok(Outline {
                        request_id,
                        log_id: log_id.clone(),
                        http_status: *status,
                        attempts: 1,
                        bytes: body.len(),
                    });
                }
            }
        }
        // The path says enough: there is no need to show anything of an answer that is otherwise sound.
        (None, Some(unreadable)) if found && unreadable.failure.is_some() => {
            Error::unreadable(unreadable)
        }
        (None, unreadable) => unexpected(exchange, credential, received, found, unreadable),
    };
    Err(error
        .with_status(*status)
        .with_ids(request_id, log_id.clone()))
}

/// Reads the data of one event; what comes back is the request id, if the event has it. An error shows nothing of the data,
/// which may be anything that the answer says.
pub(super) fn read_event(
    exchange: Exchange<'_>,
    credential: Option<&Credential>,
    data: &[u8],
    answer: &mut dyn Object,
) -> Result<Option<String>, Error> {
    let drift = &exchange.settings.drift;
    let mut context = drift.context();
    let Reading {
        envelope,
        unreadable,
    } = exchange
        .protocol
        .read_event(exchange.action, data, answer, &mut context);
    let error = match (envelope.fault, unreadable) {
        (Some(fault), _) => {
            let class = class_of(exchange.protocol, exchange.action, &fault, None);
            Error::new(Kind::Service(scrubbed(credential, fault), class))
        }
        (None, Some(unreadable)) => Error::unreadable(unreadable),
        (None, None) => match drift.judge(exchange.action, envelope.request_id.as_deref(), context)
        {
            Err(error) => error,
            Ok(()) => return Ok(envelope.request_id),
        },
    };
    Err(error.with_ids(envelope.request_id, None))
}

/// The error for an answer that is not the vendor's, or not an answer to a call.
fn unexpected(
    exchange: Exchange<'_>,
    credential: Option<&Credential>,
    received: &Answer,
    found: bool,
    unreadable: Option<Unreadable>,
) -> Error {
    let Answer { status, body, .. } = received;
    let vendor = exchange.action.service.vendor;
    if (300..400).contains(status) {
        let target = received.location();
        let target = target.as_deref().unwrap_or("nowhere");
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
    error.with_excerpt(excerpt::show(&scrub(credential, excerpt::window(body))))
}

/// A fault in which the vendor repeats no secret of ours.
fn scrubbed(credential: Option<&Credential>, fault: Fault) -> Fault {
    let Fault {
        code,
        message,
        code_n,
    } = fault;
    Fault {
        code: code.map(|text| scrub(credential, text)),
        message: message.map(|text| scrub(credential, text)),
        code_n,
    }
}

fn scrub(credential: Option<&Credential>, text: String) -> String {
    match credential {
        Some(credential) => credential.scrub(text),
        None => text,
    }
}
