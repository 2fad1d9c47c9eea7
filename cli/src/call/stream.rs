//! An answer that comes in pieces in, each of its events out as a line of JSON, as soon as it is there.

use serde_json::Value as Json;
use yunqiao_runtime::Config;

use super::query::Query;
use super::{connect, refusal};
use crate::Outcome;
use crate::catalog::Found;
use crate::failure::Result;
use crate::output;
use crate::progress;

/// Prints the events; an answer that comes whole is one.
pub(super) fn print(
    config: &Config,
    found: Found<'_>,
    request: Json,
    query: Option<&Query>,
) -> Result<Outcome> {
    let call = connect::any_call(config, found, request)?.stream();
    let mut count = 0;
    let events = async {
        let mut events = match call.await {
            Ok(events) => events,
            Err(error) => return Ok(Some(error)),
        };
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => {
                    count += 1;
                    let event = event.into_inner();
                    let shown = match query {
                        Some(query) => query.find(&event)?,
                        None => event,
                    };
                    // A list is one event, and not a line for each of its entries.
                    output::write(&format!("{shown}\n"))?;
                }
                Err(error) => return Ok(Some(error)),
            }
        }
        Ok(None)
    };
    match connect::block_on(events)? {
        None => {
            progress::tell(&format!("interrupted after {count} events\n"));
            Ok(Outcome::Interrupted)
        }
        Some(Ok(Some(error))) => refusal::tell(found, &error),
        Some(ended) => ended.map(|_: Option<_>| Outcome::Fine),
    }
}
