//! `cargo xtask lint` and `fmt`: mistakes at their places, and the canonical form.

use std::fs;

use crate::support::{VERIFY, code, schemas, scratch, stderr, stdout, xtask};

#[test]
fn a_mistake_is_reported_at_its_place_and_nothing_is_written() {
    let schemas = schemas("mistake");
    let path = schemas.join(VERIFY);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("type: Agent", "type: Agnet", 1)).unwrap();
    let (folder, out) = (schemas.to_str().unwrap(), scratch("mistake_out"));
    for args in [
        vec!["lint", folder],
        vec![
            "generate",
            "--schemas",
            folder,
            "--out",
            out.to_str().unwrap(),
        ],
    ] {
        let output = xtask(&args);
        assert_eq!(code(&output), 1);
        let text = stderr(&output);
        let line = fs::read_to_string(&path)
            .unwrap()
            .lines()
            .position(|line| line.contains("Agnet"))
            .unwrap()
            + 1;
        assert!(
            text.contains("error[S031]: unknown type \"Agnet\""),
            "{text}"
        );
        assert!(
            text.contains(&format!("{folder}/{VERIFY}:{line}:11")),
            "{text}"
        );
        assert!(text.contains("did you mean \"Agent\"?"), "{text}");
    }
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let schemas = schemas("huge");
    let file = fs::File::create(schemas.join("tencent/ca/2023-02-28/structs/Huge.yaml")).unwrap();
    file.set_len(100 << 20).unwrap();
    let output = xtask(&["lint", schemas.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("error[S003]: the file has 104857600 bytes"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn formatting_mends_what_check_reports() {
    let schemas = schemas("fmt");
    let path = schemas.join(VERIFY);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replacen(
            "    type: string\n    required: true\n",
            "    required: true\n    type: 'string'\n",
            1,
        ),
    )
    .unwrap();
    let folder = schemas.to_str().unwrap();
    let output = xtask(&["fmt", "--check", folder]);
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains(VERIFY), "{}", stdout(&output));
    assert_eq!(code(&xtask(&["fmt", folder])), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(code(&xtask(&["fmt", "--check", folder])), 0);
}
