//! `cargo xtask generate --only … --actions …`: a crate of just some actions.

use std::fs;

use crate::support::{code, scratch, stderr, xtask};

const SERVICE: &str = "tencent/essbasic/2021-05-26";

fn generate(folder: &str, rest: &[&str]) -> std::process::Output {
    xtask(&[&["generate", "--out", folder][..], rest].concat())
}

#[test]
fn only_the_actions_and_what_they_reach_are_written() {
    let out = scratch("actions");
    let folder = out.to_str().unwrap();
    let one = ["--only", SERVICE, "--actions", "ChannelVerifyPdf"];
    assert_eq!(code(&generate(folder, &one)), 0);
    let version = out.join("src/tencent/essbasic/v20210526");
    let names = |kind: &str| -> Vec<String> {
        let entries = fs::read_dir(version.join(kind)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("actions"), ["channel_verify_pdf.rs"]);
    assert_eq!(
        names("enums"),
        ["signature_verify_result.rs", "verify_result.rs"]
    );
    // More actions are an addition; fewer would lose what is published.
    let both = "ChannelVerifyPdf,ChannelCreatePreparedPersonalEsign";
    assert_eq!(
        code(&generate(folder, &["--only", SERVICE, "--actions", both])),
        0
    );
    assert_eq!(names("actions").len(), 2);
    let fewer = generate(folder, &one);
    assert_eq!(code(&fewer), 1);
    assert!(stderr(&fewer).contains("S060"), "{}", stderr(&fewer));
    assert_eq!(names("actions").len(), 2, "nothing was written");
}

#[test]
fn what_is_asked_for_must_be_there() {
    let out = scratch("no_actions");
    let folder = out.to_str().unwrap();
    let misspelt = generate(
        folder,
        &["--only", SERVICE, "--actions", "ChannelVerifyPDF"],
    );
    assert_eq!(code(&misspelt), 2);
    let text = stderr(&misspelt);
    assert!(
        text.contains("no action ChannelVerifyPDF in tencent/essbasic/2021-05-26"),
        "{text}"
    );
    assert!(text.contains("did you mean ChannelVerifyPdf?"), "{text}");
    let several = [
        "--only",
        "tencent/ca",
        "--only",
        SERVICE,
        "--actions",
        "ChannelVerifyPdf",
    ];
    let several = generate(folder, &several);
    assert_eq!(code(&several), 2);
    assert!(
        stderr(&several).contains("one service version"),
        "{}",
        stderr(&several)
    );
    let alone = xtask(&["generate", "--out", folder, "--actions", "ChannelVerifyPdf"]);
    assert_eq!(code(&alone), 2, "without --only");
    assert_eq!(
        fs::read_dir(&out).unwrap().count(),
        0,
        "nothing was written"
    );
}
