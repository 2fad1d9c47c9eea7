//! In: nothing. Out: the trait behind which events are remembered.

use std::error::Error as StdError;
use std::pin::Pin;
use std::time::Duration;

use super::key::EventKey;

/// What a [`ReplayStore`] answers in the end.
pub type StoreFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Where a [`ReplayGuard`](super::ReplayGuard) remembers events: a database that the instances of a service share.
///
/// With Redis, for example, `claim` is `SET key in-hand NX EX lease` and, if that did nothing, `GET key`; `acknowledge` is
/// `SET key handled EX window`; `release` may leave it to the lease, or start a task that deletes the key.
pub trait ReplayStore: Send + Sync {
    /// Takes the event in hand, if it is neither in hand nor handled. One step: of two requests at once, one gets it.
    fn claim(&self, key: EventKey, lease: Duration) -> StoreFuture<'_, Standing>;

    /// The event is handled, and to be remembered for so long.
    fn acknowledge(&self, key: EventKey, window: Duration) -> StoreFuture<'_, ()>;

    /// Nobody has the event in hand any more. Called when a claim is dropped, so it must not wait; the default leaves it to
    /// the lease.
    fn release(&self, key: EventKey) {
        let _ = key;
    }
}

/// What is known about an event that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// Nothing was known; now it is in hand.
    New,
    /// Somebody has it in hand.
    InHand,
    /// It was handled.
    Handled,
    /// No more events can be taken in hand.
    Full,
}
