//! A signed file and a report that takes its time in, the calls of the order and of the wait out.

use serde_json::json;
use yunqiao_mock::Answer;

use crate::bench::{KEY_ID, Program, Seen, assert_calls, cloud, papers};

fn ca(action: &'static str) -> Seen<'static> {
    let host = "ca.tencentcloudapi.com";
    (host, action, "2023-02-28", Some("ap-guangzhou"), KEY_ID)
}

#[test]
fn a_report_is_ordered_and_waited_for() {
    let cloud = cloud();
    let file = papers("report", &["signed.pdf"]).join("signed.pdf");
    cloud.answer("UploadFile", json!({ "FileIds": ["file-1"] }));
    let order = json!({ "SignatureId": "77", "Code": "0", "Message": "王小明" });
    cloud.answer("CreateVerifyReport", order);
    let sealing = json!({ "Code": "1001", "Message": "王小明" });
    cloud.once("DescribeVerifyReport", Answer::fields(sealing));
    let ready = json!({ "Code": "0", "ReportUrl": "https://example.com/report.pdf" });
    cloud.answer("DescribeVerifyReport", ready);
    let program = Program::new("signature_report", &cloud);
    program.run(&["order", file.to_str().unwrap()]).printed(
        "uploaded: file-1\nordered: 77\nnot ready, code 1001\nreport: https://example.com/report.pdf\n",
    );
    let asked = ca("DescribeVerifyReport");
    let calls = assert_calls(
        &cloud,
        &[ca("UploadFile"), ca("CreateVerifyReport"), asked, asked],
    );
    let body = "data:application/pdf;base64,aHVudGVyMg==";
    assert_eq!(calls[0].request["FileInfos"][0]["FileBody"], body);
    assert_eq!(calls[1].request["FileId"], "file-1");
    assert_eq!(calls[1].request["ApplyMobile"], "13800000000");
    assert_eq!(calls[2].request["SignatureId"], "77");
}

#[test]
fn an_order_that_is_not_accepted_is_not_waited_for() {
    let cloud = cloud();
    let file = papers("refused", &["signed.pdf"]).join("signed.pdf");
    cloud.answer("CreateVerifyReport", json!({ "Code": "4003" }));
    let program = Program::new("signature_report", &cloud);
    let run = program.run(&["order", file.to_str().unwrap()]);
    run.failed(1, &["not accepted, code 4003"]);
    assert_calls(&cloud, &["UploadFile", "CreateVerifyReport"].map(ca));
}

#[test]
fn a_report_that_does_not_come_can_be_asked_for_later() {
    let cloud = cloud();
    // The code alone is no report.
    let without = json!({ "Code": "0", "ReportUrl": "" });
    cloud.answer("DescribeVerifyReport", without);
    let wait = Program::new("signature_report", &cloud).with("WAIT_SECONDS", "0");
    let run = wait.run(&["wait", "77"]);
    run.failed(1, &["go on with: signature_report wait 77"]);
    assert_calls(&cloud, &[ca("DescribeVerifyReport")]);
}
