//! A call in, the curl command that would make it out: signed as it would be sent, and nothing sent.

use std::sync::{Arc, Mutex};

use serde_json::Value as Json;
use yunqiao_runtime::ConfigBuilder;
use yunqiao_runtime::transport::{Bytes, Transport, TransportError, TransportFuture, http};

use super::connect::{self, Connection};
use crate::catalog::Found;
use crate::failure::{Failure, Result};
use crate::snippet::curl;

/// Keeps what would be sent.
#[derive(Default)]
struct Kept(Mutex<Option<http::Request<Bytes>>>);

impl Transport for Kept {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        if let Ok(mut kept) = self.0.lock() {
            *kept = Some(request);
        }
        Box::pin(async { Err(TransportError::connect("nothing is sent")) })
    }
}

/// The request as it would be sent.
pub(crate) async fn request(
    builder: ConfigBuilder,
    found: Found<'_>,
    request: Json,
) -> Result<http::Request<Bytes>> {
    let kept = Arc::new(Kept::default());
    let config = builder
        .transport(Arc::clone(&kept))
        .retry(yunqiao_runtime::RetryPolicy::none())
        .build()
        .map_err(connect::unusable)?;
    let outcome = connect::any_call(&config, found, request)?.await;
    let kept = kept.0.lock().ok().and_then(|mut kept| kept.take());
    match (kept, outcome) {
        (Some(request), _) => Ok(request),
        (None, Err(error)) => Err(connect::unusable(error)),
        (None, Ok(_)) => Err(Failure::new("nothing was sent, and something has answered")),
    }
}

pub(super) fn curl(found: Found<'_>, connection: &Connection, body: Json) -> Result<String> {
    let builder = connection.builder(found.service.id.vendor)?;
    let request = connect::block_on(request(builder, found, body))?;
    let request = request.ok_or_else(|| Failure::new("interrupted"))??;
    Ok(curl::command(&request))
}
