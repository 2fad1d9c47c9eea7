//! A report in, the draft of a changelog's section out: worst first, by service, no more than a screenful of each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::axis::{Bump, Class, Source};
use crate::change::{Change, counted};
use crate::report::Report;

/// Lines for a service; what is milder is counted.
const SCREEN: usize = 24;
/// The longest value that is shown, in characters.
const WIDTH: usize = 60;

/// The headings, in their order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Breaking,
    Changed,
    Added,
    Deprecated,
    Removed,
    Docs,
}

const SECTIONS: [(Section, &str); 6] = [
    (Section::Breaking, "Breaking"),
    (Section::Changed, "Changed"),
    (Section::Added, "Added"),
    (Section::Deprecated, "Deprecated"),
    (Section::Removed, "Removed"),
    (Section::Docs, "Docs"),
];

const ADDED: &[&str] = &[
    "A1", "A5", "B4", "B6", "C1", "C17", "C21", "D1", "D2", "D3", "D17", "E1", "E21", "F1", "H8",
    "X1",
];
const DEPRECATED: &[&str] = &["C4", "D39", "E30", "F12"];
const REMOVED: &[&str] = &[
    "A2", "A6", "B13", "C3", "C18", "C22", "D4", "D18", "E6", "E22", "F2", "H11", "X2",
];

/// Where a change is told; `None` for what nobody notices.
fn section(change: &Change) -> Option<Section> {
    let verdict = change.verdict();
    let is_of = |ids: &[&str]| ids.contains(&change.rule.id);
    Some(match change.class() {
        _ if verdict.source >= Source::Break || verdict.bump == Bump::Major => Section::Breaking,
        Class::None => return None,
        Class::Docs | Class::Review => Section::Docs,
        _ if is_of(REMOVED) => Section::Removed,
        _ if is_of(DEPRECATED) => Section::Deprecated,
        _ if is_of(ADDED) => Section::Added,
        _ => Section::Changed,
    })
}

/// A section in the form of Keep a Changelog, for a version and a day such as `2026-11-22`. `Docs` are only counted.
#[must_use]
pub fn changelog(report: &Report, version: &str, day: &str) -> String {
    let mut out = format!("## [{version}] - {day}\n");
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for (section_, heading) in SECTIONS {
        let mut services: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        let of_section = report.changes.iter();
        for change in of_section.filter(|change| section(change) == Some(section_)) {
            services
                .entry(split(&change.path).0)
                .or_default()
                .push(change);
        }
        if services.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n### {heading}\n");
        for (service, changes) in services {
            if section_ == Section::Docs {
                let count = counted(changes.len(), "change");
                let _ = writeln!(out, "- {}: {count} of prose.", code(service));
                continue;
            }
            let left = left.entry(service).or_insert(SCREEN);
            let shown = changes.len().min(*left);
            *left -= shown;
            if shown == 0 {
                let _ = writeln!(out, "- {}: {} more.", code(service), changes.len());
                continue;
            }
            let _ = writeln!(out, "- {}:", code(service));
            for change in &changes[..shown] {
                let _ = writeln!(out, "  - {}", entry(change));
            }
            if changes.len() > shown {
                let _ = writeln!(out, "  - and {} more.", changes.len() - shown);
            }
        }
    }
    out
}

/// The service version of a path, or the vendor, and the rest.
fn split(path: &str) -> (&str, &str) {
    let parts: Vec<&str> = path.split('/').collect();
    let kinds = ["structs", "enums", "actions", "errors"];
    let service = parts.iter().position(|part| kinds.contains(part));
    let service = service.unwrap_or(parts.len().min(3));
    let end = parts[..service].join("/").len();
    (&path[..end], path[end..].trim_start_matches('/'))
}

fn entry(change: &Change) -> String {
    let (_, rest) = split(&change.path);
    // That it is a struct or an action is seen from its name, and said by the rule.
    let name = ["structs/", "enums/", "actions/", "errors/"]
        .iter()
        .find_map(|kind| rest.strip_prefix(kind))
        .unwrap_or(rest);
    let mut out = if name.is_empty() {
        String::new()
    } else {
        format!("{}: ", code(name))
    };
    out.push_str(change.rule.title);
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let _ = write!(out, ", {} to {}", code(before), code(after));
        }
        (Some(one), None) | (None, Some(one)) if *one != name => {
            let _ = write!(out, ", {}", code(one));
        }
        _ => {}
    }
    out.push('.');
    out
}

