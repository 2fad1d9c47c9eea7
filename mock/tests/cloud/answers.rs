//! What a good call gets: an answer of the test's own, that of an example, or a made-up one.

use std::time::{Duration, Instant};

use serde_json::json;
use yunqiao_mock::Answer;

use crate::bench::{Bench, tencent_error, volcengine_error};

#[test]
fn the_example_whose_request_is_most_alike_answers() {
    let bench = Bench::new();
    let title =
        |body| bench.call_tencent("DescribeFlow", &body).json()["Response"]["Title"].clone();
    assert_eq!(title(json!({ "FlowId": "a", "Kind": 1 })), "first");
    assert_eq!(title(json!({ "FlowId": "b", "Kind": 1 })), "second");
    assert_eq!(title(json!({ "FlowId": "b" })), "second");
    // The first of those that answer, even where an example of an error is more alike.
    assert_eq!(title(json!({ "FlowId": "none" })), "first");
}

#[test]
fn envelopes_are_those_of_the_vendors() {
    let bench = Bench::new();
    let answer = bench.call_tencent("DescribeFlow", &json!({ "FlowId": "b" }));
    let id = answer.header("X-TC-RequestId").to_owned();
    assert_eq!(answer.header("Content-Type"), "application/json");
    assert_eq!(
        answer.json(),
        json!({ "Response": { "Title": "second", "RequestId": id } })
    );
    assert!(
        id.len() == 36 && id.split('-').map(str::len).eq([8, 4, 4, 4, 12]),
        "{id}"
    );

    let answer = bench.call_volcengine("Apply", &json!({ "name": "n" }));
    let expected = json!({
        "ResponseMetadata": {
            "RequestId": answer.header("X-Tt-Logid"),
            "Action": "Apply",
            "Version": "2021-01-11",
            "Service": "volcSMS",
            "Region": "cn-north-1",
        },
        "Result": { "id": 618_204_771_905_i64 },
    });
    assert_eq!((answer.status, answer.json()), (200, expected));
}

#[test]
fn what_is_asked_again_is_answered_again_under_another_id() {
    let bench = Bench::new();
    let ask = || bench.call_tencent("DescribeFlow", &json!({ "FlowId": "b" }));
    let answers = [ask(), ask(), ask()].map(|answer| {
        let mut all = answer.json();
        let id = all["Response"]["RequestId"].take();
        assert_eq!(id, answer.header("X-TC-RequestId"));
        (id, all)
    });
    assert!(answers.iter().all(|(_, answer)| *answer == answers[0].1));
    assert!(answers[0].0 != answers[1].0 && answers[1].0 != answers[2].0);
    let ask = || bench.call_volcengine("Apply", &json!({ "name": "n" }));
    let [first, second] = [ask(), ask()].map(|answer| answer.json());
    assert_eq!(first["Result"], second["Result"]);
    assert_ne!(first["ResponseMetadata"], second["ResponseMetadata"]);
    // What was read from the wire is told when somebody looks.
    let requests: Vec<_> = bench.cloud.calls();
    assert_eq!(requests[2].request, json!({ "FlowId": "b" }));
    assert_eq!(requests[4].request, json!({ "name": "n" }));
    assert_eq!(requests[4].answer(), Some(second));
}

#[test]
fn an_answer_of_the_test_s_own_stays_until_the_next_or_a_reset() {
    let bench = Bench::new();
    let title = || {
        bench
            .call_tencent("DescribeFlow", &json!({ "FlowId": "a" }))
            .json()["Response"]["Title"]
            .clone()
    };
    bench
        .cloud
        .answer("DescribeFlow", json!({ "Title": "mine" }));
    assert_eq!((title(), title()), (json!("mine"), json!("mine")));
    bench.cloud.answer(
        "tencent/demo/2024-01-01/DescribeFlow",
        json!({ "Title": "newer" }),
    );
    assert_eq!(title(), "newer");
    bench.cloud.reset();
    assert_eq!(bench.cloud.calls(), []);
    assert_eq!(title(), "first");
}

