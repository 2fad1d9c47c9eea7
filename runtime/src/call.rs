//! In: an action and a request. Out: when awaited, the typed answer with its request id.

mod address;
mod attempt;
mod attempts;
mod course;
mod events;
mod pending;
mod prepared;
mod sse;
mod stream;
mod verdict;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::time::Duration;

use crate::codec::Object;
use crate::config::Config;
use crate::error::Error;
use crate::operation::{Action, Shared};
use crate::retry::RetryPolicy;

pub use self::events::{Event, Events};
pub use self::stream::StreamCall;

pub(crate) use self::attempts::run;
pub(crate) use self::pending::Pending;
pub(crate) use self::verdict::Outline;

/// A call that has not been made yet: `await` it.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T> {
    pending: Pending,
    answer: PhantomData<fn() -> T>,
}

impl<T> Call<T> {
    pub(crate) fn new(config: Config, action: &'static Action, request: Box<dyn Object>) -> Self {
        Self {
            pending: Pending::new(config, Shared::Constant(action), request),
            answer: PhantomData,
        }
    }

    /// What the call is made from, for those who make it more than once.
    pub(crate) fn into_pending(self) -> Pending {
        self.pending
    }

    /// Sends the request as it is: the vendor has the last word on what is valid.
    pub fn skip_validation(mut self) -> Self {
        self.pending.validate = false;
        self
    }

    /// How long this call may take altogether, instead of the configured total timeout.
    pub fn timeout(mut self, total: Duration) -> Self {
        self.pending.total = Some(total);
        self
    }

    /// Which failures of this call are tried again, instead of what is configured.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.pending.retry = Some(policy);
        self
    }

    /// Makes at most one attempt.
    pub fn no_retry(self) -> Self {
        self.retry(RetryPolicy::none())
    }
}

impl<T: Object + Default + 'static> IntoFuture for Call<T> {
    type Output = Result<Response<T>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        // All that is generic is made here; everything below is compiled once.
        Box::pin(async move {
            let (mut pending, mut value) = (self.pending, T::default());
            let outline = attempts::run(&mut pending, &mut value).await?;
            Ok(Response::new(value, outline))
        })
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pending.debug("Call", f).finish_non_exhaustive()
    }
}

/// An answer, with what came around it. Its fields are reached directly: `response.verify_result`.
pub struct Response<T> {
    value: T,
    outline: Outline,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, outline: Outline) -> Self {
        Self { value, outline }
    }

    pub(crate) fn value_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// What the answer becomes, with the same around it.
    pub(crate) fn map<U>(self, become_: impl FnOnce(T) -> U) -> Response<U> {
        Response::new(become_(self.value), self.outline)
    }

    /// The answer alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The vendor's id of the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.outline.request_id.as_deref()
    }

    /// Volcengine's log id (header `X-Tt-Logid`), which its support asks for.
    pub fn log_id(&self) -> Option<&str> {
        self.outline.log_id.as_deref()
    }

    /// The HTTP status.
    pub fn http_status(&self) -> u16 {
        self.outline.http_status
    }

    /// How many attempts it took; 1 unless something went wrong on the way.
    pub fn attempts(&self) -> u32 {
        self.outline.attempts
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("request_id", &self.outline.request_id)
            .finish()
    }
}
