//! In: how thorough. Out: a row for each thing that is promised of a call, and a few beside them.

mod body;
mod calls;
mod waiting;

use std::io::IsTerminal as _;

use serde_json::Value as Json;

use crate::client::Side;
use crate::process::Process;
use crate::report::{Limit, Row};

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    /// Turns that ours and the floor take.
    rounds: usize,
    /// Calls in a turn, 16 at a time.
    calls: usize,
    /// Calls that wait at once.
    waiting: usize,
}

pub(crate) fn run(quick: bool) -> Result<Vec<Row>, String> {
    let extent = if quick {
        Extent {
            rounds: 1,
            calls: 320,
            waiting: 500,
        }
    } else {
        Extent {
            rounds: 15,
            calls: 16_000,
            waiting: 10_000,
        }
    };
    let mut server = Process::start(&["serve"])?;
    let address = text(&server.ask("address")?, "address")?;
    let mut rows = calls::measure(&address, extent)?;
    rows.push(sign(&address, extent)?);
    rows.extend(body::measure(&address, extent)?);
    rows.extend(waiting::measure(&mut server, &address, extent)?);
    Ok(rows)
}

/// A client in a process of its own.
fn client(side: Side, address: &str) -> Result<Process, String> {
    Process::start(&["client", side.name(), address])
}

fn sign(address: &str, extent: Extent) -> Result<Row, String> {
    say("signing 200 bytes");
    const COUNT: usize = 20_000;
    let mut ours = client(Side::Ours, address)?;
    let mut turns = Vec::new();
    let mut sha = Json::Null;
    for _ in 0..=extent.rounds {
        let turn = ours.ask(&format!("sign {COUNT}"))?;
        turns.push(work(&turn)? * 1e6 / COUNT as f64);
        sha = turn["sha_instructions"].clone();
    }
    // The first turn derives the day's key, and warms up.
    turns.remove(0);
    Ok(
        Row::new("sign-200b", "us", Limit::ValueAtMost(2.0), median(turns))
            .detail("sha_instructions", sha),
    )
}

/// CPU seconds, or where the system does not tell them, seconds.
fn work(cost: &Json) -> Result<f64, String> {
    cost["cpu"]
        .as_f64()
        .map_or_else(|| number(cost, "seconds"), Ok)
}

fn number(answer: &Json, name: &str) -> Result<f64, String> {
    answer[name]
        .as_f64()
        .ok_or_else(|| format!("no {name} in {answer}"))
}

fn text(answer: &Json, name: &str) -> Result<String, String> {
    answer[name]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| format!("no {name} in {answer}"))
}

/// The one in the middle: a turn in which another program had the processor does not count.
fn median(mut turns: Vec<f64>) -> f64 {
    turns.sort_by(f64::total_cmp);
    turns.get(turns.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What is going on, for whoever waits.
fn say(what: &str) {
    if std::io::stderr().is_terminal() {
        eprintln!("{what}");
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn a_turn_that_was_disturbed_does_not_count() {
        assert_eq!(median(vec![3.0, 1.0, 900.0]), 3.0);
        assert_eq!(median(vec![7.0]), 7.0);
    }
}
