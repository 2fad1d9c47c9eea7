//! How far long work has come in, one line at the foot of a terminal out. Nothing where nobody looks.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// More often than this nobody can read.
const PAUSE: Duration = Duration::from_millis(100);

/// More than this may not fit one line of a terminal, and a second line could not be taken back.
const WIDTH: usize = 76;

/// A line on standard error that is written over. It is taken back when it is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    is_seen: bool,
    last: Mutex<Option<Instant>>,
}

impl Progress {
    /// A line, if standard error is a terminal.
    pub(crate) fn new() -> Self {
        Self {
            is_seen: io::stderr().is_terminal(),
            last: Mutex::new(None),
        }
    }

    /// Shows a text in place of the one before, unless that has only just come.
    pub(crate) fn show(&self, text: impl FnOnce() -> String) {
        if !self.is_seen {
            return;
        }
        let Ok(mut last) = self.last.lock() else {
            return;
        };
        if last.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        *last = Some(Instant::now());
        let line: String = text()
            .chars()
            .filter(|c| !c.is_control())
            .take(WIDTH)
            .collect();
        write(&format!("\r{line}\x1b[K"));
    }

    /// Takes the line back, before something else is printed.
    pub(crate) fn clear(&self) {
        let shown = self.last.lock().ok().and_then(|mut last| last.take());
        if shown.is_some() {
            write("\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

fn write(text: &str) {
    let mut out = io::stderr().lock();
    // Nobody is left to look if this cannot be written.
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

/// Tells lines on standard error. What is an error stands out where colours are seen and wanted.
pub(crate) fn tell(text: &str) {
    match text.strip_prefix("error:") {
        Some(rest) if has_colour() => write(&format!("\x1b[1;31merror:\x1b[0m{rest}")),
        _ => write(text),
    }
}

fn has_colour() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stderr().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}
