//! Calls as a shell makes them, to a cloud on this machine that checks signatures and parameters.

use std::fs;

use serde_json::{Value as Json, json};
use yunqiao_mock::LocalCloud;

use crate::{code, stderr, stdout, with_input, yunqiao};

pub(crate) fn cloud() -> LocalCloud {
    LocalCloud::start().unwrap()
}

/// The call, with the key and the address of the cloud.
pub(crate) fn call(cloud: &LocalCloud, args: &[&str]) -> std::process::Command {
    let mut command = yunqiao(&["call"]);
    command.args(args).env("YUNQIAO_ENDPOINT", cloud.url());
    for vendor in ["TENCENTCLOUD_SECRET_ID", "VOLCENGINE_ACCESS_KEY"] {
        command.env(vendor, cloud.secret_id());
    }
    for vendor in ["TENCENTCLOUD_SECRET_KEY", "VOLCENGINE_SECRET_KEY"] {
        command.env(vendor, cloud.secret_key());
    }
    command
}

fn answer(cloud: &LocalCloud, args: &[&str]) -> Json {
    let output = call(cloud, args).output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

/// The parameters of the last call that arrived.
fn arrived(cloud: &LocalCloud) -> Json {
    let calls = cloud.calls();
    let last = calls.last().unwrap();
    assert!(last.signature.is_verified());
    last.request.clone()
}

#[test]
fn parameters_get_the_types_of_their_fields() {
    let cloud = cloud();
    let flow = "yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm";
    answer(
        &cloud,
        &[
            "ess.DescribeFlowBriefs",
            "--Operator.UserId",
            "u",
            "--FlowIds",
            flow,
            "--FlowIds=other",
        ],
    );
    assert_eq!(
        arrived(&cloud),
        json!({ "Operator": { "UserId": "u" }, "FlowIds": [flow, "other"] })
    );
    answer(
        &cloud,
        &[
            "ess",
            "CreateFlow",
            "--Operator",
            "{\"UserId\": \"u\"}",
            "--FlowName",
            "n",
            "--Unordered",
            "--DeadLine",
            "1900000000",
            "--Approvers.0.ApproverType",
            "1",
            "--Approvers.0.ApproverName",
            "@@x",
            "--Approvers.1.ApproverType",
            "0",
            "--FlowDisplayType",
            "1",
        ],
    );
    assert_eq!(
        arrived(&cloud),
        json!({
            "Operator": { "UserId": "u" },
            "FlowName": "n",
            "Unordered": true,
            "DeadLine": 1_900_000_000,
            "Approvers": [{ "ApproverType": 1, "ApproverName": "@x" }, { "ApproverType": 0 }],
            "FlowDisplayType": 1,
        })
    );
}

#[test]
fn a_request_comes_from_a_file_or_from_standard_input() {
    let cloud = cloud();
    let request = json!({
        "SmsAccount": "7a31c0de", "Sign": "s", "TemplateID": "ST_1", "PhoneNumbers": "13800001702",
    });
    let command = call(&cloud, &["sms", "send_sms", "--input", "-", "--Tag", "t"]);
    let output = with_input(command, request.to_string().as_bytes());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let mut expected = request.clone();
    expected["Tag"] = json!("t");
    assert_eq!(arrived(&cloud), expected);
    let folder = std::env::temp_dir().join(format!("yunqiao-cli-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (file, tag) = (folder.join("request.json"), folder.join("tag.txt"));
    fs::write(&file, request.to_string()).unwrap();
    fs::write(&tag, "from a file").unwrap();
    let tag = format!("@{}", tag.display());
    answer(
        &cloud,
        &[
            "sms.SendSms",
            "--input",
            file.to_str().unwrap(),
            "--Tag",
            &tag,
        ],
    );
    assert_eq!(arrived(&cloud)["Tag"], "from a file");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_the_schema_refuses_is_not_sent() {
    let cloud = cloud();
    for (args, told) in [
        (
            &["ess.DescribeFlowBriefs", "--FlowIds", "a"][..],
            "Operator: ",
        ),
        (
            &["ess.DescribeFlowBriefs", "--FlowId", "a"],
            "there is no parameter \"FlowId\": did you mean FlowIds",
        ),
        (
            &["ess.DescribeFlowBriefs", "--regoin", "ap-guangzhou"],
            "there is no parameter \"regoin\": did you mean the option --region?",
        ),
        (
            &["--regoin", "ess.DescribeFlowBriefs"],
            "there is no option \"regoin\": did you mean --region?",
        ),
        (
            &["ess.DescribeFlowBriefs", "--Operator", "u"],
            "UserInfo is an object",
        ),
        (
            &["ess.DescribeFlowBriefs", "--Operator.UserId.X", "u"],
            "has no X",
        ),
        (
            &["ess.DescribeFlowBriefs", "--FlowIds.1", "u"],
            "comes before entry 0",
        ),
        (
            &["ess.CreateFlow", "--DeadLine", "soon"],
            "DeadLine takes an integer",
        ),
        (
            &["ess.CreateFlow", "--Unordered", "maybe"],
            "takes true or false",
        ),
        (&["ess.CreateFlow", "--FlowName"], "the value is missing"),
        (
            &["ess.CreateFlow", "--FlowName", "@/no/such/file"],
            "cannot read /no/such/file",
        ),
        (&["ess.CreateFlow", "--Approvers", "[1"], "no JSON: line 1"),
        (&["ess.CreateFlwo"], "did you mean CreateFlow?"),
        (
            &["es.CreateFlow"],
            "there is no service \"es\": did you mean ess",
        ),
        (&["UploadFiles"], "several services"),
        (
            &[
                "ess.DescribeFlowBriefs",
                "--sandbox",
                "--endpoint",
                "http://127.0.0.1:1",
            ],
            "cannot be used with",
        ),
    ] {
        let output = call(&cloud, args).output().unwrap();
        assert_eq!(
            (code(&output), stdout(&output).as_str()),
            (2, ""),
            "{args:?}"
        );
        assert!(
            stderr(&output).contains(told),
            "{args:?}: {}",
            stderr(&output)
        );
    }
    assert!(cloud.calls().is_empty());
    answer_anyway(&cloud);
}

/// The server is the judge, if somebody asks for it.
fn answer_anyway(cloud: &LocalCloud) {
    let output = call(cloud, &["ess.DescribeFlowBriefs", "--no-check"])
        .output()
        .unwrap();
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert_eq!(cloud.calls().len(), 1);
}

#[test]
fn a_refusal_and_silence_have_codes_of_their_own() {
    let cloud = cloud();
    let args = ["sts.GetCallerIdentity", "--region", "ap-guangzhou"];
    cloud.fail("GetCallerIdentity", "AuthFailure.SignatureFailure", "No.");
    let output = call(&cloud, &args).output().unwrap();
    assert_eq!((code(&output), stdout(&output).as_str()), (1, ""));
    let told = stderr(&output);
    assert!(
        told.contains("AuthFailure.SignatureFailure")
            && told.contains("was refused; nothing has happened"),
        "{told}"
    );
    // A port on which nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let address = format!("http://127.0.0.1:{port}");
    let output = call(&cloud, &[&args[..], &["--endpoint", &address]].concat())
        .output()
        .unwrap();
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("was not sent"),
        "{}",
        stderr(&output)
    );
    let mut without = yunqiao(&["call"]);
    without
        .args(args)
        .env("HOME", "/nonexistent")
        .env("TENCENTCLOUD_CVM_METADATA_DISABLED", "true");
    without.env("YUNQIAO_ENDPOINT", &address);
    let output = without.output().unwrap();
    assert!(code(&output) >= 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("TENCENTCLOUD_SECRET_ID"),
        "{}",
        stderr(&output)
    );
}

/// The command that is printed does what the call would do; the token does not stand in it.
#[test]
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn a_dry_run_prints_a_command_that_runs() {
    let cloud = cloud();
    let args = [
        "sts.GetCallerIdentity",
        "--region",
        "ap-guangzhou",
        "--dry-run",
    ];
    let output = call(&cloud, &args).output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let printed = stdout(&output);
    assert!(cloud.calls().is_empty());
    assert!(
        printed.starts_with("curl -X POST 'http://127.0.0.1"),
        "{printed}"
    );
    assert!(!printed.contains(cloud.secret_key()), "{printed}");
    let output = call(&cloud, &args)
        .env("TENCENTCLOUD_TOKEN", "a-secret-token")
        .output()
        .unwrap();
    let with_token = stdout(&output);
    assert!(
        with_token.contains("x-tc-token: ***") && !with_token.contains("a-secret-token"),
        "{with_token}"
    );
    let curl = std::process::Command::new("sh")
        .args([
            "-c",
            &printed.replacen("curl", "curl --silent --noproxy '*'", 1),
        ])
        .output();
    let ran = curl.ok().filter(|output| output.status.code() != Some(127));
    let Some(ran) = ran else {
        println!("skipped: there is no curl to run the command with");
        return;
    };
    let answer: Json = serde_json::from_slice(&ran.stdout).unwrap();
    assert!(answer["Response"]["AccountId"].is_string(), "{answer}");
    assert!(cloud.calls().last().unwrap().signature.is_verified());
}
