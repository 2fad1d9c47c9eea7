//! `cargo xtask quickstart`: the main job from end to end, for somebody who has just cloned the project.

use std::process::Command;

use crate::cli::GenerateArgs;
use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;
use crate::{generate, terminal, tree};

pub(crate) fn run() -> Result {
    let color = terminal::stdout_color();
    let step = |number: u8, text: &str| {
        say!(
            "{} {text}",
            terminal::paint(color, "1", &format!("[{number}/2]"))
        )
    };
    step(1, "data files to Rust: cargo xtask generate");
    if generate::run(&GenerateArgs::default())? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    step(
        2,
        "calls over real HTTP: cargo run -p yunqiao-examples --bin quickstart",
    );
    let status = Command::new(env!("CARGO"))
        .args(["run", "-p", "yunqiao-examples", "--bin", "quickstart"])
        .current_dir(tree::root())
        .status()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    Ok(Outcome::from_findings(!status.success()))
}
