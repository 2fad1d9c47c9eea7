//! A report in, a comment for a pull request out: worst first, within a budget, no table cut in two.

use std::fmt::Write as _;

use super::group::{Group, groups};
use crate::approval::Approval;
use crate::axis::Class;
use crate::change::Change;
use crate::proof;
use crate::report::Report;

/// What a comment may hold, in characters; GitHub refuses more than 65,536.
const BUDGET: usize = 60_000;
/// Kept free for the lines that tell what was left out.
const RESERVE: usize = 1_000;
/// By this line a comment is found again, to be edited and not repeated.
pub const MARKER: &str = "<!-- yunqiao: schema diff -->";
/// Actions that are named one by one.
const NAMED: usize = 5;
/// Rows of a table: what has more goes on in a table of its own, so that there is room for a part of it.
const ROWS: usize = 20;
/// Refuted verdicts that are named one by one; the command itself names all.
const REFUTED: usize = 20;
/// The longest value that is shown, in characters.
const WIDTH: usize = 120;

/// The report for a pull request, with at most 60,000 characters. `full` says where the rest is, if there is such a place.
#[must_use]
pub fn markdown(report: &Report, next: &str, full: Option<&str>) -> String {
    let mut out = format!("{MARKER}\n");
    if report.changes.is_empty() {
        out.push_str("**No change for callers.**\n");
        return out;
    }
    let bump = report.bump();
    let _ = writeln!(out, "## Schemas: **{bump}**, next `{next}`\n");
    let _ = writeln!(
        out,
        "| {} |",
        row(report, |(class, _)| class.word().to_owned())
    );
    let _ = writeln!(out, "|{}", "---|".repeat(report.counts().len()));
    let _ = writeln!(out, "| {} |", row(report, |(_, count)| count.to_string()));
    if let Some(summary) = proof::summary(report) {
        let _ = writeln!(out, "\n{summary}.");
    }
    let refuted = report.changes.iter().filter(|change| {
        let proof = change.proof.as_ref();
        proof.is_some_and(|proof| proof.is_refuted())
    });
    for change in refuted.take(REFUTED) {
        let _ = writeln!(
            out,
            "- **refuted**: {} at `{}`",
            change.rule.id, change.path
        );
    }
    let mut length = out.chars().count();
    let mut left_out = Vec::new();
    for class in Class::WORST_FIRST {
        if matches!(class, Class::Docs | Class::None) {
            continue;
        }
        let mut heading = Some(format!("\n### {class}\n"));
        let mut missing = 0;
        for group in groups(report, class) {
            for rows in group.changes.chunks(ROWS) {
                let block = format!(
                    "{}{}",
                    heading.as_deref().unwrap_or_default(),
                    table(&group, rows)
                );
                let characters = block.chars().count();
                // After the first that does not fit, nothing milder takes its place.
                if missing > 0 || !left_out.is_empty() || length + characters > BUDGET - RESERVE {
                    missing += rows.len();
                    continue;
                }
                heading = None;
                length += characters;
                out.push_str(&block);
            }
        }
        if missing > 0 {
            left_out.push(format!("{missing} {class}"));
        }
    }
    if !left_out.is_empty() {
        let place = full.map_or_else(
            || "`cargo xtask diff` shows them".to_owned(),
            |full| format!("[the full report]({full}) has them"),
        );
        let _ = writeln!(
            out,
            "\n**Not shown here: {}**; {place}.",
            left_out.join(", ")
        );
    }
    let count = |class: Class| {
        report
            .changes
            .iter()
            .filter(|change| change.class() == class)
            .count()
    };
    let (prose, unseen) = (count(Class::Docs), count(Class::None));
    if prose + unseen > 0 {
        let _ = writeln!(
            out,
            "\nAlso: {prose} changes of prose, {unseen} that nobody notices."
        );
    }
    if let Some(same) = report.same_in_rust() {
        let _ = writeln!(out, "\nNo change in Rust: {same}.");
    }
    out
}

fn row(report: &Report, cell: impl Fn(&(Class, usize)) -> String) -> String {
    let cells: Vec<String> = report.counts().iter().map(cell).collect();
    cells.join(" | ")
}

fn table(group: &Group<'_>, rows: &[&Change]) -> String {
    let mut out = format!("\n{}{}\n\n", code(group.place), reached(group));
    out.push_str("| rule | what | change | wire | source | bump | cheaper |\n|---|---|---|---|---|---|---|\n");
    for change in rows {
        let verdict = change.verdict();
        let _ = writeln!(
            out,
            "| {} | {} {} | {} | {} | {} | {} | {} |",
            change.rule.id,
            code(group.name(change)),
            change.rule.title,
            values(change),
            verdict.wire,
            verdict.source,
            verdict.bump,
            cheaper(change)
        );
    }
    out
}

fn reached(group: &Group<'_>) -> String {
    let actions = group.actions();
    if actions.is_empty() {
        return String::new();
    }
    let named: Vec<String> = actions
        .iter()
        .take(NAMED)
        .map(|action| code(action))
        .collect();
    let rest = actions.len().saturating_sub(NAMED);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    format!(", reached by {}{more}", named.join(", "))
}

fn values(change: &Change) -> String {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{} &rarr; {}", code(before), code(after)),
        (Some(one), None) => format!("was {}", code(one)),
        (None, Some(one)) => code(one),
        (None, None) => String::new(),
    }
}

fn cheaper(change: &Change) -> String {
    if let Some(approval) = &change.approval {
        let Approval {
            owner,
            expires,
            reason,
            ..
        } = approval;
        return format!(
            "accepted by {} until {expires}: {}",
            text(owner),
            text(reason)
        );
    }
    let evidence = change.evidence.as_ref().map(|evidence| {
        let reasons = evidence.reasons.join(", ");
        format!(
            "likely renamed to {} ({reasons}): {}",
            code(&evidence.to),
            code(&evidence.line)
        )
    });
    evidence
        .or_else(|| change.advice.as_deref().map(text))
        .unwrap_or_default()
}

/// A value from a schema: shown as it is, whatever signs are in it.
fn code(value: &str) -> String {
    let short: String = value.chars().take(WIDTH).collect();
    let dots = if short.len() < value.len() { "..." } else { "" };
    format!("<code>{}{dots}</code>", text(&short))
}

/// Text in which nothing is markup, a mention, a link or the end of a cell.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            c if c.is_control() => out.push(' '),
            c if c.is_ascii_punctuation()
                && !matches!(c, '.' | ',' | '-' | '/' | ':' | ';' | '(' | ')' | '\'') =>
            {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            // An address would become a link.
            ':' if out.ends_with("http") || out.ends_with("https") => out.push_str("&#58;"),
            c => out.push(c),
        }
    }
    out
}
