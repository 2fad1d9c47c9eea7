//! A typed call in, the same ready to be made out, by an async task or on a thread of its own, and with what came of it.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::{Duration, Instant};

use yunqiao::{Call, Error, Event, Events, Response, StreamCall};
use yunqiao_runtime::Object;

use super::part::Part;
use crate::plan::{IDLE, Plan};
use crate::told::Streamed;

/// What a caller has in hand in the end.
pub(crate) struct Made {
    /// The request id of what came whole, or the error.
    pub(crate) end: Result<Option<String>, Error>,
    /// The answer as `Debug` shows it, or its parts.
    pub(crate) shown: Vec<String>,
    /// How long it took until the answer was there; of a stream until it began.
    pub(crate) elapsed: Duration,
    /// What came of an answer in parts.
    pub(crate) streamed: Option<Streamed>,
}

/// A call as it is made.
pub(crate) enum Making {
    /// By waiting for this.
    Awaited(Pin<Box<dyn Future<Output = Made> + Send>>),
    /// By doing this on a thread that may block.
    Blocking(Box<dyn FnOnce() -> Made + Send>),
}

/// A call that is ready, and its request as `Debug` shows it.
pub(crate) struct Ready {
    pub(crate) shown: String,
    pub(crate) making: Making,
}

pub(super) fn ready<T>(plan: &Plan, request: String, call: Call<T>) -> Ready
where
    T: Object + Default + fmt::Debug + Send + 'static,
{
    let call = call.timeout(plan.total);
    let shown = format!("{request} {call:?}");
    let making = if plan.blocking {
        Making::Blocking(Box::new(move || {
            let started = Instant::now();
            whole(started, call.blocking())
        }))
    } else {
        Making::Awaited(Box::pin(async move {
            let started = Instant::now();
            whole(started, call.into_future().await)
        }))
    };
    Ready { shown, making }
}

fn whole<T: fmt::Debug>(started: Instant, answer: Result<Response<T>, Error>) -> Made {
    let elapsed = started.elapsed();
    let shown = answer.iter().map(|answer| format!("{answer:?}")).collect();
    Made {
        end: answer.map(|answer| answer.request_id().map(ToOwned::to_owned)),
        shown,
        elapsed,
        streamed: None,
    }
}

pub(super) fn stream(plan: &Plan, request: String, call: StreamCall<Part>) -> Ready {
    let call = call.timeout(plan.total).idle_timeout(IDLE);
    let shown = format!("{request} {call:?}");
    let making = if plan.blocking {
        Making::Blocking(Box::new(move || {
            let started = Instant::now();
            match call.blocking() {
                Err(error) => unbegun(started, error),
                Ok(mut events) => {
                    let mut reading = Reading::begun(started, events.head());
                    loop {
                        match events.next() {
                            Some(Ok(event)) => reading.take(&event),
                            Some(Err(error)) => return reading.end(Err(error)),
                            None => return reading.end(Ok(())),
                        }
                    }
                }
            }
        }))
    } else {
        Making::Awaited(Box::pin(async move {
            let started = Instant::now();
            match call.into_future().await {
                Err(error) => unbegun(started, error),
                Ok(mut events) => {
                    let mut reading = Reading::begun(started, &events);
                    loop {
                        match events.next().await {
                            Some(Ok(event)) => reading.take(&event),
                            Some(Err(error)) => return reading.end(Err(error)),
                            None => return reading.end(Ok(())),
                        }
                    }
                }
            }
        }))
    };
    Ready { shown, making }
}

/// A stream that is being read.
struct Reading {
    elapsed: Duration,
    /// When the wait for the next part began.
    waiting: Instant,
    shown: Vec<String>,
    streamed: Streamed,
}

impl Reading {
    fn begun(started: Instant, events: &Events<Part>) -> Self {
        // Volcengine's head has the log id, which here is the same.
        let id = events.request_id().or(events.log_id());
        Self {
            elapsed: started.elapsed(),
            waiting: Instant::now(),
            shown: Vec::new(),
            streamed: Streamed {
                request_id: id.map(ToOwned::to_owned),
                parts: Vec::new(),
                longest_wait: Duration::ZERO,
            },
        }
    }

    fn take(&mut self, event: &Event<Part>) {
        self.wait_over();
        self.shown.push(format!("{event:?}"));
        self.streamed
            .parts
            .push(event.part.clone().unwrap_or_default());
        self.waiting = Instant::now();
    }

    fn wait_over(&mut self) {
        let longest = &mut self.streamed.longest_wait;
        *longest = self.waiting.elapsed().max(*longest);
    }

    fn end(mut self, end: Result<(), Error>) -> Made {
        self.wait_over();
        Made {
            end: end.map(|()| self.streamed.request_id.clone()),
            shown: self.shown,
            elapsed: self.elapsed,
            streamed: Some(self.streamed),
        }
    }
}

fn unbegun(started: Instant, error: Error) -> Made {
    Made {
        end: Err(error),
        shown: Vec::new(),
        elapsed: started.elapsed(),
        streamed: None,
    }
}
