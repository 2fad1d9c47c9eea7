//! Lists in pages as a shell gets them: all items in, an array or lines out.

use serde_json::{Value as Json, json};
use yunqiao_mock::{Answer, LocalCloud};

use crate::call::{call, cloud};
use crate::{code, stderr, stdout};

/// A cloud with this many employees, of which it says that there are `total`.
fn employing(count: i64, total: i64) -> LocalCloud {
    let cloud = cloud();
    cloud.respond(
        "ess/2020-11-11/DescribeIntegrationEmployees",
        move |request| {
            let offset = request["Offset"].as_i64().unwrap();
            let limit = request["Limit"].as_i64().unwrap_or(20);
            let ids = (offset..count).take(usize::try_from(limit).unwrap());
            let employees: Vec<Json> = ids
                .map(|id| json!({ "UserId": format!("u{id}"), "DisplayName": "d" }))
                .collect();
            Answer::fields(json!({ "Employees": employees, "TotalCount": total }))
        },
    );
    cloud
}

fn all(cloud: &LocalCloud, more: &[&str]) -> std::process::Output {
    let args = [
        "ess.DescribeIntegrationEmployees",
        "--Operator.UserId",
        "u",
        "--all",
    ];
    call(cloud, &[&args[..], more].concat()).output().unwrap()
}

fn ids(text: &str) -> Vec<String> {
    let items: Vec<Json> = serde_json::from_str(text).unwrap();
    let id = |item: &Json| item["UserId"].as_str().unwrap().to_owned();
    items.iter().map(id).collect()
}

#[test]
fn all_pages_are_one_array() {
    // The true total, none, too small and too big ones.
    for total in [45, 0, 20, 21, 1_000] {
        let cloud = employing(45, total);
        let output = all(&cloud, &["--Limit", "20"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let expected: Vec<String> = (0..45).map(|id| format!("u{id}")).collect();
        assert_eq!(ids(&stdout(&output)), expected, "{total}");
        // Nobody looks at a progress that goes into a pipe.
        assert_eq!(stderr(&output), "");
    }
    let cloud = employing(0, 0);
    assert_eq!(stdout(&all(&cloud, &[])), "[]\n");
    assert_eq!(cloud.calls().len(), 1);
}

#[test]
fn size_start_number_and_query_may_be_chosen() {
    let cloud = employing(45, 45);
    let output = all(
        &cloud,
        &["--Limit", "10", "--Offset", "20", "--query", "[].UserId"],
    );
    let found: Vec<String> = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((found.len(), found[0].as_str()), (25, "u20"));
    assert_eq!(cloud.calls().len(), 3);
    let cloud = employing(45, 45);
    let output = all(&cloud, &["--max-items", "20"]);
    assert_eq!(ids(&stdout(&output)).len(), 20);
    assert_eq!(cloud.calls().len(), 1, "the next page is not asked for");
    let output = all(&cloud, &["--output", "table", "--max-items", "2"]);
    assert!(
        stdout(&output).lines().count() == 3 && stdout(&output).contains("USERID"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn lines_come_one_by_one_and_stay_when_an_error_comes() {
    let cloud = employing(45, 45);
    let output = all(&cloud, &["--output", "lines", "--query", "UserId"]);
    let lines: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
    assert_eq!((lines.len(), lines[44].as_str()), (45, "\"u44\""));
    // The third page is refused.
    let broken = || {
        let cloud = cloud_of_two_pages();
        move |more: &[&str]| all(&cloud, more)
    };
    let output = broken()(&["--output", "lines"]);
    assert_eq!((code(&output), stdout(&output).lines().count()), (1, 40));
    let told = stderr(&output);
    assert!(
        told.contains("OperationDenied")
            && told.contains("40 items had come, and were printed; --Offset 40 goes on"),
        "{told}"
    );
    // A part must not look like the whole.
    let output = broken()(&[]);
    assert_eq!((code(&output), stdout(&output).as_str()), (1, ""));
    assert!(
        stderr(&output).contains("were not printed"),
        "{}",
        stderr(&output)
    );
}

fn cloud_of_two_pages() -> LocalCloud {
    let cloud = cloud();
    cloud.respond("ess/2020-11-11/DescribeIntegrationEmployees", |request| {
        let offset = request["Offset"].as_i64().unwrap();
        if offset >= 40 {
            return Answer::error("OperationDenied", "No.");
        }
        let employees: Vec<Json> = (offset..offset + 20)
            .map(|id| json!({ "UserId": format!("u{id}") }))
            .collect();
        Answer::fields(json!({ "Employees": employees, "TotalCount": 100 }))
    });
    cloud
}

#[test]
fn an_offset_may_count_pages_and_a_page_may_have_a_number() {
    let cloud = cloud();
    cloud.respond("ess/2020-11-11/DescribeOrganizationSeals", |request| {
        let page = request["Offset"].as_i64().unwrap();
        let size = request["Limit"].as_i64().unwrap();
        let seals: Vec<Json> = (page * size..5)
            .take(usize::try_from(size).unwrap())
            .map(|id| json!({ "SealId": id.to_string() }))
            .collect();
        Answer::fields(json!({ "Seals": seals, "TotalCount": 5 }))
    });
    let args = ["ess.DescribeOrganizationSeals", "--Operator.UserId", "u"];
    let more = [
        "--Limit",
        "2",
        "--all",
        "--query",
        "[].SealId | join('', @)",
    ];
    let output = call(&cloud, &[&args[..], &more].concat()).output().unwrap();
    assert_eq!(stdout(&output), "\"01234\"\n", "{}", stderr(&output));
    cloud.respond("ListSubContent", |request| {
        let page: i64 = match &request["page"] {
            Json::String(text) => text.parse().unwrap(),
            number => number.as_i64().unwrap(),
        };
        let list: Vec<Json> = ((page - 1) * 2..5)
            .take(2)
            .map(|id| json!({ "subContentId": id.to_string() }))
            .collect();
        Answer::fields(json!({ "list": list, "total": 5 }))
    });
    let args = ["sms.ListSubContent", "--pageSize", "2", "--all", "--query"];
    let output = call(&cloud, &[&args[..], &["[].subContentId"]].concat())
        .output()
        .unwrap();
    let found: Json = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(found, json!(["0", "1", "2", "3", "4"]));
}

#[test]
fn a_list_that_does_not_move_on_ends() {
    let cloud = cloud();
    cloud.respond("ess/2020-11-11/DescribeIntegrationEmployees", |_| {
        Answer::fields(json!({ "Employees": [{ "UserId": "u" }], "TotalCount": 9 }))
    });
    let output = all(&cloud, &[]);
    assert_eq!(code(&output), 3, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("does not move on"),
        "{}",
        stderr(&output)
    );
    assert_eq!(cloud.calls().len(), 2);
}

#[test]
fn what_has_no_pages_says_so_and_is_not_called() {
    let cloud = cloud();
    for (args, told) in [
        (
            &["sts.GetCallerIdentity", "--region", "ap-guangzhou", "--all"][..],
            "does not come in pages",
        ),
        (&["sts.GetCallerIdentity", "--max-items", "3"], "--all"),
        (
            &["ess.DescribeIntegrationEmployees", "--all", "--wait"],
            "cannot be used with",
        ),
    ] {
        let output = call(&cloud, args).output().unwrap();
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""));
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
    assert!(cloud.calls().is_empty());
}
