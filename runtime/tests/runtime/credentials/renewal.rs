//! In: credentials that end, and services that fail. Out: whether one renewal serves all, early, and a failure harms nobody.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use yunqiao_runtime::Vendor;
use yunqiao_runtime::credential::InstanceRole;

use super::cloud::{Cloud, Play, call, done, refusal, request, until};
use crate::server::{NOW, Seen};

const ROLE: &str = "/latest/meta-data/cam/security-credentials/";

/// What the metadata service says of a role whose credential ends then.
fn handed(number: usize, end: i64) -> String {
    format!(
        r#"{{"TmpSecretId":"AKID{number}","TmpSecretKey":"hunter2-key-{number}","Token":"hunter2-token-{number}","ExpiredTime":{end},"Expiration":"","Code":"Success"}}"#
    )
}

fn names_role(seen: &Seen) -> bool {
    seen.line().contains(&format!("{ROLE} "))
}

fn is_api(seen: &Seen) -> bool {
    !seen.line().contains(ROLE)
}

/// A cloud whose role gets a credential of 1000 seconds each time, after a while.
async fn cloud(is_down: Arc<AtomicBool>) -> Cloud {
    let count = AtomicUsize::new(0);
    Cloud::run(move |seen| match seen {
        seen if is_api(seen) => done(),
        seen if names_role(seen) => Play::Say("200 OK", "reader".to_owned()),
        _ if is_down.load(Ordering::SeqCst) => {
            Play::Say("500 Internal Server Error", "hunter2".to_owned())
        }
        _ => {
            let number = count.fetch_add(1, Ordering::SeqCst);
            let end = NOW + 1000 * (number as i64 + 1);
            Play::Late(Duration::from_millis(50), "200 OK", handed(number, end))
        }
    })
    .await
}

fn role(cloud: &Cloud) -> InstanceRole {
    InstanceRole::new(Vendor::Tencent)
        .endpoint(&cloud.url)
        .unwrap()
}

fn tokens(cloud: &Cloud) -> Vec<String> {
    let calls = cloud.calls();
    calls
        .iter()
        .map(|seen| seen.header("x-tc-token").unwrap())
        .collect()
}

