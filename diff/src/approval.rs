//! A file of known breaks in, the changes that it accepts marked; and every entry that accepts nothing, or no longer, out.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use yunqiao_model::{Document, Node, Source, render};

use crate::change::Change;
use crate::report::Report;

/// Somebody has looked at a change and takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Of the change: [`Change::fingerprint`].
    pub fingerprint: String,
    /// Why it is taken.
    pub reason: String,
    /// Who has decided.
    pub owner: String,
    /// The last day on which it holds, as `2027-01-31`.
    pub expires: String,
}

/// Reads a file of approvals: a mapping from fingerprints to `reason`, `owner` and `expires`; `change` says for people which
/// one is meant.
///
/// # Errors
/// What is wrong, with file, line and column.
pub fn read(path: &str, text: &str) -> Result<Vec<Approval>, String> {
    let source = Source::new(path, text);
    if text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        return Ok(Vec::new());
    }
    let document = Document::read(&source)
        .map_err(|problems| render(&problems, std::slice::from_ref(&source), "", false))?;
    let mut wrong = String::new();
    let mut approvals = Vec::new();
    for (fingerprint, entry) in document.root().entries() {
        let mut value = |key: &str| match entry.get(key).and_then(Node::as_str) {
            Some(value) if !value.trim().is_empty() => value.trim().to_owned(),
            _ => {
                let _ = writeln!(wrong, "{path}: {fingerprint} has no `{key}:`");
                String::new()
            }
        };
        let approval = Approval {
            fingerprint: fingerprint.to_owned(),
            reason: value("reason"),
            owner: value("owner"),
            expires: value("expires"),
        };
        if !approval.expires.is_empty() && !is_day(&approval.expires) {
            let day = &approval.expires;
            let _ = writeln!(
                wrong,
                "{path}: {fingerprint}: `expires: {day}` is no day; write it as 2027-01-31"
            );
        }
        approvals.push(approval);
    }
    if wrong.is_empty() {
        Ok(approvals)
    } else {
        Err(wrong.trim_end().to_owned())
    }
}

/// Whether a text is a day of the calendar, so that comparing texts compares days.
fn is_day(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] => {
            (year.len(), month.len(), day.len()) == (4, 2, 2)
                && [year, month, day].into_iter().all(|part| digits(part))
                && (1..=12).contains(&number(month))
                && (1..=31).contains(&number(day))
        }
        _ => false,
    }
}

impl Change {
    /// What the change is known by, whatever words describe it: twelve digits that depend on its rule, its path and its values.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let values = [&self.before, &self.after].map(|value| value.as_deref().unwrap_or("\u{0}"));
        for part in [self.rule.id, &self.path, values[0], values[1]] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        hash.finalize()
            .iter()
            .take(6)
            .fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            })
    }

    /// The entry that would accept it, ready to be pasted.
    #[must_use]
    pub fn entry(&self) -> String {
        format!(
            "{}:\n  change: {} {}\n  reason: \n  owner: \n  expires: \n",
            self.fingerprint(),
            self.rule.id,
            self.path
        )
    }
}

impl Report {
    /// Marks what is accepted on this day (as `2026-11-22`). What comes back is wrong with the entries: one that has expired
    /// accepts nothing, and one that meets no change is to be removed.
    pub fn approve(&mut self, approvals: &[Approval], today: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        for approval in approvals {
            let Approval {
                fingerprint,
                owner,
                expires,
                ..
            } = approval;
            let found = self
                .changes
                .iter_mut()
                .find(|change| change.fingerprint() == *fingerprint);
            match found {
                None => wrong.push(format!(
                    "the approval {fingerprint} of {owner} meets no change: remove it"
                )),
                Some(change) if expires.as_str() < today => wrong.push(format!(
                    "the approval {fingerprint} of {owner} has expired on {expires}: {} {}",
                    change.rule.id, change.path
                )),
                Some(change) => change.approval = Some(approval.clone()),
            }
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::rule;

    fn report() -> Report {
        let change = Change::new(rule("D14"), "tencent/a/structs/B/C".to_owned());
        Report {
            changes: vec![change.before("string").after("bool")],
        }
    }

    fn approved(expires: &str, today: &str) -> (Report, Vec<String>) {
        let mut report = report();
        let fingerprint = report.changes[0].fingerprint();
        let text =
            format!("# Known.\n{fingerprint}:\n  reason: r\n  owner: o\n  expires: {expires}\n");
        let approvals = read("approvals.yaml", &text).unwrap();
        let wrong = report.approve(&approvals, today);
        (report, wrong)
    }

    #[test]
    fn a_change_is_accepted_until_a_day() {
        let (report, wrong) = approved("2027-01-31", "2027-01-31");
        assert!(wrong.is_empty() && !report.is_breaking());
        let (report, wrong) = approved("2027-01-31", "2027-02-01");
        assert!(
            report.is_breaking() && wrong[0].contains("has expired"),
            "{wrong:?}"
        );
    }

    #[test]
    fn what_accepts_nothing_is_told() {
        let approval = Approval {
            fingerprint: "0123456789ab".to_owned(),
            reason: "r".to_owned(),
            owner: "o".to_owned(),
            expires: "2027-01-31".to_owned(),
        };
        let wrong = report().approve(&[approval], "2026-01-01");
        assert!(wrong[0].contains("meets no change"), "{wrong:?}");
    }

    #[test]
    fn a_fingerprint_depends_on_what_changes_and_not_on_words() {
        let [first, second] = [report(), report()].map(|report| report.changes[0].fingerprint());
        assert_eq!(first, second);
        let other = Change::new(rule("D14"), "tencent/a/structs/B/C".to_owned())
            .before("string")
            .after("int");
        assert_ne!(other.fingerprint(), first);
        let advised = Change {
            advice: Some("other words".to_owned()),
            ..report().changes[0].clone()
        };
        assert_eq!(advised.fingerprint(), first);
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let wrong = read(
            "approvals.yaml",
            "0123456789ab:\n  reason: r\n  expires: soon\n",
        )
        .unwrap_err();
        assert!(
            wrong.contains("0123456789ab has no `owner:`") && wrong.contains("is no day"),
            "{wrong}"
        );
        assert!(
            read("approvals.yaml", "a: [\n")
                .unwrap_err()
                .contains("approvals.yaml:")
        );
        assert_eq!(read("approvals.yaml", "# none\n"), Ok(Vec::new()));
    }
}
