//! `cargo xtask bench serve`: what the local cloud serves, measured by a program of its own, because this one knows no cloud.

use std::process::Command;

use crate::outcome::{Failure, Outcome, Result};
use crate::tree;

pub(crate) fn run(json: bool, quick: bool) -> Result {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--release", "-p", "yunqiao-mock"]);
    command.args(["--example", "load", "--"]);
    // The first word says how much, the second how it is told.
    command.arg(if quick { "--quick" } else { "--whole" });
    if json {
        command.arg("--json");
    }
    let status = command
        .current_dir(tree::root())
        .status()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    if status.success() {
        Ok(Outcome::Fine)
    } else {
        Err(Failure::new("not everything could be measured"))
    }
}
