//! What callers see of a thing on both sides in, both beside each other out, with what differs marked by signs and not by colour
//! alone.

use std::fmt::Write as _;

use crate::declared::Declared;

use super::escape::Text;
use super::lines::{Row, frame, rows};

/// Lines that are shown at once of what is only on one side.
const SHOWN: usize = 14;

pub(super) fn write(declared: &Declared, out: &mut String) {
    match (&declared.before, &declared.after) {
        (Some(before), Some(after)) if before == after => {
            out.push_str("<p class=\"rust same\">No change in Rust.</p>\n");
        }
        (Some(before), Some(after)) => both(before, after, out),
        (Some(before), None) => one("Rust before; nothing after", "del", before, out),
        (None, Some(after)) => one("New in Rust", "ins", after, out),
        (None, None) => {}
    }
}

/// A table, so that lines stay beside each other however they wrap.
fn both(before: &str, after: &str, out: &mut String) {
    out.push_str(
        "<table class=\"rust sides\">\n<thead><tr><th scope=\"col\">Rust before</th><th scope=\"col\">Rust after</th></tr></thead>\n<tbody>\n",
    );
    for row in rows(before, after) {
        let _ = match row {
            Row::Same(line) => {
                let line = Text(line);
                writeln!(
                    out,
                    "<tr class=\"same\"><td><code>{line}</code></td><td><code>{line}</code></td></tr>"
                )
            }
            Row::Folded(count) => writeln!(
                out,
                "<tr class=\"fold\"><td colspan=\"2\">{count} unchanged lines</td></tr>"
            ),
            Row::Changed(before, after) => {
                let (old, new) = (cell("del", before, after), cell("ins", after, before));
                writeln!(out, "<tr>{old}{new}</tr>")
            }
        };
    }
    out.push_str("</tbody>\n</table>\n");
}

/// A line that changes, with what differs from its counterpart marked.
fn cell(tag: &str, own: Option<&str>, other: Option<&str>) -> String {
    let Some(own) = own else {
        return "<td class=\"pad\"></td>".to_owned();
    };
    let Some(other) = other else {
        return format!("<td><{tag}><code>{}</code></{tag}></td>", Text(own));
    };
    let (start, end) = frame(own, other);
    let (head, rest) = own.split_at(start);
    let (middle, tail) = rest.split_at(rest.len() - end);
    let mark = if middle.is_empty() {
        String::new()
    } else {
        format!("<mark>{}</mark>", Text(middle))
    };
    format!(
        "<td><{tag}><code>{}{mark}{}</code></{tag}></td>",
        Text(head),
        Text(tail)
    )
}

/// What is only on one side; a long one can be unfolded.
fn one(caption: &str, tag: &str, text: &str, out: &mut String) {
    let lines: Vec<&str> = text.lines().collect();
    // A fold of two lines saves none.
    let shown = if lines.len() <= SHOWN + 2 {
        lines.len()
    } else {
        SHOWN
    };
    let code = |lines: &[&str]| -> String {
        let lines = lines.iter();
        lines
            .map(|line| format!("<{tag}><code>{}\n</code></{tag}>", Text(line)))
            .collect()
    };
    let _ = write!(
        out,
        "<div class=\"rust alone\">\n<figure><figcaption>{caption}</figcaption><pre>{}</pre>",
        code(&lines[..shown])
    );
    let rest = &lines[shown..];
    if !rest.is_empty() {
        let _ = write!(
            out,
            "<details><summary>{} more lines</summary><pre>{}</pre></details>",
            rest.len(),
            code(rest)
        );
    }
    out.push_str("</figure>\n</div>\n");
}
