//! The error codes of the vendors' schemas against what the runtime makes of them: the same call may succeed later after exactly
//! those that say `retry: true`.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use serde_json::json;
use yunqiao_mock::LocalCloud;
use yunqiao_model::api::{ErrorCode, Vendor};
use yunqiao_model::load;
use yunqiao_runtime::{AnyAction, Client, Config, Credential, RetryPolicy, Service};
use yunqiao_tests::schemas;

/// A clock that is wrong is corrected, not waited for.
const TIMES: [&str; 2] = ["AuthFailure.SignatureExpire", "InvalidTimestamp"];

#[tokio::test]
async fn what_a_vendor_schema_says_of_a_code_is_what_callers_are_told() {
    let api = load(&schemas()).api;
    let cloud = LocalCloud::start().unwrap();
    let config = Config::builder()
        .credential(Credential::new(cloud.secret_id(), cloud.secret_key()))
        .endpoint(cloud.url())
        .retry(RetryPolicy::none())
        .without_rate_limit()
        .build()
        .unwrap();
    let mut compared = 0;
    for (vendor, info) in &api.vendors {
        let codes = info.errors.values();
        for code in codes.filter(|code| !TIMES.contains(&&*code.code)) {
            let (service, action) = answering(&cloud, *vendor, code);
            let client = Client::of_described(&config, service);
            let call = client.call_any(AnyAction::new(action).idempotent(), json!({}));
            let error = call.await.unwrap_err();
            assert_eq!(error.code(), Some(&*code.code), "{error}");
            assert_eq!(error.can_be_repeated(), code.retry, "{error}");
            compared += 1;
        }
    }
    assert!(compared > 60, "only {compared}");
}

/// The cloud answers this code from now on, with a status that decides nothing.
fn answering(cloud: &LocalCloud, vendor: Vendor, code: &ErrorCode) -> (Service, &'static str) {
    let name = &code.code;
    match vendor {
        Vendor::Tencent => {
            let body = json!({ "Response": { "Error": { "Code": name, "Message": "m" }, "RequestId": "r" } });
            cloud.raw(
                "GetCallerIdentity",
                200,
                "application/json",
                body.to_string(),
            );
            let service = Service::described(
                yunqiao_runtime::Vendor::Tencent,
                "sts",
                "2018-08-13",
                "sts.tencentcloudapi.com",
            );
            (service.served_from("ap-guangzhou"), "GetCallerIdentity")
        }
        Vendor::Volcengine => {
            let error = json!({ "CodeN": code.number, "Code": name, "Message": "m" });
            let body = json!({ "ResponseMetadata": { "RequestId": "r", "Error": error } });
            cloud.raw(
                "GetSubAccountList",
                400,
                "application/json",
                body.to_string(),
            );
            let service = Service::described(
                yunqiao_runtime::Vendor::Volcengine,
                "sms",
                "2021-01-11",
                "sms.volcengineapi.com",
            );
            (
                service.signed_as("volcSMS").served_from("cn-north-1"),
                "GetSubAccountList",
            )
        }
    }
}
