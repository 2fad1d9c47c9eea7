//! In: an open connection. Out: one event at a time, read into a blank answer. Nothing here is generic.

use std::time::Duration;

use tokio::time::timeout;
use tracing::Instrument as _;

use super::super::attempts::Streaming;
use super::super::pending::Pending;
use super::super::prepared::Exchange;
use super::super::sse::{Parser, Record};
use super::super::verdict::{self, Outline};
use crate::codec::Object;
use crate::error::{Delivery, Error, Kind, Limit};
use crate::transport::Failure;
use crate::vendor;

/// What some vendors send as the data of a last event, as OpenAI does.
const DONE: &str = "[DONE]";

/// Where events come from.
pub(super) struct Source {
    pending: Pending,
    begun: Streaming,
    idle: Duration,
    parser: Parser,
    events: u64,
    bytes: u64,
}

/// What is known of an event beside the answer that it holds.
pub(super) struct Head {
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) data: String,
    pub(super) request_id: Option<String>,
}

impl Source {
    pub(super) fn new(pending: Pending, begun: Streaming, idle: Option<Duration>) -> Self {
        let limits = pending.config.0.limits;
        let source = Self {
            pending,
            begun,
            idle: idle.unwrap_or(limits.attempt),
            parser: Parser::new(limits.response_bytes),
            events: 0,
            bytes: 0,
        };
        source.begun.trace.head(&source.outline());
        source
    }

    fn exchange(&self) -> Exchange<'_> {
        let action = &*self.pending.action;
        Exchange {
            settings: &self.pending.config.0,
            action,
            protocol: vendor::protocol(action.service.vendor),
        }
    }

    /// What came before the events.
    pub(super) fn outline(&self) -> Outline {
        let protocol = self.exchange().protocol;
        let header = |name: Option<&str>| name.and_then(|name| self.begun.incoming.header(name));
        Outline {
            request_id: header(protocol.request_id_header()).filter(|id| !id.is_empty()),
            log_id: header(protocol.log_id_header()),
            http_status: self.begun.incoming.status(),
            attempts: self.begun.attempts,
            bytes: 0,
        }
    }

    /// The next event's answer in `answer`; `None` when the stream is over.
    pub(super) async fn next(&mut self, answer: &mut dyn Object) -> Result<Option<Head>, Error> {
        let span = self.begun.trace.span();
        let outcome = self.advance(answer).instrument(span).await;
        let outcome = outcome.map_err(|error| self.about(error));
        let trace = &mut self.begun.trace;
        trace.streamed(self.events, self.bytes);
        match &outcome {
            Ok(Some(_)) => {}
            Ok(None) => trace.ended(),
            Err(error) => trace.failed(error),
        }
        outcome
    }

    fn about(&self, error: Error) -> Error {
        let action = &self.pending.action;
        let outline = self.outline();
        // Only a refusal says that nothing was done, and that only as long as nothing has come.
        let earlier = if error.is_service() && self.events == 0 {
            self.begun.earlier
        } else {
            Delivery::Unknown
        };
        let request_id = error.request_id().map(str::to_owned);
        error
            .of(&action.service.name, &action.name)
            .at(&self.begun.host)
            .after(outline.attempts, earlier)
            .with_status(outline.http_status)
            .with_ids(request_id.or(outline.request_id), outline.log_id)
    }

    async fn advance(&mut self, answer: &mut dyn Object) -> Result<Option<Head>, Error> {
        // The timer would panic without one.
        if tokio::runtime::Handle::try_current().is_err() {
            let message = "events must be awaited inside a tokio runtime";
            return Err(Error::configuration(message));
        }
        loop {
            while let Some(record) = self.parser.next().map_err(|_| self.too_large())? {
                let Record { data, id, name } = record;
                let request_id = match data.trim() {
                    // A sign of life.
                    "" => continue,
                    DONE => return Ok(None),
                    json => {
                        let credential = self.begun.credential.as_ref();
                        verdict::read_event(self.exchange(), credential, json.as_bytes(), answer)?
                    }
                };
                self.events += 1;
                return Ok(Some(Head {
                    id,
                    name,
                    data,
                    request_id,
                }));
            }
            match timeout(self.idle, self.begun.incoming.piece()).await {
                Ok(Ok(Some(piece))) => {
                    self.bytes += piece.as_ref().len() as u64;
                    self.parser.feed(piece.as_ref());
                }
                // What has come of an event by then is no event.
                Ok(Ok(None)) => return Ok(None),
                Ok(Err(Failure::Broken(cause, _))) => {
                    return Err(Error::new(Kind::Broken).because(cause));
                }
                Ok(Err(_)) => return Err(Error::new(Kind::Broken)),
                Err(_) => return Err(Error::new(Kind::Timeout(Limit::Idle, self.idle))),
            }
        }
    }

    fn too_large(&self) -> Error {
        let limit = self.pending.config.0.limits.response_bytes;
        Error::answer(format!(
            "an event of the stream is larger than the {limit} bytes that Config::builder().max_response_bytes allows"
        ))
    }
}
