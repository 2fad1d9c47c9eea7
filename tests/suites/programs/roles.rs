//! A role in, calls that are signed with its temporary credential out.

use serde_json::json;

use crate::bench::{KEY_ID, Program, assert_calls, cloud};

#[test]
fn what_follows_is_signed_with_the_temporary_credential() {
    let cloud = cloud();
    let credential = json!({ "TmpSecretId": "temporary-hunter2-id", "TmpSecretKey": "hunter2-key", "Token": "hunter2-token" });
    let until = "2030-01-01T00:00:00Z";
    let assumed = json!({ "Credentials": credential, "Expiration": until });
    cloud.answer("AssumeRole", assumed);
    let caller = json!({ "Arn": "qcs::sts:1:assumed-role/2", "Type": "CAMRole" });
    cloud.answer("GetCallerIdentity", caller);
    cloud.answer("DescribeFlowTemplates", json!({ "TotalCount": 3 }));
    let role = "qcs::cam::uin/1:roleName/reader";
    let run = Program::new("assume_role", &cloud).run(&[role, "nightly"]);
    run.printed(&format!(
        "good until: {until}\nnow: qcs::sts:1:assumed-role/2\nkind: CAMRole\ntemplates: 3\n"
    ));
    let region = Some("ap-guangzhou");
    let sts = "sts.tencentcloudapi.com";
    // The cloud accepts the temporary id only with its token.
    let temporary = "temporary-hunter2-id";
    let calls = assert_calls(
        &cloud,
        &[
            (sts, "AssumeRole", "2018-08-13", region, KEY_ID),
            (sts, "GetCallerIdentity", "2018-08-13", region, temporary),
            (
                "ess.tencentcloudapi.com",
                "DescribeFlowTemplates",
                "2020-11-11",
                region,
                temporary,
            ),
        ],
    );
    assert_eq!(calls[0].request["RoleArn"], role);
    assert_eq!(calls[0].request["DurationSeconds"], 900);
    assert_eq!(calls[2].request["Operator"]["UserId"], "yDoperator");
}

#[test]
fn an_answer_without_a_whole_credential_is_no_credential() {
    let cloud = cloud();
    let half = json!({ "TmpSecretId": "hunter2", "TmpSecretKey": "hunter2" });
    cloud.answer("AssumeRole", json!({ "Credentials": half }));
    let role = "qcs::cam::uin/1:roleName/reader";
    let run = Program::new("assume_role", &cloud).run(&[role, "nightly"]);
    run.failed(1, &["no credential"]);
    assert_eq!(cloud.calls().len(), 1);
}
