//! The name of an environment variable in, its value out. What is personal comes from there and not from the command line, which
//! every user of a computer can read in the list of processes.

use crate::ending::Misused;

/// The value of a variable that has to be there.
pub(crate) fn variable(name: &str) -> Result<String, Misused> {
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => Ok(value),
        _ => Err(Misused(format!("{name} is not set"))),
    }
}
