//! In: providers of a program's own. Out: when they are asked, and what becomes of what they should not hand out.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use yunqiao_runtime::credential::{
    CredentialError, CredentialFuture, CredentialProvider, Surroundings,
};
use yunqiao_runtime::{Client, Config, Credential};

use super::cloud::{Cloud, Play, call, done, refusal, request, until};
use crate::sample::SERVICE;
use crate::server::NOW;

/// A provider that does as it is told, and counts.
struct Own<F>(Arc<AtomicUsize>, F);

impl<F: Fn(usize) -> Result<Credential, CredentialError> + Send + Sync> CredentialProvider
    for Own<F>
{
    fn credential<'a>(&'a self, _: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(async { (self.1)(self.0.fetch_add(1, Ordering::SeqCst)) })
    }
}

#[tokio::test]
async fn a_provider_of_the_program_is_asked_once_if_its_credential_has_no_end() {
    let cloud = Cloud::run(|_| done()).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let own = Own(Arc::clone(&asked), |_| {
        Ok(Credential::new("AKIDown", "hunter2-key"))
    });
    let client = cloud.client(own);
    for day in 0..5 {
        cloud.clock.set(NOW + 86_400 * day);
        call(&client).await.unwrap();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // An action that nobody signs does not ask at all.
    let own = Own(Arc::clone(&asked), |_| {
        Err(CredentialError::broken("never asked"))
    });
    let client = cloud.client(own);
    static UNSIGNED: yunqiao_runtime::Action =
        yunqiao_runtime::Action::new(&SERVICE, "Open").unsigned();
    client
        .call::<crate::sample::Everything>(&UNSIGNED, request())
        .await
        .unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_cannot_sign_is_refused() {
    let cloud = Cloud::run(|_| done()).await;
    let client = cloud.client(Own(Arc::default(), |_| {
        Ok(Credential::new("AKID", "hunter2\n"))
    }));
    let told = refusal(&client).await;
    assert!(
        told.contains("the program's own provider: the credential's key has whitespace around it"),
        "{told}"
    );
    let over = |_| Ok(Credential::new("AKID", "hunter2").with_expiry(NOW));
    let told = refusal(&cloud.client(Own(Arc::default(), over))).await;
    assert!(told.contains("handed out a credential that expired at 20231114T221320Z; by this machine's clock it is"), "{told}");
    let panics = |count| match count {
        0..10 => panic!("as it is told"),
        _ => Ok(Credential::new("AKID", "hunter2")),
    };
    let told = refusal(&cloud.client(Own(Arc::default(), panics))).await;
    assert!(told.contains("broke off without an answer"), "{told}");
    assert!(cloud.calls().is_empty());
}

struct Silent;

impl CredentialProvider for Silent {
    fn credential<'a>(&'a self, _: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_never_answers_is_given_up() {
    // Nobody is called there, and nothing is needed for TLS.
    let config = Config::builder()
        .endpoint("http://127.0.0.1:1")
        .credential_provider(Silent)
        .build()
        .unwrap();
    let told = refusal(&Client::new(&config, &SERVICE)).await;
    assert!(
        told.contains("the program's own provider: no answer within 30s"),
        "{told}"
    );
}

#[tokio::test]
async fn an_answer_that_repeats_what_its_call_was_signed_with_is_redacted() {
    let cloud = Cloud::run(|seen| {
        let token = seen.header("x-tc-token").unwrap();
        let error = format!(
            r#"{{"Code":"AuthFailure.TokenFailure","Message":"{token} and key-of-{token}"}}"#
        );
        let answer = format!(r#"{{"Response":{{"Error":{error},"RequestId":"r"}}}}"#);
        Play::Late(Duration::from_millis(100), "200 OK", answer)
    })
    .await;
    let own = Own(Arc::default(), |count| {
        let credential = Credential::new("AKIDown", format!("key-of-hunter2-{count}"));
        let end = NOW + 1000 * (count as i64 + 1);
        Ok(credential
            .with_token(format!("hunter2-{count}"))
            .with_expiry(end))
    });
    let client = cloud.client(own);
    let early = tokio::spawn({
        let client = client.clone();
        async move { call(&client).await.unwrap_err() }
    });
    until(|| cloud.calls().len() == 1).await;
    // While the first call is under way, its credential is followed by two others.
    for end in [1000, 2000] {
        cloud.clock.set(NOW + end);
        let error = call(&client).await.unwrap_err().to_string();
        assert!(error.contains("<redacted> and "), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
    let error = early.await.unwrap().to_string();
    assert!(error.contains("<redacted> and "), "{error}");
    assert!(!error.contains("hunter2"), "{error}");
}
