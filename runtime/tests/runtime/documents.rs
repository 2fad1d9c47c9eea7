//! In: whole documents: broken, repetitive, bottomless. Out: the value they are read as, or where they break.

use serde_json::json;

use crate::sample::{Agent, Everything, IdCardType, UserInfo, VerifyResult, decoded, encoded};

#[test]
fn of_two_equal_keys_the_last_wins_whole() {
    let value: Everything = decoded(
        r#"{"Text":"a","Agent":{"AppId":"a","ProxyOperator":{"OpenId":"o"}},"Texts":["a","b"],"Int":1,
            "Text":"b","Agent":{"AppId":"b"},"Texts":["c"],"Int":null}"#,
    )
    .unwrap();
    assert_eq!(
        encoded(&value),
        r#"{"Text":"b","Agent":{"AppId":"b"},"Texts":["c"]}"#
    );
}

#[test]
fn broken_json_is_told_with_its_place() {
    for (json, expected) in [
        ("", "JSON that breaks off at line 1 column 0, in the answer"),
        (
            r#"{"Agents":[{"AppId":"x"#,
            "JSON that breaks off at line 1 column 22, in Agents[0].AppId",
        ),
        (
            "{\"Text\":\n tru}",
            "no valid JSON at line 2 column 5, in Text",
        ),
        (
            r#"{"Text":"a"} x"#,
            "no valid JSON at line 1 column 14, in the answer",
        ),
        (
            r#"{"Text":NaN}"#,
            "no valid JSON at line 1 column 9, in Text",
        ),
        ("[]", "the answer: expected an object, found a list"),
        (r#""x""#, "the answer: expected an object, found a text"),
        ("null", "the answer: expected an object, found nothing"),
    ] {
        assert_eq!(
            decoded::<Everything>(json),
            Err(expected.to_owned()),
            "{json}"
        );
    }
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(
        decoded::<Everything>("\u{feff}{\"Int\":1}").unwrap().int,
        Some(1)
    );
}

#[test]
fn nesting_without_end_is_refused_and_not_followed() {
    for deep in [
        "[".repeat(100_000),
        "{\"Next\":".repeat(100_000),
        format!("{{\"Any\":{}", "[".repeat(100_000)),
        format!("{{\"X\":{}", "[".repeat(100_000)),
    ] {
        assert!(decoded::<Everything>(&deep).is_err());
    }
}

#[test]
fn no_error_repeats_a_value() {
    for json in [
        r#"{"Int":"hunter2"}"#,
        r#"{"Agent":"hunter2"}"#,
        r#"{"Texts":"hunter2"}"#,
        r#"{"Flag":"hunter2"}"#,
        r#"{"Text":"hunter2"#,
        r#"{"Text":"hunter2" hunter2"#,
        r#"{"Text":"\uD800hunter2"}"#,
        r#""hunter2""#,
    ] {
        let mut value = Everything::default();
        let error = yunqiao_runtime::codec::decode(json.as_bytes(), &mut value).unwrap_err();
        assert!(error.is_decode());
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
}

#[test]
fn serde_reads_and_writes_the_same() {
    let json = json!({
        "Text": "x", "Int": "5", "Kind": "ID_CARD", "Verdict": 1,
        "Agent": {"AppId": "a", "ProxyOperator": {"OpenId": "o"}}, "Agents": [{"AppId": "b"}], "Ignored": 1
    });
    let expected = Everything {
        text: Some("x".to_owned()),
        int: Some(5),
        kind: Some(IdCardType::IdCard),
        verdict: Some(VerifyResult::Intact),
        agent: Some(Agent {
            app_id: Some("a".to_owned()),
            proxy_operator: Some(Box::new(UserInfo {
                open_id: Some("o".to_owned()),
                mobile: None,
            })),
        }),
        agents: vec![Agent {
            app_id: Some("b".to_owned()),
            proxy_operator: None,
        }],
        ..Everything::default()
    };
    let from_text: Everything = serde_json::from_str(&json.to_string()).unwrap();
    let from_value: Everything = serde_json::from_value(json).unwrap();
    assert_eq!(from_text, expected);
    assert_eq!(from_value, expected);
    let written = serde_json::to_value(&expected).unwrap();
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(&encoded(&expected)).unwrap()
    );
    assert_eq!(
        serde_json::from_value::<Everything>(written).unwrap(),
        expected
    );
    // Through serde too, the error has the path.
    let error = serde_json::from_str::<Everything>(r#"{"Agents":[{"AppId":[]}]}"#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("Agents[0].AppId: expected a text, found a list"),
        "{error}"
    );
    assert!(serde_json::from_str::<Agent>("null").is_err());
    assert_eq!(serde_json::from_str::<Option<Agent>>("null").unwrap(), None);
    assert_eq!(
        serde_json::from_str::<Vec<IdCardType>>(r#"["ID_CARD"]"#).unwrap(),
        [IdCardType::IdCard]
    );
}
