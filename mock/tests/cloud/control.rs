//! In: requests to the paths below `/-/`. Out: what the cloud tells about itself, without what must not be shown.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::bench::{Bench, NOW};
use crate::http::{Answer, Request};

/// Asks the control API.
pub(crate) fn ask(bench: &Bench, method: &str, path: &str, body: &str) -> Answer {
    let request = Request {
        method: method.to_owned(),
        target: format!("/-/{path}"),
        headers: vec![("Host".to_owned(), bench.cloud.address().to_string())],
        body: body.as_bytes().to_vec(),
    };
    bench.send(&request)
}

fn get(bench: &Bench, path: &str) -> Json {
    let answer = ask(bench, "GET", path, "");
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

#[test]
fn a_cloud_says_that_it_is_ready() {
    let bench = Bench::new();
    let health = get(&bench, "health");
    assert_eq!(health["ready"], true);
    assert_eq!(health["url"], bench.cloud.url());
    assert!(health["actions"].as_u64().unwrap() > 5, "{health}");
}

#[test]
fn a_call_is_told_whole_but_for_what_must_not_be_shown() {
    let bench = Bench::new();
    let answer = bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a", "Odd": "secret-1" }));
    let told = get(&bench, "calls");
    assert_eq!((&told["last"], &told["oldest"]), (&json!(1), &json!(1)));
    let mut call = told["calls"][0].clone();
    assert!(call["elapsed_us"].take().as_u64().is_some());
    let body = String::from_utf8(answer.body.clone()).unwrap();
    let expected = json!({
        "number": 1,
        "at": NOW,
        "vendor": "tencent",
        "service": "demo",
        "version": "2024-01-01",
        "action": "DescribeFlow",
        "id": "tencent/demo/2024-01-01/DescribeFlow",
        "method": "POST",
        "host": "demo.tencentcloudapi.com",
        "region": null,
        "key_id": "loca...",
        "signature": { "state": "verified", "why": null },
        "request_id": answer.header("x-tc-requestid"),
        "status": 200,
        "fault": null,
        "error_code": "UnknownParameter",
        "elapsed_us": null,
        "request_bytes": 31,
        "answer_bytes": body.len(),
        "request": { "FlowId": "a", "Odd": "<redacted>" },
        "deviations": ["Odd: no such field"],
        "answer": answer.json(),
    });
    assert_eq!(call, expected);
}

#[test]
fn an_unknown_action_and_a_wrong_signature_are_told_as_such() {
    let bench = Bench::new();
    bench.call_tencent("Nothing", &json!({ "A": "secret-1" }));
    let mut request = bench.tencent("DescribeFlow", "{}");
    bench.signer("demo").tc3(&mut request);
    request.body = b"{ }".to_vec();
    bench.send(&request);
    let told = get(&bench, "calls");
    assert_eq!(told["calls"][0]["id"], Json::Null);
    assert_eq!(
        told["calls"][0]["answer"]["Response"]["Error"]["Code"],
        "InvalidAction"
    );
    let signature = &told["calls"][1]["signature"];
    assert_eq!(signature["state"], "refused");
    assert!(
        signature["why"].as_str().unwrap().contains("SHA-256"),
        "{signature}"
    );
    assert!(!told.to_string().contains("secret-"), "{told}");
}

#[test]
fn personal_data_in_an_answer_is_hidden() {
    let bench = Bench::new();
    bench.cloud.answer(
        "DescribeFlow",
        json!({ "Name": "shown-1", "Papers": { "Number": "secret-1" }, "Odd": "secret-2" }),
    );
    bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    bench.cloud.answer(
        "Apply",
        json!({ "state": "shown-2", "phone": "secret-3", "odd": 4 }),
    );
    bench.call_volcengine("Apply", &json!({ "name": "n" }));
    bench
        .cloud
        .raw("DescribeFlow", 200, "application/json", r#"["secret-5"]"#);
    bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    bench
        .cloud
        .raw("DescribeFlow", 502, "text/html", "<secret-6>");
    bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    let told = get(&bench, "calls");
    assert!(!told.to_string().contains("secret-"), "{told}");
    let answer = |at: usize| &told["calls"][at]["answer"];
    assert_eq!(answer(0)["Response"]["Odd"], "<redacted>");
    assert!(answer(0)["Response"]["RequestId"].as_str().unwrap().len() > 30);
    assert_eq!(answer(1)["ResponseMetadata"]["Action"], "Apply");
    assert_eq!(answer(1)["Result"]["odd"], "<redacted>");
    assert_eq!((answer(2), answer(3)), (&json!("<redacted>"), &Json::Null));
    assert_eq!(told["calls"][3]["status"], 502);
}

#[test]
fn calls_are_told_after_a_number_and_no_more_than_asked_for() {
    let bench = Bench::with(|builder| builder.keep_calls(3));
    for _ in 0..5 {
        bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    }
    let numbers = |path: &str| -> (Json, Json, Vec<u64>) {
        let told = get(&bench, path);
        let calls = told["calls"].as_array().unwrap().iter();
        let numbers = calls.map(|call| call["number"].as_u64().unwrap());
        (
            told["last"].clone(),
            told["oldest"].clone(),
            numbers.collect(),
        )
    };
    assert_eq!(numbers("calls"), (json!(5), json!(3), vec![3, 4, 5]));
    assert_eq!(numbers("calls?after=3&limit=1").2, [4]);
    assert!(numbers("calls?after=5").2.is_empty());
    assert!(numbers("calls?after=18446744073709551615").2.is_empty());
    assert_eq!(ask(&bench, "DELETE", "calls", "").status, 200);
    // Numbers go on, so that whoever follows the calls misses none.
    assert_eq!(numbers("calls?after=0"), (json!(5), json!(6), vec![]));
    bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    assert_eq!(numbers("calls?after=5"), (json!(6), json!(6), vec![6]));
}

#[test]
fn who_waits_is_told_as_soon_as_a_call_comes() {
    let bench = Bench::new();
    let told = thread::scope(|scope| {
        let waiting = scope.spawn(|| get(&bench, "calls?after=0&wait=30"));
        thread::sleep(Duration::from_millis(50));
        bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
        waiting.join().unwrap()
    });
    assert_eq!(told["calls"].as_array().unwrap().len(), 1);
    let started = Instant::now();
    let told = get(&bench, "calls?after=1&wait=1");
    assert!(started.elapsed() >= Duration::from_millis(900));
    assert_eq!((&told["last"], &told["calls"]), (&json!(1), &json!([])));
}

#[test]
fn a_reset_forgets_answers_and_calls() {
    let bench = Bench::new();
    bench
        .cloud
        .fail("DescribeFlow", "InternalError", "Not today.");
    bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    assert_eq!(ask(&bench, "POST", "reset", "").status, 200);
    assert_eq!(get(&bench, "calls")["calls"], json!([]));
    let answer = bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    assert_eq!(answer.json()["Response"].get("Error"), None);
}

#[test]
fn what_is_asked_wrongly_is_answered_with_what_would_be_right() {
    let bench = Bench::new();
    for (method, path, status, hint) in [
        ("GET", "nothing", 404, "/-/calls"),
        ("POST", "calls", 405, "GET"),
        ("GET", "reset", 405, "POST"),
        ("GET", "calls?after=x", 400, "digits"),
        ("GET", "calls?afer=1", 400, "after"),
    ] {
        let answer = ask(&bench, method, path, "");
        assert_eq!(answer.status, status, "{method} {path}");
        let json = answer.json();
        assert!(
            json["error"].is_string() && json["hint"].as_str().unwrap().contains(hint),
            "{json}"
        );
    }
    // None of this is a call.
    assert_eq!(bench.cloud.calls().len(), 0);
}
