//! `cargo xtask diff --prove`: two small folders of schemas in, proofs beside the verdicts out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

use crate::support::{code, edit, root, services, stderr, stdout, xtask};

/// The schemas of one service.
fn small(name: &str) -> PathBuf {
    services(name, &["tencent/essbasic/2021-05-26"])
}

fn prove(old: &Path, new: &Path, more: &[&str]) -> Output {
    let sides = [old, new].map(|side| side.to_str().unwrap());
    xtask(&[&["diff", sides[0], sides[1], "--prove"], more].concat())
}

#[test]
fn each_verdict_stands_with_its_proof() {
    let (old, new) = (small("prove_old"), small("prove_new"));
    edit(&new, "type: UserInfo", "type: [UserInfo]");
    let found = prove(&old, &new, &["--format", "json", "--fail-on", "never"]);
    assert_eq!(code(&found), 0, "{found:?}");
    // Nobody watches a pipe.
    assert_eq!(stderr(&found), "");
    let report: Json = serde_json::from_slice(&found.stdout).unwrap();
    let changes = report["changes"].as_array().unwrap();
    assert!(changes.iter().any(|change| change["rule"] == "D21"));
    for change in changes {
        let proved = serde_json::json!({ "source": "proved", "wire": "proved" });
        assert_eq!(change["proof"], proved, "{change}");
    }
}

#[test]
fn without_a_change_there_is_nothing_to_prove() {
    let old = small("prove_same");
    let same = prove(&old, &old, &["--fail-on", "any"]);
    assert_eq!((code(&same), stdout(&same).as_str()), (0, "no change\n"));
}

#[test]
fn what_cannot_be_compiled_cannot_be_proved() {
    let (old, new) = (small("prove_no_old"), small("prove_no_new"));
    edit(&new, "type: UserInfo", "type: [UserInfo]");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("diff")
        .args([&old, &new])
        .arg("--prove")
        .env("CARGO", "/nowhere/cargo")
        .current_dir(root())
        .output()
        .unwrap();
    assert_eq!(code(&output), 2, "{output:?}");
    assert!(stderr(&output).contains("cannot run cargo"), "{output:?}");
}
