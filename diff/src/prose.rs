//! Two descriptions in, whether a person has to read the difference out: vendors keep values, limits and duties in prose.

use std::collections::BTreeSet;

use crate::change::Change;
use crate::rule::rule;

/// Words that say what is asked of callers. An edit that brings or drops one is more than wording.
const DUTIES: &[&str] = &[
    "must",
    "required",
    "mandatory",
    "deprecated",
    "only",
    "default",
    "maximum",
    "minimum",
    "at most",
    "at least",
    "必填",
    "必传",
    "必须",
    "不支持",
    "废弃",
    "弃用",
    "默认",
    "最多",
    "最大",
    "最少",
    "最小",
    "不超过",
    "仅支持",
];

/// Adds what is to be said of a description that has changed.
pub(crate) fn compare(path: &str, old: &str, new: &str, actions: &[String], out: &mut Vec<Change>) {
    if old == new || words(old) == words(new) {
        return;
    }
    let change = Change::new(
        rule(if says_otherwise(old, new) { "H3" } else { "H1" }),
        path.to_owned(),
    );
    out.push(change.actions(actions).before(old).after(new));
}

/// What is left of a text when spaces and line ends do not count.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn says_otherwise(old: &str, new: &str) -> bool {
    // A text that was not there promises nothing else; one that goes may take a promise along.
    if old.trim().is_empty() {
        return false;
    }
    facts(old) != facts(new)
}

/// Numbers with their units, words that look like values, and duties.
fn facts(text: &str) -> BTreeSet<String> {
    let text = without_links(text);
    let mut facts = tokens(&text);
    let lower = text.to_lowercase();
    facts.extend(
        DUTIES
            .iter()
            .filter(|duty| lower.contains(**duty))
            .map(|duty| (*duty).to_owned()),
    );
    facts
}

/// Runs of ASCII letters, digits and the signs inside of names, if they look like a value: with a digit, an underscore, or all
/// in capitals. A number takes the letters after it along, as `10MB`.
fn tokens(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '%')))
        .map(|token| token.trim_matches(['-', '.']))
        .filter(|token| {
            let has = |is: fn(&u8) -> bool| token.bytes().any(|byte| is(&byte));
            let is_number = has(u8::is_ascii_digit);
            let is_name = token.contains('_');
            let is_shouted =
                token.len() > 1 && has(u8::is_ascii_uppercase) && !has(u8::is_ascii_lowercase);
            is_number || is_name || is_shouted
        })
        .map(str::to_owned)
        .collect()
}

/// The text without addresses and markup, whose numbers mean nothing.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let next = ["http://", "https://", "<", "](", "/document/"]
            .into_iter()
            .filter_map(|start| rest.find(start).map(|at| (at, start)))
            .min();
        let Some((at, start)) = next else {
            out.push_str(rest);
            return out;
        };
        out.push_str(&rest[..at]);
        out.push(' ');
        let after = &rest[at + start.len()..];
        let end = match start {
            "<" => after.find('>').map(|end| end + 1),
            "](" => after.find(')').map(|end| end + 1),
            _ => after.find(|c: char| !(c.is_ascii_alphanumeric() || "/._-#?=&%:~+".contains(c))),
        };
        match end {
            Some(end) => rest = &after[end..],
            // An opening sign that nothing closes is text, and what follows an address is none.
            None if start == "<" || start == "](" => rest = after,
            None => return out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording_is_no_fact() {
        for (old, new) in [
            ("The flow's id.", "Id of the flow."),
            (
                "See https://a.example/document/12/34 for more.",
                "See https://a.example/document/56 for more.",
            ),
            ("<p>签署人姓名</p>", "签署方姓名"),
            ("流程ID", "合同流程ID"),
        ] {
            assert!(!says_otherwise(old, new), "{old} / {new}");
        }
    }

    #[test]
    fn values_limits_and_duties_are() {
        for (old, new) in [
            ("0: none, 1: some", "0: none, 1: some, 2: all"),
            ("ENTERPRISE or PERSON", "ENTERPRISE, PERSON or PROXY"),
            ("Up to 10MB.", "Up to 20MB."),
            ("The name.", "The name; must be given."),
            ("选填", "必填"),
            ("最大 5 个", "最大 9 个"),
        ] {
            assert!(says_otherwise(old, new), "{old} / {new}");
        }
    }
}
