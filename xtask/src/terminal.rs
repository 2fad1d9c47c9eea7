//! Whether colours are wanted, and the few that are used.

use std::io::IsTerminal as _;

/// Colours on standard output: only on a terminal, and never against `NO_COLOR`.
pub(crate) fn stdout_color() -> bool {
    allowed() && std::io::stdout().is_terminal()
}

/// Colours on standard error.
pub(crate) fn stderr_color() -> bool {
    allowed() && std::io::stderr().is_terminal()
}

fn allowed() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var("TERM").as_deref() != Ok("dumb")
}

/// Text in an ANSI style, if colours are wanted.
pub(crate) fn paint(color: bool, style: &str, text: &str) -> String {
    if color {
        format!("\x1b[{style}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// A line on a terminal that tells how far long work is; nothing anywhere else.
#[derive(Debug)]
pub(crate) struct Progress {
    what: String,
    total: usize,
    shown: bool,
}

impl Progress {
    pub(crate) fn new(what: &str, total: usize) -> Self {
        Self {
            what: what.to_owned(),
            total,
            shown: std::io::stderr().is_terminal(),
        }
    }

    /// Tells that so many are done, and the last of them.
    pub(crate) fn step(&self, done: usize, name: &str) {
        if self.shown {
            let name: String = name
                .chars()
                .rev()
                .take(50)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            eprint!("\r\u{1b}[2K{} {done}/{} {name}", self.what, self.total);
        }
    }

    /// Takes the line away.
    pub(crate) fn end(&self) {
        if self.shown {
            eprint!("\r\u{1b}[2K");
        }
    }
}
