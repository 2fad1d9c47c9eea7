//! Parameters that Tencent Cloud refuses: what is wrong, at which path, and never the value.

use serde_json::json;

use crate::bench::{Bench, tencent_error};

#[test]
fn parameters_that_do_not_fit_the_schema() {
    let cases = [
        (json!({}), "MissingParameter", "`Name`"),
        (json!({ "Name": null }), "MissingParameter", "`Name`"),
        (
            json!({ "Name": "n", "Agent": {} }),
            "MissingParameter",
            "`Agent.AppId`",
        ),
        (
            json!({ "Name": "n", "Agents": [{ "AppId": "a" }, {}] }),
            "MissingParameter",
            "`Agents[1].AppId`",
        ),
        (
            json!({ "Name": "n", "Nmae": "n" }),
            "UnknownParameter",
            "`Nmae`",
        ),
        (
            json!({ "Name": "n", "Old": "o" }),
            "UnknownParameter",
            "`Old`",
        ),
        (json!({ "Name": 1 }), "InvalidParameter", "`Name`"),
        (
            json!({ "Name": "n", "Count": "1" }),
            "InvalidParameter",
            "`Count`",
        ),
        (
            json!({ "Name": "n", "Agent": [] }),
            "InvalidParameter",
            "`Agent`",
        ),
        (
            json!({ "Name": "n", "Count": 6 }),
            "InvalidParameterValue",
            "`Count`",
        ),
        (
            json!({ "Name": "n".repeat(11) }),
            "InvalidParameterValue",
            "`Name`",
        ),
        // What is most basic is said first.
        (
            json!({ "Count": "1", "Nmae": "n" }),
            "MissingParameter",
            "`Name`",
        ),
        (
            json!({ "Name": "n".repeat(11), "Count": "1", "Nmae": "n" }),
            "UnknownParameter",
            "`Nmae`",
        ),
        (
            json!({ "Name": "n".repeat(11), "Count": "1" }),
            "InvalidParameter",
            "`Count`",
        ),
    ];
    let bench = Bench::new();
    for (body, code, path) in cases {
        let (found, message) = tencent_error(&bench.call_tencent("CreateFlow", &body));
        assert_eq!(found, code, "{body}");
        assert!(message.contains(path), "{body}: {message}");
    }
    assert_eq!(bench.cloud.calls().last().unwrap().deviations.len(), 2);
}

#[test]
fn messages_do_not_repeat_values() {
    let bench = Bench::new();
    for body in [
        json!({ "Name": "13800001234567" }),
        json!({ "Name": { "x": "13800001234567" } }),
        json!("13800001234567"),
    ] {
        let message = tencent_error(&bench.call_tencent("CreateFlow", &body)).1;
        assert!(!message.contains("1380000"), "{message}");
    }
}

#[test]
fn undocumented_enum_values_are_refused_only_on_demand() {
    let body = json!({ "Name": "n", "Kind": 9 });
    let (lenient, strict) = (
        Bench::new(),
        Bench::with(|builder| builder.strict_enums(true)),
    );
    assert_eq!(
        tencent_error(&lenient.call_tencent("CreateFlow", &body)).0,
        "none"
    );
    assert_eq!(lenient.cloud.calls()[0].deviations.len(), 1);
    assert_eq!(
        tencent_error(&strict.call_tencent("CreateFlow", &body)).0,
        "InvalidParameterValue"
    );
}
