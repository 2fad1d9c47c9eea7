//! A change in, its entry on the page out.

use std::fmt::Write as _;

use crate::axis::{Bump, Source, Wire};
use crate::change::Change;

use super::beside::{View, table};
use super::escape::{Prose, Text};
use super::verdict::css;

/// Values that are longer stand under each other, in characters.
const SHORT: usize = 60;

/// What the entry is found by: the same change has the same address in every page.
pub(super) fn id(change: &Change) -> String {
    format!("c-{}", change.fingerprint())
}

/// Who has accepted the change, if somebody has.
pub(super) fn accepted(change: &Change, out: &mut String) {
    if let Some(approval) = &change.approval {
        let _ = writeln!(
            out,
            "<p class=\"accepted\">Accepted by {} until {}: {}</p>",
            Text(&approval.owner),
            Text(&approval.expires),
            Text(&approval.reason)
        );
    }
}

/// The entry, with the address where it is to have one; `name` is what is left of the path in its group, `actions` whether it has to name the actions itself.
pub(super) fn write(
    change: &Change,
    address: Option<&str>,
    name: &str,
    actions: bool,
    out: &mut String,
) {
    let verdict = change.verdict();
    let class = change.class();
    let _ = write!(
        out,
        "<li class=\"entry {0}\" data-class=\"{0}\" data-wire=\"{1}\" data-source=\"{2}\"",
        css(class),
        verdict.wire.word().to_lowercase(),
        verdict.source.word().to_lowercase(),
    );
    if let Some(address) = address {
        let _ = write!(out, " id=\"{address}\"");
    }
    if actions && !change.actions.is_empty() {
        let _ = write!(out, " data-actions=\"{}\"", Text(&change.actions.join(" ")));
    }
    out.push_str(">\n<p class=\"what\">");
    if !name.is_empty() {
        let _ = write!(out, "<code class=\"name\">{}</code> ", Text(name));
    }
    let _ = writeln!(
        out,
        "<span class=\"title\">{}</span> <a class=\"rule\" href=\"#{}\" title=\"Link to this change\">{}</a></p>",
        Prose(change.rule.title),
        id(change),
        change.rule.id
    );
    out.push_str("<p class=\"axes\">");
    for (label, word, is_bad, is_some) in [
        (
            "wire",
            verdict.wire.word(),
            verdict.wire >= Wire::Risk,
            verdict.wire > Wire::Ok,
        ),
        (
            "source",
            verdict.source.word(),
            verdict.source >= Source::Break,
            verdict.source > Source::Ok,
        ),
        (
            "bump",
            verdict.bump.word(),
            verdict.bump >= Bump::Major,
            verdict.bump > Bump::Patch,
        ),
    ] {
        let weight = match (is_bad, is_some) {
            (true, _) => " class=\"bad\"",
            (_, true) => " class=\"some\"",
            _ => "",
        };
        let _ = write!(out, "<span{weight}>{label} <b>{word}</b></span> ");
    }
    out.push_str("</p>\n");
    values(change, name, out);
    let _ = writeln!(out, "<p class=\"why\">{}</p>", Prose(change.rule.why));
    accepted(change, out);
    let edits = edits(change);
    if !edits.is_empty() {
        let _ = writeln!(
            out,
            "<div class=\"edit\"><b>Smallest edit</b> {edits}</div>"
        );
    }
    out.push_str("</li>\n");
}

/// The edits that make it cheaper: a line to paste, or what to do.
pub(super) fn edits(change: &Change) -> String {
    let mut out = String::new();
    if let Some(evidence) = &change.evidence {
        let _ = write!(
            out,
            "<p>Likely renamed to <code>{}</code> ({}). If so, put this into it:</p>\
             <p class=\"paste\"><code>{}</code><button type=\"button\" class=\"copy\">Copy</button></p>",
            Text(&evidence.to),
            Text(&evidence.reasons.join(", ")),
            Text(&evidence.line)
        );
    } else if let Some(advice) = &change.advice {
        let _ = write!(out, "<p>{}</p>", Prose(advice));
    }
    out
}

fn values(change: &Change, name: &str, out: &mut String) {
    // What comes or goes is often just the name that stands above.
    let is_told = |value: &Option<String>| value.as_deref().is_none_or(|value| value == name);
    if is_told(&change.before) && is_told(&change.after) {
        return;
    }
    let is_long = |value: &Option<String>| {
        let value = value.as_deref().unwrap_or_default();
        value.chars().nth(SHORT).is_some() || value.contains('\n')
    };
    let is_long = is_long(&change.before) || is_long(&change.after);
    let long = if is_long { " long" } else { "" };
    let _ = match (&change.before, &change.after) {
        (Some(before), Some(after)) if is_long => {
            let view = View {
                class: "prose",
                address: "",
                captions: ["Before", "After"],
                is_code: false,
            };
            table(before, after, &view, out);
            Ok(())
        }
        (Some(before), Some(after)) => writeln!(
            out,
            "<p class=\"values\"><del>{}</del> <span class=\"arrow\" aria-label=\"became\">&rarr;</span> <ins>{}</ins></p>",
            Text(before),
            Text(after)
        ),
        (Some(before), None) => {
            writeln!(
                out,
                "<p class=\"values{long}\"><del>{}</del></p>",
                Text(before)
            )
        }
        (None, Some(after)) => {
            writeln!(
                out,
                "<p class=\"values{long}\"><ins>{}</ins></p>",
                Text(after)
            )
        }
        (None, None) => Ok(()),
    };
}
