//! Parameters that travel in queries, forms, parts and headers arrive as the same JSON.

use serde_json::{Value as Json, json};

use crate::bench::{Bench, tencent_error, volcengine_error};
use crate::http::Request;

/// The JSON that the cloud understood, and the error code of the answer.
fn understood(bench: &Bench, request: &Request) -> (Json, Option<String>) {
    bench.send(request);
    let call = bench.cloud.calls().pop().unwrap();
    assert!(call.signature.is_verified(), "{call:?}");
    (call.request, call.error_code)
}

fn tencent_get(query: &str) -> (Json, Option<String>) {
    let bench = Bench::new();
    let mut request = bench.tencent("ListZones", "");
    request.method = "GET".to_owned();
    request.target = format!("/?{query}");
    request.set("Content-Type", "application/x-www-form-urlencoded");
    request.set("X-TC-Region", "ap-guangzhou");
    bench.signer("demo").tc3(&mut request);
    understood(&bench, &request)
}

fn volcengine_get(query: &str) -> (Json, Option<String>) {
    let bench = Bench::new();
    let mut request = bench.volcengine("List", "");
    request.method = "GET".to_owned();
    request.target = format!("/?Action=List&Version=2021-01-11{query}");
    bench.signer("volcSMS").volcengine(&mut request);
    understood(&bench, &request)
}

#[test]
fn tencent_counts_list_entries_from_zero() {
    let query = "All=True&Filters.0.AppId=a+b&Filters.0.Tags.0=%E4%B8%AD&Filters.0.Tags.1=y&Filters.1.AppId=c&Limit=20";
    let expected = json!({ "All": true, "Filters": [{ "AppId": "a b", "Tags": ["中", "y"] }, { "AppId": "c" }], "Limit": 20 });
    assert_eq!(tencent_get(query), (expected, None));
    assert_eq!(tencent_get("All=false").0, json!({ "All": false }));
    let many: Vec<String> = (0..12).map(|n| format!("Filters.{n}.AppId=v{n}")).collect();
    let found = tencent_get(&many.join("&")).0;
    assert_eq!(found["Filters"][11]["AppId"], "v11");
}

#[test]
fn what_does_not_fit_the_schema_is_refused_as_in_json() {
    let refusals = [
        ("Filters.1.AppId=a", "InvalidParameter"),
        ("Filters.0.AppId=a&Filters.2.AppId=b", "InvalidParameter"),
        ("Filters=a", "InvalidParameter"),
        ("Filters.0.AppId=a&Filters.0.Tags=x", "InvalidParameter"),
        ("Limit=many", "InvalidParameter"),
        ("Limit=1&Limit=2", "InvalidParameter"),
        ("All=yes", "InvalidParameter"),
        ("Filters=a&Filters.0.AppId=b", "InvalidParameter"),
        ("Filters.0.AppId=b&Filters=a", "InvalidParameter"),
        ("Filters.0.Mobile=1", "MissingParameter"),
        ("Unknown=1", "UnknownParameter"),
        ("Filters.0.AppId=a&Filters.0.X.Y=1", "UnknownParameter"),
    ];
    for (query, code) in refusals {
        assert_eq!(tencent_get(query).1.as_deref(), Some(code), "{query}");
    }
    let deep = format!("Filters{}=1", ".0".repeat(70));
    assert_eq!(tencent_get(&deep).1.as_deref(), Some("InvalidParameter"));
}

#[test]
fn volcengine_counts_from_one_or_repeats_the_key() {
    let expected = json!({ "accounts": ["a", "b"], "pageSize": 5 });
    assert_eq!(
        volcengine_get("&accounts.1=a&accounts.2=b&pageSize=5"),
        (expected.clone(), None)
    );
    assert_eq!(
        volcengine_get("&accounts=a&accounts=b&pageSize=5"),
        (expected, None)
    );
    assert_eq!(
        volcengine_get("&accounts=a").0,
        json!({ "accounts": ["a"] })
    );
    assert_eq!(volcengine_get("&accounts.0=a").1.as_deref(), Some("1001"));
}

