//! In: a server. Out: CPU per call and calls a second, ours and the floor's, turn by turn.

use super::{Extent, client, median, number, say, work};
use crate::client::Side;
use crate::process::Process;
use crate::report::{Limit, Row};

/// Microseconds of CPU per call, and calls a second, of each turn.
#[derive(Default)]
struct Turns {
    cpu: Vec<f64>,
    rate: Vec<f64>,
}

impl Turns {
    fn take(
        &mut self,
        client: &mut Process,
        concurrency: usize,
        calls: usize,
    ) -> Result<(), String> {
        let cost = client.ask(&format!("calls {concurrency} {calls}"))?;
        self.cpu.push(work(&cost)? * 1e6 / calls as f64);
        self.rate.push(calls as f64 / number(&cost, "seconds")?);
        Ok(())
    }
}

pub(super) fn measure(address: &str, extent: Extent) -> Result<Vec<Row>, String> {
    let mut floor = client(Side::Floor, address)?;
    let mut ours = client(Side::Ours, address)?;
    let [floor_16, ours_16] = turns(&mut floor, &mut ours, 16, extent.rounds, extent.calls)?;
    // One at a time, most of the time is spent waiting.
    let [floor_1, ours_1] = turns(&mut floor, &mut ours, 1, extent.rounds, extent.calls / 4)?;
    let cpu = |name, limit, concurrency, ours: Turns, floor: Turns| {
        Row::new(name, "us", limit, median(ours.cpu))
            .floor(median(floor.cpu))
            .detail("concurrency", concurrency)
            .detail("turns", extent.rounds)
    };
    let rate = Row::new(
        "throughput-16",
        "calls/s",
        Limit::RatioAtLeast(0.9),
        median(ours_16.rate.clone()),
    )
    .floor(median(floor_16.rate.clone()))
    .detail("concurrency", 16)
    .detail("turns", extent.rounds);
    Ok(vec![
        cpu(
            "cpu-per-call",
            Limit::RatioAtMost(1.3),
            16,
            ours_16,
            floor_16,
        ),
        rate,
        cpu(
            "cpu-per-call-1",
            Limit::RatioAtMost(1.3),
            1,
            ours_1,
            floor_1,
        ),
    ])
}

/// First the floor, then ours, again and again: what the machine does meanwhile meets both.
fn turns(
    floor: &mut Process,
    ours: &mut Process,
    concurrency: usize,
    rounds: usize,
    calls: usize,
) -> Result<[Turns; 2], String> {
    let mut turns = [Turns::default(), Turns::default()];
    for client in [&mut *floor, &mut *ours] {
        client.ask(&format!("calls {concurrency} {}", calls / 4))?;
    }
    for round in 1..=rounds {
        say(&format!(
            "{concurrency} at a time: round {round} of {rounds}"
        ));
        turns[0].take(floor, concurrency, calls)?;
        turns[1].take(ours, concurrency, calls)?;
    }
    Ok(turns)
}
