//! In: one constraint and one value. Out: what is wrong with the value, in words that do not repeat it.

use super::pattern::{self, Run};

/// A constraint on a field of a request.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Check {
    /// Number of Unicode characters of a text, both ends included.
    Length {
        /// Fewest characters.
        min: u64,
        /// Most characters.
        max: u64,
    },
    /// An integer, both ends included.
    Range {
        /// Smallest value; `i64::MIN` means no lower end.
        min: i64,
        /// Largest value; `i64::MAX` means no upper end.
        max: i64,
    },
    /// A number, both ends included.
    FloatRange {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// Number of items of a list, both ends included. An empty list counts as absent and is not checked.
    Items {
        /// Fewest items.
        min: u64,
        /// Most items.
        max: u64,
    },
    /// Size in bytes: of a text in UTF-8, or of a file.
    Bytes {
        /// Most bytes.
        max: u64,
    },
    /// The whole text must match one of these alternatives; each is a sequence of runs.
    Pattern(&'static [&'static [Run]]),
}

impl Check {
    /// What is wrong with `text`, if anything.
    pub(super) fn text(&self, text: &str) -> Option<String> {
        match *self {
            Self::Length { min, max } => {
                outside(text.chars().count() as u64, min, max, "character")
            }
            Self::Bytes { max } => outside(text.len() as u64, 0, max, "byte"),
            Self::Pattern(alternatives) if !pattern::matches(alternatives, text) => {
                Some("has a form that the vendor does not accept".to_owned())
            }
            _ => None,
        }
    }

    /// What is wrong with bytes, if anything: they have a size, but neither characters nor a form.
    pub(super) fn binary(&self, bytes: &[u8]) -> Option<String> {
        match *self {
            Self::Bytes { max } => outside(bytes.len() as u64, 0, max, "byte"),
            _ => None,
        }
    }

    /// What is wrong with an integer, if anything.
    pub(super) fn int(&self, value: i64) -> Option<String> {
        match *self {
            Self::Range { min, max } if value < min || value > max => Some(match (min, max) {
                (i64::MIN, _) => format!("must be at most {max}"),
                (_, i64::MAX) => format!("must be at least {min}"),
                _ => format!("must be between {min} and {max}"),
            }),
            // Exact up to 2^53, which is beyond any limit that a page gives for a fractional field.
            Self::FloatRange { .. } => self.float(value as f64),
            _ => None,
        }
    }

    /// What is wrong with a number, if anything.
    pub(super) fn float(&self, value: f64) -> Option<String> {
        match *self {
            Self::FloatRange { min, max } if !(min..=max).contains(&value) => {
                Some(if max == f64::INFINITY {
                    format!("must be at least {min}")
                } else if min == f64::NEG_INFINITY {
                    format!("must be at most {max}")
                } else {
                    format!("must be between {min} and {max}")
                })
            }
            _ => None,
        }
    }

    /// What is wrong with a list of this length, if anything.
    pub(super) fn items(&self, count: usize) -> Option<String> {
        match *self {
            Self::Items { min, max } => outside(count as u64, min, max, "item"),
            _ => None,
        }
    }
}

/// The sentence for a count outside its limits. The count itself is said: it helps, and tells nothing about the content.
fn outside(count: u64, min: u64, max: u64, unit: &str) -> Option<String> {
    if (min..=max).contains(&count) {
        return None;
    }
    let plural = |number: u64| if number == 1 { "" } else { "s" };
    Some(if min == max {
        format!("must have exactly {min} {unit}{}, has {count}", plural(min))
    } else if min == 0 {
        format!("must have at most {max} {unit}{}, has {count}", plural(max))
    } else if max == u64::MAX {
        format!(
            "must have at least {min} {unit}{}, has {count}",
            plural(min)
        )
    } else {
        format!("must have {min} to {max} {unit}s, has {count}")
    })
}
