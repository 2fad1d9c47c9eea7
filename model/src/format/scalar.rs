//! One value in, its canonical YAML text out: plain where that is safe, folded where it is long, quoted elsewhere.

use std::fmt::Write as _;

use crate::format::WIDTH;
use crate::node::{Node, NodeValue, plain};
use crate::yaml::turns_text;

/// A value behind a key or a dash. `indent` is where further lines start, `column` where the first one does.
pub(super) fn block(value: &NodeValue, indent: usize, column: usize) -> String {
    match value {
        NodeValue::Null => String::new(),
        NodeValue::Bool(value) => value.to_string(),
        NodeValue::Int(value) => value.to_string(),
        NodeValue::Float(_, text) => text.to_string(),
        NodeValue::List(_) => "[]".to_owned(),
        NodeValue::Map(_) => "{}".to_owned(),
        NodeValue::Text(text) => {
            let clean = !text.chars().any(|c| is_hidden(c) && c != '\n')
                && text.trim() == text
                && !text.is_empty();
            if clean && text.contains('\n') && text.lines().all(|line| line.trim_end() == line) {
                return literal(text, indent);
            }
            let short = inline(text);
            if column + short.chars().count() > WIDTH
                && clean
                && text.contains(' ')
                && !text.contains('\n')
            {
                return folded(text, indent);
            }
            short
        }
    }
}

/// Text on one line.
pub(super) fn inline(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.chars().any(is_hidden) || !text.contains(['"', '\\']) {
        quoted(text)
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// The brackets of a field's type; every other list is a block.
pub(super) fn flow_type(key: &str, items: &[Node]) -> Option<String> {
    let [item] = items else { return None };
    if key != "type" {
        return None;
    }
    match &item.value {
        // Brackets and commas end a plain text inside of brackets.
        NodeValue::Text(name) if name.contains([',', '[', ']', '{', '}']) => {
            Some(format!("[{}]", quoted(name)))
        }
        NodeValue::Text(name) => Some(format!("[{}]", inline(name))),
        NodeValue::List(inner) => Some(format!("[{}]", flow_type(key, inner)?)),
        _ => None,
    }
}

fn literal(text: &str, indent: usize) -> String {
    let mut out = String::from("|-");
    for line in text.lines() {
        out.push('\n');
        if !line.is_empty() {
            let _ = write!(out, "{:indent$}{line}", "");
        }
    }
    out
}

/// Folds at single spaces only, so that reading it back gives the same text.
fn folded(text: &str, indent: usize) -> String {
    let mut out = String::from(">-");
    let mut line = String::new();
    let mut flush = |line: &mut String| {
        let _ = write!(out, "\n{:indent$}{line}", "");
        line.clear();
    };
    for word in text.split(' ') {
        // An empty word is one of several spaces in a row: it may not end or start a line.
        let glue = word.is_empty() || line.ends_with(' ');
        let length = indent + line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && !glue && length > WIDTH {
            flush(&mut line);
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    flush(&mut line);
    out
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_hidden(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_plain(text: &str) -> bool {
    let first_is_safe =
        text.starts_with(|c: char| !c.is_whitespace() && !"-?:,[]{}#&*!|>'\"%@`".contains(c));
    first_is_safe
        && text.trim() == text
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !text.chars().any(is_hidden)
        && matches!(plain(text), NodeValue::Text(_))
        && !is_surprise(text)
}

/// Characters that are written as escapes, because a reader would not see them.
fn is_hidden(c: char) -> bool {
    c.is_control() || c == '\u{feff}' || turns_text(c)
}

/// Texts that other YAML readers take for dates, numbers or truth values.
fn is_surprise(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let number = text.starts_with(|c: char| c.is_ascii_digit() || "+.".contains(c))
        && text
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "_xo:.+-TZ".contains(c));
    // A range such as `1..50` is no number anywhere.
    (number && !text.contains(".."))
        || ["y", "n", "yes", "no", "on", "off", "=", "<<"].contains(&word.as_str())
}
