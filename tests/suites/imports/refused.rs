//! Files that are no metadata, or hostile, in; the printed problems out, and never a panic.

use std::collections::BTreeMap;
use std::path::Path;

use yunqiao_import::Release;
use yunqiao_tests::{cases, differs, files};

/// The file of a case as it is, or as its recipe makes it: the lines `<count> x <text>` one behind the other, with `\n` and
/// `\xff` for what no text file can hold.
fn api(case: &Path) -> Vec<u8> {
    let all: BTreeMap<String, Vec<u8>> = files(case).into_iter().collect();
    if let Some(bytes) = all.get("upstream/api.json") {
        return bytes.clone();
    }
    let recipe = std::str::from_utf8(&all["recipe.txt"]).unwrap();
    let mut out = Vec::new();
    for line in recipe.lines() {
        let (count, text) = line.split_once(" x ").unwrap();
        out.extend(unescape(text).repeat(count.parse().unwrap()));
    }
    out
}

fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut parts = text.replace("\\n", "\n");
    while let Some((before, after)) = parts.split_once("\\x") {
        out.extend(before.as_bytes());
        out.push(u8::from_str_radix(&after[..2], 16).unwrap());
        parts = after[2..].to_owned();
    }
    out.extend(parts.into_bytes());
    out
}

#[test]
fn every_case_is_refused_with_its_report() {
    let mut wrong = Vec::new();
    let all = cases("import/refused");
    assert!(all.len() >= 25, "only {} cases", all.len());
    for case in all {
        let Err(problems) = Release::read(&api(&case), None) else {
            wrong.push(format!("{} is imported", case.display()));
            continue;
        };
        let report: String = problems
            .iter()
            .map(|problem| format!("{problem}\n"))
            .collect();
        // Reports go to terminals, and hostile names must neither steer nor flood them.
        let steers =
            |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!report.contains(steers), "{}: {report:?}", case.display());
        assert!(
            report.lines().all(|line| line.chars().count() < 400),
            "{}",
            case.display()
        );
        wrong.extend(differs(&case.join("expected.txt"), &report));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Metadata whose structs are as the function says.
fn metadata(structs: impl IntoIterator<Item = (String, String)>) -> Vec<u8> {
    let structs: Vec<String> = structs
        .into_iter()
        .map(|(name, members)| format!(r#""{name}": {{"members": [{members}]}}"#))
        .collect();
    format!(
        r#"{{"metadata": {{"serviceShortName": "demo", "apiVersion": "2024-01-01"}}, "actions": {{}}, "objects": {{{}}}}}"#,
        structs.join(",")
    )
    .into_bytes()
}

/// Size alone must not keep the reader busy: it is refused, or costs no more than its length.
#[test]
fn what_is_far_larger_than_any_service_is_read_or_refused_soon() {
    let text =
        |name: usize| format!(r#"{{"name": "A{name}", "type": "string", "member": "string"}}"#);
    let members: Vec<String> = (0..1_001).map(text).collect();
    let report = |bytes: &[u8]| Release::read(bytes, None).unwrap_err()[0].to_string();
    assert_eq!(
        report(&metadata([("Tag".to_owned(), members.join(","))])),
        "1:118: /objects/Tag/members: 1001 entries are more than the 1000 that are read"
    );
    let many = (0..20_001).map(|number| (format!("S{number}"), String::new()));
    assert_eq!(
        report(&metadata(many)),
        "1:98: /objects: 20001 entries are more than the 20000 that are read"
    );
    // Each needs the next one.
    let next = |number: usize| {
        let next = number + 1;
        (
            format!("S{number}"),
            format!(r#"{{"name": "A", "type": "object", "member": "S{next}", "required": true}}"#),
        )
    };
    let last = ("S20000".to_owned(), String::new());
    let chain = (1..20_000).map(next).chain([last]);
    assert!(Release::read(&metadata(chain), None).is_ok());
}

/// Examples that are wrong leave the service importable, and say what is wrong.
#[test]
fn wrong_examples_are_reported_and_left_out() {
    let api = br#"{"metadata": {"serviceShortName": "demo", "apiVersion": "2024-01-01"}, "actions": {}, "objects": {}}"#;
    let cases: [(&[u8], &str); 5] = [
        (b"", "1:0: no JSON: EOF while parsing a value"),
        (b"\xff", "1:1: not UTF-8"),
        (
            b"{\"actions\": {\"A\": ",
            "1:18: no JSON: EOF while parsing a value",
        ),
        (
            br#"{"actions": "\"Error\""}"#,
            "1:13: /actions: expected an object with the examples by action",
        ),
        (
            br#"{"actions": {"A": "\"Error\""}}"#,
            "1:19: /actions/A: expected a list of examples",
        ),
    ];
    for (examples, expected) in cases {
        let release = Release::read(api, Some(examples)).unwrap();
        let found: Vec<String> = release
            .examples_problems
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, [expected]);
    }
}
