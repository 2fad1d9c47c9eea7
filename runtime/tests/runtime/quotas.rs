//! In: more calls than an action's limit allows. Out: when each is sent, and which are refused.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

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
    let mut request = Agent::default();
    request.app_id = Some("a".to_owned());
    let call = Client::new(config, action.service()).call::<Everything>(action, request);
    call.timeout(total)
        .await
        .map(|response| response.attempts())
}

async fn fine() -> Server {
    let body = r#"{"Response":{"RequestId":"r"},"ResponseMetadata":{"RequestId":"r"}}"#;
    Server::with_body(body).await
}

/// How long so many calls take, one after the other.
async fn take(config: &Config, action: &'static Action, calls: usize) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        call(config, action).await.unwrap();
    }
    start.elapsed()
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn each_action_region_and_account_has_a_quota_that_all_clients_share() {
    let server = fine().await;
    let config = server.config().build().unwrap();
    assert!(take(&config, &SLOW, 2).await < SECOND / 2);
    assert!(take(&config, &OTHER, 2).await < SECOND / 2);
    let other = yunqiao_runtime::Credential::new("AKIDother", "another-secret-key");
    let other = config.with_credential(other).unwrap();
    assert!(take(&other, &SLOW, 2).await < SECOND / 2);
    let limits = Arc::new(DocumentedLimits::new());
    let here = server
        .config()
        .region("ap-guangzhou")
        .rate_limiter(limits.clone());
    let there = server.config().region("ap-beijing").rate_limiter(limits);
    let (here, there) = (here.build().unwrap(), there.build().unwrap());
    assert!(take(&here, &SLOW, 2).await < SECOND / 2);
    assert!(take(&there, &SLOW, 2).await < SECOND / 2);
    let start = Instant::now();
    call_within(&config.clone(), &SLOW, SECOND * 9)
        .await
        .unwrap();
    call_within(&config, &SLOW, SECOND * 9).await.unwrap();
    call_within(&config, &SLOW, SECOND * 9).await.unwrap();
    assert!(start.elapsed() > SECOND / 2, "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_call_that_would_wait_too_long_is_refused_at_once_and_clearly() {
    let server = fine().await;
    let config = server.config().build().unwrap();
    take(&config, &SLOW, 2).await;
    let start = Instant::now();
    let error = call_within(&config, &SLOW, SECOND / 4).await.unwrap_err();
    assert!(start.elapsed() < SECOND / 5, "{error}");
    assert!(error.is_throttling() && !error.is_timeout() && !error.is_service());
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 0));
    assert!(error.can_be_repeated());
    assert!(
        error.to_string().starts_with(
            "essbasic ChannelVerifyPdf: nothing was sent: the action may start 2 times a second, with 0 calls ahead that takes "
        ),
        "{error}"
    );
    let limits = DocumentedLimits::new().max_waiting(0);
    let config = server
        .config()
        .rate_limiter(Arc::new(limits))
        .build()
        .unwrap();
    take(&config, &SLOW, 2).await;
    let error = call(&config, &SLOW).await.unwrap_err();
    assert!(
        error.to_string().contains("0 calls wait for it already"),
        "{error}"
    );
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_dropped_call_gives_back_its_place() {
    let server = fine().await;
    let config = server.config().build().unwrap();
    take(&config, &SLOW, 2).await;
    let start = Instant::now();
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let config = config.clone();
            tokio::spawn(async move { call(&config, &SLOW).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(50)).await;
    waiting.iter().for_each(|task| task.abort());
    call(&config, &SLOW).await.unwrap();
    assert!(start.elapsed() < SECOND * 3 / 2, "{:?}", start.elapsed());
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn what_the_vendor_does_not_document_is_its_habit() {
    let server = fine().await;
    let config = server.config().build().unwrap();
    take(&config, &USUAL, 20).await;
    let error = call_within(&config, &USUAL, Duration::from_millis(20)).await;
    assert!(error.unwrap_err().is_throttling());
    assert!(take(&config, &SMS_SEND, 60).await < SECOND * 9 / 10);
    let config = server.config().without_rate_limit().build().unwrap();
    assert!(take(&config, &USUAL, 60).await < SECOND * 9 / 10);
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
