//! In: starts so far, and a limit per second. Out: when the next one may be. Pure: the time is handed in.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

const SECOND: Duration = Duration::from_secs(1);

/// How much later than its turn a start may be noted as in time. Timers count in milliseconds, and without this each would
/// cost a fast lane one.
const LATE: Duration = Duration::from_millis(5);

/// The pace of one lane: in any second at most `limit` starts.
pub(super) struct Pace {
    limit: u32,
    /// What is kept to: the limit, or less after the vendor has complained.
    kept: u32,
    /// When the vendor complained last, moved on with every step that the pace has grown back.
    slowed: Option<Instant>,
    /// The last starts, oldest first, at most `limit` of them.
    pub(super) starts: VecDeque<Instant>,
}

impl Pace {
    pub(super) fn new(limit: u32) -> Self {
        Self {
            limit,
            kept: limit,
            slowed: None,
            starts: VecDeque::new(),
        }
    }

    pub(super) fn limit(&self) -> u32 {
        self.limit
    }

    pub(super) fn is_idle(&self, now: Instant) -> bool {
        let last = self.starts.back();
        self.slowed.is_none() && last.is_none_or(|last| *last + SECOND <= now)
    }

    /// When the next start may be; one that had to wait also keeps a distance from the one before, so that the line does not
    /// move in bursts.
    pub(super) fn next(&mut self, now: Instant, waited: bool) -> Instant {
        self.recover(now);
        let mut at = self.window(0).unwrap_or(now);
        if let Some(last) = self
            .starts
            .back()
            .filter(|_| waited || self.slowed.is_some())
        {
            at = at.max(*last + self.gap());
        }
        at
    }

    /// When the turn of one comes that finds so many ahead of it.
    pub(super) fn turn_of(&mut self, ahead: usize, now: Instant) -> Instant {
        let mut at = self.next(now, true).max(now);
        let (gap, kept) = (self.gap(), self.kept as usize);
        // The starts so far matter for the first ones only; after them, the distance is all.
        let near = ahead.min(kept.saturating_sub(1));
        for index in 1..=near {
            at += gap;
            at = self.window(index).map_or(at, |opens| at.max(opens));
        }
        let far = u32::try_from(ahead - near).unwrap_or(u32::MAX);
        at + gap.saturating_mul(far)
    }

    /// Notes a start.
    pub(super) fn start(&mut self, now: Instant) {
        if self.starts.len() >= self.limit as usize {
            self.starts.pop_front();
        }
        self.starts.push_back(now);
    }

    /// Notes a start whose turn was a moment ago.
    pub(super) fn start_late(&mut self, turn: Instant, now: Instant) {
        let earliest = now.checked_sub(LATE).unwrap_or(now);
        self.start(turn.max(earliest));
    }

    /// Halves the pace. Answers to what had started before the last time are no new complaint.
    pub(super) fn slow(&mut self, now: Instant) {
        self.recover(now);
        if self.slowed.is_some_and(|slowed| slowed + SECOND > now) {
            return;
        }
        self.kept = (self.kept / 2).max(1);
        self.slowed = Some(now);
    }

    /// Grows the pace back, a tenth of the limit for every second without a complaint.
    fn recover(&mut self, now: Instant) {
        let Some(slowed) = self.slowed else { return };
        let seconds = now.saturating_duration_since(slowed).as_secs();
        let step = u64::from((self.limit / 10).max(1));
        let grown = u64::from(self.kept) + seconds.saturating_mul(step);
        if seconds == 0 {
            return;
        }
        if grown >= u64::from(self.limit) {
            (self.kept, self.slowed) = (self.limit, None);
        } else {
            self.kept = u32::try_from(grown).unwrap_or(self.limit);
            self.slowed = Some(slowed + Duration::from_secs(seconds));
        }
    }

    /// When a second has passed since the start that the next one but `index` must not share a second with.
    fn window(&self, index: usize) -> Option<Instant> {
        let oldest = self.starts.len().checked_sub(self.kept as usize)?;
        self.starts.get(oldest + index).map(|start| *start + SECOND)
    }

    fn gap(&self) -> Duration {
        SECOND / self.kept
    }
}
