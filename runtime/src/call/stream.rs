//! In: an action and a request. Out: when awaited, the events of the answer, one by one as they come.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use super::attempts::{self, Begun};
use super::events::Events;
use super::pending::Pending;
use crate::codec::Object;
use crate::config::Config;
use crate::error::Error;
use crate::operation::{Action, Shared};
use crate::retry::RetryPolicy;

/// A call that has not been made yet, and whose answer comes in pieces: `await` it, then ask for the [`Events`].
///
/// ```no_run
/// # use yunqiao_runtime::{Error, Object, StreamCall};
/// # async fn run<T: Object + Default + std::fmt::Debug + 'static>(call: StreamCall<T>) -> Result<(), Error> {
/// let mut events = call.await?;
/// while let Some(event) = events.next().await {
///     println!("{:?}", event?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a call does nothing until it is awaited"]
pub struct StreamCall<T> {
    pending: Pending,
    idle: Option<Duration>,
    answer: PhantomData<fn() -> T>,
}

impl<T> StreamCall<T> {
    pub(crate) fn new(config: Config, action: &'static Action, request: Box<dyn Object>) -> Self {
        Self {
            pending: Pending::new(config, Shared::Constant(action), request),
            idle: None,
            answer: PhantomData,
        }
    }

    /// The call that is prepared already.
    pub(crate) fn of(pending: Pending) -> Self {
        Self {
            pending,
            idle: None,
            answer: PhantomData,
        }
    }

    /// Sends the request as it is: the vendor has the last word on what is valid.
    pub fn skip_validation(mut self) -> Self {
        self.pending.validate = false;
        self
    }

    /// How long it may take until the answer begins, instead of the configured total timeout. How long the answer goes on
    /// has no limit.
    pub fn timeout(mut self, beginning: Duration) -> Self {
        self.pending.total = Some(beginning);
        self
    }

    /// Which failures of this call, until its answer begins, are tried again, instead of what is configured.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.pending.retry = Some(policy);
        self
    }

    /// Makes at most one attempt.
    pub fn no_retry(self) -> Self {
        self.retry(RetryPolicy::none())
    }

    /// How long the stream may be silent, instead of the configured attempt timeout.
    pub fn idle_timeout(mut self, silence: Duration) -> Self {
        self.idle = Some(silence);
        self
    }
}

impl<T: Object + Default + 'static> IntoFuture for StreamCall<T> {
    type Output = Result<Events<T>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (mut pending, mut value) = (self.pending, T::default());
            let begun = attempts::begin(&mut pending, &mut value).await?;
            Ok(match begun {
                Begun::Whole(outline) => Events::whole(value, outline),
                Begun::Stream(streaming) => Events::stream(pending, *streaming, self.idle),
            })
        })
    }
}

impl<T> fmt::Debug for StreamCall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pending
            .debug("StreamCall", f)
            .field("idle_timeout", &self.idle)
            .finish_non_exhaustive()
    }
}
