//! In: claims and acknowledgements. Out: the same, remembered in this process, within a limit and a time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::key::EventKey;
use super::store::{ReplayStore, Standing, StoreFuture};
use crate::clock::TimeSource;

/// Remembers at most `capacity` events.
pub(super) struct Memory {
    capacity: usize,
    time: Arc<dyn TimeSource>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// Each event with the second until which this holds.
    events: BTreeMap<EventKey, (State, i64)>,
    /// The same by time, so that the oldest is found at once.
    in_hand: BTreeSet<(i64, EventKey)>,
    handled: BTreeSet<(i64, EventKey)>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    InHand,
    Handled,
}

impl Memory {
    pub(super) fn new(capacity: usize, time: Arc<dyn TimeSource>) -> Self {
        Self {
            capacity,
            time,
            known: Mutex::default(),
        }
    }

    fn until(&self, duration: Duration) -> i64 {
        let seconds = i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        self.time.now().saturating_add(seconds)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Every change is whole before anything can panic.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn remove(&mut self, key: EventKey) {
        if let Some((state, until)) = self.events.remove(&key) {
            self.by_time(state).remove(&(until, key));
        }
    }

    fn put(&mut self, key: EventKey, state: State, until: i64) {
        self.remove(key);
        self.events.insert(key, (state, until));
        self.by_time(state).insert((until, key));
    }

    fn by_time(&mut self, state: State) -> &mut BTreeSet<(i64, EventKey)> {
        match state {
            State::InHand => &mut self.in_hand,
            State::Handled => &mut self.handled,
        }
    }

    fn forget_what_is_over(&mut self, now: i64) {
        for state in [State::InHand, State::Handled] {
            while let Some((until, key)) = self.by_time(state).first().copied()
                && until <= now
            {
                self.remove(key);
            }
        }
    }

    fn claim(&mut self, key: EventKey, capacity: usize, until: i64) -> Standing {
        match self.events.get(&key) {
            Some((State::Handled, _)) => return Standing::Handled,
            Some((State::InHand, _)) => return Standing::InHand,
            None => {}
        }
        if self.events.len() >= capacity {
            // To forget a handled event risks handling it twice; to forget one in hand would make that sure.
            match self.handled.first().copied() {
                Some((_, oldest)) => self.remove(oldest),
                None => return Standing::Full,
            }
        }
        self.put(key, State::InHand, until);
        Standing::New
    }
}

impl ReplayStore for Memory {
    fn claim(&self, key: EventKey, lease: Duration) -> StoreFuture<'_, Standing> {
        let standing = {
            let until = self.until(lease);
            let mut known = self.known();
            known.forget_what_is_over(self.time.now());
            known.claim(key, self.capacity, until)
        };
        Box::pin(std::future::ready(Ok(standing)))
    }

    fn acknowledge(&self, key: EventKey, window: Duration) -> StoreFuture<'_, ()> {
        let until = self.until(window);
        let mut known = self.known();
        known.put(key, State::Handled, until);
        // One whose lease was over comes back beyond the limit.
        while known.events.len() > self.capacity
            && let Some((_, oldest)) = known.handled.first().copied()
        {
            known.remove(oldest);
        }
        Box::pin(std::future::ready(Ok(())))
    }

    fn release(&self, key: EventKey) {
        let mut known = self.known();
        if let Some((State::InHand, _)) = known.events.get(&key) {
            known.remove(key);
        }
    }
}
