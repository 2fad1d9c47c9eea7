//! Requests with a signature in, whether it is right and what differs out.

use serde_json::{Value as Json, json};

use crate::sign::{SECRET, published, refused, signed, volcengine};
use crate::{code, stderr, stdout, with_input, yunqiao};

/// What is said about a request, and the exit code.
fn verified(request: &[u8]) -> (i32, Json) {
    let output = with_input(yunqiao(&["sign", "--verify"]), request);
    let report = serde_json::from_str(&stdout(&output));
    (
        code(&output),
        report.unwrap_or_else(|_| panic!("{}", stderr(&output))),
    )
}

/// The request with its signature among the headers.
fn captured(mut request: Json) -> Json {
    let (time, vendor) = (request["timestamp"].clone(), request["vendor"].clone());
    let signed = signed(&request);
    let headers = request["headers"].as_array_mut().unwrap();
    headers.push(json!(["Authorization", signed["authorization"]]));
    if vendor == "tencent" {
        headers.push(json!(["X-TC-Timestamp", time.to_string()]));
    } else {
        let canonical = signed["canonical_request"].as_str().unwrap();
        for line in canonical.lines().filter(|line| line.starts_with("x-")) {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            if !value.is_empty() {
                headers.push(json!([name, value]));
            }
        }
    }
    request
}

#[test]
fn a_right_signature_is_right() {
    for request in [published(), volcengine()] {
        let (code, report) = verified(captured(request).to_string().as_bytes());
        assert_eq!(
            (code, &report["valid"], &report["differs"]),
            (0, &json!(true), &Json::Null),
            "{report}"
        );
    }
}

#[test]
fn a_request_is_read_as_it_went_over_the_wire() {
    let request = captured(published());
    let mut wire = "POST / HTTP/1.1\r\nHost: cvm.tencentcloudapi.com\r\n".to_owned();
    for header in request["headers"].as_array().unwrap() {
        wire.push_str(&format!(
            "{}: {}\r\n",
            header[0].as_str().unwrap(),
            header[1].as_str().unwrap()
        ));
    }
    wire.push_str("\r\n");
    wire.push_str(request["body"].as_str().unwrap());
    let message = refused(&wire, &["sign", "--verify"]);
    assert!(message.contains("TENCENTCLOUD_SECRET_KEY"), "{message}");
    let verify = |wire: &str| {
        let mut command = yunqiao(&["sign", "--verify"]);
        command.env("TENCENTCLOUD_SECRET_KEY", SECRET);
        with_input(command, wire.as_bytes())
    };
    let output = verify(&wire);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    // An editor has added a line end.
    let output = verify(&format!("{wire}\n"));
    let report: Json = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(
        (code(&output), &report["differs"]),
        (1, &json!("body")),
        "{report}"
    );
    assert!(!stdout(&output).contains(SECRET));
}

/// A change of the request after it was signed, or another way to sign it, and the part that is told.
#[test]
fn the_part_that_differs_is_named() {
    type Change = fn(&mut Json);
    let slips: [(Json, Change, &str, &str); 12] = [
        (
            published(),
            |it| it["body"] = json!("{}"),
            "signature",
            "no known slip",
        ),
        (
            published(),
            |it| it["body"] = json!(format!("{}\n", it["body"].as_str().unwrap())),
            "body",
            "white space",
        ),
        (
            published(),
            |it| it["method"] = json!("GET"),
            "method",
            "POST was signed",
        ),
        (
            published(),
            |it| it["timestamp"] = json!(1_551_113_066),
            "time",
            "not the one",
        ),
        (
            published(),
            |it| it["timestamp"] = json!(1_551_200_000),
            "date",
            "2019-02-25",
        ),
        (
            published(),
            |it| it["headers"][0][1] = json!("application/json"),
            "headers",
            "content-type was signed as",
        ),
        (
            published(),
            |it| it["host"] = json!("cvm.tencentcloudapi.com:8443"),
            "headers",
            "host was signed without",
        ),
        (
            published(),
            |it| it["secret_key"] = json!(format!("{SECRET} ")),
            "secret_key",
            "white space",
        ),
        (
            published(),
            |it| it["secret_id"] = json!("AKIDother"),
            "secret_id",
            "AKIDother is expected",
        ),
        (
            published(),
            |it| it["headers"] = json!([it["headers"][1]]),
            "headers",
            "names content-type, which was not sent",
        ),
        (
            volcengine(),
            |it| it["region"] = json!("cn-beijing"),
            "region",
            "cn-beijing is expected",
        ),
        (
            volcengine(),
            |it| it["body"] = json!("{}"),
            "body",
            "X-Content-Sha256 is not the hash",
        ),
    ];
    for (request, change, part, why) in slips {
        let mut request = captured(request);
        change(&mut request);
        let (code, report) = verified(request.to_string().as_bytes());
        assert_eq!(
            (code, &report["valid"]),
            (1, &json!(false)),
            "{part} {why}: {report}"
        );
        assert_eq!(report["differs"], part, "{why}: {report}");
        assert!(report["why"].to_string().contains(why), "{report}");
    }
}
