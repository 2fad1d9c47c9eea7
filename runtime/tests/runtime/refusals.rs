//! In: requests and configurations that cannot work. Out: an error before anything is sent.

use std::time::Duration;

use yunqiao_runtime::{Client, Config, Credential};

use crate::sample::{Agent, Everything, SERVICE, UserInfo, VERIFY};
use crate::server::{Server, credential};

const ANSWER: &str = r#"{"Response":{"RequestId":"r"}}"#;

fn bad() -> Agent {
    let person = UserInfo {
        open_id: None,
        mobile: Some("13800000000".to_owned()),
    };
    Agent {
        app_id: Some("hunter2".repeat(9)),
        proxy_operator: Some(Box::new(person)),
    }
}

#[tokio::test]
async fn a_request_with_problems_is_not_sent() {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let error = client.call::<Everything>(&VERIFY, bad()).await.unwrap_err();
    assert!(error.is_validation());
    assert_eq!(error.problems().len(), 1);
    assert_eq!(
        error.to_string(),
        "essbasic ChannelVerifyPdf: nothing was sent, the request has 1 problem:\n  AppId must have 1 to 32 characters, has 63"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_check_can_be_switched_off() {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    client
        .call::<Everything>(&VERIFY, bad())
        .skip_validation()
        .await
        .unwrap();
    let client = Client::new(&server.config().validate(false).build().unwrap(), &SERVICE);
    client.call::<Everything>(&VERIFY, bad()).await.unwrap();
    assert_eq!(server.seen().len(), 2);
    // What JSON cannot spell cannot be sent even so.
    let request = Everything {
        float: Some(f64::NAN),
        ..Everything::default()
    };
    assert!(
        client
            .call::<Everything>(&VERIFY, request)
            .await
            .unwrap_err()
            .is_validation()
    );
}

#[tokio::test]
async fn a_call_does_nothing_until_it_is_awaited() {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let call = client.call::<Everything>(&VERIFY, Agent::default());
    let shown = format!("{call:?}");
    assert!(
        shown.starts_with(r#"Call { service: "essbasic", action: "ChannelVerifyPdf""#),
        "{shown}"
    );
    drop(call);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_call_can_be_spawned() {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let calls: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                client
                    .call::<Everything>(&VERIFY, Agent::default())
                    .skip_validation()
                    .await
            })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().request_id(), Some("r"));
    }
}

#[test]
fn what_callers_keep_can_cross_threads() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<yunqiao_runtime::Error>();
    crosses::<Client>();
    crosses::<yunqiao_runtime::Response<Everything>>();
    fn is_error<T: std::error::Error>() {}
    is_error::<yunqiao_runtime::Error>();
}

#[test]
fn a_call_outside_of_tokio_says_so() {
    let config = Config::builder().credential(credential()).build().unwrap();
    let call = Client::new(&config, &SERVICE).call::<Everything>(&VERIFY, Agent::default());
    let mut future = std::future::IntoFuture::into_future(call);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = future.as_mut().poll(&mut context) else {
        panic!("it must not wait")
    };
    assert!(
        error.is_configuration() && error.to_string().contains("tokio runtime"),
        "{error}"
    );
}

#[test]
fn a_configuration_that_cannot_work_is_refused_with_the_reason() {
    let builder = || Config::builder().credential(credential());
    for (result, told) in [
        (
            builder().credential(Credential::new("", "k")).build(),
            "the credential's id is empty",
        ),
        (
            builder().credential(Credential::new("hunter2", "")).build(),
            "the credential's key is empty",
        ),
        (
            builder()
                .credential(Credential::new("id", "hunter2\n"))
                .build(),
            "the credential's key has whitespace around it",
        ),
        (
            builder()
                .credential(Credential::new("id", "hun ter2"))
                .build(),
            "the credential's key has a character",
        ),
        (
            builder()
                .credential(credential().with_token("hunter2密"))
                .build(),
            "the credential's token has a character",
        ),
        (
            builder().region("ap guangzhou").build(),
            "the region \"ap guangzhou\" has characters",
        ),
        (
            builder().region("").build(),
            "the region \"\" has characters",
        ),
        (
            builder().language("en\r\nX: y").build(),
            "the language \"en\\r\\nX: y\" has characters",
        ),
        (
            builder().connect_timeout(Duration::ZERO).build(),
            "connect_timeout is zero",
        ),
        (
            builder().attempt_timeout(Duration::ZERO).build(),
            "attempt_timeout is zero",
        ),
        (
            builder().total_timeout(Duration::ZERO).build(),
            "total_timeout is zero",
        ),
        (
            builder().endpoint("https://u:hunter2@x.com").build(),
            "a user name or password",
        ),
        (builder().endpoint("http://x.com").build(), "plain http"),
    ] {
        let error = result.unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().contains(told), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[test]
fn no_debug_shows_a_secret() {
    let secret = Credential::new("AKIDhunter2", "hunter2hunter2").with_token("hunter2token");
    assert_eq!(
        format!("{secret:?}"),
        "Credential { id: AKID..., key: <redacted>, token: <redacted> }"
    );
    assert_eq!(
        format!("{:?}", Credential::new("密钥编号五", "k")),
        "Credential { id: 密钥编号..., key: <redacted> }"
    );
    let builder = Config::builder()
        .credential(secret)
        .region("ap-guangzhou")
        .endpoint("http://127.0.0.1:1");
    assert!(!format!("{builder:?}").contains("hunter2"));
    assert!(
        !format!(
            "{:?}",
            Config::builder().endpoint("https://u:hunter2@x.com")
        )
        .contains("hunter2")
    );
    let config = builder.build().unwrap();
    let client = Client::new(&config, &SERVICE);
    let shown = format!("{config:?} {client:?} {:?}", client.config());
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(
        shown.contains("ap-guangzhou")
            && shown.contains("http://127.0.0.1:1/")
            && shown.contains("essbasic"),
        "{shown}"
    );
}
