//! The truth table of schema changes in, whether the rules say the same out: every row is a rule or stands among those that
//! cannot come up, and what each axis says with the guards of the generator is what the row says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use yunqiao_diff::{ABSENT, Bump, Class, Kind, RULES, Rule, Source, Verdict, Wire};
use yunqiao_tests::shared;

/// The rows, by name.
const ROWS: &str = "\
    A1 A2 A3 A4 A5 A6 A7 A8 A9 B1 B2 B3 B4 B5 B6 B7 B8 B9 B10 B11 C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13 C14 \
    C15 C16 C17 C18 C19 C20 C21 C22 C23 C24 C25 D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 D11 D12 D13 D14 D15 D16 D17 D18 \
    D19 D20 D21 D22 D23 D24 D25 D26 D27 D28 D29 D30 D31 D32 D33 D34 D35 D36 D37 D38 D39 E1 E2 E3 E4 E5 E6 E7 E8 \
    E9 E10 E11 E12 E13 E14 E15 E16 E17 E18 E19 E20 E21 E22 E23 E24 E25 E26 E27 E28 E29 E30 E31 F1 F2 F3 F4 F5 F6 \
    F7 F8 F9 F10 X1 X2 X3 X4 X5 X6 H1 H2 H3 H4 H5 H6 H7 H8 H9 H10";

/// Rules for what the table does not speak of.
const OURS: &str = "B12 B13 B14 C26 D40 D41 D42 D43 E32 E33 E34 E35 F11 F12 F13 H11 X7";

/// Where a rule and its row differ on purpose: which, in what, and why.
const DEVIATIONS: &[(&str, &str, &str)] = &[
    (
        "C23",
        "class",
        "what puts deployed programs at risk is `wire`, as for C14",
    ),
    (
        "C24",
        "wire",
        "deployed programs go on with the old list; what becomes of its field has rules of its own",
    ),
    (
        "E11",
        "wire",
        "the risk is that of an i32; deployed programs read an i64",
    ),
];

#[test]
fn every_row_is_a_rule_or_cannot_come_up() {
    let rows: BTreeSet<&str> = ROWS.split(' ').collect();
    assert_eq!(rows.len(), 141);
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    let absent: BTreeSet<&str> = ABSENT.iter().map(|row| row.id).collect();
    assert_eq!((rules.len(), absent.len()), (RULES.len(), ABSENT.len()));
    let both: Vec<_> = rules.intersection(&absent).collect();
    assert!(both.is_empty(), "a rule that cannot come up: {both:?}");
    let covered: BTreeSet<&str> = rules.union(&absent).copied().collect();
    let ours: BTreeSet<&str> = OURS.split(' ').collect();
    assert_eq!(covered, rows.union(&ours).copied().collect());
    assert!(rows.is_disjoint(&ours));
    // What is reported in its place is named, and is a rule.
    for row in ABSENT {
        let words = row.reason.split(|c: char| !c.is_ascii_alphanumeric());
        let named = words.filter(|word| {
            word.starts_with(|c: char| c.is_ascii_uppercase())
                && word[1..].starts_with(|c: char| c.is_ascii_digit())
        });
        for id in named {
            assert!(covered.contains(id), "{}: {id} is no rule", row.id);
        }
    }
}

fn table() -> Option<BTreeMap<String, Vec<String>>> {
    let path = shared()?.join("design/schema-diff-rules.tsv");
    let text = fs::read_to_string(path).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        (cells[0].clone(), cells)
    });
    Some(rows.collect())
}

#[test]
fn the_list_of_rows_is_that_of_the_table() {
    let Some(table) = table() else { return };
    let listed: BTreeSet<String> = ROWS.split(' ').map(str::to_owned).collect();
    assert_eq!(table.into_keys().collect::<BTreeSet<_>>(), listed);
}

