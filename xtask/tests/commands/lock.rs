//! `cargo xtask diff` and the lock: what shows for callers is said of each change, and what the generator did by itself is a finding.

use serde_json::Value as Json;

use crate::clone::{Clone, LOCK, REPORT, json};
use crate::support::{code, stderr, stdout};

fn of_rule<'a>(report: &'a Json, rule: &str) -> Vec<&'a Json> {
    let changes = report["changes"].as_array().unwrap().iter();
    changes.filter(|change| change["rule"] == rule).collect()
}

#[test]
fn each_change_says_whether_rust_sees_it() {
    let clone = Clone::new("lock_surface");
    clone.break_field();
    clone.edit(
        REPORT,
        "doc: Number of the order",
        "doc: The number of an order",
    );
    clone.commit("two");
    let output = clone.diff(&["HEAD~1", "HEAD", "--format", "json"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let report = json(&output);
    for (rule, surface) in [("D14", true), ("H1", false), ("H2", false)] {
        let found = of_rule(&report, rule);
        assert!(!found.is_empty(), "{report:#}");
        assert!(
            found.iter().all(|change| change["surface"] == surface),
            "{found:?}"
        );
    }
    assert!(
        of_rule(&report, "H8").is_empty(),
        "the schemas explain the lock: {report:#}"
    );
    for (format, said) in [
        ("text", "\nno change in Rust: 2 of 3 changes\n"),
        ("markdown", "\nNo change in Rust: 2 of 3 changes.\n"),
    ] {
        let text = stdout(&clone.diff(&["HEAD~1", "HEAD", "--format", format]));
        assert_eq!(text.matches(said).count(), 1, "{text}");
    }
}

#[test]
fn a_break_of_the_generator_is_a_finding_of_its_own() {
    let clone = Clone::new("lock_generator");
    clone.break_generator();
    clone.commit("two");
    let folder = format!("{}/schemas", clone.shown());
    // The lock is found in a revision, and beside a folder.
    for sides in [["HEAD~1", "HEAD"], ["HEAD~1", &folder]] {
        let output = clone.diff(&[&sides[..], &["--format", "json"]].concat());
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        let report = json(&output);
        assert_eq!(
            (&report["bump"], &report["next"]),
            (&"major".into(), &"0.2.0".into())
        );
        let found = of_rule(&report, "H8");
        assert_eq!(
            (found.len(), report["changes"].as_array().unwrap().len()),
            (1, 1)
        );
        for (key, value) in [
            ("class", "compile"),
            ("title", "generator changed what callers see"),
            (
                "path",
                "tencent/ca/2023-02-28/actions/DescribeVerifyReport/response/Code",
            ),
            (
                "after",
                "field tencent::ca::v20230228::DescribeVerifyReportResponse::code: Option<Text> = Code",
            ),
        ] {
            assert_eq!(found[0][key], value, "{key}");
        }
    }
    let same = clone.diff(&["HEAD", "HEAD", "--fail-on", "any"]);
    assert_eq!((code(&same), stdout(&same).as_str()), (0, "no change\n"));
}

#[test]
fn without_a_lock_on_both_sides_there_is_nothing_to_hold_against_the_generator() {
    let clone = Clone::new("lock_missing");
    clone.break_generator();
    clone.commit("two");
    clone.git(&["rm", "-q", "--cached", LOCK]);
    clone.git(&["commit", "-q", "-m", "three"]);
    let output = clone.diff(&["HEAD~2", "HEAD", "--fail-on", "any"]);
    assert_eq!(
        (code(&output), stdout(&output).as_str()),
        (0, "no change\n")
    );
}

#[test]
fn new_lines_that_no_schema_explains_are_told_and_break_nobody() {
    let clone = Clone::new("lock_more");
    clone.add_field();
    clone.commit("two");
    let explained = json(&clone.diff(&["HEAD~1", "HEAD", "--format", "json"]));
    assert_eq!(
        (
            explained["changes"].as_array().unwrap().len(),
            &explained["bump"]
        ),
        (1, &"minor".into())
    );
    clone.edit(
        LOCK,
        "mod ",
        "marvel tencent::ca::v20230228::Client = new\nmod ",
    );
    clone.commit("three");
    let output = clone.diff(&["HEAD~1", "HEAD", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    let report = json(&output);
    let found = of_rule(&report, "H8");
    assert_eq!((found.len(), &found[0]["bump"]), (1, &"minor".into()));
    assert_eq!(found[0]["after"], "1 new line");
}

#[test]
fn schemas_that_cannot_become_rust_are_compared_and_the_lock_is_not() {
    let clone = Clone::new("lock_unnamed");
    let field = "  reportURL:\n    type: string\n    doc: The same name in Rust.\n";
    clone.edit(REPORT, "  Message:\n", &format!("{field}  Message:\n"));
    clone.commit("two");
    let output = clone.diff(&["HEAD~1", "HEAD", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = stderr(&output);
    assert!(
        said.contains("HEAD cannot become Rust (1 problem"),
        "{said}"
    );
    let report = json(&output);
    assert_eq!(of_rule(&report, "E1")[0]["surface"], Json::Null);
    let text = stdout(&clone.diff(&["HEAD~1", "HEAD"]));
    assert!(!text.contains("no change in Rust"), "{text}");
}
