//! Versions of a service with changes in, what `api.lock` says of names that stand for the service out.

use yunqiao_codegen::{LOCK_FILE, Options};
use yunqiao_model::{Code, Source};

use super::{broken, edited};
use crate::{generated, try_generate};

#[test]
fn a_plain_name_that_moves_to_another_version_is_reported() {
    let lock =
        generated(&edited("complementing_versions", &[]), &Options::default())[LOCK_FILE].clone();
    let options = Options {
        lock: Some(lock),
        ..Options::default()
    };
    let with = |action: &str, card: bool| {
        let mut all = edited("complementing_versions", &[]);
        let newer = |path: &str| path.replace("2020-01-01", "2021-01-11");
        let copies: Vec<Source> = all
            .iter()
            .filter(|source| {
                let path = source.path.as_str();
                path.ends_with("SendCard.yaml") || card && path.ends_with("/Card.yaml")
            })
            .map(|source| {
                let text = String::from_utf8(source.bytes.clone()).unwrap();
                let text = text.replace("SendCard", action);
                let text = if card {
                    text
                } else {
                    text.replace("type: Card", "type: string")
                };
                Source::new(newer(&source.path).replace("SendCard", action), text)
            })
            .collect();
        all.extend(copies);
        try_generate(&all, &options)
    };
    // Another action in the newer version moves nothing.
    assert!(with("PostCard", false).is_ok());
    // Its type of the same name does: that name would have two meanings.
    let lost = with("PostCard", true).unwrap_err();
    assert_eq!(
        lost.surface
            .iter()
            .map(|problem| problem.message.as_str())
            .collect::<Vec<_>>(),
        ["callers lose `use volcengine::post::Card`"]
    );
    let moved = with("SendCard", false).unwrap_err();
    let text = moved.to_string();
    for item in [
        "method volcengine::post::Client::send_card",
        "use volcengine::post::SendCardRequest",
    ] {
        let message = format!("`{item}` was `v20200101` and would become `v20210111`");
        assert!(text.contains(&format!("S061: {message}")), "{text}");
    }
    // No plain method takes it any more.
    assert!(
        text.contains("S060: callers lose `use volcengine::post::Card`"),
        "{text}"
    );
}

#[test]
fn what_a_version_loses_is_reported_there_only() {
    let (codes, text) = broken(
        "complementing_versions",
        &[("SendCard.yaml", "", ""), ("/Card.yaml", "", "")],
    );
    assert!(
        codes.iter().all(|code| *code == Code::LostFromSurface),
        "{text}"
    );
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines
            .iter()
            .all(|line| line.contains("volcengine::post::v20200101::")),
        "{text}"
    );
    let method = "callers lose `method volcengine::post::v20200101::Client::send_card`";
    assert!(text.contains(method), "{text}");
}
