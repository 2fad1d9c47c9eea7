//! What keeps a command from its work, in words that name the place and the fix. Never with a secret in it.

use std::fmt;
use std::io;

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    is_closed_pipe: bool,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            is_closed_pipe: false,
        }
    }

    /// What could not be read or written, and why.
    pub(crate) fn io(doing: &str, error: &io::Error) -> Self {
        Self {
            message: format!("{doing}: {error}"),
            is_closed_pipe: error.kind() == io::ErrorKind::BrokenPipe,
        }
    }

    /// Whether the reader of the output has gone.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.is_closed_pipe
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

pub(crate) type Result<T> = std::result::Result<T, Failure>;
