//! In: a call, a wait, a list or a stream. Out: the same for programs without `async`: the thread waits.
//!
//! One thread of the process drives the connections and timers of all blocking calls; their own work is done on the threads
//! that make them.

use std::future::{Future, IntoFuture as _, poll_fn};
use std::io;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::OnceLock;
use std::thread;

use futures_core::Stream;
use serde_json::Value as JsonValue;
use tokio::runtime::{Builder, Handle};
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::call::{Call, Event, Events, Response, StreamCall};
use crate::codec::Object;
use crate::error::Error;
use crate::paging::{Items, Paged, Pages};
use crate::untyped::{AnyCall, AnyItems, AnyPages, AnyStreamCall, AnyWait};
use crate::waiting::Wait;

impl<T: Object + Default + Send + 'static> Call<T> {
    /// Makes the call and waits for its answer, for programs without `async`. Connections are shared with all other calls of the
    /// configuration.
    ///
    /// Inside `async` code, await the call instead: this holds up the thread, as everything does that blocks.
    ///
    /// ```no_run
    /// # use yunqiao_runtime::{Call, Error, Object};
    /// # fn run<T: Object + Default + Send + 'static>(call: Call<T>) -> Result<(), Error> {
    /// let answer = call.blocking()?;
    /// println!("{:?}", answer.request_id());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the call; or the thread that drives connections cannot be started, which is an error of
    /// [configuration](Error::is_configuration).
    pub fn blocking(self) -> Result<Response<T>, Error> {
        wait(self.into_future())?
    }
}

impl AnyCall {
    /// Makes the call and waits for its answer; see [`Call::blocking`].
    ///
    /// # Errors
    ///
    /// Those of [`Call::blocking`].
    pub fn blocking(self) -> Result<Response<JsonValue>, Error> {
        wait(self.into_future())?
    }
}

impl AnyStreamCall {
    /// Makes the call and waits until its answer begins; the events come one by one, and an error is the last of them. See
    /// [`Call::blocking`].
    ///
    /// # Errors
    ///
    /// Those of the call, and of [`Call::blocking`].
    pub fn blocking(self) -> Result<impl Iterator<Item = Result<Event<JsonValue>, Error>>, Error> {
        let mut events = wait(self.into_future())??;
        let next = move || wait(events.next()).unwrap_or_else(|error| Some(Err(error)));
        Ok(std::iter::from_fn(next))
    }
}

impl AnyWait {
    /// Waits for the end of the job; see [`Call::blocking`].
    ///
    /// # Errors
    ///
    /// Those of the wait, and of [`Call::blocking`].
    pub fn blocking(self) -> Result<Response<JsonValue>, Error> {
        wait(self.into_future())?
    }
}

impl AnyPages {
    /// The pages one after another, for programs without `async`; an error is the last of them. See [`Call::blocking`].
    pub fn blocking(self) -> impl Iterator<Item = Result<Response<JsonValue>, Error>> {
        Each(Some(self))
    }
}

impl AnyItems {
    /// The items one after another, for programs without `async`; an error is the last of them. See [`Call::blocking`].
    pub fn blocking(self) -> impl Iterator<Item = Result<JsonValue, Error>> {
        Each(Some(self))
    }
}

impl<T: Object + Default + Send + 'static> Wait<T> {
    /// Waits for the end of the job; see [`Call::blocking`].
    ///
    /// # Errors
    ///
    /// Those of the wait, and of [`Call::blocking`].
    pub fn blocking(self) -> Result<Response<T>, Error> {
        wait(self.into_future())?
    }
}

impl<T: Paged + Send> Pages<T> {
    /// The pages one after another, for programs without `async`; an error is the last of them. See [`Call::blocking`].
    ///
    /// ```no_run
    /// # use yunqiao_runtime::{Call, Error, Paged};
    /// # fn run<T: Paged + Send>(call: Call<T>) -> Result<(), Error> {
    /// for page in call.pages().blocking() {
    ///     println!("{:?}", page?.request_id());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn blocking(self) -> impl Iterator<Item = Result<Response<T>, Error>> {
        Each(Some(self))
    }
}

impl<T: Paged + Send> Items<T> {
    /// The items one after another, for programs without `async`; an error is the last of them. See [`Call::blocking`].
    pub fn blocking(self) -> impl Iterator<Item = Result<T::Item, Error>> {
        Each(Some(self))
    }
}

impl<T: Object + Default + Send + 'static> StreamCall<T> {
    /// Makes the call and waits until its answer begins; the events come one by one. See [`Call::blocking`].
    ///
    /// # Errors
    ///
    /// Those of the call, and of [`Call::blocking`].
    pub fn blocking(self) -> Result<BlockingEvents<T>, Error> {
        wait(self.into_future())?.map(BlockingEvents)
    }
}

/// The events of an answer, for programs without `async`: an iterator, of which an error is the last item.
#[derive(Debug)]
pub struct BlockingEvents<T>(Events<T>);

impl<T> BlockingEvents<T> {
    /// What came before the events: request id, status, attempts.
    pub fn head(&self) -> &Events<T> {
        &self.0
    }
}

impl<T: Object + Default + Send + 'static> Iterator for BlockingEvents<T> {
    type Item = Result<Event<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        wait(self.0.next()).unwrap_or_else(|error| Some(Err(error)))
    }
}

/// What a stream holds, until it is over.
struct Each<S>(Option<S>);

impl<T, S: Stream<Item = Result<T, Error>> + Unpin + Send> Iterator for Each<S>
where
    T: Send,
{
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.0.as_mut()?;
        let next = wait(poll_fn(|context| Pin::new(&mut *stream).poll_next(context)));
        let next = next.unwrap_or_else(|error| Some(Err(error)));
        if !matches!(next, Some(Ok(_))) {
            self.0 = None;
        }
        next
    }
}

/// Does the work on this thread, and waits for it.
fn wait<F: Future<Output: Send> + Send>(work: F) -> Result<F::Output, Error> {
    let driver = driver()?;
    let work = work.in_current_span().with_current_subscriber();
    if Handle::try_current().is_err() {
        return Ok(driver.block_on(work));
    }
    // Tokio refuses to block a thread that may be one of its own, even where that is allowed.
    thread::scope(|scope| {
        let aside = thread::Builder::new().spawn_scoped(scope, || driver.block_on(work));
        let done = aside.map_err(|error| unavailable(&error))?.join();
        Ok(done.unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// What drives connections and timers, for as long as the process lives: a connection belongs to where it was opened, and is
/// used again by later calls.
fn driver() -> Result<&'static Handle, Error> {
    static DRIVER: OnceLock<Result<Handle, io::Error>> = OnceLock::new();
    let driver = DRIVER.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        thread::Builder::new()
            .name("yunqiao-blocking".to_owned())
            .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
        Ok(handle)
    });
    driver.as_ref().map_err(unavailable)
}

fn unavailable(error: &io::Error) -> Error {
    Error::configuration(format!(
        "no thread can be started to drive connections: {error}"
    ))
}
