//! Arguments in, an exit code out: 0 fine, 1 findings, 2 wrong usage or unreadable input.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command; printing is its job"
)]

mod bench;
mod chaos;
mod check;
mod chromium;
mod cli;
mod corpus;
mod diff;
mod fmt;
mod generate;
mod import;
mod lint;
mod outcome;
mod parallel;
mod quickstart;
mod release;
mod say;
mod schemas;
mod terminal;
mod tidy;
mod tree;

use std::process::ExitCode;

use clap::Parser as _;

use crate::outcome::Outcome;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match run(cli.command) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(command: cli::Command) -> outcome::Result {
    match command {
        cli::Command::Quickstart => quickstart::run(),
        cli::Command::Test { fast } => check::run(fast),
        cli::Command::Ci => check::run(false),
        cli::Command::Generate(args) => generate::run(&args),
        cli::Command::Import(args) => import::run(&args),
        cli::Command::Diff(args) => diff::run(&args),
        cli::Command::ReleaseCheck(args) => release::run(&args),
        cli::Command::Lint { dir, explain } => lint::run(dir.as_deref(), explain.as_deref()),
        cli::Command::Fmt { check, dir } => fmt::run(check, dir.as_deref()),
        cli::Command::Corpus(args) => corpus::run(&args),
        cli::Command::Chaos(args) => chaos::run(&args),
        cli::Command::Tidy => tidy::run(),
        cli::Command::Bench {
            what: cli::Bench::Compile(args),
        } => bench::compile(&args),
        cli::Command::Bench {
            what: cli::Bench::Call { json, quick },
        } => bench::call(json, quick),
        cli::Command::Bench {
            what: cli::Bench::Serve { json, quick },
        } => bench::serve(json, quick),
        cli::Command::Bench {
            what: cli::Bench::Cold { json },
        } => bench::cold(json),
        cli::Command::Bench {
            what: cli::Bench::Generate { json, schemas },
        } => bench::generate(json, schemas.as_deref()),
        cli::Command::Completion { shell } => Ok(cli::completion(shell)),
    }
}
