//! In: attempts that come and go, and a limit per second. Out: each one's turn, in the order of their coming.
//!
//! Only the first in line has a timer; whoever gets its turn, or leaves, wakes the next. So a line of thousands costs a few
//! words each, and one timer.

mod pace;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use self::pace::Pace;
use super::QuotaRefusal;

/// The attempts of one action that are counted together.
pub(super) struct Lane(Mutex<State>);

struct State {
    pace: Pace,
    /// Those that wait, by number, which is the order of their coming; with whom to wake.
    waiting: BTreeMap<u64, Option<Waker>>,
    next_number: u64,
}

impl Lane {
    pub(super) fn new(limit: u32) -> Self {
        Self(Mutex::new(State {
            pace: Pace::new(limit),
            waiting: BTreeMap::new(),
            next_number: 0,
        }))
    }

    /// Nobody waits, and what has been is forgotten.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        let state = self.state();
        state.waiting.is_empty() && state.pace.is_idle(now)
    }

    /// The vendor calls it too fast.
    pub(super) fn slow(&self) {
        self.state().pace.slow(Instant::now());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

impl State {
    fn is_first(&self, number: u64) -> bool {
        self.waiting.first_key_value().map(|(first, _)| *first) == Some(number)
    }

    /// Takes one out of the line. If it was the first, the new first one has to be woken, once the lock is free.
    fn leave(&mut self, number: u64) -> Option<Waker> {
        let was_first = self.is_first(number);
        self.waiting.remove(&number);
        let mut first = self.waiting.first_entry().filter(|_| was_first)?;
        first.get_mut().take()
    }
}

/// A place in line. It is over when its turn has come; dropping it gives the place back.
pub(super) struct Turn {
    lane: Arc<Lane>,
    number: u64,
    /// Once it is the first.
    timer: Option<Pin<Box<Sleep>>>,
}

impl Turn {
    /// Gets in line; `None` if it is one's turn at once.
    pub(super) fn take(
        lane: Arc<Lane>,
        patience: Duration,
        max_waiting: usize,
    ) -> Result<Option<Self>, QuotaRefusal> {
        let now = Instant::now();
        let mut state = lane.state();
        let ahead = state.waiting.len();
        if ahead == 0 && state.pace.next(now, false) <= now {
            state.pace.start(now);
            return Ok(None);
        }
        let limit = state.pace.limit();
        if ahead >= max_waiting {
            return Err(QuotaRefusal::new(format!(
                "the action may start {limit} times a second, and {ahead} calls wait for it already"
            )));
        }
        let wait = state
            .pace
            .turn_of(ahead, now)
            .saturating_duration_since(now);
        if wait > patience {
            return Err(QuotaRefusal::new(format!(
                "the action may start {limit} times a second, with {ahead} calls ahead that takes {wait:.1?}, and the total timeout leaves {patience:.1?}"
            )));
        }
        let number = state.next_number;
        state.next_number += 1;
        state.waiting.insert(number, None);
        drop(state);
        Ok(Some(Self {
            lane,
            number,
            timer: None,
        }))
    }
}

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        loop {
            let now = Instant::now();
            let mut state = this.lane.state();
            if !state.is_first(this.number) {
                match state.waiting.get_mut(&this.number) {
                    Some(waker) => *waker = Some(context.waker().clone()),
                    // Its turn has come before.
                    None => return Poll::Ready(()),
                }
                return Poll::Pending;
            }
            let turn = state.pace.next(now, true);
            if turn <= now {
                state.pace.start_late(turn, now);
                let next = state.leave(this.number);
                drop(state);
                next.into_iter().for_each(Waker::wake);
                return Poll::Ready(());
            }
            drop(state);
            let timer = this
                .timer
                .get_or_insert_with(|| Box::pin(sleep_until(turn)));
            if timer.deadline() != turn {
                timer.as_mut().reset(turn);
            }
            match timer.as_mut().poll(context) {
                // The pace may have changed meanwhile, so it is looked at again.
                Poll::Ready(()) => this.timer = None,
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let next = self.lane.state().leave(self.number);
        next.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests;
