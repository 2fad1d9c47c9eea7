//! In: scripts of rules. Out: the answers, errors, delays and limits that they ask for, and what is said about wrong ones.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use yunqiao_mock::{LocalCloud, Script};

use crate::bench::{Bench, NOW, tencent_error, volcengine_error};
use crate::control::ask;
use crate::http::Answer;
use crate::schemas;

fn script(text: &str) -> Script {
    Script::read(text, "test.yaml").unwrap()
}

pub(crate) fn scripted(text: &str) -> Bench {
    Bench::with(|builder| builder.script(script(text)))
}

pub(crate) fn describe(bench: &Bench, id: &str) -> Answer {
    bench.call_tencent("DescribeFlow", &json!({ "FlowId": id }))
}

#[test]
fn rules_answer_in_the_order_in_which_they_stand_until_they_are_used_up() {
    let bench = scripted(
        "
rules:
- action: demo.DescribeFlow
  when: {FlowId: b}
  answer: {Title: of b}
- action: tencent/demo/2024-01-01/DescribeFlow
  times: 2
  error: {code: InternalError, message: Not yet.}
- action: DescribeFlow
  raw: {status: 502, content_type: text/html, body: <p>gateway</p>}
",
    );
    let error = ("InternalError".to_owned(), "Not yet.".to_owned());
    assert_eq!(tencent_error(&describe(&bench, "a")), error);
    assert_eq!(describe(&bench, "b").json()["Response"]["Title"], "of b");
    assert_eq!(tencent_error(&describe(&bench, "a")), error);
    let raw = describe(&bench, "a");
    assert_eq!((raw.status, raw.header("content-type")), (502, "text/html"));
    assert_eq!(raw.body, b"<p>gateway</p>");
    // What a test asks for goes before what a script says.
    bench
        .cloud
        .answer("DescribeFlow", json!({ "Title": "asked" }));
    assert_eq!(describe(&bench, "a").json()["Response"]["Title"], "asked");
    assert_eq!(
        bench.cloud.calls()[0].error_code.as_deref(),
        Some("InternalError")
    );
}

#[test]
fn a_rule_is_for_calls_that_have_its_parameters_among_their_own() {
    let bench = scripted(
        "[{action: CreateFlow, when: {Agent: {AppId: x}, Agents: [{AppId: y}], Count: 2}, answer: {FlowId: hit}}]",
    );
    let call =
        |body: Json| bench.call_tencent("CreateFlow", &body).json()["Response"]["FlowId"].clone();
    let agents = json!([{ "AppId": "y", "Tags": ["t"] }]);
    let hit = json!({ "Name": "n", "Count": 2, "Agent": { "AppId": "x", "Mobile": "1" }, "Agents": agents });
    assert_eq!(call(hit.clone()), "hit");
    for (name, other) in [
        ("Count", json!(3)),
        ("Agent", json!({ "AppId": "z" })),
        ("Agents", json!([])),
    ] {
        let mut miss = hit.clone();
        miss[name] = other;
        assert_ne!(call(miss), "hit", "{name}");
    }
}

