//! A report in, lines for a terminal out: what is worst first, prose and what nobody notices only counted.

use std::fmt::Write as _;

use crate::axis::Class;
use crate::change::Change;
use crate::proof;
use crate::report::Report;

/// Actions that are named one by one.
const NAMED: usize = 3;
/// The longest value that is shown, in characters.
const WIDTH: usize = 100;

/// The report for a terminal, in colour if it takes colour.
#[must_use]
pub fn text(report: &Report, next: &str, color: bool) -> String {
    let mut out = String::new();
    if report.changes.is_empty() {
        return "no change\n".to_owned();
    }
    let counts: Vec<String> = report
        .counts()
        .iter()
        .map(|(class, count)| format!("{count} {class}"))
        .collect();
    let bump = report.bump();
    let _ = writeln!(out, "{bump}: next {next} ({})", counts.join(", "));
    let mut class = None;
    let told = |change: &&Change| !matches!(change.class(), Class::Docs | Class::None);
    let mut group = String::new();
    for change in report.changes.iter().filter(told) {
        if class != Some(change.class()) {
            class = Some(change.class());
            group.clear();
            let heading = format!("{}", change.class());
            let _ = writeln!(out, "\n{}", paint(color, change.class(), &heading));
        }
        let (place, name) = change.path.rsplit_once('/').unwrap_or(("", &change.path));
        if place != group {
            place.clone_into(&mut group);
            let _ = writeln!(out, "  {place}{}", reached(change));
        }
        entry(change, name, &mut out);
    }
    let quiet: Vec<String> = [
        (Class::Docs, "of prose"),
        (Class::None, "that nobody notices"),
    ]
    .into_iter()
    .filter_map(|(class, what)| {
        let count = report
            .changes
            .iter()
            .filter(|change| change.class() == class)
            .count();
        (count > 0).then(|| format!("{count} {what}"))
    })
    .collect();
    if !quiet.is_empty() {
        let _ = writeln!(out, "\nand changes: {}", quiet.join(", "));
    }
    if let Some(same) = report.same_in_rust() {
        let _ = writeln!(out, "\nno change in Rust: {same}");
    }
    if let Some(summary) = proof::summary(report) {
        let _ = writeln!(out, "\n{summary}");
    }
    out
}

fn entry(change: &Change, name: &str, out: &mut String) {
    let verdict = change.verdict();
    let _ = writeln!(
        out,
        "    {:<4} {name}: {} [wire {}, source {}, {}]",
        change.rule.id, change.rule.title, verdict.wire, verdict.source, verdict.bump
    );
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let _ = writeln!(out, "         {} -> {}", short(before), short(after));
        }
        (Some(one), None) | (None, Some(one)) => {
            let _ = writeln!(out, "         {}", short(one));
        }
        (None, None) => {}
    }
    if let Some(proof) = &change.proof {
        let shown = format!("source {}, wire {}", proof.source, proof.wire);
        let _ = writeln!(out, "         {}", short(&shown));
    }
    if let Some(approval) = &change.approval {
        let _ = writeln!(
            out,
            "         accepted by {} until {}: {}",
            short(&approval.owner),
            approval.expires,
            short(&approval.reason)
        );
    }
    if let Some(evidence) = &change.evidence {
        let reasons = evidence.reasons.join(", ");
        let _ = writeln!(out, "         likely renamed to {}: {reasons}", evidence.to);
    }
    if let Some(advice) = &change.advice {
        let _ = writeln!(out, "         -> {advice}");
    }
}

/// The actions that a change reaches, unless its path says so.
fn reached(change: &Change) -> String {
    if change.path.contains("/actions/") || change.actions.is_empty() {
        return String::new();
    }
    let named: Vec<&str> = change
        .actions
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect();
    let rest = change.actions.len().saturating_sub(NAMED);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    format!("  (reached by {}{more})", named.join(", "))
}

/// One line, not too long, without what a terminal would act on.
fn short(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if line.chars().count() <= WIDTH {
        return line;
    }
    let cut: String = line.chars().take(WIDTH).collect();
    format!("{cut}...")
}

fn paint(color: bool, class: Class, text: &str) -> String {
    let style = match class {
        Class::Silent | Class::Compile => "1;31",
        Class::Wire | Class::Security => "1;33",
        _ => "1",
    };
    if color {
        format!("\x1b[{style}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}
