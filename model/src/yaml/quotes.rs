//! The characters of a file and the span of a quoted scalar in, the span up to its closing quote out.
//!
//! The parser's span of a quoted scalar runs on over the blanks and the comment behind it.

use saphyr_parser::{Marker, Span};

/// The span up to the closing quote, or as it was if the quote cannot be found.
pub(super) fn trim(chars: &[char], span: Span) -> Span {
    let start = span.start;
    let Some(quote) = chars.get(start.index()).filter(|c| matches!(c, '"' | '\'')) else {
        return span;
    };
    let (mut index, mut line, mut column) = (start.index() + 1, start.line(), start.col() + 1);
    while index < span.end.index() {
        match chars.get(index) {
            // What is escaped may be the end of the line, which counts as such.
            Some('\\') if *quote == '"' && chars.get(index + 1) != Some(&'\n') => {
                (index, column) = (index + 1, column + 1);
            }
            Some('\n') => (line, column) = (line + 1, usize::MAX),
            // Two single quotes are one of the text.
            Some(c) if c == quote && *c == '\'' && chars.get(index + 1) == Some(quote) => {
                (index, column) = (index + 1, column + 1);
            }
            Some(c) if c == quote => {
                return Span::new(start, Marker::new(index + 1, line, column + 1));
            }
            _ => {}
        }
        (index, column) = (index + 1, column.wrapping_add(1));
    }
    span
}
