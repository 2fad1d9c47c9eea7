//! `cargo xtask generate`: what it writes, compares, keeps and refuses.

use std::fs;

use crate::support::{VERIFY, code, scratch, some_schemas, stderr, stdout, xtask};

#[test]
fn check_names_stale_missing_and_extra_files_and_the_command() {
    let (schemas, out) = (some_schemas("drift"), scratch("drift_out"));
    let folder = out.to_str().unwrap();
    let args = [
        "generate",
        "--schemas",
        schemas.to_str().unwrap(),
        "--out",
        folder,
    ];
    let check = [&args[..], &["--check"]].concat();
    assert_eq!(code(&xtask(&args)), 0);
    assert_eq!(code(&xtask(&check)), 0);
    let stale = "src/tencent/essbasic/v20210526/structs/agent.rs";
    let missing = "src/tencent/essbasic/v20210526/client.rs";
    let extra = "src/tencent/essbasic/v20210526/structs/old.rs";
    let text = fs::read_to_string(out.join(stale)).unwrap();
    fs::write(out.join(stale), text.replace("Agent", "Agents")).unwrap();
    fs::copy(out.join(missing), out.join(extra)).unwrap();
    fs::remove_file(out.join(missing)).unwrap();
    fs::write(out.join("notes.txt"), "mine").unwrap();
    let output = xtask(&check);
    assert_eq!(code(&output), 1);
    let text = stdout(&output);
    for (what, file) in [("stale", stale), ("missing", missing), ("extra", extra)] {
        assert!(text.contains(&format!("{what}: {folder}/{file}")), "{text}");
    }
    assert!(
        text.contains("run `cargo xtask generate`") && !text.contains("notes.txt"),
        "{text}"
    );
    assert!(!text.contains('\x1b'), "colours without a terminal: {text}");
    assert!(!out.join(missing).exists(), "--check writes nothing");
    assert_eq!(code(&xtask(&args)), 0);
    assert!(
        !out.join(extra).exists() && out.join(missing).exists() && out.join("notes.txt").exists()
    );
    assert_eq!(code(&xtask(&check)), 0);
}

#[test]
fn generated_files_with_other_line_ends_are_not_stale() {
    let (schemas, out) = (some_schemas("line_ends"), scratch("line_ends_out"));
    let (schemas, folder) = (schemas.to_str().unwrap(), out.to_str().unwrap());
    let args = ["generate", "--schemas", schemas, "--out", folder];
    assert_eq!(code(&xtask(&args)), 0);
    let path = out.join("src/lib.rs");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    assert_eq!(code(&xtask(&[&args[..], &["--check"]].concat())), 0);
}

#[test]
fn one_service_can_be_taken_alone() {
    let out = scratch("only");
    let folder = out.to_str().unwrap();
    assert_eq!(
        code(&xtask(&[
            "generate",
            "--only",
            "tencent/ca",
            "--only",
            "volcengine/sms/2021-01-11",
            "--out",
            folder
        ])),
        0
    );
    assert!(out.join("src/tencent/ca.rs").exists() && out.join("src/volcengine/sms.rs").exists());
    assert!(!out.join("src/tencent/ess.rs").exists());
    let output = xtask(&["generate", "--only", "tencent/ec", "--out", folder]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("tencent/ess/2020-11-11"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        code(&xtask(&["generate", "--only", "tencent/ca"])),
        2,
        "--only without --out would remove the rest"
    );
}

#[test]
fn losing_a_published_field_needs_a_tombstone() {
    let schemas = some_schemas("tombstone");
    let out = scratch("tombstone_out");
    let (folder, target) = (schemas.to_str().unwrap(), out.to_str().unwrap());
    let args = ["generate", "--schemas", folder, "--out", target];
    assert_eq!(code(&xtask(&args)), 0);
    let path = schemas.join("tencent/essbasic/2021-05-26/structs/UserInfo.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let at = text.find("  ProxyIp:").unwrap();
    fs::write(&path, &text[..at]).unwrap();
    // Examples show the field.
    for entry in fs::read_dir(schemas.join("tencent/essbasic/2021-05-26/actions")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let kept: Vec<&str> = text
            .lines()
            .filter(|line| !line.contains("ProxyIp:"))
            .collect();
        fs::write(&path, kept.join("\n")).unwrap();
    }
    let output = xtask(&args);
    assert_eq!(code(&output), 1, "{}", stdout(&output));
    assert!(
        stderr(&output).contains(
            "error[S060]: callers lose `field tencent::essbasic::v20210526::UserInfo::proxy_ip`"
        ),
        "{}",
        stderr(&output)
    );
    fs::write(
        &path,
        text.replace(
            "  ProxyIp:\n",
            "  ProxyIp:\n    removed: since 2025, nobody used it\n",
        )
        .replace("    disabled: true\n", ""),
    )
    .unwrap();
    assert_eq!(code(&xtask(&args)), 0);
    fs::write(&path, &text[..at]).unwrap();
    assert_eq!(
        code(&xtask(&[&args[..], &["--accept-breaking"]].concat())),
        0
    );
}

#[test]
fn a_new_field_is_a_setter_and_one_line_of_the_surface() {
    let schemas = some_schemas("new_field");
    let out = scratch("new_field_out");
    let args = [
        "generate",
        "--schemas",
        schemas.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    assert_eq!(code(&xtask(&args)), 0);
    let before = fs::read_to_string(out.join("api.lock")).unwrap();
    let path = schemas.join(VERIFY);
    let text = fs::read_to_string(&path).unwrap();
    let field = "  TraceNote:\n    type: string\n    doc: A remark that the platform keeps with the check.\n";
    fs::write(
        &path,
        text.replacen("response:\n", &format!("{field}response:\n"), 1),
    )
    .unwrap();
    assert_eq!(code(&xtask(&args)), 0);
    let after = fs::read_to_string(out.join("api.lock")).unwrap();
    let new: Vec<&str> = after
        .lines()
        .filter(|line| !before.lines().any(|old| old == *line))
        .collect();
    let line = "field tencent::essbasic::v20210526::ChannelVerifyPdfRequest::trace_note: Option<String> = TraceNote";
    assert_eq!(new, [line]);
    assert!(
        before
            .lines()
            .all(|line| after.lines().any(|new| new == line))
    );
    let action = out.join("src/tencent/essbasic/v20210526/actions/channel_verify_pdf.rs");
    let action = fs::read_to_string(action).unwrap();
    assert!(
        action.contains("pub fn trace_note(")
            && action.contains("A remark that the platform keeps")
    );
}
