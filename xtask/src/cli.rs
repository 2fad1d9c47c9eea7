//! The commands, their flags and their help.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand};

use crate::outcome::Outcome;
use crate::{bench, release, say};

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
    /// Take over a vendor's own metadata as schema files, and a new release of them into curated ones.
    Import(ImportArgs),
    /// Tell what a change of the schemas means for callers.
    Diff(DiffArgs),
    /// Tell which version must come next since the last release, and draft its section of the changelog.
    ReleaseCheck(release::Args),
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
    /// Take all of a vendor's metadata through the pipe: import, lint, generate, compile, and judge its example calls.
    Corpus(CorpusArgs),
    /// Drive calls through connections that break at every point, and compare the cloud's ledger with what the client was told.
    Chaos(ChaosArgs),
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
    /// What one call costs in CPU, time and memory, beside bare reqwest sending the same bytes.
    #[command(
        after_help = "Examples:\n  cargo xtask bench call\n  cargo xtask bench call --json\n\n\
                      Exit code 2 if something could not be measured; the row says why. A limit that is not kept is shown and is no failure."
    )]
    Call {
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Only glance: one short round, and 500 waiting calls.
        #[arg(long)]
        quick: bool,
    },
    /// What the local cloud serves on one core, beside bare axum with the same answer.
    Serve {
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Only glance: one short round.
        #[arg(long)]
        quick: bool,
    },
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
    /// What a generated service costs to compile, against the same structs and setters with derived traits.
    Compile(CompileArgs),
    /// What a first build costs: a program with one call, with several TLS providers, and the quickstart.
    Cold {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  cargo xtask bench compile\n  cargo xtask bench compile --only tencent/essbasic --json\n  \
                  cargo xtask bench compile --schemas my/schemas --build check --build dev"
)]
pub(crate) struct CompileArgs {
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Take only this service or service version; may be repeated.
    #[arg(long, value_name = "VENDOR/SERVICE[/VERSION]")]
    pub(crate) only: Vec<String>,
    /// Build only this way; may be repeated. All three when absent. The size of a program needs `release`.
    #[arg(long, value_enum)]
    pub(crate) build: Vec<bench::Mode>,
    /// The schema folder; `schemas` when absent.
    #[arg(long, value_name = "DIR")]
    pub(crate) schemas: Option<PathBuf>,
}

#[derive(Args, Debug, Default)]
#[command(
    after_help = "Examples:\n  cargo xtask generate\n  cargo xtask generate --check\n  \
                  cargo xtask generate --only tencent/essbasic --out /tmp/essbasic\n  \
                  cargo xtask generate --only tencent/essbasic --actions ChannelVerifyPdf --out /tmp/verify\n  \
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
    /// Take only these actions, and the types that they reach. Needs --only with one service version.
    #[arg(
        long,
        value_name = "NAME,...",
        requires = "only",
        value_delimiter = ','
    )]
    pub(crate) actions: Vec<String>,
    /// Print how long each stage took.
    #[arg(long)]
    pub(crate) timings: bool,
    /// Accept that published names are lost or changed. For major releases.
    #[arg(long)]
    pub(crate) accept_breaking: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  cargo xtask import tencent upstream/cvm/v20170312/api.json --out my/schemas\n  \
                  cargo xtask import tencent upstream --out my/schemas --docs upstream\n  \
                  cargo xtask import tencent upstream/ess --out schemas\n\n\
                  Facts that have changed upstream are updated. What people have written stays: descriptions, enums, marks,\n\
                  examples. What is gone upstream becomes a tombstone. What contradicts a decision is reported, exit 1."
)]
pub(crate) struct ImportArgs {
    /// Whose metadata they are.
    pub(crate) vendor: ImportVendor,
    /// An api.json, the folder of a service or version, or a whole tree of them. An examples.json beside an api.json is
    /// read for the error codes that it shows.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The schema folder to write to; files that it already has are brought up to date.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Whether the vendor's descriptions are taken over, for your own output.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) docs: ImportDocs,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  cargo xtask chaos\n  cargo xtask chaos --calls 100000 --seed 7\n  cargo xtask chaos --json\n  \
                  cargo xtask chaos --seed 7 --only 1234\n\n\
                  A seed fixes what is called and what goes wrong with each attempt, not how long it takes: a finding names its\n\
                  call, and `--seed` with `--only` makes that call alone. Exit code 1 if a promise of the client was broken."
)]
pub(crate) struct ChaosArgs {
    /// How many calls to make; 20000 when absent.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..=99_999_999))]
    pub(crate) calls: Option<u64>,
    /// What the calls and their troubles come from; another one every day when absent.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// Make this one call of the seed only, and show its plan.
    #[arg(long, value_name = "CALL", requires = "seed", conflicts_with = "calls")]
    pub(crate) only: Option<u64>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug, Default)]
