//! A report with what callers see of both sides in, one HTML page that needs nothing else out.
//!
//! The page is complete without its script, which only searches, filters and copies. A schema may come from anybody, so every text
//! is escaped, and the page's own policy lets nothing run or load but its one style and its one script.

mod beside;
mod breaks;
mod entry;
mod escape;
mod filters;
mod lines;
mod policy;
mod rust;
mod section;
mod verdict;

use std::fmt::Write as _;

use crate::declared::Declarations;
use crate::report::Report;

use self::escape::Text;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The two sides of a page.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// What the old side is called.
    pub old: &'a str,
    /// What the new side is called.
    pub new: &'a str,
    /// What callers see of the things that the report is about.
    pub declarations: &'a Declarations,
}

/// The page for a browser.
#[must_use]
pub fn html(report: &Report, next: &str, sides: &Sides<'_>) -> String {
    let mut out = String::with_capacity(16_384 + 2_048 * report.changes.len());
    head(report, next, sides, &mut out);
    out.push_str("<body>\n<a class=\"skip\" href=\"#changes\">Skip to the changes</a>\n");
    verdict::write(report, next, sides, &mut out);
    out.push_str("<main>\n");
    if !report.changes.is_empty() {
        breaks::write(report, &mut out);
        out.push_str("<section id=\"changes\" aria-labelledby=\"changes-title\">\n");
        out.push_str("<h2 id=\"changes-title\">All changes</h2>\n");
        filters::write(report, &mut out);
        section::write(report, sides.declarations, &mut out);
        out.push_str("<p id=\"nothing\" hidden>No change fits the filters.</p>\n</section>\n");
    }
    out.push_str("</main>\n<footer><p>Written by <code>cargo xtask diff --format html</code>. ");
    out.push_str(
        "<span class=\"keys\"><kbd>/</kbd> searches, <kbd>Esc</kbd> clears.</span></p></footer>\n",
    );
    let _ = write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn head(report: &Report, next: &str, sides: &Sides<'_>, out: &mut String) {
    let (style, script) = (policy::source(STYLE), policy::source(SCRIPT));
    let _ = writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {style}; script-src {script}; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}: {} to {}, next {}</title>\n<style>{STYLE}</style>\n</head>",
        report.bump(),
        Text(sides.old),
        Text(sides.new),
        Text(next),
    );
}