/// A name or a value of a schema, in which nothing is markup.
fn code(value: &str) -> String {
    let plain = value.chars().map(|c| match c {
        '`' => '\'',
        c if c.is_control() => ' ',
        c => c,
    });
    let short: String = plain.take(WIDTH).collect();
    let dots = if value.chars().nth(WIDTH).is_some() {
        "..."
    } else {
        ""
    };
    format!("`{short}{dots}`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{RULES, rule};

    fn change(id: &str, path: &str) -> Change {
        Change::new(rule(id), path.to_owned())
    }

    fn report(changes: Vec<Change>) -> Report {
        let mut report = Report { changes };
        report.sort();
        report
    }

    #[test]
    fn sections_services_and_entries_have_their_order() {
        let report = report(vec![
            change("H1", "tencent/ess/2020-11-11/structs/Flow"),
            change("D34", "tencent/ess/2020-11-11/structs/Flow"),
            change("E1", "tencent/ess/2020-11-11/structs/Flow/Name").after("string"),
            change("D39", "tencent/ess/2020-11-11/actions/Run/request/Old"),
            change("C3", "tencent/ess/2020-11-11/actions/Stop"),
            change("D14", "tencent/ess/2020-11-11/actions/Run/request/Id")
                .before("string")
                .after("a `quoted`\nvalue"),
            change("D6", "tencent/ess/2020-11-11/actions/Run/request/Must"),
            change("X1", "tencent/errors/Limit").after("Limit"),
        ]);
        assert_eq!(
            changelog(&report, "0.2.0", "2026-11-22"),
            "## [0.2.0] - 2026-11-22\n\n### Breaking\n\n- `tencent/ess/2020-11-11`:\n  - `Run/request/Id`: type of a request field \
             changed, `string` to `a 'quoted' value`.\n\n### Changed\n\n- `tencent/ess/2020-11-11`:\n  - `Run/request/Must`: request \
             field became required.\n\n### Added\n\n- `tencent`:\n  - `Limit`: error code added.\n- `tencent/ess/2020-11-11`:\n  - \
             `Flow/Name`: answer field added, `string`.\n\n### Deprecated\n\n- `tencent/ess/2020-11-11`:\n  - `Run/request/Old`: \
             request field deprecated or switched off.\n\n### Removed\n\n- `tencent/ess/2020-11-11`:\n  - `Stop`: action \
             removed.\n\n### Docs\n\n- `tencent/ess/2020-11-11`: 1 change of prose.\n"
        );
    }

    #[test]
    fn a_service_has_a_screenful_and_the_worst_comes_first() {
        let path =
            |index: usize, what: &str| format!("tencent/ess/2020-11-11/structs/{what}{index:03}");
        let mut changes: Vec<Change> = (0..200)
            .map(|index| change("F1", &path(index, "New")))
            .collect();
        changes.extend((0..20).map(|index| change("H11", &path(index, "Old"))));
        changes.push(change("F1", "volcengine/sms/2020-01-01/structs/One"));
        changes.push(change("C4", "tencent/ess/2020-11-11/actions/Run"));
        let text = changelog(&report(changes), "1.0.0", "2026-11-22");
        assert_eq!(text.matches("tombstone dropped").count(), 20, "{text}");
        assert_eq!(text.matches("`New").count(), 4, "{text}");
        assert!(text.contains("  - and 196 more.\n"), "{text}");
        assert!(
            text.contains("- `tencent/ess/2020-11-11`: 1 more.\n"),
            "{text}"
        );
        assert!(text.contains("`One`: struct or enum added."), "{text}");
    }

    /// What comes in is under Added and its opposite under Removed: the lists follow the rules.
    #[test]
    fn every_addition_and_removal_is_listed() {
        for one in RULES {
            let is = |end: &str| one.title.ends_with(end);
            let change = Change::new(one, "a/b/c/structs/D".to_owned());
            let found = section(&change);
            if is(" added") && !matches!(one.id, "D42") {
                assert!(found == Some(Section::Added), "{}", one.id);
            }
            if is(" removed") {
                let fits = matches!(found, Some(Section::Removed | Section::Breaking));
                assert!(fits, "{}", one.id);
            }
        }
    }
}
