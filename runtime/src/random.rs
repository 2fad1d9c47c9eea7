//! In: nothing, or a seed. Out: numbers that nobody can foresee, or that are the same in every run.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where delays and idempotency tokens come from.
///
/// By default a keyed hash of a counter, with the 128-bit key that the standard library takes from the operating system: that
/// makes tokens of different processes differ, needs no further crate, and asks the system nothing per number.
#[derive(Debug)]
pub(crate) struct Random {
    source: Source,
    counter: AtomicU64,
}

#[derive(Debug)]
enum Source {
    Keyed(RandomState),
    Seeded(u64),
}

impl Random {
    pub(crate) fn new() -> Self {
        Self::of(Source::Keyed(RandomState::new()))
    }

    pub(crate) fn seeded(seed: u64) -> Self {
        Self::of(Source::Seeded(seed))
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            counter: AtomicU64::new(0),
        }
    }

    pub(crate) fn next(&self) -> u64 {
        let count = self.counter.fetch_add(1, Ordering::Relaxed);
        match &self.source {
            Source::Keyed(keys) => keys.hash_one(count),
            Source::Seeded(seed) => mix(seed.wrapping_add(count.wrapping_mul(GAMMA))),
        }
    }

    /// 128 bits as 32 hexadecimal digits.
    pub(crate) fn token(&self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }
}

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// SplitMix64's finalizer.
fn mix(seed: u64) -> u64 {
    let mut value = seed.wrapping_add(GAMMA);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn tokens_differ_and_seeds_repeat() {
        let (one, other) = (Random::new(), Random::new());
        let tokens: BTreeSet<String> = (0..1_000)
            .flat_map(|_| [one.token(), other.token()])
            .collect();
        assert_eq!(tokens.len(), 2_000);
        assert!(tokens.iter().all(|token| token.len() == 32));
        let numbers = |seed| {
            let random = Random::seeded(seed);
            (0..4).map(move |_| random.next()).collect::<Vec<_>>()
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
        // The generator's published first numbers for seed 0.
        assert_eq!(
            numbers(0)[..2],
            [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]
        );
    }
}
