//! In: repeats and successes. Out: whether another repeat is allowed.

use std::sync::atomic::{AtomicU32, Ordering};

/// A bucket of tokens that repeats take and successes give back, as the SDKs of AWS have it. While the vendor is well it is
/// full and nobody notices; in an outage it runs dry, and every call is sent once.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

const CAPACITY: u32 = 500;
const REPEAT: u32 = 5;
const SUCCESS: u32 = 1;

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }
}

impl Budget {
    /// Takes what a repeat costs, if there is enough.
    pub(crate) fn take(&self) -> bool {
        let taken = |tokens: u32| tokens.checked_sub(REPEAT);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken)
            .is_ok()
    }

    /// A call has succeeded after so many attempts: its last repeat was worth its price.
    pub(crate) fn succeeded(&self, attempts: u32) {
        // The common case touches no memory that others write to.
        if self.0.load(Ordering::Relaxed) == CAPACITY {
            return;
        }
        let back = if attempts > 1 { REPEAT } else { SUCCESS };
        let given = |tokens: u32| Some((tokens + back).min(CAPACITY));
        // Cannot fail: it always gives a new value.
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, given);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_dry_and_successes_fill_it() {
        let budget = Budget::default();
        budget.succeeded(1);
        assert!((0..100).all(|_| budget.take()));
        assert!(!budget.take());
        (0..4).for_each(|_| budget.succeeded(1));
        assert!(!budget.take());
        budget.succeeded(1);
        assert!(budget.take() && !budget.take());
        budget.succeeded(2);
        assert!(budget.take() && !budget.take());
        (0..1_000).for_each(|_| budget.succeeded(1));
        assert!((0..100).all(|_| budget.take()) && !budget.take());
    }
}
