//! Lists, jobs and actions by name of the generated crate in, what the local cloud saw and what came of it out.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::time::Duration;

use serde_json::json;
use yunqiao::tencent::ess;
use yunqiao::volcengine::sms;
use yunqiao::{AnyAction, Client, Config, ConfigBuilder, Credential, Service, Vendor};
use yunqiao_mock::LocalCloud;

fn builder(cloud: &LocalCloud) -> ConfigBuilder {
    let credential = Credential::new(cloud.secret_id(), cloud.secret_key());
    Config::builder()
        .credential(credential)
        .endpoint(cloud.url())
        .region("ap-guangzhou")
}

fn config(cloud: &LocalCloud) -> Config {
    builder(cloud).build().unwrap()
}

fn operator() -> ess::UserInfo {
    ess::UserInfo::new().user_id("yDoperator")
}

#[tokio::test]
async fn a_job_is_waited_for_with_the_types_of_its_actions() {
    let cloud = LocalCloud::start().unwrap();
    cloud.answer("CreateFileConvertTask", json!({ "TaskId": "t-1" }));
    cloud.answer(
        "DescribeFileConvertTask",
        json!({ "TaskId": "t-1", "TaskStatus": 8, "ResourceId": "pdf" }),
    );
    let client = ess::Client::new(&config(&cloud));
    let request = ess::CreateFileConvertTaskRequest::new()
        .resource_id("r")
        .resource_name("a.docx")
        .resource_type("docx")
        .operator(operator());
    let started = client.create_file_convert_task(request).await.unwrap();
    let ask = ess::DescribeFileConvertTaskRequest::new().operator(operator());
    let done = client
        .wait_for(&started, ask.clone())
        .interval(Duration::from_millis(1))
        .await
        .unwrap();
    assert_eq!(done.resource_id.as_deref(), Some("pdf"));
    let asked = cloud.calls().pop().unwrap();
    assert!(asked.signature.is_verified());
    assert_eq!(
        (asked.action.as_str(), &asked.request["TaskId"]),
        ("DescribeFileConvertTask", &json!("t-1"))
    );

    cloud.answer(
        "DescribeFileConvertTask",
        json!({ "TaskId": "t-1", "TaskStatus": -6 }),
    );
    let error = client
        .wait_for(&started, ask)
        .interval(Duration::from_millis(1))
        .await
        .unwrap_err();
    assert!(error.is_job_failure());
    assert_eq!(error.job_state(), Some("-6"));
}

#[tokio::test]
async fn a_list_is_gone_through_with_the_clients_of_one_and_of_all_versions() {
    let cloud = LocalCloud::start().unwrap();
    let groups = json!([{ "subAccountId": "a" }, { "subAccountId": "b" }]);
    cloud.answer("GetSubAccountList", json!({ "list": groups, "total": 2 }));
    let client = sms::Client::new(&config(&cloud));
    let mut ids = Vec::new();
    let mut groups = client
        .get_sub_account_list(sms::GetSubAccountListRequest::new())
        .items();
    while let Some(group) = groups.next().await.unwrap() {
        ids.push(group.sub_account_id.unwrap());
    }
    assert_eq!(ids, ["a", "b"]);
    let calls = cloud.calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].request["pageIndex"], 1);

    let request = sms::v20210111::GetSubAccountListRequest::new();
    let mut pages = client.v20210111().get_sub_account_list(request).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().list.len(), 2);
    assert!(pages.next().await.unwrap().is_none());
}

#[tokio::test]
async fn any_action_is_called_by_its_name() {
    let cloud = LocalCloud::start().unwrap();
    cloud.answer("ChannelVerifyPdf", json!({ "VerifyResult": 3 }));
    cloud.answer("GetSubAccountList", json!({ "list": [], "total": 0 }));
    let client = yunqiao::tencent::essbasic::Client::new(&config(&cloud));
    let request = json!({ "FlowId": "yDbHvOp47r4fX3wKM3pyrypY1s7QlItU", "Agent": { "AppId": "yDHgXyvCqLxm08fqf0lHrbyziTn2K8It" } });
    let verify = AnyAction::new("ChannelVerifyPdf").idempotent();
    let answer = client.runtime().call_any(verify, request).await.unwrap();
    assert_eq!(answer["VerifyResult"], 3);

    let service = Service::described(
        Vendor::Volcengine,
        "sms",
        "2021-01-11",
        "sms.volcengineapi.com",
    )
    .signed_as("volcSMS");
    let client = Client::of_described(
        &builder(&cloud).region("cn-north-1").build().unwrap(),
        service,
    );
    let answer = client
        .call_any("GetSubAccountList", json!({ "pageIndex": 1 }))
        .await
        .unwrap();
    assert_eq!(answer["total"], 0);
    for call in cloud.calls() {
        assert!(call.signature.is_verified(), "{call:?}");
        assert!(answer.request_id().is_some());
    }
    assert_eq!(cloud.calls().len(), 2);
}
