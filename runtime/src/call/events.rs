//! In: an answer that has begun. Out: its events, each as the typed answer that it holds.

mod source;

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use self::source::{Head, Source};
use super::attempts::Streaming;
use super::pending::Pending;
use super::verdict::Outline;
use crate::codec::Object;
use crate::error::Error;

/// The events of an answer, in the order of their coming.
///
/// Whether an answer streams is for the server to say. One that comes whole, as it does when the request asks for that, is a
/// stream of one event. Dropping the events ends the connection.
pub struct Events<T> {
    /// The answer that came whole, until it is handed out.
    whole: Option<T>,
    /// The connection, until the stream is over.
    source: Option<Source>,
    outline: Outline,
}

impl<T> Events<T> {
    pub(super) fn whole(value: T, outline: Outline) -> Self {
        Self {
            whole: Some(value),
            source: None,
            outline,
        }
    }

    pub(super) fn stream(pending: Pending, begun: Streaming, idle: Option<Duration>) -> Self {
        let source = Source::new(pending, begun, idle);
        Self {
            whole: None,
            outline: source.outline(),
            source: Some(source),
        }
    }

    /// The vendor's id of the request, which its support asks for: from a header, or else from the last event.
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

    /// How many attempts it took until the answer began.
    pub fn attempts(&self) -> u32 {
        self.outline.attempts
    }
}

impl<T: Object + Default + 'static> Events<T> {
    /// Waits for the next event; `None` when the stream is over. To give up waiting loses nothing: the next call goes on.
    ///
    /// # Errors
    ///
    /// The vendor tells an error, an event cannot be read or is larger than `max_response_bytes`, the stream is silent for too
    /// long, or the connection breaks. An error is the end of the stream.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        if let Some(value) = self.whole.take() {
            return Some(Ok(Event {
                value,
                id: None,
                name: None,
                data: None,
            }));
        }
        let mut value = T::default();
        match self.source.as_mut()?.next(&mut value).await {
            Ok(Some(Head {
                id,
                name,
                data,
                request_id,
            })) => {
                let known = &mut self.outline.request_id;
                *known = known.take().or(request_id);
                let data = Some(data);
                Some(Ok(Event {
                    value,
                    id,
                    name,
                    data,
                }))
            }
            Ok(None) => {
                self.source = None;
                None
            }
            Err(error) => {
                self.source = None;
                Some(Err(error))
            }
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("request_id", &self.outline.request_id)
            .field("is_over", &(self.whole.is_none() && self.source.is_none()))
            .finish_non_exhaustive()
    }
}

/// One event. The fields of the answer that it holds are reached directly: `event.choices`.
pub struct Event<T> {
    value: T,
    id: Option<String>,
    name: Option<String>,
    data: Option<String>,
}

impl<T> Event<T> {
    /// What the answer becomes, with the same around it.
    pub(crate) fn map<U>(self, become_: impl FnOnce(T) -> U) -> Event<U> {
        Event {
            value: become_(self.value),
            id: self.id,
            name: self.name,
            data: self.data,
        }
    }

    /// The answer alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The id of the event, or of the last one before it that has one (`id:`).
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The name of the event (`event:`).
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The data of the event as it came: some actions stream what nobody describes. `None` for an answer that came whole.
    pub fn data(&self) -> Option<&str> {
        self.data.as_deref()
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("value", &self.value)
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
