//! Codes that somebody types in and papers of a company in, the calls to the SMS service out.

use serde_json::json;
use yunqiao_mock::{Answer, LocalCloud};

use crate::bench::{KEY_ID, Program, Run, Seen, assert_calls, cloud, papers};

fn sms(action: &'static str, version: &'static str) -> Seen<'static> {
    let host = "sms.volcengineapi.com";
    (host, action, version, Some("cn-north-1"), KEY_ID)
}

fn verdicts(cloud: &LocalCloud, verdicts: &[&str]) {
    let id = json!({ "MessageID": ["message-1"] });
    cloud.answer("SendSmsVerifyCode", id);
    for verdict in verdicts {
        let answer = Answer::fields(json!({ "Result": verdict }));
        cloud.once("CheckSmsVerifyCode", answer);
    }
}

fn code(cloud: &LocalCloud, typed: &'static str) -> Run {
    let program = Program::new("sms_code", cloud).typed(typed);
    program.run(&["group-1", "青岚科技", "ST_1", "login"])
}

#[test]
fn a_wrong_code_may_be_typed_again() {
    let cloud = cloud();
    verdicts(&cloud, &["1", "0"]);
    let run = code(&cloud, "999999\n 482913 \n");
    run.printed("sent: message-1\ncode: wrong\ncode: right\n");
    let check = sms("CheckSmsVerifyCode", "2020-01-01");
    let calls = assert_calls(
        &cloud,
        &[sms("SendSmsVerifyCode", "2020-01-01"), check, check],
    );
    for call in &calls {
        assert_eq!(call.request["PhoneNumber"], "13800000000");
        assert_eq!(call.request["SmsAccount"], "group-1");
        assert_eq!(call.request["Scene"], "login");
    }
    assert_eq!(calls[1].request["Code"], "999999");
    assert_eq!(calls[2].request["Code"], "482913");
    assert!(!run.out.contains("482913"), "{run:?}");
}

#[test]
fn a_code_that_is_never_right_ends_the_program() {
    for (answers, typed, reason) in [
        (&["2"][..], "1\n", "expired"),
        (&["1", "1", "1"], "1\n2\n3\n4\n", "wrong every time"),
        (&["7"], "1\n", "verdict 7"),
        (&[], "", "no code was typed in"),
    ] {
        let cloud = cloud();
        verdicts(&cloud, answers);
        code(&cloud, typed).failed(1, &[reason]);
        assert_eq!(cloud.calls().len(), 1 + answers.len(), "{reason}");
    }
}

const PAPERS: [&str; 5] = [
    "licence.png",
    "operator-portrait.jpg",
    "operator-emblem.jpg",
    "responsible-portrait.jpg",
    "responsible-emblem.jpg",
];
const APPLY: &str = "ApplySignatureIdent";
const LIST: &str = "GetSignatureIdentList";

fn apply(cloud: &LocalCloud, test: &str) -> Run {
    let folder = papers(test, &PAPERS);
    let words = ["apply", "QlNet2025", "青岚科技", folder.to_str().unwrap()];
    Program::new("sms_signature_ident", cloud).run(&words)
}

#[test]
fn an_identity_is_filed_once_and_found_again() {
    let cloud = cloud();
    cloud.answer(APPLY, json!({ "id": 618_204_771_905_i64 }));
    let other = json!({ "id": 1, "materialName": "other" });
    let file = json!({ "id": 618_204_771_905_i64, "materialName": "QlNet2025", "operatorPersonName": "王小明",
        "effectSignatures": ["青岚科技"] });
    cloud.answer(LIST, json!({ "list": [other, file], "total": 2 }));
    apply(&cloud, "filed")
        .printed("filed: 618204771905\nstate: approved\nlabel: QlNet2025\nsignatures: 青岚科技\n");
    let calls = assert_calls(&cloud, &[APPLY, LIST].map(|it| sms(it, "2021-01-11")));
    let filed = &calls[0].request;
    let licence = &filed["businessInfo"]["businessCertificate"];
    assert_eq!(licence["fileContent"], "data:image/png;base64,aHVudGVyMg==");
    assert_eq!(licence["fileSuffix"], "png");
    let portrait = &filed["operatorPerson"]["personCertificate"][0];
    assert_eq!(
        (&portrait["fileType"], &portrait["fileSuffix"]),
        (&json!(8), &json!("jpg"))
    );
    let emblem = &filed["responsiblePersonInfo"]["personCertificate"][1];
    assert_eq!(emblem["fileType"], 11);
    assert_eq!(calls[1].request["ids"], json!([618_204_771_905_i64]));
}

#[test]
fn a_file_that_is_not_in_the_list_is_not_approved_yet() {
    let cloud = cloud();
    cloud.answer(LIST, json!({ "list": [], "total": 0 }));
    let run = Program::new("sms_signature_ident", &cloud).run(&["state", "42"]);
    run.printed("state: not approved, in review or turned down\n");
    assert_calls(&cloud, &[sms(LIST, "2021-01-11")]);
}

#[test]
fn an_application_is_sent_once_whatever_happens() {
    let unclear = "it may be filed all the same";
    for (answer, is_unclear) in [
        (Answer::error("1001", "Wrong."), false),
        (Answer::error("InternalServiceTimeout", "Late."), true),
        (Answer::raw(502, "text/html", "<html>"), true),
    ] {
        let cloud = cloud();
        cloud.always(APPLY, answer);
        let run = apply(&cloud, "once-only");
        assert_eq!(run.code, Some(1), "{run:?}");
        assert_eq!(run.err.contains(unclear), is_unclear, "{run:?}");
        assert_calls(&cloud, &[sms(APPLY, "2021-01-11")]);
    }
}

#[test]
fn an_application_that_was_one_too_many_is_made_again() {
    let cloud = cloud();
    let slow_down = Answer::error("FlowLimitExceeded", "Slow down.");
    cloud.always(APPLY, slow_down);
    let run = apply(&cloud, "one-too-many");
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(!run.err.contains("it may be filed all the same"), "{run:?}");
    assert_calls(&cloud, &[sms(APPLY, "2021-01-11"); 4]);
}

#[test]
fn a_file_that_was_handed_in_stays_so_although_its_state_is_unknown() {
    let cloud = cloud();
    cloud.answer(APPLY, json!({ "id": 42 }));
    cloud.fail(LIST, "1999", "Broken.");
    let run = apply(&cloud, "unknown-state");
    assert_eq!((run.code, run.out.as_str()), (Some(0), "filed: 42\n"));
    assert!(run.err.contains("sms_signature_ident state 42"), "{run:?}");
}

#[test]
fn papers_that_are_missing_are_named_before_anything_is_sent() {
    let cloud = cloud();
    let folder = papers("incomplete", &PAPERS[..4]);
    let words = ["apply", "QlNet2025", "青岚科技", folder.to_str().unwrap()];
    let run = Program::new("sms_signature_ident", &cloud).run(&words);
    run.failed(2, &["responsible-emblem.jpg", "usage: "]);
    assert_calls(&cloud, &[]);
}
