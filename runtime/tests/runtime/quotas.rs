//! In: more calls than an action's limit allows. Out: when each is sent, and which are refused.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use yunqiao_runtime::{
    Action, Client, Config, Delivery, DocumentedLimits, Error, Quota, QuotaRefusal, RateLimiter,
};

use crate::sample::{Agent, Everything, SERVICE, SMS};
use crate::server::{Script, Server, http};

static SLOW: Action = Action::new(&SERVICE, "ChannelVerifyPdf").rate_limit(2);
static OTHER: Action = Action::new(&SERVICE, "DescribeFlow").rate_limit(2);
static USUAL: Action = Action::new(&SERVICE, "CreateFlow");
static SMS_SEND: Action = Action::new(&SMS, "SendSms");

async fn call(config: &Config, action: &'static Action) -> Result<u32, Error> {
    call_within(config, action, Duration::from_secs(30)).await
}

async fn call_within(
    config: &Config,
    action: &'static Action,
    total: Duration,
) -> Result<u32, Error> {
    let request = Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    };
    let call = Client::new(config, action.service()).call::<Everything>(action, request);
    call.timeout(total)
        .await
        .map(|response| response.attempts())
}

async fn fine() -> Server {
    let body = r#"{"Response":{"RequestId":"r"},"ResponseMetadata":{"RequestId":"r"}}"#;
    Server::with_body(body).await
}

const SECOND: Duration = Duration::from_secs(1);

/// So many calls, started at once; they end when the set is dropped. They have their places when this returns.
async fn crowd(config: &Config, action: &'static Action, calls: usize) -> JoinSet<()> {
    let mut crowd = JoinSet::new();
    for _ in 0..calls {
        let config = config.clone();
        crowd.spawn(async move { drop(call(&config, action).await) });
    }
    // One thread runs them all, each up to where it has to wait, and some dozens each time that it is let.
    for _ in 0..calls {
        tokio::task::yield_now().await;
    }
    crowd
}

/// Whether a call is sent although it could not wait for a crowd of forty, which takes some 19 seconds.
async fn is_free(config: &Config, action: &'static Action) -> bool {
    match call_within(config, action, SECOND * 8).await {
        Ok(_) => true,
        Err(error) if error.is_throttling() && error.delivery() == Delivery::NotSent => false,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn each_action_region_and_account_has_a_quota_that_all_clients_share() {
    let server = fine().await;
    let config = server.config().build().unwrap();
    let _crowd = crowd(&config, &SLOW, 40).await;
    assert!(!is_free(&config, &SLOW).await);
    assert!(!is_free(&config.clone(), &SLOW).await);
    assert!(is_free(&config, &OTHER).await);
    let other = yunqiao_runtime::Credential::new("AKIDother", "another-secret-key");
    let other = config.with_credential(other).unwrap();
    assert!(is_free(&other, &SLOW).await);
    let limits = Arc::new(DocumentedLimits::new());
    let here = server
        .config()
        .region("ap-guangzhou")
        .rate_limiter(limits.clone());
    let there = server.config().region("ap-beijing").rate_limiter(limits);
    let (here, there) = (here.build().unwrap(), there.build().unwrap());
    let _crowd = crowd(&here, &SLOW, 40).await;
    assert!(!is_free(&here, &SLOW).await);
    assert!(is_free(&there, &SLOW).await);
}

#[tokio::test]
async fn calls_wait_for_their_turn() {
    let server = fine().await;
    let config = server.config().build().unwrap();
    let start = Instant::now();
    for _ in 0..4 {
        call(&config, &SLOW).await.unwrap();
    }
    // Two at once, then one every half second.
    assert!(start.elapsed() > SECOND * 9 / 10, "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_call_that_would_wait_too_long_is_refused_at_once_and_clearly() {
    let server = fine().await;
    let config = server.config().build().unwrap();
    let crowded = crowd(&config, &SLOW, 40).await;
    let error = call_within(&config, &SLOW, SECOND * 8).await.unwrap_err();
    assert!(error.is_throttling() && !error.is_timeout() && !error.is_service());
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 0));
    assert!(error.can_be_repeated());
    let text = error.to_string();
    let start =
        "essbasic ChannelVerifyPdf: nothing was sent: the action may start 2 times a second, with ";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains(" calls ahead that takes "), "{text}");
    drop(crowded);
    let limits = DocumentedLimits::new().max_waiting(0);
    let config = server
        .config()
        .rate_limiter(Arc::new(limits))
        .build()
        .unwrap();
    let _crowd = crowd(&config, &SLOW, 2).await;
    let error = call(&config, &SLOW).await.unwrap_err();
    assert!(
        error.to_string().contains("0 calls wait for it already"),
        "{error}"
    );
}

