//! What the client and its dependencies log and trace in; how much it was, and the texts of it that nobody may see, out.

mod logged;
mod traced;

use std::sync::{Mutex, PoisonError};

use crate::canary;

/// What was heard in this process since the last time that somebody asked.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// Lines of `log`.
    pub(crate) lines: u64,
    /// Spans of `tracing` that were opened.
    pub(crate) spans: u64,
    /// Events of `tracing`.
    pub(crate) events: u64,
    /// Texts with something in them that nobody may see.
    pub(crate) leaks: Vec<String>,
}

/// Leaks that are kept: one is enough to fail, and some more help to find the place.
const MOST: usize = 20;

static HEARD: Mutex<Heard> = Mutex::new(Heard {
    lines: 0,
    spans: 0,
    events: 0,
    leaks: Vec::new(),
});

/// Listens to everything that is logged or traced from now on. Where somebody else does already, nothing is heard.
pub(crate) fn listen() {
    logged::listen();
    traced::listen();
}

/// What was heard since the last time.
pub(crate) fn take() -> Heard {
    std::mem::take(&mut *HEARD.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Counts a text that was told at the place, and keeps it if it tells too much.
fn note(place: &str, text: &str, count: impl FnOnce(&mut Heard)) {
    let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
    count(&mut heard);
    if let Some(canary) = canary::shown(text).filter(|_| heard.leaks.len() < MOST) {
        heard.leaks.push(format!("{canary} in {place}: {text}"));
    }
}
