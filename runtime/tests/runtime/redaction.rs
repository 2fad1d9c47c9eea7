//! In: values with personal data. Out: a `Debug` that shows none of it.

use serde_json::json;
use yunqiao_runtime::{Field, JsonValue};

use crate::sample::{Agent, Everything, UserInfo, generated};

generated!(Contract {
    name: Option<String> = Field::new("Name"),
    signer: Option<UserInfo> = Field::new("Signer").sensitive(),
    witnesses: Vec<UserInfo> = Field::new("Witnesses"),
    mobiles: Vec<String> = Field::new("Mobiles").sensitive(),
    extra: Option<JsonValue> = Field::new("Extra").sensitive(),
    amount: Option<i64> = Field::new("Amount").sensitive(),
});

fn person() -> UserInfo {
    UserInfo {
        open_id: Some("o-1".to_owned()),
        mobile: Some("13800000000".to_owned()),
    }
}

#[test]
fn sensitive_fields_are_hidden_at_any_depth_and_whole() {
    let contract = Contract {
        name: Some("c".to_owned()),
        signer: Some(person()),
        witnesses: vec![person()],
        mobiles: vec!["13800000000".to_owned()],
        extra: Some(json!({"Mobile": "13800000000"})),
        amount: Some(13_800_000_000),
    };
    let shown = format!("{contract:?} {contract:#?}");
    assert!(!shown.contains("138"), "{shown}");
    assert!(shown.starts_with(
        r#"Contract { Name: "c", Signer: <redacted>, Witnesses: [UserInfo { OpenId: "o-1", Mobile: <redacted> }], Mobiles: <redacted>, Extra: <redacted>, Amount: <redacted> }"#
    ), "{shown}");
    let agent = Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: Some(Box::new(person())),
    };
    assert_eq!(
        format!("{agent:?}"),
        r#"Agent { AppId: "a", ProxyOperator: UserInfo { OpenId: "o-1", Mobile: <redacted> } }"#
    );
}

#[test]
fn only_present_fields_are_shown_by_their_wire_names() {
    let value = Everything {
        flag: Some(false),
        tag_ids: vec!["t".to_owned()],
        any: Some(json!({"a": 1})),
        ..Everything::default()
    };
    assert_eq!(
        format!("{value:?}"),
        r#"Everything { Flag: false, Any: {"a":1}, tagIDs: ["t"] }"#
    );
    assert_eq!(format!("{:?}", Everything::default()), "Everything");
}
