//! In: sources in an order. Out: the first that is there; one error that tells of each; nothing passed over that is broken.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use yunqiao_runtime::credential::{
    Chain, CredentialError, CredentialFuture, CredentialProvider, Environment, InstanceRole,
    Profile, Surroundings, Variables, WebIdentity,
};
use yunqiao_runtime::{Credential, Vendor};

use super::cloud::{Cloud, Play, call, done, refusal};
use super::identity::Token;
use crate::server::NOW;

fn none() -> Variables {
    Variables::of([("HOME", "/nowhere"), ("USERPROFILE", "/nowhere")])
}

#[tokio::test]
async fn one_error_tells_of_every_source() {
    let cloud = Cloud::run(|_| Play::Say("404 Not Found", "hunter2".to_owned())).await;
    let chain = Chain::new()
        .then(Environment::new(Vendor::Tencent).variables(none()))
        .then(Profile::new(Vendor::Tencent).variables(none()))
        .then(
            InstanceRole::new(Vendor::Tencent)
                .endpoint(&cloud.url)
                .unwrap(),
        )
        .then(WebIdentity::new(Vendor::Tencent).variables(none()));
    assert_eq!(
        format!("{chain:?}"),
        r#"["the environment", "credential files", "the instance role", "the workload's identity"]"#
    );
    assert_eq!(
        refusal(&cloud.client(chain)).await,
        "essbasic ChannelVerifyPdf: nothing was sent, the credential chain: no source has a credential:\n  \
         the environment: TENCENTCLOUD_SECRET_ID is not set; TENCENTCLOUD_SECRET_KEY is not set\n  \
         credential files: /nowhere/.tencentcloud/credentials does not exist; /etc/tencentcloud/credentials does not exist; \
         /nowhere/.tccli/default.credential does not exist\n  \
         the instance role: no role is bound to the instance (HTTP 404)\n  \
         the workload's identity: TKE_WEB_IDENTITY_TOKEN_FILE is not set, TKE_ROLE_ARN is not set, TKE_PROVIDER_ID is not set, \
         TKE_REGION is not set"
    );
}

#[tokio::test]
async fn a_broken_source_ends_the_search() {
    let cloud = Cloud::run(|_| done()).await;
    let half = Variables::of([("TENCENTCLOUD_SECRET_KEY", "hunter2")]);
    let chain = Chain::new()
        .then(WebIdentity::new(Vendor::Tencent).variables(none()))
        .then(Environment::new(Vendor::Tencent).variables(half))
        .then(Credential::new("AKIDother", "hunter2-other"));
    let refused = refusal(&cloud.client(chain)).await;
    assert!(
        refused.contains(
            "the environment does not work, and the sources after it are not tried, since they may belong to another account:\n  \
             the workload's identity: TKE_WEB_IDENTITY_TOKEN_FILE is not set"
        ),
        "{refused}"
    );
    assert!(
        refused.ends_with("\n  the environment: TENCENTCLOUD_SECRET_ID is not set"),
        "{refused}"
    );
    assert!(cloud.calls().is_empty());
}

/// A source that goes away.
struct Passing(Arc<AtomicBool>);

impl CredentialProvider for Passing {
    fn credential<'a>(&'a self, surroundings: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(async move {
            if self.0.load(Ordering::SeqCst) {
                return Err(CredentialError::absent("gone"));
            }
            Ok(Credential::new("AKIDpassing", "hunter2").with_expiry(surroundings.now() + 100))
        })
    }
}

#[tokio::test]
async fn the_source_that_has_served_stays() {
    let cloud = Cloud::run(|_| done()).await;
    let is_gone = Arc::new(AtomicBool::new(false));
    let chain = Chain::new()
        .then(Passing(Arc::clone(&is_gone)))
        .then(Credential::new("AKIDother", "hunter2-other"));
    let client = cloud.client(chain);
    call(&client).await.unwrap();
    is_gone.store(true, Ordering::SeqCst);
    cloud.clock.set(NOW + 100);
    let refused = refusal(&client).await;
    assert!(
        refused.ends_with(
            "expired at 20231114T221500Z and could not be renewed: the program's own provider: gone"
        ),
        "{refused}"
    );
    is_gone.store(false, Ordering::SeqCst);
    cloud.clock.set(NOW + 102);
    call(&client).await.unwrap();
    // A chain that has not served yet goes on.
    is_gone.store(true, Ordering::SeqCst);
    let chain = Chain::new()
        .then(Passing(is_gone))
        .then(Credential::new("AKIDother", "hunter2-other"));
    call(&cloud.client(chain)).await.unwrap();
    let last = cloud.calls().pop().unwrap();
    assert!(
        last.header("authorization")
            .unwrap()
            .contains("Credential=AKIDother/")
    );
}

#[tokio::test]
async fn the_default_chains_have_the_vendors_order() {
    let shown = |vendor| format!("{:?}", Chain::looking_up(vendor, &none()));
    assert_eq!(
        shown(Vendor::Tencent),
        r#"["the environment", "credential files", "the instance role", "the workload's identity"]"#
    );
    assert_eq!(
        shown(Vendor::Volcengine),
        r#"["the environment", "the workload's identity", "credential files", "the instance role"]"#
    );
    // Of Volcengine's, without a metadata service and with a service of tokens on this machine.
    let cloud = Cloud::run(|_| Play::Say("500 Internal Server Error", String::new())).await;
    let off = ("VOLCENGINE_ECS_METADATA_DISABLED", "true");
    let variables = Variables::of([off, ("HOME", "/nowhere"), ("USERPROFILE", "/nowhere")]);
    let refused = refusal(&cloud.client(Chain::looking_up(Vendor::Volcengine, &variables))).await;
    assert!(
        refused.contains("the credential chain of Volcengine: no source has a credential"),
        "{refused}"
    );
    assert_eq!(refused.lines().count(), 5, "{refused}");
    let token = Token::new("chain", "hunter2-token");
    let variables = Variables::of([
        off,
        ("VOLCENGINE_OIDC_TOKEN_FILE", token.path()),
        ("VOLCENGINE_OIDC_ROLE_TRN", "r"),
        ("VOLCENGINE_OIDC_STS_ENDPOINT", &cloud.url),
    ]);
    let refused = refusal(&cloud.client(Chain::looking_up(Vendor::Volcengine, &variables))).await;
    assert!(
        refused.contains(
            "the workload's identity does not work, and the sources after it are not tried"
        ),
        "{refused}"
    );
    // As often as calls are made that may be repeated.
    assert!(!cloud.seen("AssumeRoleWithOIDC").is_empty());
}
