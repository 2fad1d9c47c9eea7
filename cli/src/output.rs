//! JSON in, what is printed out: JSON, YAML, a table or lines.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde_json::Value as Json;

use crate::failure::{Failure, Result};

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For programs.
    Json,
    /// For eyes that prefer it.
    Yaml,
    /// Lists as rows, the rest as lines.
    Table,
    /// For pipes: each entry of a list as JSON in one line, as it comes.
    Lines,
}

/// Prints a value. `columns` are those of a table of objects; all when none is named.
pub(crate) fn print(value: &Json, format: Format, columns: &[&str]) -> Result<()> {
    let text = match format {
        Format::Json => format!("{value:#}\n"),
        Format::Yaml => yaml(value),
        Format::Table => table(value, columns),
        Format::Lines => lines(value),
    };
    write(&text)
}

/// Writes to standard output.
pub(crate) fn write(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Failure::io("cannot write to standard output", &error))
}

/// One line for each entry of a list, or one alone.
fn lines(value: &Json) -> String {
    match value {
        Json::Array(items) => items.iter().map(|item| format!("{item}\n")).collect(),
        other => format!("{other}\n"),
    }
}

fn yaml(value: &Json) -> String {
    let mut out = String::new();
    match value {
        Json::Object(map) if !map.is_empty() => block(value, 0, &mut out),
        Json::Array(items) if !items.is_empty() => block(value, 0, &mut out),
        other => {
            let _ = writeln!(out, "{}", scalar(other));
        }
    }
    out
}

/// The lines of a list or an object that is not empty.
fn block(value: &Json, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let entry = |key: &str, value: &Json, out: &mut String| match value {
        Json::Object(map) if !map.is_empty() => {
            let _ = writeln!(out, "{indent}{key}");
            block(value, depth + 1, out);
        }
        Json::Array(items) if !items.is_empty() => {
            let _ = writeln!(out, "{indent}{key}");
            block(value, depth + 1, out);
        }
        other => {
            let _ = writeln!(out, "{indent}{key} {}", scalar(other));
        }
    };
    match value {
        Json::Object(map) => {
            for (key, value) in map {
                let key = format!(
                    "{}:",
                    plain(key).unwrap_or_else(|| Json::from(key.as_str()).to_string())
                );
                entry(&key, value, out);
            }
        }
        Json::Array(items) => {
            for item in items {
                entry("-", item, out);
            }
        }
        _ => {}
    }
}

fn scalar(value: &Json) -> String {
    match value {
        Json::String(text) => plain(text).unwrap_or_else(|| value.to_string()),
        other => other.to_string(),
    }
}

/// A text as YAML has it without quotes, where nobody could take it for anything else.
fn plain(text: &str) -> Option<String> {
    let starts = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '/');
    let is_inside = |c: char| c.is_alphanumeric() || " _-./+@".contains(c);
    let is_word = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    (starts && !is_word && !text.ends_with(' ') && text.chars().all(is_inside))
        .then(|| text.to_owned())
}

/// Objects as rows; anything else as lines of name and value.
fn table(value: &Json, columns: &[&str]) -> String {
    match value {
        Json::Array(rows) if rows.iter().all(Json::is_object) => {
            let names: Vec<&str> = if columns.is_empty() {
                let keys = rows
                    .iter()
                    .filter_map(Json::as_object)
                    .flat_map(|row| row.keys());
                let mut names: Vec<&str> = Vec::new();
                for key in keys {
                    if !names.contains(&key.as_str()) {
                        names.push(key);
                    }
                }
                names
            } else {
                columns.to_vec()
            };
            let cells = rows.iter().map(|row| {
                let cells = names
                    .iter()
                    .map(|name| row.get(*name).map_or_else(String::new, cell));
                cells.collect()
            });
            grid(&names, &cells.collect::<Vec<Vec<String>>>())
        }
        Json::Array(items) => items
            .iter()
            .map(|item| format!("{}\n", cell(item)))
            .collect(),
        Json::Object(map) => {
            let rows = map
                .iter()
                .map(|(key, value)| vec![key.clone(), cell(value)]);
            grid(&[], &rows.collect::<Vec<_>>())
        }
        other => format!("{}\n", cell(other)),
    }
}

/// A value in one line, without signs that move a cursor.
fn cell(value: &Json) -> String {
    let text = match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Cells below one another. The last column takes what it needs.
fn grid(names: &[&str], rows: &[Vec<String>]) -> String {
    let head: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
    let all: Vec<&Vec<String>> = std::iter::once(&head)
        .filter(|head| !head.is_empty())
        .chain(rows)
        .collect();
    let count = all.iter().map(|row| row.len()).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = all.iter().filter_map(|row| row.get(column));
        cells.map(|cell| columns_of(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut out = String::new();
    for row in all {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            line.push_str(cell);
            if column + 1 < row.len() {
                let gap = widths[column] - columns_of(cell) + 2;
                line.extend(std::iter::repeat_n(' ', gap));
            }
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// How many columns of a terminal a text takes: Chinese signs take two.
fn columns_of(text: &str) -> usize {
    let wide = |c: char| matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD);
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}
