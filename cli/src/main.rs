//! Arguments in, what the command prints and its exit code out.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

mod call;
mod catalog;
mod complete;
mod configure;
mod failure;
mod list;
mod near;
mod output;
mod parameters;
mod progress;
mod serve;
mod show;
mod sign;
mod snippet;

use crate::catalog::Catalog;
use crate::failure::Result;

/// Calls, signatures and descriptions of Tencent Cloud and Volcengine.
#[derive(Debug, Parser)]
#[command(name = "yunqiao", version, max_term_width = 100)]
struct Arguments {
    /// A folder with schema files, in place of those that are built in.
    #[arg(long, global = true, value_name = "DIR")]
    schemas: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Call an action.
    #[command(after_help = call::EXAMPLES, override_usage = "yunqiao call [OPTIONS] <ACTION> [--PARAMETER VALUE]...")]
    Call(Box<call::Arguments>),
    /// List services, or the actions that words are about.
    #[command(after_help = list::EXAMPLES)]
    List(list::Arguments),
    /// Show what an action does, takes and answers.
    #[command(after_help = show::EXAMPLES)]
    Show(show::Arguments),
    /// Sign a request, or say what is wrong with the signature of one.
    #[command(after_help = sign::EXAMPLES)]
    Sign(sign::Arguments),
    /// Write a key into the vendor's own credential file, or list the profiles there.
    #[command(after_help = configure::EXAMPLES)]
    Configure(configure::Arguments),
    /// Write a call down as Rust, for curl, or for this command.
    #[command(after_help = snippet::EXAMPLES, override_usage = "yunqiao snippet [OPTIONS] <ACTION> [--PARAMETER VALUE]...")]
    Snippet(snippet::Arguments),
    /// Serve the local cloud with pages: an explorer of all actions, and an inspector of the calls that arrive.
    #[command(after_help = serve::EXAMPLES)]
    Serve(serve::Arguments),
    /// Print the completion script for a shell.
    #[command(after_help = complete::EXAMPLES)]
    Completion(complete::Arguments),
}

/// How a command that could be understood ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// What was looked at is not right, nothing was found, or the cloud has refused.
    Finding,
    /// The call cannot be made as it stands.
    Unusable,
    /// Nobody has answered, or nobody can tell what; or a job has not ended in time.
    Unreached,
    /// Somebody has pressed Ctrl-C.
    Interrupted,
}

impl Outcome {
    fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Finding => 1,
            Self::Unusable => 2,
            Self::Unreached => 3,
            // What a shell expects of a program that SIGINT has ended.
            Self::Interrupted => 130,
        }
    }
}

fn main() -> ExitCode {
    match run(std::env::args_os().collect()) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        // Whoever reads from a pipe and has enough is no failure.
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            progress::tell(&format!("error: {failure}\n"));
            ExitCode::from(Outcome::Unusable.code())
        }
    }
}

fn run(mut arguments: Vec<OsString>) -> Result<Outcome> {
    if let Some(answered) = complete::answer(Arguments::command, &arguments) {
        return answered.map(|()| Outcome::Fine);
    }
    let mut command = Arguments::command();
    command.build();
    // What the action takes is not known before the schemas are read: its flags are parted from the options first.
    let mut parameters = Vec::new();
    if let Some(at) = subcommand(&arguments)
        && let Some(name) = arguments[at].to_str()
        && ["call", "snippet"].contains(&name)
        && let Some(takes_parameters) = command.find_subcommand(name)
    {
        let own;
        (own, parameters) = call::separate(arguments.split_off(at + 1), takes_parameters)?;
        arguments.extend(own);
    }
    let matches = command.get_matches_from(arguments);
    let parsed = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let catalog = || match &parsed.schemas {
        Some(folder) => Catalog::folder(folder),
        None => Ok(Catalog::embedded()),
    };
    match parsed.command {
        Command::Call(mut call) => {
            call.parameters = parameters;
            call::run(&call, &catalog()?)
        }
        Command::List(list) => list::run(&list, &catalog()?),
        Command::Show(show) => show::run(&show, &catalog()?),
        Command::Sign(sign) => sign::run(&sign),
        Command::Configure(configure) => configure::run(&configure),
        Command::Snippet(mut snippet) => {
            snippet.parameters = parameters;
            snippet::run(&snippet, &catalog()?)
        }
        Command::Serve(serve) => serve::run(&serve, parsed.schemas.as_deref()),
        Command::Completion(completion) => {
            complete::script(&completion)?;
            Ok(Outcome::Fine)
        }
    }
}

/// The place of the subcommand: the first word that is neither an option nor an option's value.
fn subcommand(arguments: &[OsString]) -> Option<usize> {
    let mut at = 1;
    while let Some(argument) = arguments.get(at) {
        match argument.to_str() {
            Some("--schemas") => at += 2,
            Some(option) if option.starts_with('-') => at += 1,
            _ => return Some(at),
        }
    }
    None
}
