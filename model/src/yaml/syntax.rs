//! An error of the YAML reader in, a diagnostic in our words at the place that matters out.

use std::sync::Arc;

use saphyr_parser::ScanError;

use crate::yaml::{MAX_DEPTH, line};
use crate::{Code, Diagnostic, Location};

/// What the reader says, what we say instead, and how to mend it. The first row that fits counts.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "illegal placement of ':'",
        "a `:` cannot stand here",
        "put the text in quotes, because it contains `:`",
    ),
    (
        "',' or ",
        "a bracket or brace is not closed",
        "separate entries by `,` and close the bracket",
    ),
    (
        "misplaced bracket",
        "a bracket that nothing opens",
        "remove it, or put the text in quotes",
    ),
    (
        "flow construct",
        "a bracket or brace is not closed",
        "close it, or indent what belongs to it",
    ),
    (
        "invalid indentation in quoted scalar",
        "the quote that opens here is not closed",
        "close it; further lines of a quoted text are indented",
    ),
    (
        "unexpected end of stream",
        "a quote is not closed",
        "close it",
    ),
    (
        "unknown escape character",
        "an unknown escape in double quotes",
        "write a backslash as \\\\, or put the text in single quotes",
    ),
    (
        "hexadecimal number",
        "an escape without its hexadecimal digits",
        "write \\xNN, \\uNNNN or \\UNNNNNNNN",
    ),
    (
        "invalid trailing content",
        "text behind the closing quote",
        "put the whole text into one pair of quotes",
    ),
    (
        "did not find expected key",
        "this line belongs to nothing above it",
        "check the indentation; a key ends in `:`, a list entry starts with `- `",
    ),
    (
        "'-' indicator",
        "this line is no entry of the list above it",
        "start it with `- `, or indent it like the list's key",
    ),
    (
        "block sequence entries",
        "a list cannot start here",
        "put the first `- ` on a line of its own below the key",
    ),
    (
        "simple key expect",
        "a line without `:`",
        "a key ends in `:`",
    ),
    (
        "wrongly indented line in block scalar",
        "a line is indented less than the text it belongs to",
        "indent all lines of a text alike",
    ),
    (
        "unexpected end of plain scalar",
        "the text ends unexpectedly",
        "put the text in quotes",
    ),
    (
        "byte order mark",
        "a byte order mark inside of the file",
        "remove it",
    ),
    (
        "directive",
        "a line that starts with `%`",
        "remove it; schema files have no directives",
    ),
    (
        "document",
        "a document mark where none can stand",
        "a schema file holds one document, without `---` and `...`",
    ),
];

/// What the reader calls an anchor, alias or tag that it cannot follow.
const ALIAS: [&str; 6] = ["anchor", "alias", "tag", "TAG", "Tag", "the handle wasn't"];

pub(super) fn too_deep(at: Location) -> Diagnostic {
    Diagnostic::new(
        Code::TooDeep,
        at,
        format!("nested deeper than {MAX_DEPTH} levels"),
    )
    .help("no schema needs this; is the file the right one?")
}

pub(super) fn diagnose(path: &Arc<str>, text: &str, error: &ScanError) -> Diagnostic {
    let (info, mark) = (error.info(), error.marker());
    let at = |row: usize, column: usize| Location {
        path: Arc::clone(path),
        line: line(row),
        column: line(column),
        length: 1,
    };
    let here = at(mark.line(), mark.col() + 1);
    if info.contains("recursion limit") {
        return too_deep(here);
    }
    if let Some((row, column)) = tab(text, mark.line()) {
        return Diagnostic::new(Code::Syntax, at(row, column), "a tab in the indentation")
            .help("indent by two spaces a level");
    }
    if ALIAS.iter().any(|word| info.contains(word)) {
        return Diagnostic::new(
            Code::Alias,
            here,
            "anchors, aliases and tags are not part of the dialect",
        )
        .help("write the value out where it is used; put text that starts with `&`, `*` or `!` in quotes");
    }
    if info.contains("mapping values are not allowed") {
        return Diagnostic::new(Code::Syntax, here, "a `:` cannot stand here").help(colon_help(
            text,
            mark.line(),
            mark.col(),
        ));
    }
    if let Some(c) = info.strip_prefix("unexpected character: `") {
        let c = c.trim_end_matches('\'');
        return Diagnostic::new(
            Code::Syntax,
            here,
            format!("a text cannot start with `{c}`"),
        )
        .help("put the text in quotes");
    }
    if info.contains("simple key expect")
        && let Some((row, column, length)) = line_before(text, mark.line())
    {
        let at = Location {
            length: line(length),
            ..at(row, column)
        };
        return Diagnostic::new(Code::Syntax, at, "a line without `:`").help(
            "a key ends in `:`, a list entry starts with `- `, text over several lines with `>-`",
        );
    }
    if ["illegal placement of ':'", "',' or "]
        .iter()
        .any(|words| info.contains(words))
        && let Some((row, column)) = unclosed(text, mark.line())
    {
        return Diagnostic::new(
            Code::Syntax,
            at(row, column),
            "a bracket or brace is not closed",
        )
        .help("close it, and separate what it holds by `,`");
    }
    let (message, help) = WORDS
        .iter()
        .find(|(needle, ..)| info.contains(needle))
        .map_or(
            (info, "check the quotes, brackets and indentation here"),
            |(_, message, help)| (message, help),
        );
    Diagnostic::new(Code::Syntax, here, message).help(help)
}

/// The reader notices a tab only at the token after or before it; looks for the line that is meant.
fn tab(text: &str, row: usize) -> Option<(usize, usize)> {
    text.lines()
        .enumerate()
        .skip(row.saturating_sub(1))
        .take(2)
        .find_map(|(index, text)| {
            let indent = text.len() - text.trim_start().len();
            text[..indent]
                .find('\t')
                .map(|column| (index + 1, column + 1))
        })
}

/// Where the bracket stands that is still open at the end of a line, looked for from a row upwards.
fn unclosed(text: &str, row: usize) -> Option<(usize, usize)> {
    let lines: Vec<&str> = text.lines().take(row).collect();
    lines
        .iter()
        .enumerate()
        .rev()
        .take(50)
        .find_map(|(index, line)| {
            let mut open = Vec::new();
            for (column, c) in line.chars().enumerate() {
                match c {
                    '[' | '{' => open.push(column),
                    ']' | '}' => drop(open.pop()),
                    _ => {}
                }
            }
            open.first().map(|column| (index + 1, column + 1))
        })
}

/// The last line with text before a row: its number, and where its text begins and how long it is.
fn line_before(text: &str, row: usize) -> Option<(usize, usize, usize)> {
    let lines: Vec<&str> = text.lines().take(row.saturating_sub(1)).collect();
    let (index, line) = lines
        .iter()
        .enumerate()
        .rev()
        .find(|(_, line)| !line.trim().is_empty())?;
    let indent = line.chars().take_while(|c| c.is_whitespace()).count();
    Some((index + 1, indent + 1, line.trim().chars().count()))
}

/// A second `: ` in a line is text that needs quotes; the first one means that the lines do not fit together.
fn colon_help(text: &str, row: usize, column: usize) -> &'static str {
    let line = text.lines().nth(row.saturating_sub(1)).unwrap_or_default();
    let before: String = line.chars().take(column).collect();
    if before.contains(": ") {
        "put the text in quotes, because it contains `: `"
    } else {
        "is this line indented wrongly, or does the line above lack its `:`?"
    }
}
