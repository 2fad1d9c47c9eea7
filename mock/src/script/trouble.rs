//! The name of a fault in a script in, the trouble that it stands for out.

use std::time::Duration;

use super::read::hint;
use super::{ScriptError, read::wrong};
use crate::line::Trouble;

/// How long an answer drips that has no `after`.
const DRIP: Duration = Duration::from_secs(2);

/// Names and what they stand for; the short ones are what is meant most often.
fn known(drip: Duration) -> [(&'static str, Trouble); 18] {
    [
        ("reset", Trouble::ResetUnexecuted),
        ("hang", Trouble::StallUnexecuted),
        ("cut", Trouble::CutBody),
        ("half", Trouble::HalfBody),
        ("reset-unexecuted", Trouble::ResetUnexecuted),
        ("reset-executed", Trouble::ResetExecuted),
        ("close-unexecuted", Trouble::CloseUnexecuted),
        ("stall-unexecuted", Trouble::StallUnexecuted),
        ("stall-executed", Trouble::StallExecuted),
        ("stall-body", Trouble::StallBody),
        ("cut-head", Trouble::CutHead),
        ("cut-body", Trouble::CutBody),
        ("half-body", Trouble::HalfBody),
        ("drip", Trouble::Drip(drip)),
        ("length-too-long", Trouble::LengthTooLong),
        ("length-too-short", Trouble::LengthTooShort),
        ("twice", Trouble::Twice),
        ("close-after", Trouble::CloseAfter),
    ]
}

/// The trouble; an answer that drips does so for the time that others wait before it.
pub(super) fn read(name: &str, after: Duration) -> Result<Trouble, ScriptError> {
    let drip = if after.is_zero() { DRIP } else { after };
    let known = known(drip);
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let found = known.iter().find(|(known, _)| *known == name);
    found
        .map(|(_, trouble)| trouble.clone())
        .ok_or_else(|| wrong("fault", &format!("is not {name:?}"), &hint(name, &names)))
}
