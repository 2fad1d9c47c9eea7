//! What callers see of a thing on both sides in, both beside each other out, with what differs marked by signs and not by colour
//! alone.

use std::fmt::Write as _;

use crate::axis::Source;
use crate::declared::Declared;

use super::escape::Text;
use super::lines::{Row, frame, rows};

/// Lines that are shown at once of what is only on one side.
const SHOWN: usize = 14;

/// `source` is the worst that the rules say of the thing's changes for code. Whether there is a view now that can be referred to.
pub(super) fn write(declared: &Declared, source: Source, address: &str, out: &mut String) -> bool {
    match (&declared.before, &declared.after) {
        // The same declarations may stand for other values, or for methods elsewhere that have gone.
        (Some(before), Some(after)) if before == after => {
            out.push_str(match source {
                Source::Ok => "<p class=\"rust same\">No change in Rust.</p>\n",
                Source::Silent => {
                    "<p class=\"rust same\">Looks the same in Rust, and means something else.</p>\n"
                }
                Source::Warning | Source::Break => "",
            });
            return false;
        }
        (Some(before), Some(after)) => both(before, after, address, out),
        (Some(before), None) => one("Rust before; nothing after", "del", before, address, out),
        (None, Some(after)) => one("New in Rust", "ins", after, address, out),
        (None, None) => return false,
    }
    true
}

/// What another change of the same thing has shown.
pub(super) fn refer(address: &str, out: &mut String) {
    let _ = writeln!(
        out,
        "<p class=\"rust same\"><a href=\"#{address}\">Rust before and after</a>, with a change of the same above</p>"
    );
}

/// Code, in which an arrow stays whole where a line wraps.
fn code(text: &str) -> String {
    let text = Text(text).to_string();
    text.replace("-&gt;", "<span class=\"whole\">-&gt;</span>")
}

/// A table, so that lines stay beside each other however they wrap.
fn both(before: &str, after: &str, address: &str, out: &mut String) {
    let _ = write!(
        out,
        "<table class=\"rust sides\" id=\"{address}\">\n<thead><tr><th scope=\"col\">Rust before</th><th scope=\"col\">Rust after</th></tr></thead>\n<tbody>\n",
    );
    for row in rows(before, after) {
        let _ = match row {
            Row::Same(line) => {
                let line = code(line);
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
        return format!("<td><{tag}><code>{}</code></{tag}></td>", code(own));
    };
    let (start, end) = frame(own, other);
    let (head, rest) = own.split_at(start);
    let (middle, tail) = rest.split_at(rest.len() - end);
    let mark = if middle.is_empty() {
        String::new()
    } else {
        format!("<mark>{}</mark>", code(middle))
    };
    format!(
        "<td><{tag}><code>{}{mark}{}</code></{tag}></td>",
        code(head),
        code(tail)
    )
}

/// What is only on one side; a long one can be unfolded.
fn one(caption: &str, tag: &str, text: &str, address: &str, out: &mut String) {
    let lines: Vec<&str> = text.lines().collect();
    // A fold of two lines saves none.
    let shown = if lines.len() <= SHOWN + 2 {
        lines.len()
    } else {
        SHOWN
    };
    let all = |lines: &[&str]| -> String {
        let lines = lines.iter();
        lines
            .map(|line| format!("<{tag}><code>{}\n</code></{tag}>", code(line)))
            .collect()
    };
    let _ = write!(
        out,
        "<div class=\"rust alone\" id=\"{address}\">\n<figure><figcaption>{caption}</figcaption><pre>{}</pre>",
        all(&lines[..shown])
    );
    let rest = &lines[shown..];
    if !rest.is_empty() {
        let _ = write!(
            out,
            "<details><summary>{} more lines</summary><pre>{}</pre></details>",
            rest.len(),
            all(rest)
        );
    }
    out.push_str("</figure>\n</div>\n");
}
