//! In: an error. Out: its `Display` (one line, but one more for each problem of a request) and its `Debug`.

use std::fmt::{self, Formatter};

use super::Inner;
use super::kind::{Fault, Kind, Limit};
use crate::codec::Unreadable;
use crate::drift;
use crate::excerpt::line;

pub(super) fn display(error: &Inner, f: &mut Formatter<'_>) -> fmt::Result {
    if let Some((service, action)) = &error.operation {
        write!(f, "{service} {action}: ")?;
    }
    match &error.kind {
        Kind::Configuration(message) => f.write_str(message)?,
        // Nothing was sent, so there are no circumstances.
        Kind::Credential(message) => return write!(f, "nothing was sent, {message}"),
        Kind::Validation(problems) => {
            let count = problems.len();
            write!(
                f,
                "nothing was sent, the request has {count} problem{}:",
                if count == 1 { "" } else { "s" }
            )?;
            for problem in problems {
                write!(f, "\n  {problem}")?;
            }
            return Ok(());
        }
        Kind::Quota(message) => write!(f, "nothing was sent: {message}")?,
        Kind::Connect => f.write_str("cannot connect")?,
        Kind::Refused(reason) => write!(f, "cannot connect: {reason}")?,
        Kind::Timeout(limit @ Limit::Idle, after) => {
            write!(f, "the stream was silent for {after:?} ({})", limit.name())?;
        }
        Kind::Timeout(limit @ Limit::Waiting, after) => {
            write!(f, "nothing was sent within {after:?} ({})", limit.name())?;
        }
        Kind::Timeout(limit, after) => write!(f, "no answer within {after:?} ({})", limit.name())?,
        Kind::Broken => f.write_str("the connection broke before the answer was complete")?,
        Kind::Service(fault, _) => write_fault(fault, f)?,
        Kind::Answer(message) => f.write_str(message)?,
        Kind::Job(state) => write!(f, "the job failed, its state is {}", line(state))?,
        Kind::Unfinished(after, state) => {
            write!(f, "the job has not ended within {after:?}")?;
            match state {
                Some(state) => write!(f, ", its last state is {}", line(state))?,
                None => f.write_str(", and its state was not told")?,
            }
        }
        Kind::Drift(deviations) => {
            drift::list(deviations, f)?;
            f.write_str("\n ")?;
        }
        Kind::Unreadable(unreadable) => write_unreadable(unreadable, f)?,
    }
    write_circumstances(error, f)
}

fn write_fault(fault: &Fault, f: &mut Formatter<'_>) -> fmt::Result {
    match (&fault.code, fault.code_n) {
        (Some(code), Some(number)) => write!(f, "{} ({number})", line(code))?,
        (Some(code), None) => f.write_str(&line(code))?,
        (None, Some(number)) => write!(f, "error {number}")?,
        (None, None) => f.write_str("an error without a code")?,
    }
    match &fault.message {
        Some(message) => write!(f, ": {}", line(message)),
        None => Ok(()),
    }
}

fn write_unreadable(unreadable: &Unreadable, f: &mut Formatter<'_>) -> fmt::Result {
    let place = if unreadable.path.is_empty() {
        "the answer"
    } else {
        &unreadable.path
    };
    match unreadable.failure {
        Some(failure) => write!(f, "{place}: {failure}"),
        None => {
            f.write_str(if unreadable.truncated {
                "JSON that breaks off"
            } else {
                "no valid JSON"
            })?;
            write!(
                f,
                " at line {} column {}, in {place}",
                unreadable.line, unreadable.column
            )
        }
    }
}

/// What whoever reads the line in a log needs to go on.
fn write_circumstances(error: &Inner, f: &mut Formatter<'_>) -> fmt::Result {
    let status = error.http_status.map(|status| format!("HTTP {status}"));
    let request_id = error
        .request_id
        .as_ref()
        .map(|id| format!("request id {}", line(id)));
    let log_id = error
        .log_id
        .as_ref()
        .map(|id| format!("log id {}", line(id)));
    let attempts = (error.attempts > 1).then(|| format!("{} attempts", error.attempts));
    let known: Vec<String> = [request_id, log_id, status, error.host.clone(), attempts]
        .into_iter()
        .flatten()
        .collect();
    if !known.is_empty() {
        write!(f, " ({})", known.join(", "))?;
    }
    if let Some(excerpt) = &error.excerpt {
        write!(f, "; it begins: {excerpt}")?;
    }
    match error.ending {
        Some(ending) => write!(f, "; not tried again: {}", ending.reason()),
        None => Ok(()),
    }
}

/// `Debug` is what `main` prints when it returns an error, so it says everything `Display` does.
pub(super) fn debug(error: &Inner, f: &mut Formatter<'_>) -> fmt::Result {
    struct Line<'a>(&'a Inner);
    impl fmt::Debug for Line<'_> {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            display(self.0, f)
        }
    }
    let mut out = f.debug_tuple("Error");
    out.field(&Line(error));
    if let Some(source) = &error.source {
        out.field(source);
    }
    out.finish()
}
