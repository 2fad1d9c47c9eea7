//! In: values. Out: the JSON that is sent.

use serde_json::json;

use crate::sample::{Agent, Everything, IdCardType, VerifyResult, decoded, encoded};

#[test]
fn absent_fields_and_empty_lists_are_left_out_and_false_is_not() {
    let value = Everything {
        text: Some(String::new()),
        int: Some(0),
        flag: Some(false),
        agent: Some(Agent::default()),
        ints: vec![0],
        grid: vec![vec![], vec![1]],
        any: Some(json!(null)),
        ..Everything::default()
    };
    assert_eq!(
        encoded(&value),
        r#"{"Text":"","Int":0,"Flag":false,"Agent":{},"Ints":[0],"Grid":[[],[1]],"Any":null}"#
    );
    assert_eq!(encoded(&Everything::default()), "{}");
}

#[test]
fn a_round_trip_changes_nothing() {
    let value = Everything {
        text: Some("引号\" 反斜\\ \u{0} \u{1f600}".to_owned()),
        int: Some(i64::MIN),
        float: Some(0.1),
        flag: Some(true),
        kind: Some(IdCardType::from("NEW")),
        verdict: Some(VerifyResult::from(99)),
        texts: vec![String::new(), "x".to_owned()],
        ints: vec![9_007_199_254_740_993],
        agents: vec![
            Agent::default(),
            Agent {
                app_id: Some("a".to_owned()),
                proxy_operator: None,
            },
        ],
        any: Some(json!({"k": [1.5, null, {"z": ""}]})),
        next: Some(Box::new(Everything {
            int: Some(1),
            ..Everything::default()
        })),
        ..Everything::default()
    };
    assert_eq!(decoded::<Everything>(&encoded(&value)).unwrap(), value);
}

#[test]
fn a_number_that_json_cannot_spell_is_refused() {
    let value = Everything {
        float: Some(f64::NAN),
        ..Everything::default()
    };
    assert!(
        yunqiao_runtime::codec::encode(&value)
            .unwrap_err()
            .is_validation()
    );
    assert!(serde_json::to_string(&value).is_err());
}
