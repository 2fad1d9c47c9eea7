//! What speaks for a version in, lines for a terminal or JSON out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};
use yunqiao_diff::{Bump, Change, Class, Report, Source, render};

/// Reasons that are named one by one.
const NAMED: usize = 10;

/// Which version must come, and why.
pub(super) struct Verdict {
    pub(super) since: String,
    /// The version of that release.
    pub(super) released: String,
    /// The version that Cargo.toml has now.
    pub(super) stated: String,
    pub(super) needed: String,
    pub(super) report: Report,
    /// How many files of published crates differ.
    pub(super) crates: BTreeMap<String, usize>,
    pub(super) has_semver_checks: bool,
    pub(super) today: String,
}

/// The three numbers of a version. One that is in preparation counts as what it prepares.
pub(super) fn number(version: &str) -> Option<[u64; 3]> {
    let version = version.split(['-', '+']).next()?;
    let numbers: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// Where nothing was released.
pub(super) fn first(stated: &str) -> String {
    let object = json!({
        "since": null, "released": null, "version": stated, "needed": stated, "bump": "none", "ok": true,
        "counts": {}, "reasons": [], "generator": 0, "crates": {}, "changelog": "",
    });
    format!("{object:#}\n")
}

fn is_generators(change: &&Change) -> bool {
    change.rule.id == "H8" && change.verdict().source >= Source::Break
}

impl Verdict {
    pub(super) fn is_high_enough(&self) -> bool {
        number(&self.stated) >= number(&self.needed)
    }

    /// The version of the section in the changelog.
    fn coming(&self) -> &str {
        if number(&self.stated) > number(&self.needed) {
            &self.stated
        } else {
            &self.needed
        }
    }

    /// The changes that ask for the bump, worst first.
    fn reasons(&self) -> Vec<&Change> {
        let bump = self.report.bump();
        let asks = |change: &&Change| change.bump() == bump && bump > Bump::None;
        self.report.changes.iter().filter(asks).collect()
    }

    fn generators(&self) -> usize {
        self.report.changes.iter().filter(is_generators).count()
    }

    fn changelog(&self) -> String {
        let is_seen = |change: &Change| change.class() != Class::None;
        if self.report.changes.iter().any(is_seen) {
            render::changelog(&self.report, self.coming(), &self.today)
        } else {
            String::new()
        }
    }

    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let Self {
            since,
            released,
            stated,
            needed,
            ..
        } = self;
        if needed == released {
            let _ = writeln!(
                out,
                "nothing has changed since {since}: nothing has to be released"
            );
        } else {
            let _ = writeln!(out, "since {since}, the next version is {needed} at least");
        }
        self.say_why(&mut out);
        if self.is_high_enough() {
            let _ = writeln!(out, "Cargo.toml has {stated}: high enough");
        } else {
            let _ = writeln!(
                out,
                "Cargo.toml has {stated}: too low, write {needed} (version below [workspace.package], and [workspace.dependencies])"
            );
        }
        let changelog = self.changelog();
        if !changelog.is_empty() {
            let _ = write!(out, "\nA draft for CHANGELOG.md:\n\n{changelog}");
        }
        out
    }

    fn say_why(&self, out: &mut String) {
        let reasons = self.reasons();
        if !reasons.is_empty() {
            let counts: Vec<String> = self
                .report
                .counts()
                .iter()
                .map(|(class, count)| format!("{count} {class}"))
                .collect();
            let _ = writeln!(
                out,
                "  {}, because of schemas and lock: {}",
                self.report.bump(),
                counts.join(", ")
            );
            for change in reasons.iter().take(NAMED) {
                let _ = writeln!(
                    out,
                    "    {:<4} {}: {}",
                    change.rule.id, change.path, change.rule.title
                );
            }
            if reasons.len() > NAMED {
                let _ = writeln!(out, "    and {} more", reasons.len() - NAMED);
            }
        }
        let generators = self.generators();
        if generators > 0 {
            let _ = writeln!(
                out,
                "  changes of generated/api.lock that no schema explains, so they are the generator's: {generators}"
            );
        }
        let others: Vec<String> = self
            .crates
            .iter()
            .filter(|(name, _)| *name != "runtime")
            .map(|(name, count)| format!("{name} ({count})"))
            .collect();
        if !others.is_empty() {
            let _ = writeln!(
                out,
                "  files of published crates differ: {}",
                others.join(", ")
            );
        }
        let judge = if self.has_semver_checks {
            "`cargo semver-checks -p yunqiao-runtime` judges it, and a person"
        } else {
            "`cargo semver-checks`, which is not installed, or a person judges it"
        };
        let _ = match self.crates.get("runtime") {
            Some(files) => writeln!(
                out,
                "  runtime/ has changed (files: {files}): no schema shows that; {judge}"
            ),
            None => writeln!(out, "  runtime/ has not changed"),
        };
    }

    pub(super) fn json(&self) -> String {
        let counts = self.report.counts().into_iter();
        let counts: Map<String, Json> = counts
            .map(|(class, count)| (class.word().to_owned(), count.into()))
            .collect();
        let reasons = self.reasons().into_iter();
        let reasons: Vec<Json> = reasons
            .map(|change| {
                json!({
                    "rule": change.rule.id, "title": change.rule.title, "path": change.path,
                    "class": change.class().word(), "bump": change.bump().word(),
                })
            })
            .collect();
        let object = json!({
            "since": self.since,
            "released": self.released,
            "version": self.stated,
            "needed": self.needed,
            "bump": self.report.bump().word(),
            "ok": self.is_high_enough(),
            "counts": counts,
            "reasons": reasons,
            "generator": self.generators(),
            "crates": self.crates,
            "semver_checks": self.has_semver_checks,
            "changelog": self.changelog(),
        });
        format!("{object:#}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(number("0.10.0") > number("0.9.9"));
        assert_eq!(number("1.2.3-rc.1"), Some([1, 2, 3]));
        for wrong in ["1.2", "1.2.3.4", "v1.2.3", "one", ""] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
