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
