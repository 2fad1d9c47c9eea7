//! Two texts in, both beside each other out: what differs is marked by signs and not by colour alone.

use std::fmt::Write as _;

use super::escape::Text;
use super::lines::{Row, frame, rows};

/// How two texts are shown.
pub(super) struct View<'a> {
    pub(super) class: &'a str,
    /// What the view is found by, or nothing.
    pub(super) address: &'a str,
    pub(super) captions: [&'a str; 2],
    /// Whether it is code, and not prose.
    pub(super) is_code: bool,
}

/// Code, in which an arrow stays whole where a line wraps.
pub(super) fn code(text: &str) -> String {
    let text = Text(text).to_string();
    text.replace("-&gt;", "<span class=\"whole\">-&gt;</span>")
}

/// A table, so that lines stay beside each other however they wrap.
pub(super) fn table(before: &str, after: &str, view: &View<'_>, out: &mut String) {
    let View {
        class,
        address,
        captions: [old, new],
        is_code,
    } = view;
    let id = if address.is_empty() {
        String::new()
    } else {
        format!(" id=\"{address}\"")
    };
    let _ = writeln!(
        out,
        "<table class=\"beside {class}\"{id}>\n<thead><tr><th scope=\"col\">{old}</th><th scope=\"col\">{new}</th></tr></thead>\n<tbody>"
    );
    for row in rows(before, after, *is_code) {
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
