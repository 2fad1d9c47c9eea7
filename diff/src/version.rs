//! A version and a bump in, the next version out.

use std::fmt;

use crate::axis::Bump;

/// A text that is no version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoVersion(String);

impl fmt::Display for NoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no version: write it as 1.2.3", self.0)
    }
}

impl std::error::Error for NoVersion {}

/// The version after `current`, by Cargo's rules: before 1.0 the middle number is the major one, and the last takes the rest.
///
/// ```
/// use yunqiao_diff::{Bump, next};
///
/// assert_eq!(next("0.2.3", Bump::Major).unwrap(), "0.3.0");
/// assert_eq!(next("0.2.3", Bump::Minor).unwrap(), "0.2.4");
/// assert_eq!(next("1.2.3", Bump::Minor).unwrap(), "1.3.0");
/// ```
///
/// # Errors
/// The text is no version, or a number in it has no next one.
pub fn next(current: &str, bump: Bump) -> Result<String, NoVersion> {
    let wrong = || NoVersion(current.to_owned());
    let numbers: Vec<u64> = current
        .trim()
        .split('.')
        .map(|part| part.parse().map_err(|_| wrong()))
        .collect::<Result<_, _>>()?;
    let &[major, minor, patch] = numbers.as_slice() else {
        return Err(wrong());
    };
    let up = |number: u64| number.checked_add(1).ok_or_else(wrong);
    let (major, minor, patch) = match (bump, major) {
        (Bump::None, _) => (major, minor, patch),
        (Bump::Major, 0) => (0, up(minor)?, 0),
        (Bump::Minor | Bump::Patch, 0) | (Bump::Patch, _) => (major, minor, up(patch)?),
        (Bump::Major, _) => (up(major)?, 0, 0),
        (Bump::Minor, _) => (major, up(minor)?, 0),
    };
    Ok(format!("{major}.{minor}.{patch}"))
}
