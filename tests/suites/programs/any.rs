//! Actions by name for a program that knows none, what it prints and what reaches the local cloud out.

use serde_json::json;

use crate::bench::{KEY_ID, Program, assert_calls, cloud};

#[test]
fn any_action_of_both_vendors_is_called_by_name() {
    let cloud = cloud();
    cloud.answer(
        "GetCallerIdentity",
        json!({ "Arn": "qcs::1", "Type": "CAMRole" }),
    );
    let run = Program::new("any_action", &cloud).typed("").run(&[
        "tencent",
        "sts",
        "2018-08-13",
        "GetCallerIdentity",
    ]);
    assert!(run.out.contains("\"Arn\":\"qcs::1\""), "{}", run.out);
    let region = Some("ap-guangzhou");
    let host = "sts.tencentcloudapi.com";
    let seen = [(host, "GetCallerIdentity", "2018-08-13", region, KEY_ID)];
    assert_calls(&cloud, &seen);
}

#[test]
fn what_is_no_json_or_no_vendor_is_refused() {
    let cloud = cloud();
    let words = ["tencent", "sts", "2018-08-13", "GetCallerIdentity"];
    let run = Program::new("any_action", &cloud).typed("{").run(&words);
    run.failed(2, &["no JSON"]);
    let run = Program::new("any_action", &cloud)
        .typed("")
        .run(&["other", "a", "b", "c"]);
    run.failed(2, &["usage"]);
    assert!(cloud.calls().is_empty());
}
