//! An error in, what became of the call, why, and what helps out.

use std::fmt::Write as _;

use yunqiao_runtime::{Delivery, Error};

use crate::Outcome;
use crate::catalog::Found;
use crate::failure::Result;
use crate::progress;

/// Tells an error on standard error.
pub(super) fn tell(found: Found<'_>, error: &Error) -> Result<Outcome> {
    let mut text = format!("error: {error}\n");
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(text, "  {key}: {value}");
    };
    if let Some(meaning) = error.code().and_then(|code| found.meaning(code)) {
        line("meaning", &meaning);
    }
    line(
        "the call",
        match error.delivery() {
            Delivery::NotSent => "was not sent",
            Delivery::Rejected => "was refused; nothing has happened",
            _ => "may have been carried out",
        },
    );
    progress::tell(&text);
    Ok(if error.is_service() {
        Outcome::Finding
    } else if error.is_configuration() || error.is_credential() || error.is_validation() {
        Outcome::Unusable
    } else {
        Outcome::Unreached
    })
}
