//! In: a server that can hold back its answers. Out: the memory of a client with 10,000 calls that wait at once: for their
//! turn, as a client does that is configured like most, and without a limit for answers.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Extent, client, number, say};
use crate::client::Side;
use crate::process::Process;
use crate::report::{Limit, Row};

const LIMIT: Limit = Limit::ValueAtMost(200.0);
/// What a process has open beside its connections.
const OTHER_FILES: usize = 64;
/// Until every call must have reached the server.
const PATIENCE: Duration = Duration::from_secs(120);
const GLANCE: Duration = Duration::from_millis(50);

pub(super) fn measure(
    server: &mut Process,
    address: &str,
    extent: Extent,
) -> Result<Vec<Row>, String> {
    say("waiting for a turn");
    let name = "waiting-10k";
    let turns = match for_turns(server, address, extent.waiting)? {
        Ok(ours) => {
            row(name, LIMIT, ours, extent).detail("for", "the vendor's limit of 20 a second")
        }
        Err(why) => Row::missing(name, "MB", LIMIT, why),
    };
    say("waiting for answers");
    let name = "connected-10k";
    let answers = match (
        for_answers(Side::Floor, server, address, extent.waiting)?,
        for_answers(Side::Ours, server, address, extent.waiting)?,
    ) {
        // The HTTP client alone has buffers of 25 kB for each connection.
        (Ok(floor), Ok(ours)) => row(name, Limit::None, ours, extent)
            .floor(floor)
            .detail("for", "answers, each on a connection of its own"),
        (Err(why), _) | (_, Err(why)) => Row::missing(name, "MB", Limit::None, why),
    };
    Ok(vec![turns, answers])
}

fn row(name: &'static str, limit: Limit, megabytes: f64, extent: Extent) -> Row {
    Row::new(name, "MB", limit, megabytes).detail("calls", extent.waiting)
}

/// Megabytes of a client whose calls all have a connection and no answer; or why that cannot be told.
fn for_answers(
    side: Side,
    server: &mut Process,
    address: &str,
    calls: usize,
) -> Result<Result<f64, String>, String> {
    let mut client = client(side, address)?;
    let needed = calls + OTHER_FILES;
    if client.ask("files")?["files"]
        .as_u64()
        .is_some_and(|files| files < needed as u64)
    {
        return Ok(Err(format!(
            "every call has a connection, and a process may not open {needed} files here: raise the limit (`ulimit -n`)"
        )));
    }
    server.ask("hold")?;
    client.ask(&format!("wait {calls}"))?;
    let started = Instant::now();
    while number(&server.ask("held")?, "held")? < calls as f64 {
        if started.elapsed() > PATIENCE {
            return Err(format!(
                "not all calls reached the server: {}",
                server.ask("held")?
            ));
        }
        sleep(GLANCE);
    }
    let memory = peak(&mut client)?;
    server.ask("release")?;
    client.ask("join")?;
    Ok(memory)
}

/// Megabytes of a client whose calls, but for the first few, wait for the vendor's limit; or why that cannot be told.
fn for_turns(
    server: &mut Process,
    address: &str,
    calls: usize,
) -> Result<Result<f64, String>, String> {
    let mut client = client(Side::Limited, address)?;
    server.ask("hold")?;
    client.ask(&format!("wait {calls}"))?;
    // When all calls have got in line, nothing grows any more.
    let (mut memory, mut steady) = (peak(&mut client)?, 0);
    while steady < 10 {
        sleep(GLANCE);
        let now = peak(&mut client)?;
        steady = if now == memory { steady + 1 } else { 0 };
        memory = now;
    }
    server.ask("release")?;
    Ok(memory)
}

fn peak(client: &mut Process) -> Result<Result<f64, String>, String> {
    let peak = client.ask("memory")?["peak"].as_f64();
    Ok(peak
        .map(|bytes| bytes / 1e6)
        .ok_or_else(|| "only Linux tells the memory of a process".to_owned()))
}
