//! In: requests of Tencent E-Sign and Volcengine SMS. Out: events for a handler, and the status that each vendor must see.
//!
//! The order matters: read no more than the limit, verify, take the event in hand, handle it, acknowledge it, and only then
//! answer 200. A handler that fails costs nothing but another attempt of the vendor.

use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::routing::post;
use yunqiao::callback::{
    EsignCallbacks, EsignEvent, EventKey, Rejection, ReplayGuard, SmsCallbacks, SmsEvent,
};

/// Something that has happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum Arrived {
    /// A contract, a seal or a company has changed.
    Esign(EsignEvent),
    /// A message has arrived or not, or was answered.
    Sms(SmsEvent),
}

/// Stores or handles what has arrived; the reason, if it could not.
pub type Handler =
    dyn Fn(Arrived) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> + Send + Sync;

/// What the service is made of.
#[allow(
    missing_debug_implementations,
    reason = "the handler is a function, and has nothing to show"
)]
pub struct Service {
    /// The e-sign side.
    pub esign: EsignCallbacks,
    /// The SMS side.
    pub sms: SmsCallbacks,
    /// Keeps events from being handled twice.
    pub guard: ReplayGuard,
    /// What to do with an event.
    pub handler: Box<Handler>,
    /// Where refusals go. They hold no secret and nothing of the message.
    pub log: Box<dyn Fn(&str) + Send + Sync>,
}

/// The addresses: `POST /esign` and `POST /sms/{secret}`.
pub fn router(service: Service) -> Router {
    Router::new()
        .route("/esign", post(esign))
        .route("/sms/{secret}", post(sms))
        .with_state(Arc::new(service))
}

async fn esign(State(service): State<Arc<Service>>, request: Request) -> StatusCode {
    let (head, body) = request.into_parts();
    let max_body = service.esign.max_body();
    let Some(body) = read(head.headers.get(CONTENT_LENGTH), body, max_body).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    match service.esign.receive(&head.headers, &body) {
        Ok(event) => service.handle(event.key(), Arrived::Esign(event)).await,
        Err(rejection) => service.refuse(&rejection),
    }
}

async fn sms(
    State(service): State<Arc<Service>>,
    Path(secret): Path<String>,
    request: Request,
) -> StatusCode {
    let (head, body) = request.into_parts();
    let max_body = service.sms.max_body();
    let Some(body) = read(head.headers.get(CONTENT_LENGTH), body, max_body).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let batch = match service.sms.receive(&secret, &body) {
        Ok(batch) => batch,
        Err(rejection) => return service.refuse(&rejection),
    };
    // Each event on its own: when one of them fails, the next attempt brings back all, and the others are known by then.
    let mut answer = StatusCode::OK;
    for event in batch.into_events() {
        let status = service.handle(event.key(), Arrived::Sms(event)).await;
        if status != StatusCode::OK {
            answer = status;
        }
    }
    answer
}

/// The body; `None` if it is too large, which a sender who says so at once learns at once.
async fn read(
    length: Option<&axum::http::HeaderValue>,
    body: Body,
    max_body: usize,
) -> Option<Bytes> {
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > max_body) {
        return None;
    }
    to_bytes(body, max_body).await.ok()
}

impl Service {
    async fn handle(&self, key: EventKey, arrived: Arrived) -> StatusCode {
        let claim = match self.guard.check(key).await {
            Ok(claim) => claim,
            Err(rejection) => return self.refuse(&rejection),
        };
        if let Err(reason) = (self.handler)(arrived).await {
            // The claim is dropped here, which gives the event free for the next attempt.
            (self.log)(&format!("not handled: {reason}"));
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        match claim.acknowledge().await {
            Ok(()) => StatusCode::OK,
            Err(rejection) => self.refuse(&rejection),
        }
    }

    fn refuse(&self, rejection: &Rejection) -> StatusCode {
        (self.log)(&rejection.to_string());
        StatusCode::from_u16(rejection.http_status()).unwrap_or(StatusCode::BAD_REQUEST)
    }
}
