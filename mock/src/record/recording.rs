//! Calls in, the last of them out, to those who ask and to those who wait for the next one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Call;
use super::kept::Kept;

/// Bytes of requests and answers that are kept. Calls with large files push older calls out.
const MOST_BYTES: usize = 256 << 20;

/// The last calls, the oldest first.
#[derive(Debug)]
pub(crate) struct Recording {
    kept: Mutex<Last>,
    most: usize,
    /// Told of every call.
    news: Notify,
}

#[derive(Debug, Default)]
struct Last {
    calls: VecDeque<Arc<Kept>>,
    /// Of the calls that are kept.
    bytes: usize,
    /// Number of the last call that there was.
    last: u64,
}

/// Some of the calls.
pub(crate) struct Excerpt {
    /// Number of the last call that there was; 0 before the first.
    pub(crate) last: u64,
    /// Number of the oldest call that is kept, or of the next one if none is.
    pub(crate) oldest: u64,
    pub(crate) calls: Vec<Arc<Kept>>,
}

impl Recording {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            kept: Mutex::default(),
            most,
            news: Notify::new(),
        }
    }

    /// Gives the call its number and keeps it.
    pub(crate) fn add(&self, mut call: Kept) -> Arc<Kept> {
        let call = {
            // Numbers are given where calls are kept, so that whoever has seen one has seen all before it.
            let mut kept = self.lock();
            kept.last += 1;
            call.number = kept.last;
            let call = Arc::new(call);
            kept.bytes += call.size();
            kept.calls.push_back(Arc::clone(&call));
            while kept.calls.len() > self.most || (kept.bytes > MOST_BYTES && kept.calls.len() > 1)
            {
                let oldest = kept.calls.pop_front();
                kept.bytes -= oldest.as_deref().map_or(0, Kept::size);
            }
            call
        };
        self.news.notify_waiters();
        call
    }

    pub(crate) fn all(&self) -> Vec<Call> {
        let calls: Vec<Arc<Kept>> = self.lock().calls.iter().cloned().collect();
        calls.iter().map(|call| call.told()).collect()
    }

    /// At most so many of the calls after this number.
    pub(crate) fn after(&self, number: u64, limit: usize) -> Excerpt {
        let kept = self.lock();
        // Numbers are given without gaps, so the place follows from the number.
        let oldest = kept.calls.front().map_or(kept.last + 1, |call| call.number);
        let skipped = usize::try_from((number + 1).saturating_sub(oldest)).unwrap_or(usize::MAX);
        Excerpt {
            last: kept.last,
            oldest,
            calls: kept
                .calls
                .iter()
                .skip(skipped)
                .take(limit)
                .cloned()
                .collect(),
        }
    }

    /// The same, which waits for one if there is none.
    pub(crate) async fn wait_after(&self, number: u64, limit: usize) -> Excerpt {
        loop {
            let mut news = std::pin::pin!(self.news.notified());
            // Before looking, or a call in between would be missed.
            news.as_mut().enable();
            let found = self.after(number, limit);
            if !found.calls.is_empty() {
                return found;
            }
            news.await;
        }
    }

    pub(crate) fn clear(&self) {
        let mut kept = self.lock();
        kept.calls.clear();
        kept.bytes = 0;
    }

    fn lock(&self) -> MutexGuard<'_, Last> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
