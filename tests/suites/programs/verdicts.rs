//! What the two services say about a contract's PDF in, what the program says about it out.

use serde_json::json;
use yunqiao_mock::LocalCloud;

use crate::bench::{KEY_ID, Program, Run, assert_calls, cloud};

const FLOW: &str = "yDSLVUUckpo1c11xUxtOq8cvKy24by9M";

fn of_platform(cloud: &LocalCloud) -> Run {
    let words = ["essbasic", FLOW, "yDapp", "org_1", "n9527"];
    Program::new("verify_contract_pdf", cloud).run(&words)
}

fn of_company(cloud: &LocalCloud) -> Run {
    Program::new("verify_contract_pdf", cloud).run(&["ess", FLOW, "yDoperator"])
}

#[test]
fn both_services_answer_the_same_question() {
    let cloud = cloud();
    let signature = |result: i64, page: i64| {
        json!({ "VerifyResult": result, "ComponentPage": page, "SignTime": 1_663_304_532_000_i64,
            "SignerName": "ESS@王小明@11010119900307123X@808854" })
    };
    let answer = json!({ "VerifyResult": 2, "PdfVerifyResults": [signature(1, 1), signature(2, 3)],
        "VerifySerialNo": "16698630779" });
    cloud.answer("ChannelVerifyPdf", answer.clone());
    cloud.answer("VerifyPdf", answer);
    let text = "signature 1 on page 1, 1663304532 s since 1970: holds, made on Tencent E-Sign\n\
        signature 2 on page 3, 1663304532 s since 1970: holds, made on another platform\n\
        the file: unchanged, some signatures made on other platforms\ncheck number: 16698630779\n";
    of_platform(&cloud).printed(text);
    of_company(&cloud).printed(text);
    let region = Some("ap-guangzhou");
    let platform = "essbasic.tencentcloudapi.com";
    let company = "ess.tencentcloudapi.com";
    let calls = assert_calls(
        &cloud,
        &[
            (platform, "ChannelVerifyPdf", "2021-05-26", region, KEY_ID),
            (company, "VerifyPdf", "2020-11-11", region, KEY_ID),
        ],
    );
    let agent = json!({ "AppId": "yDapp", "ProxyOrganizationOpenId": "org_1", "ProxyOperator": { "OpenId": "n9527" } });
    assert_eq!(calls[0].request, json!({ "FlowId": FLOW, "Agent": agent }));
    let operator = json!({ "UserId": "yDoperator" });
    assert_eq!(
        calls[1].request,
        json!({ "FlowId": FLOW, "Operator": operator })
    );
}

#[test]
fn a_file_that_is_not_as_it_was_signed_is_a_failure() {
    let cloud = cloud();
    for (answer, verdict) in [
        (json!({ "VerifyResult": 3 }), "changed after it was signed"),
        (json!({ "VerifyResult": 4 }), "nobody has signed it yet"),
        (json!({ "VerifyResult": 5 }), "malformed"),
        (json!({ "VerifyResult": 99 }), "verdict 99, unknown"),
        (json!({}), "without a verdict"),
    ] {
        cloud.answer("ChannelVerifyPdf", answer.clone());
        cloud.answer("VerifyPdf", answer);
        for run in [of_platform(&cloud), of_company(&cloud)] {
            assert!(run.out.contains(verdict), "{run:?}");
            run.failed(1, &["not as it was signed", verdict]);
        }
    }
}

#[test]
fn each_signature_has_a_result_of_its_own_and_may_lack_everything() {
    let cloud = cloud();
    let results = [3, 4, 5, 42].map(|result| json!({ "VerifyResult": result }));
    let mut areas = results.to_vec();
    areas.push(json!({}));
    let answer = json!({ "VerifyResult": 3, "PdfVerifyResults": areas });
    cloud.answer("VerifyPdf", answer);
    let run = of_company(&cloud);
    let lines: Vec<&str> = run.out.lines().take(5).collect();
    let text =
        |number, result: &str| format!("signature {number} on page ?, an unknown time: {result}");
    assert_eq!(
        lines,
        [
            text(1, "does not hold"),
            text(2, "nothing is signed here"),
            text(3, "malformed, not checked"),
            text(4, "result 42, unknown to this program"),
            text(5, "without a result"),
        ]
    );
}
