//! Schemas and a port in, what a cloud needs to start out, or words that say why it cannot.

use std::future::{Future as _, poll_fn};
use std::io;
use std::path::Path;
use std::pin::pin;
use std::task::Poll;

use yunqiao_mock::{Script, StartError};
use yunqiao_model::{Api, Loaded, Source, load, render};

use crate::failure::{Failure, Result};

/// The model of a folder, or the built-in one.
pub(super) fn model(folder: Option<&Path>) -> Result<Api> {
    let (sources, root): (Vec<Source>, String) = match folder {
        None => (yunqiao_mock::embedded_sources(), "schemas".to_owned()),
        Some(folder) => {
            let shown = folder.display().to_string();
            let found = yunqiao_mock::sources_in(folder)
                .map_err(|error| Failure::io(&format!("cannot read {shown}"), &error))?;
            if found.is_empty() {
                return Err(Failure::new(format!("{shown} holds no schema files")));
            }
            (found, shown)
        }
    };
    let Loaded { api, diagnostics } = load(&sources);
    if diagnostics.is_empty() {
        return Ok(api);
    }
    Err(Failure::new(format!(
        "the schemas cannot be served\n{}",
        render(&diagnostics, &sources, &root, false)
    )))
}

/// The rules of a file.
pub(super) fn script(file: &Path) -> Result<Script> {
    let shown = file.display().to_string();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::io(&format!("cannot read {shown}"), &error))?;
    Script::read(&text, &shown).map_err(|error| Failure::new(error.to_string()))
}

/// Why the cloud did not start, and what helps.
pub(super) fn failure(port: u16, error: &StartError) -> Failure {
    if !error.is_port_taken() {
        return Failure::new(error.to_string());
    }
    let other = match super::free_port() {
        Some(free) => format!("--port {free} is free, and --port 0 takes any free one"),
        None => "--port 0 takes any free one".to_owned(),
    };
    Failure::new(format!("port {port} is in use: {other}"))
}

/// Tells that it has started once Ctrl-C is listened to, so that what it says is true from the start, and returns on Ctrl-C.
pub(super) fn until_stopped(tell: impl FnOnce() -> Result<()>) -> io::Result<Result<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut stopped = pin!(tokio::signal::ctrl_c());
        // The first poll is what begins to listen.
        if let Poll::Ready(outcome) =
            poll_fn(|context| Poll::Ready(stopped.as_mut().poll(context))).await
        {
            return outcome.map(Ok);
        }
        if let Err(failure) = tell() {
            // A closed pipe ends nothing: the cloud is still there for its callers.
            if !failure.is_closed_pipe() {
                return Ok(Err(failure));
            }
        }
        stopped.await.map(Ok)
    })
}
