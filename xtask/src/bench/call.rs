//! `cargo xtask bench call`: what one call costs, measured by a program of its own, because it uses the generated crate.

use std::process::Command;

use crate::outcome::{Failure, Outcome, Result};
use crate::tree;

pub(crate) fn run(json: bool, quick: bool) -> Result {
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "run",
        "--quiet",
        "--release",
        "-p",
        "yunqiao-bench",
        "--",
        "call",
    ]);
    if json {
        command.arg("--json");
    }
    if quick {
        command.arg("--quick");
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
