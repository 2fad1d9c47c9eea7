//! What the client and its dependencies log in, the texts of it that nobody may see out.

use std::sync::{Mutex, OnceLock, PoisonError};

use crate::canary;

/// The log of this process.
#[derive(Default)]
struct Log {
    lines: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    count: u64,
    leaks: Vec<String>,
}

/// Leaks that are kept: one is enough to fail, and some more help to find the place.
const MOST: usize = 20;

static LOG: OnceLock<Log> = OnceLock::new();

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let text = format!("{} {}: {}", record.level(), record.target(), record.args());
        let mut seen = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        seen.count += 1;
        if let Some(canary) = canary::shown(&text).filter(|_| seen.leaks.len() < MOST) {
            seen.leaks.push(format!("{canary} in the log: {text}"));
        }
    }

    fn flush(&self) {}
}

/// Listens to everything that is logged from now on. Where somebody else does already, nothing is heard.
pub(crate) fn listen() {
    if log::set_logger(LOG.get_or_init(Log::default)).is_ok() {
        log::set_max_level(log::LevelFilter::Trace);
    }
}

/// Lines heard since the last time, and what must not be in them.
pub(crate) fn take() -> (u64, Vec<String>) {
    let Some(log) = LOG.get() else {
        return (0, Vec::new());
    };
    let seen = std::mem::take(&mut *log.lines.lock().unwrap_or_else(PoisonError::into_inner));
    (seen.count, seen.leaks)
}
