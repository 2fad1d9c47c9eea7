//! In: what servers say about the time. Out: how far the local clock is off, by host.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::trace;

/// Seconds by which a time has to differ before correcting it can be the cure: the vendors allow minutes.
const NOTICEABLE: i64 = 60;

/// The times that are believed, 2015-01-01 to 2100-01-01: a signature outside of them cannot be what the vendor waits for,
/// whatever a `Date` header says. The local clock itself may be anywhere: that of a machine without a battery starts in 1970.
const BELIEVED: std::ops::Range<i64> = 1_420_070_400..4_102_444_800;

/// How far the clocks of hosts are ahead of ours. Shared by all clients of a configuration.
#[derive(Debug, Default)]
pub(crate) struct Offsets {
    /// Whether there is any: mostly there is none, and nobody has to wait for the others.
    any: AtomicBool,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    by_host: BTreeMap<String, i64>,
    told: BTreeSet<String>,
}

impl Offsets {
    /// What to add to the local time for this host.
    pub(crate) fn of(&self, host: &str) -> i64 {
        if !self.any.load(Ordering::Acquire) {
            return 0;
        }
        self.known(|known| known.by_host.get(host).copied().unwrap_or(0))
    }

    /// A host refused a signature made at `now` plus `used`, and says that it is `date`: remembers the difference, if that can
    /// be the cause, and says whether another attempt makes sense.
    pub(crate) fn correct(&self, host: &str, now: i64, used: i64, date: Option<i64>) -> bool {
        let Some(date) = date.filter(|date| BELIEVED.contains(date)) else {
            return false;
        };
        let offset = date.saturating_sub(now);
        if offset.abs_diff(used) < NOTICEABLE.unsigned_abs() {
            return false;
        }
        let first = self.known(|known| {
            known.by_host.insert(host.to_owned(), offset);
            known.told.insert(host.to_owned())
        });
        self.any.store(true, Ordering::Release);
        if first {
            trace::clock_corrected(host, offset);
        }
        true
    }

    /// The host refused this offset too, so it is no cure.
    pub(crate) fn forget(&self, host: &str, offset: i64) {
        self.known(|known| {
            if known.by_host.get(host) == Some(&offset) {
                known.by_host.remove(host);
            }
        });
    }

    fn known<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        look(
            &mut self
                .known
                .lock()
                .unwrap_or_else(|broken| broken.into_inner()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000;

    #[test]
    fn an_offset_is_remembered_for_its_host_until_it_does_not_help() {
        let offsets = Offsets::default();
        assert_eq!(offsets.of("a"), 0);
        assert!(offsets.correct("a", NOW, 0, Some(NOW + 3_600)));
        assert_eq!((offsets.of("a"), offsets.of("b")), (3_600, 0));
        // Somebody else's correction is not undone by what this one has seen before it.
        offsets.forget("a", 1);
        assert_eq!(offsets.of("a"), 3_600);
        offsets.forget("a", 3_600);
        assert_eq!(offsets.of("a"), 0);
    }

    #[test]
    fn only_a_time_that_can_be_the_cause_is_taken() {
        let offsets = Offsets::default();
        for date in [
            None,
            Some(NOW),
            Some(NOW + 59),
            Some(NOW - 59),
            Some(0),
            Some(i64::MIN),
            Some(i64::MAX),
            Some(1_420_070_399),
            Some(4_102_444_800),
        ] {
            assert!(!offsets.correct("a", NOW, 0, date), "{date:?}");
            assert_eq!(offsets.of("a"), 0);
        }
        // The clock of a machine without a battery.
        assert!(offsets.correct("a", 0, 0, Some(NOW)));
        assert!(offsets.correct("b", i64::MIN, 0, Some(NOW)));
        // The offset was right until somebody set the clock.
        assert!(offsets.correct("a", NOW, NOW, Some(NOW)));
        assert_eq!(offsets.of("a"), 0);
    }
}
