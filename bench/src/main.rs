//! Arguments in, a table or JSON out: what one call costs, beside bare reqwest sending the same bytes in the same run.
//!
//! The program runs itself: once as the server, and as clients of one kind each, so that CPU and memory are those of one thing.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command; printing is its job"
)]

mod answer;
mod client;
mod floor;
mod load;
mod ours;
mod process;
mod report;
mod scenes;
mod server;
mod usage;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What one call costs, beside bare reqwest sending the same bytes in the same run.
#[derive(Debug, Parser)]
#[command(name = "yunqiao-bench", max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    role: Role,
}

#[derive(Debug, Subcommand)]
enum Role {
    /// Measure calls.
    Call {
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Only glance: one short round, and 500 waiting calls. To see that it works.
        #[arg(long)]
        quick: bool,
    },
    /// The server of a measurement; its orders come on standard input.
    #[command(hide = true)]
    Serve,
    /// A client of a measurement; its orders come on standard input.
    #[command(hide = true)]
    Client { side: client::Side, address: String },
}

fn main() -> ExitCode {
    let outcome = match Args::parse().role {
        Role::Call { json, quick } => scenes::run(quick).map(|rows| {
            let is_whole = rows.iter().all(report::Row::is_measured);
            if json {
                println!("{:#}", report::json(&rows));
            } else {
                println!("{}", report::Table(&rows));
            }
            is_whole
        }),
        Role::Serve => server::run().map(|()| true),
        Role::Client { side, address } => client::run(side, address).map(|()| true),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        // The rows say what could not be measured, and why.
        Ok(false) => ExitCode::from(2),
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}