#[test]
fn volcengine_reads_a_json_body_of_get_beside_the_query() {
    let bench = Bench::new();
    let mut request = bench.volcengine("List", r#"{"accounts":["a"]}"#);
    request.method = "GET".to_owned();
    request.target.push_str("&pageSize=5");
    bench.signer("volcSMS").volcengine(&mut request);
    assert_eq!(
        understood(&bench, &request),
        (json!({ "accounts": ["a"], "pageSize": 5 }), None)
    );
}

#[test]
fn forms_are_read_like_queries() {
    let bench = Bench::new();
    let mut request = bench.volcengine("Do", "Name=a+%2B&N=7");
    request.target = "/?Action=Do&Version=2022-02-02".to_owned();
    request.set(
        "Content-Type",
        "application/x-www-form-urlencoded; charset=utf-8",
    );
    bench.signer("plain").volcengine(&mut request);
    assert_eq!(
        understood(&bench, &request),
        (json!({ "Name": "a +", "N": 7 }), None)
    );
}

#[test]
fn an_empty_body_has_no_parameters_at_volcengine() {
    let bench = Bench::new();
    let mut request = bench.volcengine("List", "");
    bench.signer("volcSMS").volcengine(&mut request);
    assert_eq!(understood(&bench, &request), (json!({}), None));
}

#[test]
fn volcengine_ignores_parameters_in_the_query_of_post() {
    let bench = Bench::new();
    let mut request = bench.volcengine("Apply", "{}");
    request.target.push_str("&name=n");
    bench.signer("volcSMS").volcengine(&mut request);
    assert_eq!(volcengine_error(&bench.send(&request)).1, "1001");
}

#[test]
fn parts_of_a_multipart_body_are_parameters() {
    let bench = Bench::new();
    let part = |name: &str, more: &str, content: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n")
    };
    let body = [
        part("Title", "", "t"),
        part("Width", "", "12"),
        part(
            "Agent",
            "\r\nContent-Type: application/json",
            r#"{"AppId":"a"}"#,
        ),
        part("Image", "; filename=\"Image\"", "\0\x01\x02\x03"),
    ];
    let mut request = bench.tencent("PutImage", &format!("{}--b--\r\n", body.concat()));
    request.set("Content-Type", "multipart/form-data; boundary=b");
    bench.signer("demo").tc3(&mut request);
    let expected = json!({ "Title": "t", "Width": 12, "Agent": { "AppId": "a" }, "Image": "\0\u{1}\u{2}\u{3}" });
    assert_eq!(understood(&bench, &request), (expected, None));

    // Bytes that are no text keep their length, so that limits hold.
    let mut image = part("Title", "", "t").into_bytes();
    image.extend(b"--b\r\nContent-Disposition: form-data; name=\"Image\"\r\n\r\n\xff\xfe\xfd\xfc\r\n--b--\r\n");
    request.body = image;
    bench.signer("demo").tc3(&mut request);
    assert_eq!(
        understood(&bench, &request),
        (json!({ "Title": "t", "Image": "????" }), None)
    );

    request.body = b"--b\r\n".to_vec();
    bench.signer("demo").tc3(&mut request);
    assert_eq!(tencent_error(&bench.send(&request)).0, "InvalidRequest");
}

#[test]
fn a_body_of_bytes_has_its_other_parameters_in_headers() {
    let bench = Bench::new();
    let mut request = bench.tencent("PutLog", "line\n");
    request.set("Content-Type", "application/octet-stream");
    request.set("X-DEMO-Topic", "t");
    request.set("X-DEMO-Level", "3");
    bench.signer("demo").tc3(&mut request);
    assert_eq!(
        understood(&bench, &request),
        (
            json!({ "Topic": "t", "Level": 3, "Content": "line\n" }),
            None
        )
    );
    request.remove("X-DEMO-Topic");
    assert_eq!(tencent_error(&bench.send(&request)).0, "MissingParameter");
}
