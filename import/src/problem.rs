//! Something that is wrong with an upstream file: where, and what.

use std::fmt;

use crate::upstream::place;

/// A problem of an upstream file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Keys and positions that lead to the value, for example `/objects/Agent/members/3/type`; empty for the file as a whole.
    pub pointer: String,
    /// Line, from 1; 0 for the file as a whole.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong, and what was expected. Text of the file is quoted short and without control characters.
    pub message: String,
}

impl Problem {
    /// A problem of the file as a whole.
    pub(crate) fn file(message: impl Into<String>) -> Self {
        Self {
            pointer: String::new(),
            line: 0,
            column: 0,
            message: message.into(),
        }
    }

    /// A problem with a value.
    pub(crate) fn at(pointer: &str, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            ..Self::file(message)
        }
    }

    /// Fills in line and column from the file's text.
    pub(crate) fn placed(mut self, text: &str) -> Self {
        if self.line == 0
            && !self.pointer.is_empty()
            && let Some((line, column)) = place::find(text, &self.pointer)
        {
            (self.line, self.column) = (line, column);
        }
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}:{}: ", self.line, self.column)?;
        }
        if !self.pointer.is_empty() {
            write!(f, "{}: ", shown(&self.pointer))?;
        }
        f.write_str(&self.message)
    }
}

/// Text of a file as it may be printed: short, on one line, nothing that a terminal would obey or that turns text around.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 80;
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let visible: String = text
        .chars()
        .take(MOST)
        .map(|c| if hidden(c) { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(MOST).is_some() {
        format!("{visible}…")
    } else {
        visible
    }
}
