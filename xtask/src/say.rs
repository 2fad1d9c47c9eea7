//! What a command has to say in, the same on standard output out. Whoever has closed it misses the rest, and the command goes on: its
//! exit code is wanted all the same.

use std::fmt;
use std::io::{ErrorKind, Write as _, stdout};
use std::process::exit;

/// Prints a line, as `println!` does where somebody listens.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::say::line(format_args!($($text)*))
    };
}
pub(crate) use say;

pub(crate) fn line(text: fmt::Arguments<'_>) {
    whole(format_args!("{text}\n"));
}

/// Prints a text that ends its last line itself, or needs no end.
pub(crate) fn whole(text: fmt::Arguments<'_>) {
    let mut out = stdout().lock();
    let printed = out.write_fmt(text).and_then(|()| out.flush());
    if let Err(error) = printed
        && error.kind() != ErrorKind::BrokenPipe
    {
        // What is asked for is lost: a full disk, for example.
        eprintln!("error: cannot write to standard output: {error}");
        exit(2);
    }
}
