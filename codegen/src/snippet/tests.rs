//! Models in, the text of programs and tests out.

use serde_json::json;
use yunqiao_model::{Source, load};

use super::{Exchange, Outcome, Snippet, program, test_file};

fn sources() -> Vec<Source> {
    let vendor = "vendor: tencent\ntitle: Tencent Cloud\ndoc: A cloud.\n";
    let service = |version: &str| {
        format!(
            "service: demo\nversion: \"{version}\"\ntitle: Demo\nundescribed: true\nhost: demo.tencentcloudapi.com\n\
             region: optional\n"
        )
    };
    let ping = "action: Ping\nrequest:\n  Type:\n    type: string\n  Of:\n    type: Option\n  Kind:\n    type: Kind\n\
                response:\n  Echo:\n    type: string\n";
    let talk = "action: Talk\nstreaming: true\nrequest:\n  Words:\n    type: [string]\nresponse:\n  Word:\n    type: string\n";
    let only = "action: Only\nrequest: {}\nresponse: {}\n";
    let option = "struct: Option\nfields:\n  Depth:\n    type: int64\n";
    let kind = "enum: Kind\ntype: int\nvalues:\n  - value: 1\n    name: Big\n  - value: 2\n    name: Small\n";
    let mut all = vec![Source::new("tencent/vendor.yaml", vendor)];
    for version in ["2020-01-01", "2024-01-01"] {
        let below = |path: &str| format!("tencent/demo/{version}/{path}");
        all.push(Source::new(below("service.yaml"), service(version)));
        all.push(Source::new(below("actions/Ping.yaml"), ping));
        all.push(Source::new(below("actions/Talk.yaml"), talk));
        all.push(Source::new(below("structs/Option.yaml"), option));
        all.push(Source::new(below("enums/Kind.yaml"), kind));
    }
    all.push(Source::new(
        "tencent/demo/2020-01-01/actions/Only.yaml",
        only,
    ));
    all
}

fn shown(version: &str, action: &str, parameters: &serde_json::Value) -> String {
    let loaded = load(&sources());
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let versions: Vec<_> = loaded.api.services.values().collect();
    let id = versions.iter().map(|service| &service.id);
    let id = id.into_iter().find(|id| id.version == version).unwrap();
    program(&Snippet {
        versions: &versions,
        id,
        action,
        parameters,
        region: Some("ap-guangzhou"),
    })
    .unwrap()
}

#[test]
fn plain_names_are_used_where_they_mean_the_version() {
    let newest = shown("2024-01-01", "Ping", &json!({ "Type": "a\"b", "Kind": 2 }));
    assert!(
        newest.contains("use yunqiao::tencent::demo::{Client, Kind, PingRequest};"),
        "{newest}"
    );
    assert!(
        newest.contains(r#".type_("a\"b").kind(Kind::Small)"#),
        "{newest}"
    );
    assert!(
        newest.contains("features = [\"tencent-demo-v20240101\"]"),
        "{newest}"
    );
    assert!(newest.contains(".region(\"ap-guangzhou\")"), "{newest}");
    let older = shown("2020-01-01", "Ping", &json!({}));
    assert!(
        older.contains("use yunqiao::tencent::demo::v20200101::{Client, PingRequest};"),
        "{older}"
    );
    let only = shown("2020-01-01", "Only", &json!({}));
    assert!(
        only.contains("use yunqiao::tencent::demo::{Client, OnlyRequest};"),
        "{only}"
    );
}

#[test]
fn a_name_that_is_taken_keeps_its_prefix() {
    let text = shown("2024-01-01", "Ping", &json!({ "Of": { "Depth": 1 } }));
    assert!(
        text.contains("use yunqiao::tencent::demo as api;"),
        "{text}"
    );
    assert!(text.contains(".of(api::Option::new().depth(1))"), "{text}");
}

#[test]
fn a_stream_is_read_event_by_event() {
    let text = shown("2024-01-01", "Talk", &json!({ "Words": ["a", "b"] }));
    assert!(
        text.contains("while let Some(event) = events.next().await {"),
        "{text}"
    );
    assert!(text.contains(r#".words(["a", "b"])"#), "{text}");
}

#[test]
fn recorded_calls_become_tests_of_their_own() {
    let loaded = load(&sources());
    let versions: Vec<_> = loaded.api.services.values().collect();
    let parameters = json!({ "Type": "x" });
    let call = Snippet {
        versions: &versions,
        id: &versions[1].id,
        action: "Ping",
        parameters: &parameters,
        region: None,
    };
    let (answer, outcome) = (
        json!({ "Echo": "x", "Other": 1, "Gone": null, "List": [] }),
        Outcome::Error {
            code: "Denied",
            message: "No.",
        },
    );
    let text = test_file(&[
        Exchange {
            call,
            outcome: Outcome::Answer(&answer),
        },
        Exchange { call, outcome },
    ]);
    assert!(
        text.contains("mod ping {") && text.contains("mod ping_2 {"),
        "{text}"
    );
    assert!(
        text.contains("serde_json::json!({\n            \"Echo\": \"x\"\n        });"),
        "{text}"
    );
    assert!(
        text.contains(r#"cloud.fail("demo/2024-01-01/Ping", "Denied", "No.")"#),
        "{text}"
    );
}
