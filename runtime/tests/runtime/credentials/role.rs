//! In: who may assume a role. Out: calls that the role signs.

use std::time::Duration;

use serde_json::{Value, json};
use yunqiao_runtime::credential::{AssumeRole, Chain, Environment, Variables};
use yunqiao_runtime::{Credential, Vendor};

use super::cloud::{Cloud, Play, call, done, refusal, until};
use crate::server::{NOW, Seen};

fn own() -> Credential {
    Credential::new("AKIDown", "hunter2-own-key")
}

fn is_assumption(seen: &Seen) -> bool {
    seen.header("x-tc-action").as_deref() == Some("AssumeRole")
}

/// A cloud in which a role is assumed for 900 seconds; without saying so, or with.
async fn cloud() -> Cloud {
    Cloud::run(|seen| {
        if !is_assumption(seen) {
            return done();
        }
        let id = seen.header("authorization").unwrap();
        let id = id.split(['=', '/']).nth(1).unwrap();
        let answer = json!({"Response": {"Credentials": {
            "TmpSecretId": format!("{id}.role"), "TmpSecretKey": "hunter2-key", "Token": "hunter2-token",
        }, "RequestId": "r"}});
        Play::Say("200 OK", answer.to_string())
    })
    .await
}

fn signers(cloud: &Cloud) -> Vec<String> {
    let id = |seen: &Seen| {
        let authorization = seen.header("authorization").unwrap();
        authorization.split(['=', '/']).nth(1).unwrap().to_owned()
    };
    cloud.calls().iter().map(id).collect()
}

#[tokio::test]
async fn a_role_of_tencent_signs_and_is_renewed() {
    let cloud = cloud().await;
    let role = AssumeRole::new(Vendor::Tencent, own(), "qcs::cam::uin/1:roleName/r")
        .session_name("report")
        .duration(Duration::from_secs(900))
        .policy("{\"a\": 1}")
        .external_id("e");
    let shown = format!("{role:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    let client = cloud.client(role);
    call(&client).await.unwrap();
    let assumption = cloud.seen("HTTP")[0].clone();
    assert!(
        assumption
            .header("authorization")
            .unwrap()
            .starts_with("TC3-HMAC-SHA256 Credential=AKIDown/2023-11-14/sts/tc3_request")
    );
    assert_eq!(
        assumption.header("x-tc-region").as_deref(),
        Some("ap-guangzhou")
    );
    assert_eq!(
        serde_json::from_slice::<Value>(&assumption.body).unwrap(),
        json!({
            "RoleArn": "qcs::cam::uin/1:roleName/r", "RoleSessionName": "report", "DurationSeconds": 900,
            "Policy": "%7B%22a%22%3A%201%7D", "ExternalId": "e",
        })
    );
    // Where the answer has no expiry, it lasts as long as it was asked for.
    cloud.clock.set(NOW + 599);
    call(&client).await.unwrap();
    let assumptions = || {
        cloud
            .seen("HTTP")
            .iter()
            .filter(|seen| is_assumption(seen))
            .count()
    };
    assert_eq!(assumptions(), 1);
    cloud.clock.set(NOW + 600);
    call(&client).await.unwrap();
    until(|| assumptions() == 2).await;
    assert_eq!(signers(&cloud), vec!["AKIDown.role"; 3]);
}

#[tokio::test]
async fn a_role_may_be_assumed_by_a_role() {
    let cloud = cloud().await;
    let first = AssumeRole::new(Vendor::Tencent, own(), "qcs::cam::uin/1:roleName/first");
    let second = AssumeRole::new(Vendor::Tencent, first, "qcs::cam::uin/2:roleName/second");
    let client = cloud.client(second);
    for _ in 0..3 {
        call(&client).await.unwrap();
    }
    assert_eq!(signers(&cloud), vec!["AKIDown.role.role"; 3]);
    assert_eq!(cloud.seen("HTTP").len(), 5);
    assert_eq!(
        cloud.seen("HTTP")[1].header("x-tc-token").as_deref(),
        Some("hunter2-token")
    );
}

#[tokio::test]
async fn a_role_of_volcengine_is_assumed_by_a_get() {
    let cloud = Cloud::run(|seen| {
        if !seen.line().contains("Action=AssumeRole&") {
            return done();
        }
        let answer = json!({"ResponseMetadata": {"RequestId": "r"}, "Result": {"Credentials": {
            "AccessKeyId": "AKLTrole", "SecretAccessKey": "hunter2-key", "SessionToken": "hunter2-token",
            "ExpiredTime": "2023-11-15T06:28:20+08:00",
        }}});
        Play::Say("200 OK", answer.to_string())
    })
    .await;
    let role = AssumeRole::new(Vendor::Volcengine, own(), "trn:iam::1:role/r")
        .session_name("s")
        .duration(Duration::from_secs(900));
    call(&cloud.client(role)).await.unwrap();
    let assumption = cloud.seen("AssumeRole")[0].clone();
    assert_eq!(
        assumption.line(),
        "GET /?Action=AssumeRole&DurationSeconds=900&RoleSessionName=s&RoleTrn=trn%3Aiam%3A%3A1%3Arole%2Fr&Version=2018-01-01 HTTP/1.1"
    );
    let authorization = assumption.header("authorization").unwrap();
    assert!(
        authorization.starts_with("HMAC-SHA256 Credential=AKIDown/20231114/cn-north-1/sts/request"),
        "{authorization}"
    );
    assert_eq!(signers(&cloud), ["AKLTrole"]);
}

#[tokio::test]
async fn a_role_that_is_refused_is_told() {
    let cloud = Cloud::run(|_| {
        let error = json!({"Code": "UnauthorizedOperation", "Message": "not with hunter2-own-key"});
        Play::Say(
            "200 OK",
            json!({"Response": {"Error": error, "RequestId": "r-2"}}).to_string(),
        )
    })
    .await;
    let role = || AssumeRole::new(Vendor::Tencent, own(), "qcs::cam::uin/1:roleName/r");
    let refused = refusal(&cloud.client(role())).await;
    let told = "the assumed role qcs::cam::uin/1:roleName/r: sts AssumeRole: UnauthorizedOperation: not with <redacted> (request id r-2";
    assert!(refused.contains(told), "{refused}");
    assert_eq!(cloud.seen("HTTP").len(), 1);
    for (vendor, seconds, told) in [
        (Vendor::Tencent, 0, "1 to 43200 seconds, not for 0"),
        (Vendor::Tencent, 43_201, "not for 43201"),
        (Vendor::Volcengine, 899, "900 to 43200 seconds, not for 899"),
    ] {
        let role = AssumeRole::new(vendor, own(), "r").duration(Duration::from_secs(seconds));
        let refused = refusal(&cloud.client(role)).await;
        assert!(refused.contains(told), "{refused}");
    }
    // Nobody to assume it.
    let none: [(&str, &str); 0] = [];
    let nobody =
        Chain::new().then(Environment::new(Vendor::Tencent).variables(Variables::of(none)));
    let refused = refusal(&cloud.client(AssumeRole::new(Vendor::Tencent, nobody, "r"))).await;
    assert!(
        refused.contains("TENCENTCLOUD_SECRET_ID is not set"),
        "{refused}"
    );
    assert_eq!(cloud.seen("HTTP").len(), 1);
}
