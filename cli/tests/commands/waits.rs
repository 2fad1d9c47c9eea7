//! Jobs as a shell starts them: the answer that tells their end out, and an exit code that says which end it was.

use serde_json::{Value as Json, json};
use yunqiao_mock::{Answer, LocalCloud};

use crate::call::{call, cloud};
use crate::{code, stderr, stdout};

const CONVERT: &[&str] = &[
    "ess.CreateConvertTaskApi",
    "--ResourceType",
    "jpg",
    "--ResourceName",
    "a.jpg",
    "--ResourceId",
    "r",
    "--Operator.UserId",
    "u",
    "--wait",
];

/// A cloud that starts the job, and tells these states of it.
fn converting(states: &[i64]) -> LocalCloud {
    let cloud = cloud();
    cloud.answer(
        "ess/2020-11-11/CreateConvertTaskApi",
        json!({ "TaskId": "t-1" }),
    );
    for state in states {
        cloud.once(
            "ess/2020-11-11/GetTaskResultApi",
            Answer::fields(json!({ "TaskId": "t-1", "TaskStatus": state, "ResourceId": "pdf" })),
        );
    }
    cloud
}

fn wait(cloud: &LocalCloud, more: &[&str]) -> std::process::Output {
    call(cloud, &[CONVERT, more].concat()).output().unwrap()
}

fn actions(cloud: &LocalCloud) -> Vec<String> {
    cloud
        .calls()
        .iter()
        .map(|call| call.action.clone())
        .collect()
}

#[test]
fn a_job_is_waited_for_and_its_last_answer_printed() {
    let cloud = converting(&[0, 8]);
    let output = wait(&cloud, &["--query", "ResourceId"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(
        (stdout(&output).as_str(), stderr(&output).as_str()),
        ("\"pdf\"\n", "")
    );
    assert_eq!(
        actions(&cloud),
        [
            "CreateConvertTaskApi",
            "GetTaskResultApi",
            "GetTaskResultApi"
        ]
    );
    // Who asks is who has started it.
    assert_eq!(
        cloud.calls()[1].request,
        json!({ "TaskId": "t-1", "Operator": { "UserId": "u" } })
    );
}

#[test]
fn a_job_that_fails_shows_its_answer_and_exits_with_1() {
    let cloud = converting(&[-6]);
    let output = wait(&cloud, &[]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let answer: Json = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(answer["TaskStatus"], -6);
    assert!(
        stderr(&output).contains("the job of CreateConvertTaskApi has failed, its state is -6 ("),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_job_that_does_not_end_in_time_is_named() {
    let cloud = converting(&[]);
    cloud.answer(
        "ess/2020-11-11/GetTaskResultApi",
        json!({ "TaskStatus": 1 }),
    );
    let output = wait(&cloud, &["--wait-timeout", "2"]);
    assert_eq!((code(&output), stdout(&output).as_str()), (3, ""));
    let told = stderr(&output);
    assert!(
        told.contains("has not ended within 2s, its last state is 1")
            && told.contains("yunqiao call ess.GetTaskResultApi --TaskId t-1"),
        "{told}"
    );
}

#[test]
fn several_jobs_are_waited_for_side_by_side() {
    let cloud = cloud();
    cloud.answer(
        "CreateBatchContractReviewTask",
        json!({ "TaskIds": ["a", "b"] }),
    );
    cloud.respond("DescribeContractReviewTask", |request| {
        let status = if request["TaskId"] == "a" { 4 } else { 5 };
        Answer::fields(json!({ "Id": request["TaskId"], "Status": status }))
    });
    let args = [
        "ess.CreateBatchContractReviewTask",
        "--Operator.UserId",
        "u",
        "--ResourceIds",
        "r",
        "--wait",
        "--query",
        "[].Id",
    ];
    let output = call(&cloud, &args).output().unwrap();
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let found: Json = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(found, json!(["a", "b"]));
}

#[test]
fn a_start_that_is_refused_or_names_no_job_is_told_apart() {
    let cloud = converting(&[]);
    cloud.fail(
        "ess/2020-11-11/CreateConvertTaskApi",
        "OperationDenied.Forbid",
        "No.",
    );
    let output = wait(&cloud, &[]);
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("was refused; nothing has happened"),
        "{}",
        stderr(&output)
    );
    cloud.answer(
        "ess/2020-11-11/CreateConvertTaskApi",
        json!({ "TaskId": "" }),
    );
    let output = wait(&cloud, &[]);
    assert_eq!(code(&output), 3);
    assert!(
        stdout(&output).contains("\"TaskId\": \"\"")
            && stderr(&output).contains("was made, and its answer names no job"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        actions(&cloud),
        ["CreateConvertTaskApi", "CreateConvertTaskApi"]
    );
}

#[test]
fn what_starts_no_job_says_so_and_is_not_called() {
    let cloud = cloud();
    let args = [
        "sts.GetCallerIdentity",
        "--region",
        "ap-guangzhou",
        "--wait",
    ];
    let output = call(&cloud, &args).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("starts no job"),
        "{}",
        stderr(&output)
    );
    assert!(cloud.calls().is_empty());
}
