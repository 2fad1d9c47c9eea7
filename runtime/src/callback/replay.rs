//! In: the key of an event. Out: leave to handle it, once; a second time only if the first one came to nothing.

mod key;
mod memory;
mod store;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::memory::Memory;
use super::{Rejection, rejection};
use crate::clock::{SystemClock, TimeSource};

pub use self::key::EventKey;
pub use self::store::{ReplayStore, Standing, StoreFuture};

/// How long an acknowledged event is remembered: longer than the vendors keep sending it (Volcengine: up to 32 hours).
const WINDOW: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How long handling may take before the event is given to the next request that brings it.
const LEASE: Duration = Duration::from_secs(10 * 60);

/// How many events are remembered.
const CAPACITY: usize = 65_536;

/// Lets each event be handled once, and loses none.
///
/// Both vendors send an event again until they see status 200, so the same event comes twice whenever an answer is lost; and
/// a request that somebody has captured can be sent again, because neither vendor puts a time or a number used once into
/// what it sends. The guard works in two steps: [`check`](Self::check) takes an event in hand, and
/// [`Claim::acknowledge`] marks it as handled. A claim that is dropped, because the handler failed, gives the event free, and
/// the vendor's next attempt is let through.
///
/// An event is known by a hash of its bytes. It is remembered for seven days, and 65,536 events at most, the oldest
/// forgotten first: what is older can be replayed, so let handlers be idempotent, by message id or contract and state.
/// Several instances share a [`ReplayStore`] of their own making.
///
/// ```
/// use yunqiao_runtime::callback::{EventKey, ReplayGuard};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let guard = ReplayGuard::in_memory();
/// let key = EventKey::of(b"the body of a request");
///
/// let claim = guard.check(key).await.expect("the event is new");
/// assert!(guard.check(key).await.is_err_and(|rejection| rejection.is_temporary()));
/// // ... handle the event ...
/// claim.acknowledge().await.expect("the memory is always there");
/// assert!(guard.check(key).await.is_err_and(|rejection| rejection.is_replay()));
/// # }
/// ```
#[derive(Clone)]
pub struct ReplayGuard {
    store: Arc<dyn ReplayStore>,
    window: Duration,
    lease: Duration,
}

impl ReplayGuard {
    /// Remembers in this process, by the system's clock.
    pub fn in_memory() -> Self {
        Self::in_memory_of(CAPACITY, Arc::new(SystemClock))
    }

    /// Remembers at most `capacity` events (at least one) in this process, by another clock. An event takes about 200 bytes.
    pub fn in_memory_of(capacity: usize, time: Arc<dyn TimeSource>) -> Self {
        Self::with_store(Arc::new(Memory::new(capacity.max(1), time)))
    }

    /// Remembers elsewhere, for services of several instances.
    pub fn with_store(store: Arc<dyn ReplayStore>) -> Self {
        Self {
            store,
            window: WINDOW,
            lease: LEASE,
        }
    }

    /// Remembers an acknowledged event for this long instead of seven days.
    #[must_use]
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Gives an event to the next request that brings it after this long instead of ten minutes, if it is neither acknowledged
    /// nor given free by then. Longer than any handling takes.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// Takes an event in hand.
    ///
    /// Check only what is known to be the vendor's, so that strangers cannot fill the memory.
    ///
    /// # Errors
    ///
    /// It was handled before ([`Rejection::is_replay`]), it is in hand already, or the store cannot tell
    /// ([`Rejection::is_temporary`]).
    pub async fn check(&self, key: EventKey) -> Result<Claim, Rejection> {
        let claim = self.store.claim(key, self.lease);
        let refused = match claim.await {
            Ok(Standing::New) => {
                return Ok(Claim {
                    store: Arc::clone(&self.store),
                    key,
                    window: self.window,
                    open: true,
                });
            }
            Ok(Standing::Handled) => rejection::Kind::Handled,
            Ok(Standing::InHand) => rejection::Kind::InHand,
            Ok(Standing::Full) => rejection::Kind::Full,
            Err(source) => rejection::Kind::Store(source),
        };
        Err(Rejection::new(refused))
    }
}

impl fmt::Debug for ReplayGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplayGuard")
            .field("window", &self.window)
            .field("lease", &self.lease)
            .finish_non_exhaustive()
    }
}

/// Leave to handle an event. Dropped without [`acknowledge`](Self::acknowledge), it gives the event free.
#[must_use = "an event whose claim is dropped is free to come again"]
pub struct Claim {
    store: Arc<dyn ReplayStore>,
    key: EventKey,
    window: Duration,
    open: bool,
}

impl Claim {
    /// The event has been handled, or stored where it cannot be lost. Answer 200 after this.
    ///
    /// # Errors
    ///
    /// The store is out of reach, and the event will be let through again when the vendor sends it again.
    pub async fn acknowledge(mut self) -> Result<(), Rejection> {
        let acknowledged = self.store.acknowledge(self.key, self.window).await;
        acknowledged.map_err(|source| Rejection::new(rejection::Kind::Store(source)))?;
        self.open = false;
        Ok(())
    }

    /// The event.
    pub fn key(&self) -> EventKey {
        self.key
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if self.open {
            self.store.release(self.key);
        }
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Claim").field(&self.key).finish()
    }
}
