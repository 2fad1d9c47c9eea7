//! `cargo xtask diff`: revisions, folders and the vendor's metadata in, verdicts and exit codes out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

use crate::support::{
    VERIFY, code, contents, edit, root, schemas, scratch, services, stderr, stdout, xtask,
};

/// The schemas of two services, for tests that are about the command.
fn small(name: &str) -> PathBuf {
    services(
        name,
        &["tencent/essbasic/2021-05-26", "tencent/ca/2023-02-28"],
    )
}

fn diff(old: &Path, new: &Path, more: &[&str]) -> Output {
    let sides = ["diff", old.to_str().unwrap(), new.to_str().unwrap()];
    xtask(&[&sides, more].concat())
}

fn json(output: &Output) -> Json {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn a_break_is_a_finding_and_prose_is_none() {
    let (old, new) = (small("diff_old"), small("diff_new"));
    let same = diff(&old, &new, &["--fail-on", "any"]);
    assert_eq!((code(&same), stdout(&same).as_str()), (0, "no change\n"));

    edit(&new, "type: UserInfo", "type: [UserInfo]");
    let found = diff(&old, &new, &["--format", "json", "--current", "1.2.3"]);
    assert_eq!(code(&found), 1);
    let report = json(&found);
    assert_eq!(
        (&report["bump"], &report["next"]),
        (&"major".into(), &"2.0.0".into())
    );
    let change = report["changes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|change| change["rule"] == "D21")
        .unwrap();
    for (key, value) in [
        ("class", "compile"),
        ("wire", "FAIL"),
        ("source", "BREAK"),
        (
            "path",
            "tencent/essbasic/2021-05-26/actions/ChannelVerifyPdf/request/Operator",
        ),
        ("before", "UserInfo"),
        ("after", "[UserInfo]"),
    ] {
        assert_eq!(change[key], value, "{key} of {change}");
    }
    assert_eq!(change["actions"][0], "ChannelVerifyPdf");
    assert!(change["advice"].as_str().unwrap().contains("because:"));
    assert_eq!(code(&diff(&old, &new, &["--fail-on", "never"])), 0);
    let text = stdout(&diff(&old, &new, &[]));
    assert!(
        text.starts_with("major: next ") && text.contains("D21  Operator"),
        "{text}"
    );
    assert!(!text.contains('\x1b'), "{text}");
}

/// What a browser makes of it is tested where there is one; here, that the command writes it.
#[test]
fn a_page_stands_alone_and_shows_the_rust_of_both_sides() {
    let (old, new) = (small("diff_html_old"), small("diff_html_new"));
    edit(&new, "type: UserInfo", "type: [UserInfo]");
    let output = diff(&old, &new, &["--format", "html", "--current", "1.2.3"]);
    assert_eq!(code(&output), 1);
    let page = stdout(&output);
    assert!(page.starts_with("<!doctype html>"), "{page}");
    for text in [
        "<h1><b>Major</b> release, next is <span class=\"next\">2.0.0</span></h1>",
        "pub operator: <mark>Option</mark>&lt;UserInfo&gt;,",
        "pub operator: <mark>Vec</mark>&lt;UserInfo&gt;,",
        "default-src 'none'",
    ] {
        assert!(page.contains(text), "no {text} in {page}");
    }
    // Nothing is fetched from anywhere.
    for text in ["src=", "url(", "@import", "<link", "http://", "https://"] {
        assert!(!page.contains(text), "{text} in {page}");
    }
    let same = stdout(&diff(&old, &old, &["--format", "html"]));
    assert!(
        same.contains("No change for callers") && !same.contains("id=\"q\""),
        "{same}"
    );
}

fn git(folder: &Path, args: &[&str]) {
    let name = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.com",
        "-c",
        "init.defaultBranch=main",
    ];
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(name)
        .args(args)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn revisions_are_read_from_any_clone_and_the_work_tree_stays() {
    let schemas = small("diff_git");
    let clone = schemas.parent().unwrap();
    git(clone, &["init", "-q"]);
    fs::write(
        clone.join("Cargo.toml"),
        "[workspace.package]\nversion = \"0.7.1\"\n",
    )
    .unwrap();
    git(clone, &["add", "."]);
    git(clone, &["commit", "-q", "-m", "one"]);
    edit(&schemas, "type: UserInfo", "type: [UserInfo]");
    git(clone, &["commit", "-q", "-a", "-m", "two"]);
    // Not committed, and not to be seen.
    edit(&schemas, "action: ChannelVerifyPdf", "action: [broken");
    let before = contents(clone);
    let bare = scratch("diff_bare");
    git(
        &bare,
        &["clone", "-q", "--bare", clone.to_str().unwrap(), "."],
    );
    for repository in [clone, &bare] {
        let repository = repository.to_str().unwrap();
        for (old, new) in [("HEAD~1", "HEAD"), ("main~1:schemas", "main:schemas/")] {
            let output = xtask(&["diff", old, new, "--repo", repository, "--format", "json"]);
            assert_eq!(code(&output), 1, "{}", stderr(&output));
            assert_eq!(json(&output)["next"], "0.8.0");
        }
    }
    assert!(contents(clone) == before, "the clone has changed");
    let broken = xtask(&[
        "diff",
        "HEAD",
        schemas.to_str().unwrap(),
        "--repo",
        clone.to_str().unwrap(),
    ]);
    assert_eq!(code(&broken), 2);
    assert!(
        stderr(&broken).contains(&format!("{VERIFY}:1:")),
        "{}",
        stderr(&broken)
    );
}

#[test]
fn what_cannot_be_compared_is_told_with_exit_code_2() {
    let old = small("diff_unreadable");
    let empty = scratch("diff_empty");
    for (new, reason) in [
        (empty.to_str().unwrap(), "holds no schema files"),
        ("no-such-revision", "is neither a folder nor a revision"),
        ("HEAD:no/such/folder", "has no folder no/such/folder"),
    ] {
        let output = xtask(&["diff", old.to_str().unwrap(), new]);
        assert_eq!(code(&output), 2, "{new}");
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
    }
    let other = diff(&old, &old, &["--current", "one"]);
    assert_eq!(code(&other), 2);
    assert!(
        stderr(&other).contains("is no version"),
        "{}",
        stderr(&other)
    );
}

#[test]
fn a_known_break_is_accepted_and_what_accepts_nothing_is_a_finding() {
    let (old, new) = (small("diff_approve_old"), small("diff_approve_new"));
    edit(&new, "type: UserInfo", "type: [UserInfo]");
    let report = json(&diff(&old, &new, &["--format", "json"]));
    let breaks = report["changes"].as_array().unwrap().iter();
    let entries: Vec<String> = breaks
        .filter(|change| change["class"] == "compile")
        .map(|change| {
            format!(
                "{}:\n  reason: r\n  owner: o\n  expires: 9999-12-31\n",
                change["fingerprint"].as_str().unwrap()
            )
        })
        .collect();
    let file = new.parent().unwrap().join("approvals.yaml");
    let approved = |text: &str| {
        fs::write(&file, text).unwrap();
        diff(&old, &new, &["--approvals", file.to_str().unwrap()])
    };
    let output = approved(&entries.concat());
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert!(
        stdout(&output).contains("accepted by o until 9999-12-31: r"),
        "{}",
        stdout(&output)
    );
    let output = approved(&entries.concat().replace("9999-12-31", "2020-01-01"));
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("has expired on 2020-01-01"),
        "{}",
        stderr(&output)
    );
    let stale = "0123456789ab:\n  reason: r\n  owner: o\n  expires: 9999-12-31\n";
    let output = approved(&[entries.concat(), stale.to_owned()].concat());
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("meets no change"),
        "{}",
        stderr(&output)
    );
    assert_eq!(code(&approved("0123456789ab:\n  reason: r\n")), 2);
}

