//! Programs that cannot begin or whose calls fail in, exit codes and what stands on stderr out.

use std::net::TcpListener;

use yunqiao_mock::{Answer, LocalCloud};
use yunqiao_tests::root;

use crate::bench::{PROGRAMS, Program, Run, cloud, papers};

/// Each program with arguments that make it call, and the first action that it calls.
fn runs() -> [(&'static str, Vec<String>, &'static str); 6] {
    let papers = papers(
        "refusals",
        &[
            "contract.pdf",
            "licence.jpg",
            "operator-portrait.jpg",
            "operator-emblem.jpg",
            "responsible-portrait.jpg",
            "responsible-emblem.jpg",
        ],
    );
    let folder = papers.to_str().unwrap();
    let file = &format!("{folder}/contract.pdf");
    let flow = "yDSLVUUckpo1c11xUxtOq8cvKy24by9M";
    let words = |words: &[&str]| words.iter().map(ToString::to_string).collect();
    [
        (
            "assume_role",
            words(&["qcs::cam::uin/1:roleName/r", "nightly"]),
            "AssumeRole",
        ),
        (
            "sign_contract",
            words(&["send", file, "Lease"]),
            "UploadFiles",
        ),
        ("signature_report", words(&["order", file]), "UploadFile"),
        (
            "sms_code",
            words(&["group", "sign", "ST_1", "login"]),
            "SendSmsVerifyCode",
        ),
        (
            "sms_signature_ident",
            words(&["apply", "label", "company", folder]),
            "ApplySignatureIdent",
        ),
        (
            "verify_contract_pdf",
            words(&["essbasic", flow, "yDapp", "org", "person"]),
            "ChannelVerifyPdf",
        ),
    ]
}

fn run(program: Program, words: &[String]) -> Run {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    program.run(&words)
}

fn variables(name: &str) -> [&'static str; 2] {
    if name.starts_with("sms") {
        ["VOLCENGINE_ACCESS_KEY", "VOLCENGINE_SECRET_KEY"]
    } else {
        ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"]
    }
}

#[test]
fn the_head_of_each_program_says_how_to_run_it_with_what_it_uses() {
    for name in PROGRAMS {
        let path = root().join(format!("generated/examples/{name}.rs"));
        let text = std::fs::read_to_string(path).unwrap();
        let start = format!("//! cargo run -p yunqiao --example {name} --features ");
        let line = text.lines().find_map(|line| line.strip_prefix(&start));
        let line = line.unwrap_or_else(|| panic!("{name} has no line {start:?}"));
        let features: Vec<&str> = line.split(',').collect();
        for (feature, uses) in [
            ("tencent-ca", "ca::"),
            ("tencent-ess", "ess::"),
            ("tencent-essbasic", "essbasic::"),
            ("tencent-sts", "sts::"),
            ("volcengine-sms-v20200101", "sms::v20200101"),
            ("volcengine-sms-v20210111", "sms::v20210111"),
        ] {
            // As a word of its own: `ess::` is in no other name.
            let used = text.match_indices(uses).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                before.is_some_and(|c| !c.is_alphanumeric())
            });
            assert_eq!(features.contains(&feature), used, "{name}: {feature}");
        }
    }
}

#[test]
fn without_arguments_a_program_tells_its_usage() {
    let cloud = cloud();
    for (name, mut words, _) in runs() {
        words.push("one-too-many".to_owned());
        for words in [&[][..], &words] {
            let run = run(Program::new(name, &cloud), words);
            run.failed(2, &[&format!("usage: {name} "), "exit code: 0 "]);
            assert_eq!(run.out, "");
        }
    }
    assert_eq!(cloud.calls().len(), 0);
}

#[test]
fn without_its_variables_a_program_names_what_is_missing() {
    let cloud = cloud();
    for (name, words, _) in runs() {
        for missing in variables(name) {
            let run = run(Program::new(name, &cloud).without(missing), &words);
            run.failed(2, &[missing]);
        }
        let run = run(Program::bare(name), &words);
        run.failed(2, &["is not set"]);
    }
    for (name, missing) in [
        ("assume_role", "OPERATOR_USER_ID"),
        ("sign_contract", "SIGNER_MOBILE"),
        ("signature_report", "CONTACT_MOBILE"),
        ("sms_code", "PHONE_NUMBER"),
        ("sms_signature_ident", "RESPONSIBLE_ID_CARD"),
    ] {
        let words = runs().into_iter().find(|run| run.0 == name).unwrap().1;
        // Empty is as good as missing.
        let run = run(Program::new(name, &cloud).with(missing, ""), &words);
        run.failed(2, &[&format!("{missing} is not set"), "usage: "]);
    }
    let words = ["wait".to_owned(), "1".to_owned()];
    for (variable, value, reason) in [
        ("WAIT_SECONDS", "soon", "WAIT_SECONDS is no number"),
        ("TENCENTCLOUD_REGION", "", "region"),
        ("YUNQIAO_ENDPOINT", "http://example.com", "YUNQIAO_ENDPOINT"),
    ] {
        let program = Program::new("signature_report", &cloud).with(variable, value);
        run(program, &words).failed(2, &[reason]);
    }
    assert_eq!(cloud.calls().len(), 0);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let cloud = cloud();
    for words in [
        &["send", "absent.pdf", "Lease"][..],
        &["order", "absent.pdf"],
    ] {
        let name = if words.len() == 3 {
            "sign_contract"
        } else {
            "signature_report"
        };
        let run = Program::new(name, &cloud).run(words);
        run.failed(2, &["absent.pdf: ", "usage: "]);
    }
}

/// What the last call was told, which the error must repeat.
fn last_id(cloud: &LocalCloud) -> String {
    format!("request_id: {}\n", cloud.calls().pop().unwrap().request_id)
}

#[test]
fn an_error_of_the_service_is_told_with_code_and_request_id() {
    let cloud = cloud();
    for (name, words, action) in runs() {
        cloud.fail(action, "OperationDenied", "Not today.");
        let run = run(Program::new(name, &cloud), &words);
        let parts = [action, "OperationDenied", "Not today."];
        run.failed(1, &parts);
        run.failed(1, &[&last_id(&cloud)]);
        assert_eq!(run.out, "");
        let wrong = variables(name)[1];
        let run = self::run(Program::new(name, &cloud).with(wrong, "another"), &words);
        run.failed(1, &["ignature", &last_id(&cloud)]);
        cloud.reset();
    }
}

#[test]
fn an_answer_of_somebody_else_or_of_nobody_is_an_error() {
    let cloud = cloud();
    // A port that nobody listens on: it was free just now.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for (name, words, action) in runs() {
        let page = Answer::raw(502, "text/html", "<html>Bad Gateway</html>");
        cloud.always(action, page);
        let run = run(Program::new(name, &cloud), &words);
        run.failed(1, &[action, "HTTP 502"]);
        // Once, or as often as a call is made that may be repeated.
        assert!(matches!(cloud.calls().len(), 1 | 4), "{action}");
        cloud.reset();
        let program = Program::new(name, &cloud).with("YUNQIAO_ENDPOINT", &nobody);
        self::run(program, &words).failed(1, &["cannot connect"]);
    }
}

#[test]
fn an_answer_that_lacks_everything_is_no_panic() {
    let cloud = cloud();
    for (name, words, action) in runs() {
        cloud.answer(action, serde_json::json!({}));
        let run = run(Program::new(name, &cloud), &words);
        assert_eq!(run.code, Some(1), "{name}: {run:?}");
        assert!(run.err.starts_with("error: "), "{name}: {run:?}");
        cloud.reset();
    }
}