#[test]
fn single_answers_come_one_by_one_before_the_lasting_one() {
    let bench = Bench::new();
    let send = || tencent_error(&bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }))).0;
    bench.cloud.fail("DescribeFlow", "OperationDenied", "No.");
    bench
        .cloud
        .once("DescribeFlow", Answer::error("InternalError", "First."));
    bench.cloud.once(
        "DescribeFlow",
        Answer::error("RequestLimitExceeded", "Second."),
    );
    assert_eq!(
        [send(), send(), send(), send()],
        [
            "InternalError",
            "RequestLimitExceeded",
            "OperationDenied",
            "OperationDenied"
        ]
    );
    assert_eq!(
        bench.cloud.calls()[1].error_code.as_deref(),
        Some("RequestLimitExceeded")
    );
}

#[test]
fn failures_carry_what_the_schema_declares_for_their_code() {
    let bench = Bench::new();
    let send = || volcengine_error(&bench.call_volcengine("Apply", &json!({ "name": "n" })));
    bench.cloud.fail("Apply", "1005", "status is not reviewing");
    assert_eq!(send(), (200, "1005".to_owned(), json!(null)));
    bench.cloud.fail("Apply", "FlowLimitExceeded", "Slow down.");
    assert_eq!(
        send(),
        (429, "FlowLimitExceeded".to_owned(), json!(100_018))
    );
    bench
        .cloud
        .fail("Apply", "Invented", "Nobody declares this.");
    assert_eq!(send(), (200, "Invented".to_owned(), json!(null)));
}

#[test]
fn raw_answers_are_sent_as_they_are() {
    let bench = Bench::new();
    bench
        .cloud
        .raw("DescribeFlow", 502, "text/html", "<html>\0");
    let answer = bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    assert_eq!(
        (
            answer.status,
            answer.header("Content-Type"),
            answer.body.as_slice()
        ),
        (502, "text/html", &b"<html>\0"[..])
    );
    assert_eq!(answer.header("X-TC-RequestId"), "");
    assert_eq!(bench.cloud.calls()[0].http_status, 502);
}

#[test]
fn results_that_are_no_objects_fit_into_volcengine_s_envelope() {
    let bench = Bench::new();
    bench.cloud.answer("Apply", json!(""));
    assert_eq!(
        bench
            .call_volcengine("Apply", &json!({ "name": "n" }))
            .json()["Result"],
        ""
    );
    bench.cloud.answer("DescribeFlow", json!("text"));
    let answer = bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    assert_eq!(answer.json()["Response"].as_object().unwrap().len(), 1);
}

#[test]
fn an_answer_can_wait() {
    let bench = Bench::new();
    bench.cloud.always(
        "DescribeFlow",
        Answer::fields(json!({})).after(Duration::from_millis(60)),
    );
    let started = Instant::now();
    bench.call_tencent("DescribeFlow", &json!({ "FlowId": "a" }));
    assert!(started.elapsed() >= Duration::from_millis(60));
}

#[test]
fn an_answer_of_the_test_s_own_needs_a_good_call() {
    let bench = Bench::new();
    bench
        .cloud
        .answer("DescribeFlow", json!({ "Title": "mine" }));
    assert_eq!(
        tencent_error(&bench.call_tencent("DescribeFlow", &json!({}))).0,
        "MissingParameter"
    );
}

#[test]
#[should_panic(expected = "no schema has an action \"DescribeFlows\"")]
fn a_misspelt_action_is_noticed() {
    Bench::new().cloud.answer("DescribeFlows", json!({}));
}

#[test]
#[should_panic(expected = "no status")]
fn an_impossible_status_is_noticed() {
    Bench::new().cloud.raw("DescribeFlow", 99, "text/html", "");
}

#[test]
#[should_panic(expected = "cannot stand in a header")]
fn an_impossible_content_type_is_noticed() {
    Bench::new()
        .cloud
        .raw("DescribeFlow", 200, "text/html\r\n", "");
}
