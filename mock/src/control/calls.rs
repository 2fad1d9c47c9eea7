//! A query in, recorded calls out, as soon as there are some: `/-/calls`.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::{Problem, call};
use crate::handle::State;
use crate::verify::encode;

/// Seconds that a request may wait for a call.
const LONGEST_WAIT: u64 = 30;
/// Calls in one answer, unless the request says how many, and at most.
const USUAL: u64 = 100;
const MOST: u64 = 1_000;

/// What a query may say.
struct Wanted {
    after: u64,
    wait: u64,
    limit: usize,
}

pub(super) async fn list(state: &State, query: &str) -> Result<Json, Problem> {
    let Wanted { after, wait, limit } = read(query)?;
    let found = if wait == 0 {
        state.recording.after(after, limit)
    } else {
        let waiting = state.recording.wait_after(after, limit);
        let waited = tokio::time::timeout(Duration::from_secs(wait), waiting).await;
        // Nothing has come; there is a last call all the same.
        waited.unwrap_or_else(|_| state.recording.after(after, limit))
    };
    let calls: Vec<Json> = found
        .calls
        .iter()
        .map(|it| call::shown(&it.told()))
        .collect();
    Ok(json!({ "last": found.last, "oldest": found.oldest, "calls": calls }))
}

fn read(query: &str) -> Result<Wanted, Problem> {
    let (mut after, mut wait, mut limit) = (0, 0, USUAL);
    for (name, value) in encode::pairs(query) {
        let place = match name.as_str() {
            "after" => &mut after,
            "wait" => &mut wait,
            "limit" => &mut limit,
            _ => {
                return Err(Problem::wrong(
                    "The query has a name that is not known.",
                    "It takes after (a call's number), wait (seconds) and limit (calls).",
                ));
            }
        };
        *place = value.parse::<u64>().map_err(|_| {
            Problem::wrong(
                format!("{name} is no whole number."),
                "Write digits, for example after=17.",
            )
        })?;
    }
    let limit = limit.clamp(1, MOST);
    Ok(Wanted {
        // There is no call behind the largest number; one more is added to it.
        after: after.min(u64::MAX - 1),
        wait: wait.min(LONGEST_WAIT),
        limit: usize::try_from(limit).unwrap_or(usize::MAX),
    })
}