#[tokio::test]
async fn a_dropped_call_gives_back_its_place() {
    let server = fine().await;
    let config = server.config().build().unwrap();
    let mut crowd = crowd(&config, &SLOW, 40).await;
    crowd.shutdown().await;
    assert!(is_free(&config, &SLOW).await);
}

#[tokio::test]
async fn what_the_vendor_does_not_document_is_its_habit() {
    let server = fine().await;
    let config = server.config().build().unwrap();
    // Twenty a second, so the last of these would wait for some 14 seconds.
    let _crowd = crowd(&config, &USUAL, 300).await;
    assert!(!is_free(&config, &USUAL).await);
    let _crowd = crowd(&config, &SMS_SEND, 300).await;
    assert!(is_free(&config, &SMS_SEND).await);
    let config = server.config().without_rate_limit().build().unwrap();
    let _crowd = crowd(&config, &USUAL, 300).await;
    assert!(is_free(&config, &USUAL).await);
}

/// Writes down what it is asked, and refuses from some number on.
#[derive(Default)]
struct Noting(Mutex<Vec<String>>, usize);

impl RateLimiter for Noting {
    fn acquire<'a>(
        &'a self,
        quota: Quota<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<(), QuotaRefusal>> + Send + 'a>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let mut noted = self.0.lock().unwrap();
            let (service, action) = (quota.action().service().name(), quota.action().name());
            assert!(quota.patience() <= SECOND * 30 && quota.account() != 0);
            noted.push(format!(
                "{service} {action} {:?} {:?}",
                quota.region(),
                quota.limit()
            ));
            if noted.len() > self.1 {
                return Err(QuotaRefusal::new("enough for today"));
            }
            Ok(())
        })
    }

    fn throttled(&self, quota: Quota<'_>) {
        self.0
            .lock()
            .unwrap()
            .push(format!("slow {}", quota.action().name()));
    }
}

#[tokio::test]
async fn a_limiter_of_ones_own_is_asked_for_every_attempt() {
    let throttled = r#"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"m"}}}"#;
    let fine = r#"{"Response":{"RequestId":"r"}}"#;
    let answer = |body: &str| Script::Answer(http("200 OK", &[], body.as_bytes()));
    let server = Server::play(vec![answer(throttled), answer(fine), answer(throttled)]).await;
    let limiter = Arc::new(Noting(Mutex::default(), 4));
    let config = server
        .repeating()
        .region("ap-beijing")
        .rate_limiter(limiter.clone());
    let config = config.build().unwrap();
    assert_eq!(call(&config, &SLOW).await.unwrap(), 2);
    let asked = r#"essbasic ChannelVerifyPdf Some("ap-beijing") Some(2)"#;
    let told = "slow ChannelVerifyPdf";
    assert_eq!(*limiter.0.lock().unwrap(), [asked, told, asked]);
    // The refusal of a repeat is no reason to forget what the vendor has said.
    let error = call(&config, &SLOW).await.unwrap_err();
    assert_eq!(error.code(), Some("RequestLimitExceeded"));
    assert_eq!(
        (error.attempts(), error.delivery()),
        (1, Delivery::Rejected)
    );
    let error = call(&config, &SLOW).await.unwrap_err();
    assert_eq!(
        error.to_string().split(" (").next(),
        Some("essbasic ChannelVerifyPdf: nothing was sent: enough for today")
    );
}
