//! In: how often and how fast a caller wants failures to be tried again. Out: the wait before the next attempt.

mod budget;

use std::time::Duration;

use crate::random::Random;

pub(crate) use self::budget::Budget;

/// Which failures of a call are tried again, and when.
///
/// What may be repeated is not a choice: it follows from the vendor's description of the action and from what happened. A call
/// that is not safe to repeat is sent again only if nothing can have left (no connection) or if the vendor has surely not
/// executed it (too many requests, a signature whose time is wrong). A safe one is also repeated after a broken connection, an
/// attempt without an answer, a gateway's 5xx, and the codes that the vendor calls passing.
///
/// The wait before attempt *n* + 1 is random between nothing and `base_delay` × 2ⁿ⁻¹ (five times that after throttling, since
/// the vendors count by the second), at most `max_delay`; a server's `Retry-After` makes it longer, and is waited for exactly.
/// It never goes past the total timeout: rather the last error comes back at once. All clients of a
/// [`Config`](crate::Config) share a budget of repeats, so that an outage is not answered with a multiple of the load: 100
/// repeats at once, and then one for every five calls that succeed.
///
/// ```
/// use std::time::Duration;
/// use yunqiao_runtime::{Config, Credential, RetryPolicy};
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// let config = Config::builder()
///     .credential(Credential::new("AKIDexample", "a-secret-key"))
///     .retry(RetryPolicy::standard().max_attempts(6).max_delay(Duration::from_secs(5)))
///     .build()?;
/// # let _ = config;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
}

/// How much longer than usual the wait after throttling may be: half a second for the first, in which a limit per second has
/// often passed.
const THROTTLED: u32 = 5;

impl RetryPolicy {
    /// At most 4 attempts, waits from 100 ms up to 20 s. Four, so that a burst over a limit that is counted per second is
    /// mostly over by the last one.
    pub fn standard() -> Self {
        Self {
            max_attempts: 4,
            base_delay: Duration::from_millis(100),
            max_delay: Duration::from_secs(20),
        }
    }

    /// One attempt, whatever happens.
    pub fn none() -> Self {
        Self::standard().max_attempts(1)
    }

    /// How many attempts a call makes at most, the first included; 0 is taken as 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// The longest wait before the second attempt; it doubles with each further one.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest wait of all, but for what a server asks for.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Whether there may be another one after so many attempts.
    pub(crate) fn allows_more(&self, attempts: u32) -> bool {
        attempts < self.max_attempts
    }

    /// The wait after so many attempts: "full jitter", which spreads the callers best that failed together.
    pub(crate) fn delay(&self, attempts: u32, throttled: bool, random: &Random) -> Duration {
        let doubled = 1u32
            .checked_shl(attempts.saturating_sub(1))
            .unwrap_or(u32::MAX);
        let longest = self
            .base_delay
            .saturating_mul(if throttled { THROTTLED } else { 1 })
            .saturating_mul(doubled)
            .min(self.max_delay);
        // 32 bits are enough to spread over, and the product of a time and a fraction stays exact.
        let fraction = random.next() >> 32;
        let nanoseconds = longest.as_nanos() * u128::from(fraction) >> 32;
        Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_spread_from_nothing_to_a_bound_that_doubles() {
        let random = Random::seeded(1);
        let policy = RetryPolicy::standard().max_delay(Duration::from_secs(2));
        for (attempts, throttled, bound) in [
            (1, false, 100),
            (2, false, 200),
            (3, false, 400),
            (6, false, 2_000),
            (40, false, 2_000),
            (u32::MAX, false, 2_000),
            (1, true, 500),
            (2, true, 1_000),
        ] {
            let bound = Duration::from_millis(bound);
            let delays: Vec<Duration> = (0..500)
                .map(|_| policy.delay(attempts, throttled, &random))
                .collect();
            assert!(delays.iter().all(|delay| *delay < bound));
            assert!(delays.iter().any(|delay| *delay < bound / 10));
            assert!(delays.iter().any(|delay| *delay > bound * 9 / 10));
        }
        let huge = policy.base_delay(Duration::MAX).max_delay(Duration::MAX);
        let _ = huge.delay(40, true, &random);
    }
}
