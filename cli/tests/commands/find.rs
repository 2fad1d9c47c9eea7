//! Words in, the services and actions that they name out.

use serde_json::Value as Json;

use crate::{code, stderr, stdout, yunqiao};

fn printed(args: &[&str]) -> String {
    let output = yunqiao(args).output().unwrap();
    assert_eq!(code(&output), 0, "{args:?}: {}", stderr(&output));
    stdout(&output)
}

fn json(args: &[&str]) -> Json {
    let text = printed(&[args, &["--output", "json"]].concat());
    serde_json::from_str(&text).unwrap()
}

#[test]
fn services_and_actions_are_listed() {
    let services = json(&["list"]);
    let ess = services
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["service"] == "ess")
        .unwrap();
    assert_eq!(
        (&ess["actions"], &ess["vendor"]),
        (&Json::from(156), &Json::from("tencent"))
    );
    assert!(printed(&["list"]).lines().count() > services.as_array().unwrap().len());
    assert_eq!(json(&["list", "ess"]).as_array().unwrap().len(), 156);
    let about = json(&["list", "ess", "seal"]);
    assert!(!about.as_array().unwrap().is_empty());
    for one in about.as_array().unwrap() {
        let text = format!("{}{}", one["action"], one["summary"]).to_lowercase();
        assert!(text.contains("seal"), "{text}");
    }
    // Words that name no service are looked for everywhere.
    let everywhere = json(&["list", "assume", "role"]);
    assert!(
        everywhere
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["action"] == "sts.AssumeRole")
    );
    let output = yunqiao(&["list", "xyzzy"]).output().unwrap();
    assert_eq!(code(&output), 1);
}

#[test]
fn an_action_is_found_by_each_of_its_names() {
    for words in [
        &["ess.DescribeFlowBriefs"][..],
        &["ess", "DescribeFlowBriefs"],
        &["describe_flow_briefs"],
        &["tencent/ess/2020-11-11", "describeflowbriefs"],
        &["ess@2020-11-11", "DescribeFlowBriefs"],
        &["ess@v20201111", "DescribeFlowBriefs"],
    ] {
        let shown = json(&[&["show"], words].concat());
        assert_eq!(
            (&shown["action"], &shown["service"]),
            (&"DescribeFlowBriefs".into(), &"ess".into())
        );
    }
    // Where several versions have it, the newest one's is meant.
    let newest = json(&["show", "sms.SendSms"]);
    assert_eq!(newest["version"], "2020-01-01");
    let output = yunqiao(&["show", "DescribeThing"]).output().unwrap();
    assert_eq!(code(&output), 2);
    let output = yunqiao(&["show", "--schemas", "/nonexistent", "x"])
        .output()
        .unwrap();
    assert!(
        code(&output) == 2 && stderr(&output).contains("/nonexistent"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn an_action_is_shown_with_all_that_it_takes() {
    let text = printed(&["show", "ess.DescribeFlowBriefs"]);
    for part in [
        "Parameters",
        "FlowIds  [list of text, required]",
        "UserInfo",
        "Answer",
        "Errors",
        "Example: ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let skeleton: Json =
        serde_json::from_str(&printed(&["show", "ess.DescribeFlowBriefs", "--skeleton"])).unwrap();
    assert_eq!(skeleton["Operator"]["UserId"], "");
}