#[test]
fn an_answer_is_put_off_as_long_as_a_rule_says() {
    let bench = scripted("[{action: '*', after: 300ms, answer: {}}]");
    let started = Instant::now();
    describe(&bench, "a");
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[test]
fn calls_over_a_limit_are_refused_as_the_vendors_do() {
    let bench = scripted("[{action: '*', limit: {calls: 2, seconds: 10}}]");
    let code = || describe(&bench, "a").json()["Response"]["Error"]["Code"].clone();
    assert_eq!([code(), code()], [Json::Null, Json::Null]);
    assert_eq!(code(), "RequestLimitExceeded");
    // Each action has a window of its own.
    let body = json!({ "name": "n" });
    for _ in 0..2 {
        assert_eq!(bench.call_volcengine("Apply", &body).status, 200);
    }
    let refused = volcengine_error(&bench.call_volcengine("Apply", &body));
    assert_eq!(
        refused,
        (429, "FlowLimitExceeded".to_owned(), json!(100_018))
    );
    bench.now.store(NOW + 10, Ordering::Relaxed);
    assert_eq!(code(), Json::Null);
    bench.now.store(NOW, Ordering::Relaxed);
    assert_eq!(
        code(),
        Json::Null,
        "a clock that is set back opens a new window"
    );
}

#[test]
fn documented_limits_hold_when_they_are_asked_for() {
    let file =
        |name: &str, text: &str| yunqiao_model::Source::new(format!("tencent/{name}.yaml"), text);
    let api = || {
        schemas::model(&[
            file("vendor", "{vendor: tencent, title: T, doc: D.}"),
            file(
                "demo/2024-01-01/service",
                "{service: demo, version: '2024-01-01', title: D, doc: D., host: d.tencentcloudapi.com, region: optional}",
            ),
            file(
                "demo/2024-01-01/actions/Do",
                "{action: Do, summary: S, rate_limit: 1/s, request: {}, response: {}}",
            ),
        ])
    };
    let code = |bench: &Bench| {
        bench.call_tencent("Do", &json!({})).json()["Response"]["Error"]["Code"].clone()
    };
    let bench = Bench::with(|builder| builder.schemas(api()).script(script("limits: documented")));
    assert_eq!(
        (code(&bench), code(&bench)),
        (Json::Null, json!("RequestLimitExceeded"))
    );
    let bench = Bench::with(|builder| builder.schemas(api()));
    assert_eq!((code(&bench), code(&bench)), (Json::Null, Json::Null));
}

#[test]
fn what_is_wrong_with_a_script_is_said_with_place_and_advice() {
    for (text, expected) in [
        (
            "rules:\n- action: A\n  answer: {}\n- action: B\n  anser: {}\n",
            ["rule 2 (line 4)", "\"answer\""],
        ),
        ("[{answer: {}}]", ["action", "\"*\""]),
        ("[{action: A}]", ["does nothing", "fault"]),
        (
            "[{action: A, answer: {}, fault: reset}]",
            ["both answer and fault", "two rules"],
        ),
        (
            "[{action: A, fault: resett}]",
            ["fault is not \"resett\"", "\"reset\""],
        ),
        ("[{action: A, after: 5, answer: {}}]", ["after", "200ms"]),
        ("[{action: A, after: 2h, answer: {}}]", ["after", "10m"]),
        ("[{action: A, times: 0, answer: {}}]", ["times", "from 1"]),
        ("[{action: A, error: {cod: X}}]", ["\"cod\"", "\"code\""]),
        ("[{action: A, error: {}}]", ["code is missing", "text"]),
        ("[{action: A, raw: {status: 99}}]", ["status", "200"]),
        (
            "[{action: A, raw: {content_type: \"a\\nb\"}}]",
            ["content_type", "ASCII"],
        ),
        (
            "[{action: A, limit: {calls: 3}}]",
            ["seconds is missing", "number"],
        ),
        ("[{action: A, when: [1], answer: {}}]", ["when", "mapping"]),
        (
            "[{action: A, make: {thing: t}}]",
            ["make: id is missing", "text"],
        ),
        (
            "[{action: A, make: {thing: t, id: I}, error: {code: C}}]",
            ["answer only", "two rules"],
        ),
        (
            "[{action: A, move: {thing: t, id: I, from: [a], to: b}}]",
            ["other states", "otherwise"],
        ),
        ("limits: all", ["limits", "documented"]),
        ("rule: []", ["\"rule\"", "\"rules\""]),
        ("just words", ["no script", "list"]),
        ("a: [", ["line 2", "YAML"]),
    ] {
        let error = Script::read(text, "s.yaml").unwrap_err();
        let shown = error.to_string();
        assert!(shown.starts_with("s.yaml: "), "{shown}");
        for part in expected {
            assert!(shown.contains(part), "{text}: {shown}");
        }
    }
    for (text, expected) in [
        (
            "[{action: CreateFlw, answer: {}}]",
            "did you mean \"CreateFlow\"?",
        ),
        (
            "[{action: dmo.CreateFlow, answer: {}}]",
            "did you mean \"demo.CreateFlow\"?",
        ),
        (
            "[{action: CreateFlow, when: {Nmae: x}, answer: {}}]",
            "did you mean \"Name\"?",
        ),
    ] {
        let builder = LocalCloud::builder().schemas(schemas::api());
        let error = builder.script(script(text)).start().unwrap_err();
        assert!(
            error.is_script() && error.to_string().contains(expected),
            "{error}"
        );
    }
}

#[test]
fn rules_come_and_go_over_the_control_api() {
    let bench = Bench::new();
    let rule =
        json!({ "action": "DescribeFlow", "error": { "code": "InternalError", "message": "No." } });
    let told = ask(&bench, "POST", "rules", &rule.to_string()).json();
    assert_eq!(told, json!({ "rules": [rule], "used": [0] }));
    assert_eq!(tencent_error(&describe(&bench, "a")).0, "InternalError");
    let told = ask(&bench, "GET", "rules", "").json();
    assert_eq!(told["used"], json!([1]));
    // What is told can be sent back.
    assert_eq!(ask(&bench, "PUT", "rules", &told.to_string()).status, 200);
    let other = "- action: DescribeFlow\n  answer: {Title: other}\n";
    ask(&bench, "POST", "rules", other);
    assert_eq!(
        ask(&bench, "GET", "rules", "").json()["rules"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    ask(&bench, "PUT", "rules", other);
    assert_eq!(describe(&bench, "a").json()["Response"]["Title"], "other");
    let refused = ask(
        &bench,
        "PUT",
        "rules",
        r#"[{"action": "DescribeFlw", "answer": {}}]"#,
    );
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["hint"], "did you mean \"DescribeFlow\"?");
    // What cannot hold drives out nothing.
    assert_eq!(describe(&bench, "a").json()["Response"]["Title"], "other");
    ask(&bench, "DELETE", "rules", "");
    assert_eq!(describe(&bench, "a").json()["Response"]["Title"], "first");
    bench.cloud.script(script(other)).unwrap();
    assert_eq!(describe(&bench, "a").json()["Response"]["Title"], "other");
    bench.cloud.reset();
    assert_eq!(describe(&bench, "a").json()["Response"]["Title"], "first");
}
