//! A report in, the head of the page out: which release it asks for, and how many changes of each class there are.

use std::fmt::Write as _;

use crate::axis::{Bump, Class};
use crate::change::counted;
use crate::report::Report;

use super::Sides;
use super::escape::Text;

pub(super) fn write(report: &Report, next: &str, sides: &Sides<'_>, out: &mut String) {
    let bump = report.bump();
    let _ = writeln!(
        out,
        "<header class=\"verdict {bump}\">\n<p class=\"sides-named\">Schema diff <span><code>{}</code> \
         <span aria-label=\"to\">&rarr;</span> <code>{}</code></span></p>",
        Text(sides.old),
        Text(sides.new),
    );
    let _ = match bump {
        _ if report.changes.is_empty() => {
            out.push_str("<h1>No change for callers</h1>\n</header>\n");
            return;
        }
        Bump::None => writeln!(out, "<h1><b>No</b> release is needed</h1>"),
        bump => writeln!(
            out,
            "<h1><b>{}</b> release, next is <span class=\"next\">{}</span></h1>",
            capital(bump.word()),
            Text(next)
        ),
    };
    let _ = writeln!(out, "<p class=\"lede\">{}</p>", lede(report));
    out.push_str("<ul class=\"counts\" aria-label=\"Changes by class\">\n");
    for (class, count) in report.counts() {
        let _ = writeln!(
            out,
            "<li><a class=\"count {0}\" href=\"#class-{0}\" data-state=\"class={0}\"><b>{count}</b> {1}</a></li>",
            css(class),
            class
        );
    }
    out.push_str("</ul>\n</header>\n");
}

/// Who is hit, in a sentence.
fn lede(report: &Report) -> String {
    let breaking = || {
        let changes = report.changes.iter();
        changes.filter(|change| change.class().is_breaking())
    };
    let all = breaking().count();
    if all == 0 {
        return "Nothing breaks: deployed programs go on, and code compiles.".to_owned();
    }
    let accepted = breaking()
        .filter(|change| change.approval.is_some())
        .count();
    let hits = if all == 1 { "hits" } else { "hit" };
    let mut text = format!(
        "{} {hits} callers or programs that are deployed",
        counted(all, "change")
    );
    if accepted > 0 {
        let _ = write!(text, ", of which {accepted} accepted");
    }
    text.push('.');
    text
}

/// The class as the page's style and its filters know it.
pub(super) fn css(class: Class) -> String {
    class.word().to_lowercase()
}

fn capital(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}
