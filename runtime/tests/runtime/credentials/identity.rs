//! In: a token in a file, and a Security Token Service. Out: the role's credential; the token in no error.

use std::path::PathBuf;

use serde_json::{Value, json};
use yunqiao_runtime::Vendor;
use yunqiao_runtime::credential::{Variables, WebIdentity};

use super::cloud::{Cloud, Play, call, done, refusal, until};
use crate::server::{NOW, Seen};

/// A file that goes when the test ends.
pub(super) struct Token(PathBuf);

impl Token {
    pub(super) fn new(name: &str, content: &str) -> Self {
        let name = format!("yunqiao-token-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    pub(super) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn tke(file: &str) -> Vec<(String, String)> {
    [
        ("TKE_REGION", "ap-shanghai"),
        ("TKE_PROVIDER_ID", "OIDC"),
        ("TKE_WEB_IDENTITY_TOKEN_FILE", file),
        ("TKE_ROLE_ARN", "qcs::cam::uin/1:roleName/r"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn tencent(file: &str) -> WebIdentity {
    WebIdentity::new(Vendor::Tencent).variables(Variables::of(tke(file)))
}

fn is_exchange(seen: &Seen) -> bool {
    seen.header("x-tc-action").as_deref() == Some("AssumeRoleWithWebIdentity")
}

fn answer(end: i64) -> Play {
    let answer = json!({"Response": {
        "Credentials": {"TmpSecretId": "AKIDrole", "TmpSecretKey": "hunter2-key", "Token": "hunter2-token"},
        "ExpiredTime": end, "Expiration": "", "RequestId": "r",
    }});
    Play::Say("200 OK", answer.to_string())
}

#[tokio::test]
async fn a_token_of_tke_is_exchanged_unsigned_and_read_anew() {
    let token = Token::new("tke", "hunter2-first\n");
    let cloud = Cloud::run(|seen| {
        if is_exchange(seen) {
            answer(NOW + 7200)
        } else {
            done()
        }
    })
    .await;
    let client = cloud.client(tencent(token.path()));
    call(&client).await.unwrap();
    let exchange = cloud.seen("HTTP")[0].clone();
    assert_eq!(exchange.header("authorization").as_deref(), Some("SKIP"));
    assert_eq!(
        exchange.header("x-tc-version").as_deref(),
        Some("2018-08-13")
    );
    assert_eq!(
        exchange.header("x-tc-region").as_deref(),
        Some("ap-shanghai")
    );
    assert_eq!(exchange.header("x-tc-token"), None);
    assert_eq!(
        serde_json::from_slice::<Value>(&exchange.body).unwrap(),
        json!({
            "ProviderId": "OIDC", "WebIdentityToken": "hunter2-first", "RoleArn": "qcs::cam::uin/1:roleName/r",
            "RoleSessionName": "yunqiao-1700000000", "DurationSeconds": 7200,
        })
    );
    assert_eq!(
        cloud.calls()[0].header("x-tc-token").as_deref(),
        Some("hunter2-token")
    );
    std::fs::write(token.path(), "hunter2-second").unwrap();
    // 300 seconds early.
    cloud.clock.set(NOW + 6900);
    call(&client).await.unwrap();
    until(|| {
        cloud
            .seen("HTTP")
            .iter()
            .filter(|seen| is_exchange(seen))
            .count()
            == 2
    })
    .await;
    let second = cloud.seen("HTTP").into_iter().rfind(is_exchange).unwrap();
    assert!(second.text().contains("hunter2-second"));
}

#[tokio::test]
async fn a_token_of_vke_is_exchanged_unsigned() {
    let token = Token::new("vke", "hunter2-token");
    let cloud = Cloud::run(|seen| {
        if seen.line().contains("Action=AssumeRoleWithOIDC") {
            let answer = json!({"ResponseMetadata": {"RequestId": "r"}, "Result": {"Credentials": {
                "AccessKeyId": "AKLTrole", "SecretAccessKey": "hunter2-key", "SessionToken": "hunter2-session",
                "ExpiredTime": "2023-11-15T07:13:20+08:00", "CurrentTime": "2023-11-15T06:13:20+08:00",
            }}});
            Play::Say("200 OK", answer.to_string())
        } else {
            done()
        }
    })
    .await;
    let variables = [
        ("VOLCENGINE_OIDC_TOKEN_FILE", token.path()),
        ("VOLCENGINE_OIDC_ROLE_TRN", "trn:iam::1:role/r"),
        ("VOLCENGINE_OIDC_ROLE_SESSION_NAME", "s"),
        ("VOLCENGINE_OIDC_ROLE_POLICY", "{\"a\": 1}"),
        ("VOLCENGINE_OIDC_STS_ENDPOINT", &cloud.url),
    ];
    let identity = WebIdentity::new(Vendor::Volcengine).variables(Variables::of(variables));
    let client = cloud.client(identity);
    call(&client).await.unwrap();
    let exchange = cloud.seen("AssumeRoleWithOIDC")[0].clone();
    assert_eq!(
        exchange.line(),
        "POST /?Action=AssumeRoleWithOIDC&Version=2018-01-01 HTTP/1.1"
    );
    assert_eq!(exchange.header("authorization"), None);
    let mut fields: Vec<&str> = exchange.text().split('&').collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "DurationSeconds=3600",
            "OIDCToken=hunter2-token",
            "Policy=%7B%22a%22%3A+1%7D",
            "RoleSessionName=s",
            "RoleTrn=trn%3Aiam%3A%3A1%3Arole%2Fr",
        ]
    );
    let shown = format!("{client:?}");
    assert!(shown.contains("expires_at: 20231114T231320Z"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn a_service_that_repeats_the_token_does_not_bring_it_into_an_error() {
    let token = Token::new("repeated", "hunter2-repeated");
    let says: [fn() -> Play; 3] = [
        || {
            let error = json!({"Code": "InvalidParameter.WebIdentityTokenError", "Message": "bad hunter2-repeated"});
            Play::Say(
                "200 OK",
                json!({"Response": {"Error": error, "RequestId": "r-1"}}).to_string(),
            )
        },
        || Play::Say("502 Bad Gateway", "<html>hunter2-repeated".to_owned()),
        || {
            Play::Say(
                "200 OK",
                json!({"Response": {"Credentials": "hunter2-repeated", "RequestId": "r"}})
                    .to_string(),
            )
        },
    ];
    for (number, says) in says.into_iter().enumerate() {
        let cloud = Cloud::run(move |_| says()).await;
        let refused = refusal(&cloud.client(tencent(token.path()))).await;
        assert!(
            refused.contains("the workload's identity: sts AssumeRoleWithWebIdentity: "),
            "{refused}"
        );
        if number == 0 {
            assert!(
                refused.contains(
                    "InvalidParameter.WebIdentityTokenError: bad <redacted> (request id r-1"
                ),
                "{refused}"
            );
        }
    }
}

#[tokio::test]
async fn answers_that_hold_no_credential_are_told() {
    let token = Token::new("answers", "hunter2-answers");
    for (answer, told) in [
        (json!({}), "the answer has no Credentials"),
        (
            json!({"Credentials": {"TmpSecretId": "i", "Token": "hunter2"}}),
            "lack the id, the key or the token",
        ),
        (
            json!({"Credentials": {"TmpSecretId": "i", "TmpSecretKey": "hunter2", "Token": "hunter2"}, "Expiration": "hunter2"}),
            "the answer's expiry is no point in time",
        ),
        (
            json!({"Credentials": {"TmpSecretId": "i", "TmpSecretKey": "hunter2", "Token": "hunter2"}, "ExpiredTime": 1}),
            "handed out a credential that expired at 19700101T000001Z",
        ),
        (
            json!({"Credentials": {"Token": "x".repeat(70_000)}}),
            "larger than the 65536 bytes",
        ),
    ] {
        let answer = json!({"Response": answer}).to_string();
        let cloud = Cloud::run(move |_| Play::Say("200 OK", answer.clone())).await;
        let refused = refusal(&cloud.client(tencent(token.path()))).await;
        assert!(refused.contains(told), "{refused}");
    }
}

#[tokio::test]
async fn what_is_missing_of_an_identity_is_told() {
    let cloud = Cloud::run(|_| done()).await;
    let none: [(&str, &str); 0] = [];
    let refused =
        refusal(&cloud.client(WebIdentity::new(Vendor::Tencent).variables(Variables::of(none))))
            .await;
    assert!(
        refused.ends_with(
            "TKE_WEB_IDENTITY_TOKEN_FILE is not set, TKE_ROLE_ARN is not set, TKE_PROVIDER_ID is not set, TKE_REGION is not set"
        ),
        "{refused}"
    );
    let half = Variables::of([("VOLCENGINE_OIDC_ROLE_TRN", "r")]);
    let refused =
        refusal(&cloud.client(WebIdentity::new(Vendor::Volcengine).variables(half))).await;
    assert!(
        refused.ends_with("the workload's identity: VOLCENGINE_OIDC_TOKEN_FILE is not set"),
        "{refused}"
    );
    let refused = refusal(&cloud.client(tencent("/nowhere/token"))).await;
    assert!(
        refused.ends_with("/nowhere/token: does not exist, and the variables name it"),
        "{refused}"
    );
    for content in ["", " \n", "hunter2 hunter2", "hunter2\nhunter2"] {
        let token = Token::new("missing", content);
        let refused = refusal(&cloud.client(tencent(token.path()))).await;
        assert!(refused.ends_with(": holds no token"), "{refused}");
    }
    let token = Token::new("elsewhere", "hunter2-token");
    let elsewhere = Variables::of([
        ("VOLCENGINE_OIDC_TOKEN_FILE", token.path()),
        ("VOLCENGINE_OIDC_ROLE_TRN", "r"),
        ("VOLCENGINE_OIDC_STS_ENDPOINT", "http://sts.example"),
    ]);
    let refused =
        refusal(&cloud.client(WebIdentity::new(Vendor::Volcengine).variables(elsewhere))).await;
    assert!(
        refused.contains(
            "VOLCENGINE_OIDC_STS_ENDPOINT: the endpoint sts.example would be called over plain http"
        ),
        "{refused}"
    );
    assert!(cloud.seen("HTTP").is_empty());
}
