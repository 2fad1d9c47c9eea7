//! In: an untyped call whose answer comes in pieces. Out: its events, each as JSON, one by one as they come.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use serde_json::Value as JsonValue;

use super::AnyCall;
use super::whole::Whole;
use crate::call::{Event, Events, StreamCall};
use crate::error::Error;

impl AnyCall {
    /// The same call, for an answer that comes in pieces: `await` it, then ask for the [`AnyEvents`].
    ///
    /// ```no_run
    /// use yunqiao_runtime::{Client, Config, Service, Vendor};
    ///
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let service = Service::described(Vendor::Tencent, "hunyuan", "2023-09-01", "hunyuan.tencentcloudapi.com");
    /// let client = Client::of_described(&Config::from_env(Vendor::Tencent)?, service);
    /// let request = serde_json::json!({
    ///     "Model": "hunyuan-lite", "Stream": true, "Messages": [{ "Role": "user", "Content": "Hello" }],
    /// });
    /// let mut events = client.call_any("ChatCompletions", request).stream().await?;
    /// while let Some(event) = events.next().await {
    ///     println!("{}", event?["Choices"][0]["Delta"]["Content"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self) -> AnyStreamCall {
        AnyStreamCall {
            call: StreamCall::of(self.into_pending()),
        }
    }
}

/// A call that has not been made yet, and whose answer comes in pieces; see [`AnyCall::stream`].
#[must_use = "a call does nothing until it is awaited"]
pub struct AnyStreamCall {
    call: StreamCall<Whole>,
}

impl AnyStreamCall {
    /// How long the stream may be silent, instead of the configured attempt timeout.
    pub fn idle_timeout(mut self, silence: Duration) -> Self {
        self.call = self.call.idle_timeout(silence);
        self
    }
}

impl IntoFuture for AnyStreamCall {
    type Output = Result<AnyEvents, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let events = self.call.await?;
            Ok(AnyEvents { events })
        })
    }
}

impl fmt::Debug for AnyStreamCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}

/// The events of an answer, as those of [`Events`]: one that comes whole is a stream of one event.
pub struct AnyEvents {
    events: Events<Whole>,
}

impl AnyEvents {
    /// Waits for the next event; `None` when the stream is over. To give up waiting loses nothing.
    ///
    /// # Errors
    ///
    /// Those of [`Events::next`]. An error is the end of the stream.
    pub async fn next(&mut self) -> Option<Result<Event<JsonValue>, Error>> {
        let event = self.events.next().await?;
        Some(event.map(|event| event.map(Whole::into_json)))
    }

    /// The vendor's id of the request, which its support asks for: from a header, or else from the last event.
    pub fn request_id(&self) -> Option<&str> {
        self.events.request_id()
    }

    /// How many attempts it took until the answer began.
    pub fn attempts(&self) -> u32 {
        self.events.attempts()
    }
}

impl fmt::Debug for AnyEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.events.fmt(f)
    }
}
