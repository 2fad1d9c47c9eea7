//! A call in, the curl command that would make it out: signed as it would be sent, and nothing sent.

use std::fmt::Write as _;
use std::future::IntoFuture as _;
use std::sync::{Arc, Mutex};

use serde_json::Value as Json;
use yunqiao_runtime::transport::{Bytes, Transport, TransportError, TransportFuture, http};

use super::connect::{self, Connection};
use crate::catalog::Found;
use crate::failure::{Failure, Result};
use crate::progress;

/// What stands for a header's value that grants access.
const HIDDEN: &str = "***";

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

pub(super) fn curl(found: Found<'_>, connection: &Connection, request: Json) -> Result<String> {
    let kept = Arc::new(Kept::default());
    let builder = connection.builder(found.service.id.vendor)?;
    let config = builder
        .transport(Arc::clone(&kept))
        .retry(yunqiao_runtime::RetryPolicy::none())
        .build()
        .map_err(connect::unusable)?;
    let call = connect::any_call(&config, found, request)?;
    let outcome = connect::block_on(call.into_future())?;
    let kept = kept.0.lock().ok().and_then(|mut kept| kept.take());
    match (kept, outcome) {
        (Some(request), _) => Ok(command(&request)),
        (None, Some(Err(error))) => Err(connect::unusable(error)),
        (None, Some(Ok(_)) | None) => {
            Err(Failure::new("nothing was sent, and something has answered"))
        }
    }
}

fn command(request: &http::Request<Bytes>) -> String {
    let mut out = format!(
        "curl -X {} {}",
        request.method(),
        quoted(&request.uri().to_string())
    );
    for (name, value) in request.headers() {
        let value = match name.as_str() {
            "x-tc-token" | "x-security-token" => HIDDEN.to_owned(),
            _ => String::from_utf8_lossy(value.as_bytes()).into_owned(),
        };
        let _ = write!(out, " \\\n  -H {}", quoted(&format!("{name}: {value}")));
    }
    match std::str::from_utf8(request.body()) {
        Ok("") => {}
        Ok(body) => {
            let _ = write!(out, " \\\n  --data-raw {}", quoted(body));
        }
        Err(_) => {
            let _ = write!(out, " \\\n  --data-binary @BODY");
            progress::tell(&format!(
                "BODY stands for a file with the {} bytes of the body, which are no text\n",
                request.body().len()
            ));
        }
    }
    out.push('\n');
    out
}

/// A word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