fn renewals(cloud: &Cloud) -> usize {
    cloud.seen(&format!("{ROLE}reader")).len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_calls_cause_one_renewal() {
    let cloud = cloud(Arc::default()).await;
    let client = cloud.client(role(&cloud));
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client).await.map(drop) })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(renewals(&cloud), 1);
    assert_eq!(tokens(&cloud), vec!["hunter2-token-0"; 100]);
    let first = &cloud.calls()[0];
    let authorization = first.header("authorization").unwrap();
    assert!(
        authorization.contains("Credential=AKID0/"),
        "{authorization}"
    );
    let shown = format!("{client:?}");
    assert!(
        shown.contains("by: the instance role, current: Some(Credential { id: AKID..."),
        "{shown}"
    );
    assert!(shown.contains("expires_at: 20231114T223000Z"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn it_is_renewed_300_seconds_early_and_nobody_waits() {
    let cloud = cloud(Arc::default()).await;
    let client = cloud.client(role(&cloud));
    call(&client).await.unwrap();
    cloud.clock.set(NOW + 699);
    call(&client).await.unwrap();
    assert_eq!(renewals(&cloud), 1);
    cloud.clock.set(NOW + 700);
    call(&client).await.unwrap();
    // What is valid still signs, while the next one is on its way.
    assert_eq!(tokens(&cloud), vec!["hunter2-token-0"; 3]);
    until(|| format!("{client:?}").contains("AKID") && renewals(&cloud) == 2).await;
    until(|| format!("{client:?}").contains("224640Z")).await;
    call(&client).await.unwrap();
    assert_eq!(tokens(&cloud)[3], "hunter2-token-1");
    assert_eq!(renewals(&cloud), 2);
}

#[tokio::test]
async fn a_failed_renewal_keeps_what_is_valid_and_waits_longer_each_time() {
    let is_down = Arc::new(AtomicBool::new(false));
    let cloud = cloud(Arc::clone(&is_down)).await;
    let client = cloud.client(role(&cloud));
    call(&client).await.unwrap();
    is_down.store(true, Ordering::SeqCst);
    let mut expected = 1;
    // After 5 seconds, 10, 20, 40, and then each minute.
    for at in [800, 805, 815, 835, 875, 935, 995] {
        for earlier in [1, 0] {
            cloud.clock.set(NOW + at - earlier);
            if at == 800 {
                cloud.clock.set(NOW + at);
            }
            call(&client).await.unwrap();
            tokio::time::sleep(Duration::from_millis(30)).await;
            if earlier == 1 && at != 800 {
                assert_eq!(renewals(&cloud), expected, "a second before {at}");
            }
        }
        expected += 1;
        until(|| renewals(&cloud) == expected).await;
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    assert!(
        tokens(&cloud)
            .iter()
            .all(|token| token == "hunter2-token-0")
    );
    // Its end: an error that says so, and that serves the calls of the next seconds too.
    cloud.clock.set(NOW + 1000);
    let told = refusal(&client).await;
    assert_eq!(
        told,
        "essbasic ChannelVerifyPdf: nothing was sent, the credential from the instance role expired at 20231114T223000Z and \
         could not be renewed: role reader: the metadata service answered HTTP 500"
    );
    assert_eq!(refusal(&client).await, told);
    assert_eq!(renewals(&cloud), expected + 1);
    is_down.store(false, Ordering::SeqCst);
    cloud.clock.set(NOW + 1002);
    call(&client).await.unwrap();
    assert_eq!(tokens(&cloud).last().unwrap(), "hunter2-token-1");
}

#[tokio::test]
async fn a_call_that_is_given_up_takes_nothing_along() {
    let cloud = cloud(Arc::default()).await;
    let client = cloud.client(role(&cloud));
    let first = tokio::time::timeout(Duration::from_millis(20), call(&client));
    let second = call(&client);
    let (first, second) = tokio::join!(first, second);
    assert!(first.is_err());
    second.unwrap();
    assert_eq!(renewals(&cloud), 1);
    // The first alone: its renewal goes on, for the next.
    let client = cloud.client(role(&cloud));
    let given_up = tokio::time::timeout(Duration::from_millis(20), call(&client)).await;
    assert!(given_up.is_err());
    call(&client).await.unwrap();
    assert_eq!(renewals(&cloud), 2);
}

#[tokio::test]
async fn a_source_that_hands_out_the_same_again_is_not_asked_with_each_call() {
    let cloud = Cloud::run(|seen| match seen {
        seen if is_api(seen) => done(),
        seen if names_role(seen) => Play::Say("200 OK", "reader".to_owned()),
        _ => Play::Say("200 OK", handed(0, NOW + 200)),
    })
    .await;
    let client = cloud.client(role(&cloud));
    for _ in 0..10 {
        call(&client).await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(renewals(&cloud), 1);
    cloud.clock.set(NOW + 5);
    call(&client).await.unwrap();
    until(|| renewals(&cloud) == 2).await;
}

#[tokio::test]
async fn time_for_the_credential_is_time_of_the_call() {
    let cloud = Cloud::run(|_| Play::Stall).await;
    let client = cloud.client(role(&cloud));
    let call = client.call::<crate::sample::Everything>(&crate::sample::VERIFY, request());
    let error = call.timeout(Duration::from_millis(50)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(cloud.calls().is_empty());
}

#[test]
fn a_runtime_that_ends_takes_its_renewal_along_and_no_more() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let outer = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let cloud = outer.block_on(cloud(Arc::default()));
    let client = cloud.client(role(&cloud));
    let given_up = runtime()
        .block_on(async { tokio::time::timeout(Duration::from_millis(20), call(&client)).await });
    assert!(given_up.is_err());
    runtime().block_on(call(&client)).unwrap();
}
