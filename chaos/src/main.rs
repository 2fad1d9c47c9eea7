//! Arguments in, a run of chaos and an exit code out: 0 fine, 1 a promise was broken, 2 the run could not be made.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command; printing is its job"
)]

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use yunqiao_chaos::{Caller, Generated, Options, Plan, run};

/// Drive calls through connections that break, and compare the cloud's ledger with what the client was told.
#[derive(Debug, Parser)]
#[command(name = "chaos", max_term_width = 100)]
struct Args {
    /// How many calls to make.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..=99_999_999))]
    calls: u64,
    /// What the calls and their troubles come from; another one every day when absent.
    #[arg(long)]
    seed: Option<u64>,
    /// Make this one call of the seed only, and show its plan.
    #[arg(
        long,
        value_name = "NUMBER",
        requires = "seed",
        conflicts_with = "calls"
    )]
    only: Option<u64>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let seed = args.seed.unwrap_or_else(today);
    let options = Options {
        seed,
        first: args.only.unwrap_or(0),
        calls: if args.only.is_some() { 1 } else { args.calls },
    };
    if let Some(number) = args.only.filter(|_| !args.json) {
        println!("{:#?}\n", Plan::new(seed, number));
    }
    let shown = std::io::stderr().is_terminal();
    let progress = |done| {
        if shown {
            eprint!("\r\u{1b}[2Kchaos {done}/{}", options.calls);
        }
    };
    let make = |addresses: &_| {
        let generated = Generated::new(addresses).map_err(|error| error.to_string())?;
        Ok(Arc::new(generated) as Arc<dyn Caller>)
    };
    let outcome = run(options, make, progress).await;
    if shown {
        eprint!("\r\u{1b}[2K");
    }
    match outcome {
        Ok(report) => {
            if args.json {
                println!("{:#}", report.json());
            } else {
                println!("{report}");
            }
            ExitCode::from(u8::from(!report.is_fine()))
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

/// Days since 1970.
fn today() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    since.as_secs() / 86_400
}
