//! Answers in, what is printed of them out.

use serde_json::{Value as Json, json};

use crate::call::{call, cloud};
use crate::{code, stderr, stdout};

#[test]
fn answers_are_printed_as_json_yaml_or_table() {
    let cloud = cloud();
    cloud.answer(
        "GetCallerIdentity",
        json!({ "AccountId": "1000", "Type": "CAMUser", "Arn": "yes" }),
    );
    let print = |format: &str| {
        let output = call(
            &cloud,
            &[
                "sts.GetCallerIdentity",
                "--region",
                "ap-guangzhou",
                "--output",
                format,
            ],
        );
        let mut output = output;
        let output = output.output().unwrap();
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let json: Json = serde_json::from_str(&print("json")).unwrap();
    assert_eq!(
        (&json["AccountId"], &json["Type"]),
        (&json!("1000"), &json!("CAMUser"))
    );
    let yaml = print("yaml");
    assert!(
        yaml.contains("AccountId: \"1000\"\n") && yaml.contains("Type: CAMUser\n"),
        "{yaml}"
    );
    assert!(yaml.contains("Arn: \"yes\"\n"), "{yaml}");
    assert!(
        print("table").contains("Type       CAMUser"),
        "{}",
        print("table")
    );
}

#[test]
fn a_query_prints_a_part_of_the_answer() {
    let cloud = cloud();
    cloud.answer(
        "GetCallerIdentity",
        json!({ "AccountId": "1000", "UserId": 9_007_199_254_740_993_i64 }),
    );
    let query = |expression: &str| {
        let args = [
            "sts.GetCallerIdentity",
            "--region",
            "ap-guangzhou",
            "--query",
            expression,
        ];
        call(&cloud, &args).output().unwrap()
    };
    assert_eq!(stdout(&query("AccountId")), "\"1000\"\n");
    // A number of 64 bits stays what it is.
    assert_eq!(stdout(&query("[UserId]")), "[\n  9007199254740993\n]\n");
    assert_eq!(stdout(&query("Nothing")), "null\n");
    let calls = cloud.calls().len();
    let wrong = query("[0");
    assert_eq!(
        (code(&wrong), cloud.calls().len()),
        (2, calls),
        "{}",
        stderr(&wrong)
    );
}
