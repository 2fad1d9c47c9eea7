//! A report in, what breaks out, in short: one card for each rule, with whom it hits, why, and the smallest edits that avoid it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::axis::{Source, Wire};
use crate::change::Change;
use crate::report::Report;

use super::entry::{accepted, edits, id};
use super::escape::{Prose, Text};
use super::section::broken;
use super::verdict::css;

/// Places, and edits, that a card names one by one.
const NAMED: usize = 4;

/// Changes of one rule under one verdict.
struct Card<'a> {
    changes: Vec<&'a Change>,
}

pub(super) fn write(report: &Report, out: &mut String) {
    let cards = cards(report);
    if cards.is_empty() {
        return;
    }
    out.push_str("<section id=\"breaks\" aria-labelledby=\"breaks-title\">\n<h2 id=\"breaks-title\">What breaks</h2>\n<div class=\"cards\">\n");
    for card in &cards {
        one(card, out);
    }
    out.push_str("</div>\n</section>\n");
}

/// Worst first, as the report is.
fn cards(report: &Report) -> Vec<Card<'_>> {
    let mut cards: Vec<Card<'_>> = Vec::new();
    let mut known: BTreeMap<(&str, bool, bool), usize> = BTreeMap::new();
    let breaking = report.changes.iter();
    for change in breaking.filter(|change| change.class().is_breaking()) {
        let key = (change.rule.id, change.is_guarded, change.approval.is_some());
        let index = *known.entry(key).or_insert_with(|| {
            cards.push(Card {
                changes: Vec::new(),
            });
            cards.len() - 1
        });
        cards[index].changes.push(change);
    }
    cards
}

fn one(card: &Card<'_>, out: &mut String) {
    let Some(first) = card.changes.first() else {
        return;
    };
    let (verdict, class) = (first.verdict(), first.class());
    let count = card.changes.len();
    let _ = writeln!(
        out,
        "<article class=\"card {0}\">\n<p class=\"kicker\"><span class=\"class {0}\">{class}</span> \
         <span class=\"rule\">{1}</span></p>\n<h3>{2}{3}</h3>",
        css(class),
        first.rule.id,
        Prose(first.rule.title),
        if count > 1 {
            format!(" <span class=\"times\">{count} times</span>")
        } else {
            String::new()
        }
    );
    accepted(first, out);
    out.push_str("<ul class=\"places\">\n");
    for change in card.changes.iter().take(NAMED) {
        let _ = writeln!(
            out,
            "<li><a href=\"#{}\"><code>{}</code></a></li>",
            id(change),
            broken(&change.path)
        );
    }
    if count > NAMED {
        let _ = writeln!(
            out,
            "<li><a href=\"#class-{1}\" data-state=\"q={0}&amp;class={1}\">{2} more</a></li>",
            first.rule.id,
            css(class),
            count - NAMED
        );
    }
    let _ = writeln!(
        out,
        "</ul>\n<dl>\n<dt>For whom</dt><dd>{}</dd>",
        whom(verdict.wire, verdict.source)
    );
    through(card, out);
    let _ = writeln!(out, "<dt>Why</dt><dd>{}</dd>", Prose(first.rule.why));
    let mut told = BTreeSet::new();
    let mut texts = Vec::new();
    let mut more = 0;
    for change in &card.changes {
        let text = edits(change);
        if !text.is_empty() && told.insert(text.clone()) {
            if texts.len() < NAMED {
                texts.push(text);
            } else {
                more += 1;
            }
        }
    }
    if !texts.is_empty() {
        let _ = write!(out, "<dt>Smallest edit</dt><dd>{}", texts.concat());
        if more > 0 {
            let _ = write!(out, "<p>and {more} more, below</p>");
        }
        out.push_str("</dd>\n");
    }
    out.push_str("</dl>\n</article>\n");
}

fn whom(wire: Wire, source: Source) -> String {
    let mut parts = Vec::new();
    parts.extend(match wire {
        Wire::Ok => None,
        Wire::Risk => Some("programs that are deployed may fail, depending on values"),
        Wire::Fail => Some("programs that are deployed fail"),
        Wire::Silent => Some("programs that are deployed go on and mean something else"),
    });
    parts.extend(match source {
        Source::Ok => None,
        Source::Warning => Some("code compiles with a warning"),
        Source::Break => Some("code does not compile"),
        Source::Silent => Some("code compiles and means something else"),
    });
    let mut text = parts.join("; ");
    if let Some(first) = text.get(..1) {
        let first = first.to_uppercase();
        text.replace_range(..1, &first);
    }
    text
}

/// The actions that lead to it.
fn through(card: &Card<'_>, out: &mut String) {
    let actions: BTreeSet<&str> = card
        .changes
        .iter()
        .flat_map(|change| change.actions.iter().map(String::as_str))
        .collect();
    // A place in an action has told which.
    let is_told = card
        .changes
        .iter()
        .all(|change| change.path.contains("/actions/"));
    if actions.is_empty() || is_told {
        return;
    }
    let named: Vec<String> = actions
        .iter()
        .take(NAMED)
        .map(|action| format!("<code>{}</code>", Text(action)))
        .collect();
    let rest = actions.len().saturating_sub(NAMED);
    let _ = write!(out, "<dt>Through</dt><dd>{}", named.join(", "));
    if rest > 0 {
        let _ = write!(out, " and {rest} more actions");
    }
    out.push_str("</dd>\n");
}
