//! Arguments in, what the command prints and its exit code out: 0 fine, 1 a finding, 2 unusable.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod failure;
mod sign;

/// Calls, signatures and a local cloud for Tencent Cloud and Volcengine.
#[derive(Debug, Parser)]
#[command(name = "yunqiao", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sign a request, or say what is wrong with the signature of one.
    #[command(after_help = sign::EXAMPLES)]
    Sign(sign::Arguments),
}

/// How a command that could do its work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// What was looked at is not right.
    Finding,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Sign(arguments) => sign::run(&arguments),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Finding) => ExitCode::from(1),
        // Whoever reads from a pipe and has enough is no failure.
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody is left to be told if this cannot be written.
            drop(writeln!(io::stderr(), "error: {failure}"));
            ExitCode::from(2)
        }
    }
}