#[command(
    after_help = "Examples:\n  cargo xtask corpus path/to/tencentcloud\n  cargo xtask corpus path/to/tencentcloud --sample 6\n  \
                  cargo xtask corpus path/to/tencentcloud --sample 6 --from 20778\n\n\
                  All files together need about 15 GB of memory and ten minutes: rustc checks one crate of 11,000 actions."
)]
pub(crate) struct CorpusArgs {
    /// The tree with the api.json and examples.json files; `../shared/upstream/tencentcloud` when absent.
    pub(crate) path: Option<PathBuf>,
    /// Take only so many service versions, others each day.
    #[arg(long, value_name = "COUNT")]
    pub(crate) sample: Option<usize>,
    /// The day that a sample is of, in days since 1970: to see again what failed.
    #[arg(long, value_name = "DAY", requires = "sample")]
    pub(crate) from: Option<usize>,
    /// Where to work; `target/corpus` when absent.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Whether the vendor's descriptions come along, and rustdoc judges them.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) docs: ImportDocs,
}

impl CorpusArgs {
    /// So many service versions of the day.
    pub(crate) fn sample(count: usize) -> Self {
        Self {
            sample: Some(count),
            ..Self::default()
        }
    }
}

/// Vendors that publish metadata.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
pub(crate) enum ImportVendor {
    /// Tencent Cloud: api.json files as its SDKs and its command-line tool carry them.
    Tencent,
}

/// What an import does with descriptions.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ImportDocs {
    /// Names, types and flags only.
    #[default]
    None,
    /// Descriptions too, cleaned, in the vendor's language.
    Upstream,
}

/// Prints a completion script.
pub(crate) fn completion(shell: clap_complete::Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "xtask", &mut script);
    say::whole(format_args!("{}", String::from_utf8_lossy(&script)));
    Outcome::Fine
}

#[derive(Args, Debug)]
#[command(
    after_help = "Exit code: 0 fine, 1 findings at or above --fail-on, 2 a side cannot be read.\n\nExamples:\n  \
                  cargo xtask diff main HEAD\n  cargo xtask diff v0.1.0 schemas --format json\n  \
                  cargo xtask diff HEAD~1:schemas HEAD:schemas --fail-on any\n  \
                  cargo xtask diff schemas path/to/tccli/services/ess/v20201111"
)]
pub(crate) struct DiffArgs {
    /// What there was: a git revision (its folder `schemas`, or REVISION:FOLDER) or a folder. A folder holds schema files, or
    /// the vendor's own metadata (`api.json`).
    pub(crate) old: String,
    /// What there is, in the same form. The vendor's metadata is taken as an import into the old side would take it.
    pub(crate) new: String,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// What exit code 1 is for.
    #[arg(long, value_enum, default_value_t = FailOn::Breaking)]
    pub(crate) fail_on: FailOn,
    /// The clone that revisions are looked up in; the one around this folder when absent.
    #[arg(long, value_name = "DIR")]
    pub(crate) repo: Option<PathBuf>,
    /// The file of known breaks; `schemas/approvals.yaml` when absent, if it is there.
    #[arg(long, value_name = "FILE")]
    pub(crate) approvals: Option<PathBuf>,
    /// Where the full report is, for what a comment has no room for.
    #[arg(long, value_name = "URL")]
    pub(crate) full: Option<String>,
    /// The version to count from; that of the old side when absent.
    #[arg(long, value_name = "VERSION")]
    pub(crate) current: Option<String>,
    /// Shows each verdict: generates both sides, compiles code that uses what has changed, and lets deployed code talk to a
    /// server of the new schemas. A verdict that does not hold is a finding, whatever --fail-on says.
    #[arg(long)]
    pub(crate) prove: bool,
}

/// How a diff is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a terminal.
    Text,
    /// For a comment on a pull request: at most 60,000 characters, the worst first.
    Markdown,
    /// For programs.
    Json,
    /// For a browser: one page with everything, the Rust before and after, search and filters.
    Html,
}

/// What is a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum FailOn {
    /// Callers, or programs that are deployed, are hit.
    Breaking,
    /// Any change.
    Any,
    /// None.
    Never,
}
