//! `cargo xtask release-check`: clones with and without releases in, the version that must come next out.

use std::process::Output;

use crate::clone::{Clone, REPORT, git, json};
use crate::support::{code, scratch, stderr, stdout, xtask};

/// A clone whose first commit is released as 0.1.0.
fn released(name: &str) -> Clone {
    let clone = Clone::new(name);
    clone.git(&["tag", "v0.1.0"]);
    clone
}

fn raise(clone: &Clone, version: &str) {
    clone.write(
        "Cargo.toml",
        &format!("[workspace.package]\nversion = \"{version}\"\n"),
    );
}

fn assert_says(output: &Output, exit: i32, lines: &[&str]) {
    let text = stdout(output);
    assert_eq!(code(output), exit, "{text}{}", stderr(output));
    for line in lines {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
}

#[test]
fn without_a_release_the_first_version_is_that_of_the_manifest() {
    let clone = Clone::new("release_none");
    assert_says(
        &clone.release_check(&[]),
        0,
        &[
            "nothing was released",
            "0.1.0 in Cargo.toml is the first version",
        ],
    );
    let report = json(&clone.release_check(&["--format", "json"]));
    assert_eq!(
        (&report["since"], &report["ok"]),
        (&serde_json::Value::Null, &true.into())
    );
    // A tag of something else is no release, nor is one that only prepares it.
    clone.git(&["tag", "nightly"]);
    clone.git(&["tag", "v0.1.0-rc.1"]);
    assert_says(&clone.release_check(&[]), 0, &["nothing was released"]);
}

#[test]
fn nothing_has_to_be_released_where_nothing_has_changed() {
    let clone = released("release_same");
    clone.write("xtask/src/main.rs", "//! Published by nobody.\n");
    assert_says(
        &clone.release_check(&[]),
        0,
        &[
            "nothing has changed since v0.1.0",
            "Cargo.toml has 0.1.0: high enough",
            "runtime/ has not changed",
        ],
    );
    assert!(!stdout(&clone.release_check(&[])).contains("CHANGELOG"));
}

#[test]
fn an_addition_asks_for_the_next_version_and_drafts_the_changelog() {
    let clone = released("release_additive");
    clone.add_field();
    let output = clone.release_check(&[]);
    assert_says(
        &output,
        1,
        &[
            "since v0.1.0, the next version is 0.1.1 at least",
            "minor, because of schemas and lock: 1 additive",
            "Cargo.toml has 0.1.0: too low, write 0.1.1",
            "## [0.1.1] - 20",
            "### Added\n\n- `tencent/ca/2023-02-28`:\n  - `DescribeVerifyReport/response/Pages`: answer field added",
        ],
    );
    raise(&clone, "0.1.1");
    assert_says(
        &clone.release_check(&[]),
        0,
        &["Cargo.toml has 0.1.1: high enough"],
    );
}

#[test]
fn a_break_asks_for_more_until_the_version_is_raised() {
    let clone = released("release_break");
    clone.break_field();
    clone.commit("two");
    for (version, exit) in [
        ("0.1.0", 1),
        ("0.1.9", 1),
        ("0.2.0", 0),
        ("0.2.0-rc.1", 0),
        ("1.0.0", 0),
    ] {
        raise(&clone, version);
        let output = clone.release_check(&["--format", "json"]);
        assert_eq!(code(&output), exit, "{version}: {}", stderr(&output));
        let report = json(&output);
        assert_eq!(
            (&report["needed"], &report["bump"]),
            (&"0.2.0".into(), &"major".into())
        );
        assert_eq!(
            (&report["version"], &report["ok"]),
            (&version.into(), &(exit == 0).into())
        );
        assert_eq!(report["reasons"][0]["rule"], "D14");
        let draft = report["changelog"].as_str().unwrap();
        let heading = if version == "1.0.0" {
            "## [1.0.0] - "
        } else {
            "## [0.2.0] - "
        };
        assert!(
            draft.starts_with(heading) && draft.contains("\n### Breaking\n"),
            "{draft}"
        );
    }
}

#[test]
fn a_break_of_the_generator_alone_asks_for_as_much() {
    let clone = released("release_generator");
    clone.break_generator();
    let output = clone.release_check(&[]);
    assert_says(
        &output,
        1,
        &[
            "the next version is 0.2.0 at least",
            "that no schema explains, so they are the generator's: 1",
            "H8",
        ],
    );
}

#[test]
fn the_hand_written_crates_ask_for_a_version_and_a_judge() {
    let clone = released("release_runtime");
    clone.write("runtime/src/lib.rs", "//! Something.\n");
    clone.write("runtime/src/more.rs", "//! More.\n");
    let said = [
        "the next version is 0.1.1 at least",
        "runtime/ has changed (files: 2)",
        "semver-checks",
    ];
    assert_says(&clone.release_check(&[]), 1, &said);
    clone.commit("two");
    raise(&clone, "0.1.1");
    assert_says(&clone.release_check(&[]), 0, &said);
}

#[test]
fn what_cannot_be_found_out_is_exit_code_2() {
    let clone = released("release_unknown");
    let output = clone.release_check(&["--since", "v9.9.9"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("there is no release v9.9.9 here"),
        "{}",
        stderr(&output)
    );

    // A commit that no release leads to.
    clone.git(&["checkout", "-q", "--orphan", "other"]);
    clone.commit("elsewhere");
    let output = clone.release_check(&[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("none leads to this commit"),
        "{}",
        stderr(&output)
    );
    assert_says(
        &clone.release_check(&["--since", "v0.1.0"]),
        0,
        &["nothing has changed"],
    );

    clone.git(&["tag", "v0.3.0"]);
    let output = clone.release_check(&[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("v0.3.0 holds version 0.1.0"),
        "{}",
        stderr(&output)
    );

    clone.git(&["tag", "-d", "v0.3.0"]);
    clone.edit(REPORT, "action: ", "action: [");
    let output = clone.release_check(&["--since", "v0.1.0"]);
    assert_eq!(code(&output), 2, "{}", stdout(&output));

    let nowhere = std::env::temp_dir();
    let output = xtask(&["release-check", "--repo", nowhere.to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("is in no clone"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_shallow_clone_says_how_to_get_the_tags() {
    let clone = released("release_deep");
    clone.commit("two");
    let shallow = scratch("release_shallow");
    let url = format!("file://{}", clone.shown());
    git(&shallow, &["clone", "-q", "--depth", "1", &url, "."]);
    for more in [&[][..], &["--since", "v0.1.0"]] {
        let args = [
            &["release-check", "--repo", shallow.to_str().unwrap()],
            more,
        ]
        .concat();
        let output = xtask(&args);
        assert_eq!(code(&output), 2, "{}", stdout(&output));
        let said = stderr(&output);
        assert!(
            said.contains("shallow") && said.contains("git fetch --tags --unshallow"),
            "{said}"
        );
    }
    git(&shallow, &["fetch", "-q", "--tags", "--unshallow"]);
    let output = xtask(&["release-check", "--repo", shallow.to_str().unwrap()]);
    assert_says(&output, 0, &["nothing has changed since v0.1.0"]);
}

#[test]
fn the_help_has_examples_and_exit_codes() {
    let help = stdout(&xtask(&["release-check", "--help"]));
    for said in ["Examples:", "Exit code:", "--since"] {
        assert!(help.contains(said), "{help}");
    }
}
