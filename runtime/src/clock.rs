//! In: nothing. Out: the time. The only file that reads the clock.

pub(crate) mod http_date;
pub(crate) mod offsets;

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// Where signatures take their time from. Signed requests are refused when it is more than five minutes off.
///
/// The default reads the system clock; a test hands in a fixed time through
/// [`ConfigBuilder::time_source`](crate::ConfigBuilder::time_source).
pub trait TimeSource: Send + Sync {
    /// Seconds since 1970-01-01T00:00:00Z.
    fn now(&self) -> i64;
}

/// The system clock.
pub(crate) struct SystemClock;

impl TimeSource for SystemClock {
    fn now(&self) -> i64 {
        let seconds =
            |duration: std::time::Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => seconds(after),
            // A clock before 1970 is wrong, but that is for the server to say.
            Err(before) => -seconds(before.duration()),
        }
    }
}

impl fmt::Debug for dyn TimeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TimeSource")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_counts_seconds() {
        // From 2023 to 2286: milliseconds or minutes would be far outside.
        assert!((1_700_000_000..10_000_000_000).contains(&SystemClock.now()));
    }
}