/// What the row says of deployed programs. A cell may go on with when and why.
fn wire(cell: &str) -> Wire {
    let says = |start: &str| cell.starts_with(start);
    if says("FAIL if parsed") || says("Option: silently None") || says("ok: turns into None") {
        // It depends on what the program does with what it gets.
        Wire::Risk
    } else if says("as E5/E6") {
        Wire::Risk
    } else if says("FAIL") {
        Wire::Fail
    } else if says("RISK") {
        Wire::Risk
    } else if says("SILENT") {
        Wire::Silent
    } else if says("ok") || says("behaviour") {
        Wire::Ok
    } else {
        panic!("what does {cell:?} say of deployed programs?")
    }
}

/// The bumps that the column with the guards of the generator allows.
fn bumps(cell: &str) -> &'static [Bump] {
    // There are no positional arguments, and duties are checked at run time.
    if cell.contains("G1b") {
        return &[Bump::Minor];
    }
    match cell.split(' ').next().unwrap_or_default() {
        "M" => &[Bump::Major],
        "m" => &[Bump::Minor],
        "p" => &[Bump::Patch],
        "p-m" => &[Bump::Patch, Bump::Minor],
        "-" | "0" => &[Bump::None],
        other => panic!("what bump is {other:?}?"),
    }
}

/// Whether the source axis is the row's. What breaks without guards may break no more with them, and then breaks without.
fn source_agrees(cell: &str, rule: &Rule) -> bool {
    let guarded = rule.guarded.source;
    let has_word = |word: &str| cell.contains(word);
    if has_word("BREAK") || has_word("SILENT") {
        let is_broken = |verdict: &Verdict| verdict.source >= Source::Break;
        match rule.bare {
            Some(bare) => is_broken(&bare) && !is_broken(&rule.guarded),
            // The generator keeps the guard by itself, or nothing can.
            None => is_broken(&rule.guarded) == (rule.guarded.bump == Bump::Major),
        }
    } else if cell.starts_with("warning") || cell.starts_with("ok + warning") {
        guarded == Source::Warning
    } else {
        guarded == Source::Ok
    }
}

/// Whether the class is the row's. The row's is that without guards: `compile` counts only as far as the bump is still major.
fn class_agrees(cell: &str, rule: &Rule) -> bool {
    let class = rule.guarded.class();
    let is_kind = |kind: Kind, wanted: Class| rule.guarded.kind == kind && class == wanted;
    let is_part = |part: &str| match part {
        "SILENT" | "silent" => class == Class::Silent || rule.guarded.source < Source::Silent,
        "compile" => class == Class::Compile || rule.guarded.source < Source::Break,
        "wire" => class >= Class::Wire,
        "SECURITY" => is_kind(Kind::Security, Class::Security) || cell.contains('/'),
        "behaviour" => class == Class::Behaviour || cell.contains(['+', '/']),
        "review" => is_kind(Kind::Review, Class::Review),
        "additive" => is_kind(Kind::Additive, Class::Additive) || cell.contains('+'),
        "docs" => is_kind(Kind::Docs, Class::Docs),
        "none" => class == Class::None,
        other => panic!("what class is {other:?}?"),
    };
    let cell = cell.split(" if ").next().unwrap_or(cell);
    cell.split(['+', '/']).all(is_part)
}

#[test]
fn the_verdicts_are_those_of_the_table() {
    let Some(table) = table() else { return };
    let mut found = BTreeSet::new();
    for rule in RULES {
        let Some(row) = table.get(rule.id) else {
            continue;
        };
        let [_, _, of_wire, of_source, of_class, assumed, guarded, ..] = row.as_slice() else {
            panic!("{row:?}");
        };
        let bare_agrees = rule
            .bare
            .is_none_or(|bare| assumed == "M" && bare.bump == Bump::Major);
        for (column, agrees) in [
            ("wire", wire(of_wire) == rule.guarded.wire),
            ("source", source_agrees(of_source, rule)),
            ("class", class_agrees(of_class, rule)),
            ("guarded", bumps(guarded).contains(&rule.guarded.bump)),
            ("bare", bare_agrees),
        ] {
            if !agrees {
                found.insert((rule.id, column));
            }
        }
    }
    let expected: BTreeSet<(&str, &str)> = DEVIATIONS
        .iter()
        .map(|(id, column, reason)| {
            assert!(!reason.is_empty());
            (*id, *column)
        })
        .collect();
    assert_eq!(found, expected);
}