#[test]
fn the_schemas_against_themselves_are_no_change() {
    let other = schemas("diff_self");
    let output = diff(&root().join("schemas"), &other, &["--fail-on", "any"]);
    assert_eq!(
        (code(&output), stdout(&output).as_str()),
        (0, "no change\n")
    );
}

/// Real commits of the vendor: what happened is told, in its class, and nothing else is taken for a break.
#[test]
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn real_history_is_judged() {
    let history = root().parent().unwrap().join("shared/history");
    if !history.is_dir() {
        println!("skipped: ../shared is not there, so real history cannot be compared");
        return;
    }
    for (case, bump, told) in [
        ("actions-removed", "minor", &[("C3", "wire", 46)][..]),
        (
            "request-field-reorder",
            "minor",
            &[("D34", "none", 2), ("D36", "SILENT", 0)],
        ),
        ("request-string-to-bool", "major", &[("D14", "compile", 1)]),
        (
            "response-object-to-list-a",
            "major",
            &[("E18", "compile", 1)],
        ),
        (
            "response-object-to-list-b",
            "minor",
            &[("C1", "additive", 1)],
        ),
        ("wire-case-rename", "minor", &[("E27", "wire", 1)]),
        (
            "field-rename",
            "minor",
            &[("D4", "wire", 1), ("E6", "wire", 2)],
        ),
    ] {
        let folder = history.join(case);
        let output = diff(
            &folder.join("old"),
            &folder.join("new"),
            &["--format", "json", "--fail-on", "never"],
        );
        assert_eq!(code(&output), 0, "{case}: {}", stderr(&output));
        let report = json(&output);
        assert_eq!(report["bump"], bump, "{case}");
        let changes = report["changes"].as_array().unwrap();
        for (rule, class, count) in told {
            let of_rule = |change: &&Json| change["rule"] == *rule && change["class"] == *class;
            assert_eq!(
                changes.iter().filter(of_rule).count(),
                *count,
                "{case}: {rule}"
            );
        }
        let broken = changes
            .iter()
            .filter(|change| change["class"] == "compile")
            .count();
        let expected: usize = told
            .iter()
            .filter(|(_, class, _)| *class == "compile")
            .map(|(.., count)| count)
            .sum();
        assert_eq!(broken, expected, "{case}");
    }
}
