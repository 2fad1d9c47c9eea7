//! In: a server. Out: what a call with a body of 10 MB takes in CPU time and in memory, beside the floor and one hash.

use serde_json::Value as Json;

use super::{Extent, client, median, number, say, work};
use crate::client::Side;
use crate::report::{Limit, Row};

/// Base64 of the picture of a seal: the largest that the vendor takes is a little more.
const BYTES: usize = 10_000_000;

pub(super) fn measure(address: &str, extent: Extent) -> Result<Vec<Row>, String> {
    let mut floor = client(Side::Floor, address)?;
    let mut ours = client(Side::Ours, address)?;
    let [mut calls, mut floors, mut hashes, mut elapsed] = [(); 4].map(|()| Vec::new());
    let (mut bytes, mut more) = (0.0, Some(0.0_f64));
    for round in 0..=extent.rounds {
        say(&format!("10 MB: round {round} of {}", extent.rounds));
        let cost = floor.ask(&format!("body {BYTES}"))?;
        let own = ours.ask(&format!("body {BYTES}"))?;
        // The first round warms up.
        if round > 0 {
            floors.push(work(&cost["call"])?);
            hashes.push(work(&cost["hash"])?);
            calls.push(work(&own["call"])?);
            elapsed.push(number(&own["call"], "seconds")?);
        }
        bytes = number(&cost, "bytes")?;
        let held = own["call"]["more_bytes"].as_f64();
        more = more.zip(held).map(|(most, held)| most.max(held));
    }
    let (call, floor, hash) = (median(calls), median(floors), median(hashes));
    let milliseconds = |seconds: f64| seconds * 1e3;
    let time = Row::new(
        "body-10mb",
        "ms",
        Limit::RatioAtMost(1.25),
        milliseconds(call),
    )
    .floor(milliseconds(floor + hash))
    .detail("floor_call", milliseconds(floor))
    .detail("floor_hash", milliseconds(hash))
    .detail("elapsed", milliseconds(median(elapsed)))
    .detail("bytes", bytes)
    .detail("turns", extent.rounds);
    // A call needs a little beside the body: buffers, headers.
    let limit = Limit::ValueAtMost(1.1);
    let copies = match more {
        Some(more) => Row::new("body-10mb-copies", "copies", limit, more / bytes)
            .detail("more_bytes", Json::from(more)),
        None => {
            let why = "only Linux tells the most memory that a process has held";
            Row::missing("body-10mb-copies", "copies", limit, why)
        }
    };
    Ok(vec![time, copies])
}
