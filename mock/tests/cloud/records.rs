//! What a test learns about the calls that arrived.

use std::sync::mpsc;

use serde_json::json;
use yunqiao_mock::Signature;
use yunqiao_model::api::Vendor;

use crate::bench::{Bench, NOW};

#[test]
fn a_call_tells_what_it_was_and_what_became_of_it() {
    let bench = Bench::new();
    let answer = bench.call_tencent("Upload", &json!({ "File": "x" }));
    let call = bench.cloud.calls().pop().unwrap();
    assert_eq!(
        (
            call.vendor,
            call.service.as_str(),
            call.version.as_str(),
            call.action.as_str()
        ),
        (Vendor::Tencent, "demo", "2024-01-01", "Upload")
    );
    assert_eq!(call.host.as_deref(), Some("file.demo.tencent.cn"));
    assert_eq!(
        (
            call.region,
            call.signature,
            call.http_status,
            call.error_code
        ),
        (None, Signature::Verified, 200, None)
    );
    assert_eq!(call.request_id, answer.header("X-TC-RequestId"));
    assert_eq!((call.at, call.request), (NOW, json!({ "File": "x" })));

    bench.call_volcengine("Apply", &json!({ "name": "n" }));
    let call = bench.cloud.calls().pop().unwrap();
    // The folder's name, not that of the signature's scope.
    assert_eq!(
        (call.vendor, call.service.as_str(), call.host.as_deref()),
        (Vendor::Volcengine, "sms", Some("sms.volcengineapi.com"))
    );
    assert_eq!(call.region.as_deref(), Some("cn-north-1"));
}

#[test]
fn a_refused_call_is_recorded_with_the_reason() {
    let bench = Bench::new();
    let mut request = bench.tencent("DescribeFlow", "{}");
    bench.signer("demo").tc3(&mut request);
    request.body = b"{ }".to_vec();
    bench.send(&request);
    let call = bench.cloud.calls().pop().unwrap();
    assert_eq!(
        (call.action.as_str(), call.service.as_str(), call.request),
        // Who looks for the call knows it by what it says.
        ("DescribeFlow", "demo", json!({}))
    );
    let Signature::Refused(reason) = call.signature else {
        panic!("{:?}", call.signature)
    };
    // Enough to compare with the client's own canonical request.
    assert!(reason.contains("SHA-256"), "{reason}");

    let mut request = bench.tencent("Nothing", "{}");
    bench.signer("elsewhere").tc3(&mut request);
    bench.send(&request);
    let call = bench.cloud.calls().pop().unwrap();
    assert_eq!(
        (call.service.as_str(), call.host, call.signature),
        ("elsewhere", None, Signature::Verified)
    );
}

#[test]
fn every_deviation_is_recorded() {
    let bench = Bench::new();
    bench.call_tencent(
        "CreateFlow",
        &json!({ "Agent": { "X": 1 }, "Count": 9, "Kind": "x" }),
    );
    let call = bench.cloud.calls().pop().unwrap();
    let paths: Vec<String> = call
        .deviations
        .iter()
        .map(yunqiao_model::Deviation::path_text)
        .collect();
    assert_eq!(paths, ["Agent.AppId", "Name", "Agent.X", "Kind", "Count"]);
}

#[test]
fn debug_hides_what_the_schema_calls_sensitive_and_what_it_does_not_know() {
    let bench = Bench::new();
    let body = json!({
        "Name": "shown-name",
        "Agent": { "AppId": "shown-app", "Mobile": "secret-1", "Tags": ["shown-tag"] },
        "Agents": [{ "AppId": "shown-entry", "Mobile": "secret-2" }],
        "Papers": { "Number": "secret-3" },
        "Extra": { "K": ["shown-extra"] },
        "Unknown": "secret-4",
        "Count": ["secret-5"],
        "Kind": { "X": "secret-6" },
    });
    bench.call_tencent("CreateFlow", &body);
    let text = format!("{:?}", bench.cloud.calls()[0]);
    for shown in [
        "shown-name",
        "shown-app",
        "shown-tag",
        "shown-entry",
        "shown-extra",
        "Mobile",
        "CreateFlow",
    ] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    assert!(!text.contains("secret-"), "{text}");
    // Where the schema knows nothing, nothing is shown.
    bench.call_tencent("Retired", &json!({ "A": "secret-7" }));
    bench.call_tencent("CreateFlow", &json!(["secret-8"]));
    let text = format!("{:?}", bench.cloud.calls());
    assert!(!text.contains("secret-"), "{text}");
    // The request itself is there for tests that look at it.
    assert_eq!(bench.cloud.calls()[0].request, body);
}

#[test]
fn debug_of_the_cloud_and_its_builder_hides_the_secret() {
    let bench = Bench::with(|builder| {
        let builder = builder.key("the-id", "the-secret").key_with_token(
            "other-id",
            "other-secret",
            "other-token",
        );
        let text = format!("{builder:?}");
        assert!(
            text.contains("other-id") && !text.contains("-secret") && !text.contains("-token"),
            "{text}"
        );
        builder
    });
    let text = format!("{:?}", bench.cloud);
    assert!(
        text.contains("the-id")
            && text.contains("http://127.0.0.1:")
            && !text.contains("the-secret"),
        "{text}"
    );
}

#[test]
fn only_the_last_calls_are_kept() {
    let bench = Bench::with(|builder| builder.keep_calls(2));
    for name in ["a", "b", "c"] {
        bench.call_tencent("DescribeFlow", &json!({ "FlowId": name }));
    }
    let kept: Vec<_> = bench
        .cloud
        .calls()
        .into_iter()
        .map(|call| call.request["FlowId"].clone())
        .collect();
    assert_eq!(kept, ["b", "c"]);
}

#[test]
fn an_observer_sees_every_call() {
    let (sender, receiver) = mpsc::channel();
    let bench = Bench::with(|builder| {
        builder.observe(move |call| sender.send(call.action.clone()).unwrap())
    });
    bench.call_tencent("DescribeFlow", &json!({}));
    bench.call_volcengine("Apply", &json!({}));
    assert_eq!(
        [receiver.recv().unwrap(), receiver.recv().unwrap()],
        ["DescribeFlow", "Apply"]
    );
}
