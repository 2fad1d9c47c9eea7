//! Rules as in a script, in YAML or JSON, in; those that hold out: `/-/rules`.

use serde_json::Value as Json;

use super::Problem;
use crate::handle::State;
use crate::received::Received;
use crate::script::{Script, ScriptError};

/// Adds the rules behind those that hold.
pub(super) fn add(state: &State, received: &Received) -> Result<Json, Problem> {
    let script = read(received)?;
    state.rules.add(script, &state.catalogue).map_err(wrong)?;
    Ok(state.rules.shown())
}

/// Lets these rules hold and no others.
pub(super) fn replace(state: &State, received: &Received) -> Result<Json, Problem> {
    let script = read(received)?;
    state
        .rules
        .replace(script, &state.catalogue)
        .map_err(wrong)?;
    Ok(state.rules.shown())
}

fn read(received: &Received) -> Result<Script, Problem> {
    let text = std::str::from_utf8(&received.body);
    let text = text.ok().filter(|_| !received.oversized);
    let text = text.ok_or_else(|| Problem::wrong("The body is no text.", "Send JSON or YAML."))?;
    // What is read with its numbers of lines is a text that people write.
    match serde_json::from_str::<Json>(text) {
        Ok(mut json) => {
            // What was told about rules may be sent back as it is.
            if let Json::Object(members) = &mut json {
                members.remove("used");
            }
            Script::of_json(&json, &[]).map_err(wrong)
        }
        Err(_) => Script::read(text, "the body").map_err(wrong),
    }
}

fn wrong(error: ScriptError) -> Problem {
    Problem::wrong(error.message(), error.hint())
}
