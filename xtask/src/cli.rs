//! The commands, their flags and their help.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand};

use crate::outcome::Outcome;

/// Maintenance of Yunqiao: schemas in, a typed crate out.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    max_term_width = 100
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Regenerate, start the local cloud, call five real actions and show what came back.
    Quickstart,
    /// Run everything that CI runs.
    Test {
        /// Leave out what compiles many crates (goldens, each feature alone).
        #[arg(long)]
        fast: bool,
    },
    /// Exactly what CI runs; the same as `test`.
    Ci,
    /// Turn the schemas into the crate.
    Generate(GenerateArgs),
    /// Report every problem of every schema.
    #[command(
        after_help = "Examples:\n  cargo xtask lint\n  cargo xtask lint path/to/schemas\n  cargo xtask lint --explain S044"
    )]
    Lint {
        /// The schema folder; `schemas` when absent.
        dir: Option<PathBuf>,
        /// Explain a kind of problem by its number.
        #[arg(long, value_name = "NUMBER", conflicts_with = "dir")]
        explain: Option<String>,
    },
    /// Bring schema files into their canonical form.
    #[command(
        after_help = "Examples:\n  cargo xtask fmt\n  cargo xtask fmt --check schemas/tencent/ca"
    )]
    Fmt {
        /// Write nothing; exit 1 and list the files that are not in canonical form.
        #[arg(long)]
        check: bool,
        /// The schema folder, or a folder or file in it; `schemas` when absent.
        dir: Option<PathBuf>,
    },
    /// Check the rules of the house: dependency directions, file sizes, headers, names.
    Tidy,
    /// Measure, against a baseline of the same run.
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
    /// Print the completion script for a shell.
    #[command(
        after_help = "Example:\n  cargo xtask completion bash > ~/.local/share/bash-completion/completions/xtask"
    )]
    Completion {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// What it takes to generate all of a vendor: at once, with nothing changed, after one edit, and in parts.
    #[command(
        after_help = "Examples:\n  cargo xtask bench generate\n  cargo xtask bench generate --schemas path/to/schemas --json"
    )]
    Generate {
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Measure these schemas; without it, the vendor's own description is imported, which has to lie beside the project.
        #[arg(long, value_name = "DIR")]
        schemas: Option<PathBuf>,
    },
    /// What a first build costs: a program with one call, with several TLS providers, and the quickstart.
    Cold {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  cargo xtask generate\n  cargo xtask generate --check\n  \
                  cargo xtask generate --only tencent/essbasic --out /tmp/essbasic\n  \
                  cargo xtask generate --schemas my/schemas --out my/crate"
)]
pub(crate) struct GenerateArgs {
    /// Write nothing; exit 1 and list stale, missing and extra files.
    #[arg(long)]
    pub(crate) check: bool,
    /// The schema folder; `schemas` when absent.
    #[arg(long, value_name = "DIR")]
    pub(crate) schemas: Option<PathBuf>,
    /// Write a complete crate that builds on its own into this folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Take only this service or service version; may be repeated. Needs --out.
    #[arg(long, value_name = "VENDOR/SERVICE[/VERSION]", requires = "out")]
    pub(crate) only: Vec<String>,
    /// Print how long each stage took.
    #[arg(long)]
    pub(crate) timings: bool,
    /// Accept that published names are lost or changed. For major releases.
    #[arg(long)]
    pub(crate) accept_breaking: bool,
}

/// Prints a completion script.
pub(crate) fn completion(shell: clap_complete::Shell) -> Outcome {
    clap_complete::generate(shell, &mut Cli::command(), "xtask", &mut std::io::stdout());
    Outcome::Fine
}
