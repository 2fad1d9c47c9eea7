//! What callers see of a thing on both sides in, both beside each other out.

use std::fmt::Write as _;

use crate::axis::Source;
use crate::declared::Declared;

use super::beside::{View, code, table};

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
        (Some(before), Some(after)) => {
            let view = View {
                class: "rust sides",
                address,
                captions: ["Rust before", "Rust after"],
                is_code: true,
            };
            table(before, after, &view, out);
        }
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
        "<div class=\"beside rust alone\" id=\"{address}\">\n<figure><figcaption>{caption}</figcaption><pre>{}</pre>",
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
