//! The example of another repository that generates a crate of just its actions: it builds, and holds nothing else.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::fs;
use std::path::Path;

use yunqiao_tests::{cargo_in, files, root};

/// Runs cargo in a part of the example, with the project's versions of the dependencies.
fn cargo(part: &Path, args: &[&str]) {
    fs::copy(root().join("Cargo.lock"), part.join("Cargo.lock")).unwrap();
    let output = cargo_in(part).args(args).output().unwrap();
    let (errors, text) = (
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(&output.stdout),
    );
    let clean = output.status.success() && !errors.contains("warning");
    assert!(clean, "cargo {args:?}\n{errors}{text}");
}

#[test]
fn a_crate_of_just_one_action_builds_and_is_used() {
    let example = root().join("examples/own-crate");
    let cloud = example.join("cloud");
    let _ = fs::remove_dir_all(&cloud);
    cargo(&example.join("generate"), &["run", "--quiet"]);
    let written: Vec<String> = files(&cloud).into_iter().map(|(path, _)| path).collect();
    let below = |folder: &str| -> Vec<&str> {
        let prefix = format!("src/tencent/essbasic/v20210526/{folder}/");
        written
            .iter()
            .filter_map(|path| path.strip_prefix(&prefix))
            .collect()
    };
    assert_eq!(below("actions"), ["channel_verify_pdf.rs"]);
    assert_eq!(
        below("structs"),
        ["agent.rs", "pdf_verify_result.rs", "user_info.rs"]
    );
    // The enums of the other action are not there.
    assert_eq!(
        below("enums"),
        ["signature_verify_result.rs", "verify_result.rs"]
    );
    // A second run finds its lock and loses nothing.
    let lock = fs::read(cloud.join("api.lock")).unwrap();
    cargo(&example.join("generate"), &["run", "--quiet"]);
    assert_eq!(fs::read(cloud.join("api.lock")).unwrap(), lock);
    cargo(&example.join("app"), &["check", "--quiet"]);
}
