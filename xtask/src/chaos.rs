//! `cargo xtask chaos`: calls through broken connections, made by a program of its own, because it uses the generated crate.

use std::process::Command;

use crate::cli::ChaosArgs;
use crate::outcome::{Failure, Outcome, Result};
use crate::tree;

pub(crate) fn run(args: &ChaosArgs) -> Result {
    let mut command = Command::new(env!("CARGO"));
    // What is measured in milliseconds is not measured in a debug build.
    command.args(["run", "--quiet", "--release", "-p", "yunqiao-chaos", "--"]);
    if let Some(calls) = args.calls {
        command.arg("--calls").arg(calls.to_string());
    }
    if let Some(seed) = args.seed {
        command.arg("--seed").arg(seed.to_string());
    }
    if let Some(number) = args.only {
        command.arg("--only").arg(number.to_string());
    }
    if args.json {
        command.arg("--json");
    }
    let status = command
        .current_dir(tree::root())
        .status()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    match status.code() {
        Some(0) => Ok(Outcome::Fine),
        Some(1) => Ok(Outcome::Findings),
        _ => Err(Failure::new("the run could not be made")),
    }
}
