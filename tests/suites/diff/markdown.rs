//! Reports of any size in, comments that a pull request can hold out: worst first, whole tables, and what is left out is counted.

use std::collections::BTreeMap;

use yunqiao_diff::render::{MARKER, markdown};
use yunqiao_diff::{Class, diff};
use yunqiao_model::{Api, load};
use yunqiao_tests::schemas;

/// What a comment may hold, in characters; GitHub refuses more than 65,536.
const MOST: usize = 60_000;
const FULL: &str = "https://example.com/runs/1?a=b";

/// What becomes of the project's own schemas.
type Edit = fn(&mut Api);

const EDITS: &[(&str, Edit)] = &[
    ("no code is left", |api| {
        for service in api.services.values_mut() {
            service.errors.clear();
        }
    }),
    ("every second field is gone", |api| {
        for service in api.services.values_mut() {
            for one in service.structs.values_mut() {
                let mut keeps = [true, false].into_iter().cycle();
                one.fields.retain(|_| keeps.next().unwrap());
            }
        }
    }),
    ("one struct has a thousand fields more", |api| {
        let service = api.services.values_mut().next().unwrap();
        let one = service.structs.values_mut().next().unwrap();
        let field = one.fields[0].clone();
        one.fields.extend((0..1_000).map(|n| {
            let mut field = field.clone();
            field.name = format!("Extra{n}");
            field
        }));
    }),
    ("values are full of signs", |api| {
        for service in api.services.values_mut() {
            for one in service.structs.values_mut() {
                for field in &mut one.fields {
                    field.doc =
                        format!("| `{}` must not |\n| --- | @all <b> ", field.name).repeat(20);
                }
            }
        }
    }),
    ("nothing is left", |api| {
        for service in api.services.values_mut() {
            service.actions.clear();
            service.structs.clear();
            service.enums.clear();
        }
    }),
];

/// The rows of each class that are shown; and that every table is whole.
fn rows(comment: &str) -> BTreeMap<&str, usize> {
    let mut shown = BTreeMap::new();
    let mut class = None;
    let lines: Vec<&str> = comment.lines().collect();
    for table in lines.split(|line| !line.starts_with('|')) {
        if let [head, line, body @ ..] = table {
            assert!(line.starts_with("|---|"), "{line}");
            let cells = head.matches('|').count();
            for row in body {
                assert_eq!(row.matches('|').count(), cells, "{row}");
            }
        }
    }
    for line in lines {
        if let Some(name) = line.strip_prefix("### ") {
            class = Some(name);
        } else if let Some(class) = class
            && line.starts_with("| ")
            && !line.starts_with("| rule |")
        {
            *shown.entry(class).or_default() += 1;
        }
    }
    shown
}

/// What the last lines say is left out: how many, of which class.
fn left_out(comment: &str) -> BTreeMap<&str, usize> {
    let Some((_, rest)) = comment.split_once("**Not shown here: ") else {
        return BTreeMap::new();
    };
    let (list, place) = rest.split_once("**; ").unwrap();
    assert!(
        place.starts_with(&format!("[the full report]({FULL})")),
        "{place}"
    );
    let pairs = list.split(", ").map(|one| one.split_once(' ').unwrap());
    pairs
        .map(|(count, class)| (class, count.parse().unwrap()))
        .collect()
}

#[test]
fn a_comment_has_room_for_any_report() {
    let loaded = load(&schemas());
    assert!(loaded.diagnostics.is_empty());
    let old = loaded.api;
    let mut overflowed = 0;
    for (what, edit) in EDITS {
        let mut new = old.clone();
        edit(&mut new);
        let report = diff(&old, &new);
        assert!(
            report.changes.len() > 300,
            "{what}: only {}",
            report.changes.len()
        );
        let comment = markdown(&report, "9.9.9", Some(FULL));
        assert!(
            comment.starts_with(MARKER) && comment.contains("`9.9.9`"),
            "{what}"
        );
        let length = comment.chars().count();
        assert!(length <= MOST, "{what}: {length} characters");
        let (shown, left) = (rows(&comment), left_out(&comment));
        if !left.is_empty() {
            overflowed += 1;
            assert!(
                length > MOST * 8 / 10,
                "{what}: room for more in {length} characters"
            );
        }
        let mut milder = false;
        for class in Class::WORST_FIRST {
            if matches!(class, Class::Docs | Class::None) {
                continue;
            }
            let of_class = report
                .changes
                .iter()
                .filter(|change| change.class() == class);
            let word = class.word();
            let count = |counts: &BTreeMap<&str, usize>| counts.get(word).copied().unwrap_or(0);
            assert_eq!(
                count(&shown) + count(&left),
                of_class.count(),
                "{what}: {word}"
            );
            // What is left out is the mildest of all.
            assert!(!milder || count(&shown) == 0, "{what}: {word} is shown");
            milder |= count(&left) > 0;
        }
    }
    assert!(overflowed > 1, "only {overflowed} reports were too long");
}

#[test]
fn no_change_is_said_so() {
    let old = load(&schemas()).api;
    let comment = markdown(&diff(&old, &old), "9.9.9", Some(FULL));
    assert_eq!(comment, format!("{MARKER}\n**No change for callers.**\n"));
}
