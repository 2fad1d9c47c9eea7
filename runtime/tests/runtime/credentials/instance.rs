//! In: what a metadata service may answer. Out: the role's credential, or what is said of it.

use std::time::{Duration, Instant};

use yunqiao_runtime::Vendor;
use yunqiao_runtime::credential::{InstanceRole, Variables};

use super::cloud::{Cloud, Play, call, done, refusal};
use crate::server::{NOW, Seen};

/// An answer, and what is said of it.
type Case = (fn() -> Play, &'static str);

const CVM: &str = "/latest/meta-data/cam/security-credentials/";
const ECS: &str = "/volcstack/latest/iam/security_credentials";

fn role(vendor: Vendor, cloud: &Cloud) -> InstanceRole {
    let none: [(&str, &str); 0] = [];
    let role = InstanceRole::new(vendor).variables(Variables::of(none));
    role.endpoint(&cloud.url).unwrap()
}

fn ok(body: &str) -> Play {
    Play::Say("200 OK", body.to_owned())
}

/// A CVM whose role and credential are answered like this.
async fn cvm(role: fn() -> Play, credential: fn() -> Play) -> Cloud {
    Cloud::run(move |seen| match seen.line() {
        line if line.contains(&format!("{CVM} ")) => role(),
        line if line.contains(CVM) => credential(),
        _ => done(),
    })
    .await
}

fn reader() -> Play {
    ok("reader\n")
}

#[tokio::test]
async fn what_a_cvm_answers_wrongly_is_told_without_its_words() {
    let answers: [Case; 9] = [
        (
            || Play::Say("404 Not Found", "hunter2".to_owned()),
            "the metadata service answered HTTP 404",
        ),
        (
            || ok("<html>hunter2"),
            "the answer is no valid JSON at line 1 column 1",
        ),
        (
            || ok("[\"hunter2\"]"),
            "the answer is JSON, but not an object",
        ),
        (
            || ok(r#"{"Code": "Fail\r\ned", "TmpSecretId": "hunter2"}"#),
            "the metadata service answered Fail\\r\\ned",
        ),
        (
            || {
                ok(
                    r#"{"TmpSecretId": "hunter2", "TmpSecretKey": "hunter2", "ExpiredTime": 1800000000}"#,
                )
            },
            "the answer has no Token",
        ),
        (
            || ok(r#"{"TmpSecretId": "hunter2", "TmpSecretKey": "hunter2", "Token": "hunter2"}"#),
            "the answer has no ExpiredTime",
        ),
        (
            || {
                ok(
                    r#"{"TmpSecretId": "hunter2", "TmpSecretKey": "hunter2", "Token": "hunter2", "ExpiredTime": "hunter2"}"#,
                )
            },
            "the answer's ExpiredTime is no point in time",
        ),
        (
            || ok(&"hunter2".repeat(10_000)),
            "(HTTP 200) is larger than 65536 bytes",
        ),
        (|| Play::HangUp, "broke"),
    ];
    for (answer, told) in answers {
        let cloud = cvm(reader, answer).await;
        let refused = refusal(&cloud.client(role(Vendor::Tencent, &cloud))).await;
        assert!(
            refused.contains("the instance role: role reader: "),
            "{refused}"
        );
        assert!(refused.contains(told), "{refused}");
        assert!(cloud.calls().is_empty());
    }
}

#[tokio::test]
async fn a_cvm_without_a_role_is_told() {
    let answers: [Case; 6] = [
        (
            || Play::Say("404 Not Found", String::new()),
            "no role is bound to the instance (HTTP 404)",
        ),
        (
            || Play::Say("503 Service Unavailable", "hunter2".to_owned()),
            "the metadata service answered HTTP 503",
        ),
        (|| ok(""), "the metadata service names no role"),
        (|| ok("<html>hunter2"), "the metadata service names no role"),
        (
            || ok("../../user-data"),
            "the metadata service names no role",
        ),
        (|| ok(".."), "the metadata service names no role"),
    ];
    for (answer, told) in answers {
        let cloud = cvm(answer, || ok("{}")).await;
        let refused = refusal(&cloud.client(role(Vendor::Tencent, &cloud))).await;
        assert!(
            refused.ends_with(&format!("nothing was sent, the instance role: {told}")),
            "{refused}"
        );
        assert_eq!(cloud.seen(CVM).len(), 1);
    }
}

#[tokio::test]
async fn a_service_that_stalls_is_left_after_two_seconds() {
    let cloud = cvm(|| Play::Stall, || Play::Stall).await;
    let begun = Instant::now();
    let refused = refusal(&cloud.client(role(Vendor::Tencent, &cloud))).await;
    assert!(
        refused.contains("the metadata service gave no answer within 2s"),
        "{refused}"
    );
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{:?}",
        begun.elapsed()
    );
    // Nobody listens there.
    let nowhere = InstanceRole::new(Vendor::Tencent)
        .endpoint("http://127.0.0.1:1")
        .unwrap();
    let refused = refusal(&cloud.client(nowhere)).await;
    assert!(
        refused.contains("the instance role: http://127.0.0.1:1 cannot be reached"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_role_may_be_named() {
    let cloud = cvm(
        || panic!("nobody asks for its name"),
        || ok(r#"{"TmpSecretId": "AKIDrole", "TmpSecretKey": "hunter2", "Token": "hunter2-token", "ExpiredTime": 1800000000}"#),
    )
    .await;
    let client = cloud.client(role(Vendor::Tencent, &cloud).role("writer"));
    call(&client).await.unwrap();
    assert_eq!(cloud.seen(&format!("GET {CVM}writer HTTP")).len(), 1);
    for name in ["a/b", "", "..", "a b", "a\r\nX-Other: 1"] {
        let refused = refusal(&cloud.client(role(Vendor::Tencent, &cloud).role(name))).await;
        assert!(
            refused.contains("characters that no role's name has"),
            "{refused}"
        );
    }
}

#[test]
fn a_metadata_service_is_this_machine_or_the_vendors() {
    for url in [
        "http://10.0.0.1",
        "http://metadata.example",
        "http://169.254.169.254",
        "ftp://127.0.0.1",
        "https://u:hunter2@h",
    ] {
        let error = InstanceRole::new(Vendor::Tencent)
            .endpoint(url)
            .unwrap_err();
        assert!(
            error.is_configuration() && !error.to_string().contains("hunter2"),
            "{error}"
        );
    }
}

/// An ECS with two roles; every request but the one for a token has to show it.
async fn ecs(end: &'static str) -> Cloud {
    let bears = |seen: &Seen| {
        seen.header("x-volc-ecs-metadata-token").as_deref() == Some("hunter2-metadata")
    };
    Cloud::run(move |seen| match seen.line() {
        "PUT /latest/api/token HTTP/1.1" => {
            let lasts = seen.header("x-volc-ecs-metadata-token-ttl-seconds");
            assert_eq!(lasts.as_deref(), Some("21600"));
            ok("hunter2-metadata\n")
        }
        line if line.contains(ECS) && !bears(seen) => Play::Say("401 Unauthorized", String::new()),
        line if line.contains(&format!("GET {ECS}?type=user&format=json ")) => ok(r#"{"roles": ["reader", "writer"]}"#),
        line if line.contains(&format!("GET {ECS}/")) => {
            let name = if line.contains("/reader ") { "reader" } else { "named" };
            ok(&format!(
                r#"{{"AccessKeyId": "AKLT{name}", "SecretAccessKey": "hunter2-key", "SessionToken": "hunter2-token", "ExpiredTime": "{end}"}}"#
            ))
        }
        _ => done(),
    })
    .await
}

#[tokio::test]
async fn an_ecs_is_asked_with_a_token() {
    // 08:00 in Beijing, 60 seconds from now.
    let cloud = ecs("2023-11-15T06:14:20+08:00").await;
    let client = cloud.client(role(Vendor::Volcengine, &cloud));
    call(&client).await.unwrap();
    let shown = format!("{client:?}");
    assert!(
        shown.contains(
            "id: AKLT..., key: <redacted>, token: <redacted>, expires_at: 20231114T221420Z"
        ),
        "{shown}"
    );
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(
        cloud.calls()[0]
            .header("authorization")
            .unwrap()
            .contains("Credential=AKLTreader/")
    );
    let variables = Variables::of([("VOLCENGINE_ECS_METADATA", "named")]);
    let named = role(Vendor::Volcengine, &cloud).variables(variables);
    call(&cloud.client(named)).await.unwrap();
    assert!(
        cloud.calls()[1]
            .header("authorization")
            .unwrap()
            .contains("Credential=AKLTnamed/")
    );
    assert_eq!(cloud.seen("type=user").len(), 1);
}

#[tokio::test]
async fn an_ecs_may_hand_out_what_has_ended_or_be_switched_off() {
    let cloud = ecs("2023-11-14T22:13:20Z").await;
    let refused = refusal(&cloud.client(role(Vendor::Volcengine, &cloud))).await;
    assert!(
        refused.contains("handed out a credential that expired at 20231114T221320Z"),
        "{refused}"
    );
    cloud.clock.set(NOW - 3600);
    call(&cloud.client(role(Vendor::Volcengine, &cloud)))
        .await
        .unwrap();

    let cloud = ecs("2033-11-14T22:13:20Z").await;
    for value in ["true", "TRUE"] {
        let off = Variables::of([("VOLCENGINE_ECS_METADATA_DISABLED", value)]);
        let refused = refusal(&cloud.client(role(Vendor::Volcengine, &cloud).variables(off))).await;
        assert!(
            refused
                .ends_with("the instance role: switched off by VOLCENGINE_ECS_METADATA_DISABLED"),
            "{refused}"
        );
    }
    assert!(cloud.seen("HTTP").is_empty());
    let on = Variables::of([("VOLCENGINE_ECS_METADATA_DISABLED", "false")]);
    call(&cloud.client(role(Vendor::Volcengine, &cloud).variables(on)))
        .await
        .unwrap();
}

#[tokio::test]
async fn what_an_ecs_answers_wrongly_is_told_without_its_words() {
    let answers: [Case; 3] = [
        (
            || Play::Say("403 Forbidden", "hunter2".to_owned()),
            "the metadata service answered HTTP 403 for a token",
        ),
        (|| ok(" \n"), "the metadata service gave no token"),
        (
            || ok("hunter2\nX-Other: 1"),
            "the metadata service gave no token",
        ),
    ];
    for (answer, told) in answers {
        let cloud = Cloud::run(move |_| answer()).await;
        let refused = refusal(&cloud.client(role(Vendor::Volcengine, &cloud))).await;
        assert!(
            refused.ends_with(&format!("the instance role: {told}")),
            "{refused}"
        );
    }
}
