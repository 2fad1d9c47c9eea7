//! In: which question it is, and whose. Out: how long to wait before it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(15);

/// The time between questions.
#[derive(Debug)]
pub(super) struct Pace {
    /// Always the same, if the caller says so.
    pub(super) interval: Option<Duration>,
    /// The action's documented limit.
    pub(super) per_second: Option<u32>,
    /// What the jobs are called. Waits for different jobs ask at different times, so that many that begin together do not stay
    /// together; and a wait is the same whenever it is made again.
    pub(super) salt: u64,
}

impl Pace {
    /// The time before question `number`, from 1.
    pub(super) fn before(&self, number: u32) -> Duration {
        let chosen = self.interval.unwrap_or_else(|| {
            let exponent = i32::try_from(number.saturating_sub(1)).unwrap_or(i32::MAX);
            let grown = FIRST.as_secs_f64() * 1.5_f64.powi(exponent.min(64));
            let bounded = grown.min(LONGEST.as_secs_f64());
            Duration::from_secs_f64(bounded * (0.8 + 0.4 * self.chance(number)))
        });
        let least = self.per_second.filter(|calls| *calls > 0);
        chosen.max(least.map_or(Duration::ZERO, |calls| Duration::from_secs(1) / calls))
    }

    /// From 0 to 1.
    fn chance(&self, number: u32) -> f64 {
        let mut hasher = DefaultHasher::new();
        (self.salt, number).hash(&mut hasher);
        // The upper half is a whole number that an f64 holds.
        f64::from((hasher.finish() >> 32) as u32) / f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(salt: u64) -> Pace {
        Pace {
            interval: None,
            per_second: Some(20),
            salt,
        }
    }

    #[test]
    fn questions_become_rare_and_no_rarer_than_the_longest_time() {
        for salt in 0..200 {
            let pace = pace(salt);
            let bounds = [
                (1, 0.8, 1.2),
                (2, 1.2, 1.8),
                (4, 2.7, 4.05),
                (8, 12.0, 18.0),
            ];
            for (number, least, most) in bounds {
                let seconds = pace.before(number).as_secs_f64();
                assert!((least..=most).contains(&seconds), "{number}: {seconds}");
            }
            for number in [9, 100, u32::MAX] {
                assert!(pace.before(number) <= LONGEST.mul_f64(1.2));
                assert!(pace.before(number) >= LONGEST.mul_f64(0.8));
            }
        }
    }

    #[test]
    fn jobs_are_spread_and_each_is_the_same_again() {
        let first: std::collections::BTreeSet<_> =
            (0..100).map(|salt| pace(salt).before(1)).collect();
        assert!(first.len() > 90, "{}", first.len());
        assert_eq!(pace(7).before(3), pace(7).before(3));
    }

    #[test]
    fn the_documented_limit_is_kept() {
        let with = |interval, per_second| Pace {
            interval: Some(Duration::from_millis(interval)),
            per_second,
            salt: 0,
        };
        assert_eq!(with(1, Some(20)).before(1), Duration::from_millis(50));
        assert_eq!(with(80, Some(20)).before(5), Duration::from_millis(80));
        assert_eq!(with(1, None).before(1), Duration::from_millis(1));
        assert_eq!(with(1, Some(0)).before(1), Duration::from_millis(1));
    }
}
