//! A PDF and a flow that advances in, the calls that make, start and watch the contract out.

use serde_json::{Value as Json, json};
use yunqiao_mock::{Answer, LocalCloud};

use crate::bench::{KEY_ID, Program, Run, Seen, assert_calls, cloud, papers};

const FLOW: &str = "yDhwsVWsvs6sjne5GrFEbsqaGkT6e2eP";

fn ess(action: &'static str) -> Seen<'static> {
    let host = if action == "UploadFiles" {
        "file.ess.tencent.cn"
    } else {
        "ess.tencentcloudapi.com"
    };
    (host, action, "2020-11-11", Some("ap-guangzhou"), KEY_ID)
}

fn status(number: i64) -> Json {
    // Other contracts in the answer must not be taken for the one that is asked for.
    let other = json!({ "FlowId": "yDother", "FlowStatus": 4 });
    json!({ "FlowBriefs": [other, { "FlowId": FLOW, "FlowStatus": number, "FlowName": "王小明" }] })
}

fn advances(cloud: &LocalCloud, numbers: &[i64]) {
    for number in numbers {
        cloud.once("DescribeFlowBriefs", Answer::fields(status(*number)));
    }
}

/// Sends a contract in a folder of the test's own.
fn send(cloud: &LocalCloud, test: &str) -> Run {
    let file = papers(test, &["contract.pdf"]).join("contract.pdf");
    cloud.answer("UploadFiles", json!({ "FileIds": ["yDfile"] }));
    cloud.answer("CreateFlowByFiles", json!({ "FlowId": FLOW }));
    Program::new("sign_contract", cloud).run(&["send", file.to_str().unwrap(), "Lease"])
}

#[test]
fn a_contract_is_sent_and_watched_until_it_is_signed() {
    let cloud = cloud();
    let link = json!({ "SchemeUrl": "https://example.com/sign" });
    cloud.answer("CreateSchemeUrl", link);
    advances(&cloud, &[0, 1, 4]);
    send(&cloud, "signed").printed(&format!(
        "uploaded: yDfile\ncontract: {FLOW}\nlink: https://example.com/sign\n\
         status: NotStarted\nstatus: WaitingToSign\nstatus: Signed\n"
    ));
    let asked = ess("DescribeFlowBriefs");
    let made = ["UploadFiles", "CreateFlowByFiles", "CreateSchemeUrl"].map(ess);
    let calls = assert_calls(&cloud, &[made[0], made[1], made[2], asked, asked, asked]);
    let [upload, create, link, ..] = &calls[..] else {
        panic!()
    };
    assert_eq!(upload.request["FileInfos"][0]["FileBody"], "aHVudGVyMg==");
    assert_eq!(upload.request["Caller"]["OperatorId"], "yDoperator");
    assert_eq!(create.request["FileIds"], json!(["yDfile"]));
    assert_eq!(create.request["FlowName"], "Lease");
    assert_eq!(create.request["Approvers"][0]["ApproverName"], "王小明");
    assert_eq!(create.request["Approvers"][0]["ApproverType"], 1);
    assert_eq!(link.request["Mobile"], "13800000000");
    assert_eq!(link.request["FlowId"], FLOW);
    let asked = calls[3..].iter().map(|call| &call.request["FlowIds"]);
    assert!(asked.into_iter().all(|ids| *ids == json!([FLOW])));
}

#[test]
fn every_end_but_signing_is_told_and_is_a_failure() {
    let ends = [
        (3, "Rejected"),
        (5, "Expired"),
        (6, "Cancelled"),
        (10, "FillingRejected"),
        (16, "Invalid"),
        (21, "Rescinded"),
    ];
    let cloud = cloud();
    for (number, name) in ends {
        cloud.answer("DescribeFlowBriefs", status(number));
        let run = Program::new("sign_contract", &cloud).run(&["wait", FLOW]);
        assert_eq!(run.out, format!("status: {name}\n"));
        run.failed(1, &[&format!("has ended unsigned: {name}")]);
    }
    assert_calls(&cloud, &[ess("DescribeFlowBriefs"); 6]);
}

#[test]
fn a_wait_is_bounded_and_can_be_taken_up_again() {
    let cloud = cloud();
    // A status that this version does not know is no end, and a contract that is not there yet neither.
    cloud.once("DescribeFlowBriefs", Answer::fields(json!({})));
    cloud.once("DescribeFlowBriefs", Answer::fields(status(99)));
    cloud.answer("DescribeFlowBriefs", status(2));
    let wait = Program::new("sign_contract", &cloud).with("WAIT_SECONDS", "2");
    let run = wait.run(&["wait", FLOW]);
    assert!(run.out.starts_with("status: Unknown"), "{run:?}");
    assert!(run.out.ends_with("status: PartlySigned\n"), "{run:?}");
    let again = format!("go on with: sign_contract wait {FLOW}");
    run.failed(1, &[&again]);
    // At once, after half a second, after another one and at the end; with pauses that do not grow there would be five.
    let count = cloud.calls().len();
    assert!((3..=4).contains(&count), "{count}");
    assert_calls(&cloud, &vec![ess("DescribeFlowBriefs"); count]);
    cloud.answer("DescribeFlowBriefs", status(4));
    let wait = Program::new("sign_contract", &cloud).with("WAIT_SECONDS", "0");
    wait.run(&["wait", FLOW]).printed("status: Signed\n");
}

#[test]
fn what_may_pass_is_waited_out_and_what_may_not_ends_the_wait() {
    let cloud = cloud();
    let busy = Answer::error("RequestLimitExceeded", "Too many calls.");
    cloud.once("DescribeFlowBriefs", busy);
    cloud.answer("DescribeFlowBriefs", status(4));
    let run = Program::new("sign_contract", &cloud).run(&["wait", FLOW]);
    run.printed("status: Signed\n");
    assert_calls(&cloud, &[ess("DescribeFlowBriefs"); 2]);
    cloud.reset();
    cloud.fail("DescribeFlowBriefs", "OperationDenied.Forbid", "No.");
    let run = Program::new("sign_contract", &cloud).run(&["wait", FLOW]);
    run.failed(1, &["OperationDenied.Forbid", "request_id: "]);
    assert_calls(&cloud, &[ess("DescribeFlowBriefs")]);
}

#[test]
fn a_contract_without_a_link_is_watched_all_the_same() {
    let cloud = cloud();
    cloud.fail("CreateSchemeUrl", "OperationDenied.Forbid", "No.");
    advances(&cloud, &[4]);
    let run = send(&cloud, "no-link");
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.ends_with("status: Signed\n"), "{run:?}");
    assert!(run.err.contains("no link: "), "{run:?}");
}

#[test]
fn a_contract_that_may_be_started_is_not_started_again() {
    let cloud = cloud();
    let page = Answer::raw(502, "text/html", "<html>Bad Gateway</html>");
    cloud.always("CreateFlowByFiles", page);
    let file = papers("once", &["contract.pdf"]).join("contract.pdf");
    let program = Program::new("sign_contract", &cloud);
    let run = program.run(&["send", file.to_str().unwrap(), "Lease"]);
    run.failed(1, &["CreateFlowByFiles", "HTTP 502"]);
    assert_calls(&cloud, &["UploadFiles", "CreateFlowByFiles"].map(ess));
}
