//! In: states of success, failure and neither, and failures on the way. Out: the end of the wait.

use super::*;

fn is_send<T: Send>(value: T) -> T {
    value
}

#[tokio::test]
async fn a_wait_ends_with_the_answer_that_tells_success() {
    // A state that nobody documents, and one that is absent, are waited through.
    let states = [
        json!({ "Status": 1 }),
        json!({ "Status": 77 }),
        json!({}),
        json!({ "Status": 8, "Reason": "x" }),
    ];
    let (server, client) = telling(states.to_vec()).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let wait = eager(client.wait_for(&started(), request())).progress(move |progress| {
        let state = progress.state().map(str::to_owned);
        heard
            .lock()
            .unwrap()
            .push((progress.attempt(), state, progress.done(), progress.jobs()));
    });
    let wait = is_send(std::future::IntoFuture::into_future(wait));
    let answer = wait.await.unwrap();
    assert_eq!(
        (answer.status, answer.reason.as_deref(), answer.request_id()),
        (Some(8), Some("x"), Some("r"))
    );
    assert_eq!(server.seen().len(), 4);
    let state = |text: &str| Some(text.to_owned());
    assert_eq!(
        *told.lock().unwrap(),
        [
            (1, state("1"), 0, 1),
            (2, state("77"), 0, 1),
            (3, None, 0, 1),
            (4, state("8"), 1, 1)
        ]
    );
    for seen in server.seen() {
        assert_eq!(seen.text(), r#"{"TaskId":"t-1","Operator":"me"}"#);
    }
}

#[tokio::test]
async fn the_answer_that_started_the_job_is_handed_on_as_it_came() {
    static START: Action = Action::new(&SERVICE, "CreateTask");
    let (server, client) = telling(vec![json!({ "TaskId": "t-9" }), json!({ "Status": 8 })]).await;
    let started = client
        .call::<StartResponse>(&START, request())
        .await
        .unwrap();
    eager(client.wait_for(&started, request())).await.unwrap();
    assert!(server.seen()[1].text().contains("t-9"));
}

#[tokio::test]
async fn a_failure_says_which_state_and_request() {
    for state in [-1, 9] {
        let (server, client) = telling(vec![
            json!({ "Status": 1 }),
            json!({ "Status": state, "Reason": "secret-reason" }),
        ])
        .await;
        let error = eager(client.wait_for(&started(), request()))
            .await
            .unwrap_err();
        assert!(error.is_job_failure() && !error.is_timeout() && !error.is_service());
        assert_eq!(
            (error.job_state(), error.request_id()),
            (Some(state.to_string().as_str()), Some("r"))
        );
        let text = error.to_string();
        assert!(
            text.starts_with(&format!(
                "essbasic DescribeTask: the job failed, its state is {state}"
            )),
            "{text}"
        );
        assert!(!text.contains("secret-reason"), "{text}");
        assert_eq!(server.seen().len(), 2);
        let wait = eager(client.wait_for(&started(), request())).failure_as_answer();
        assert_eq!(wait.await.unwrap().reason.as_deref(), Some("secret-reason"));
    }
}

#[tokio::test]
async fn the_deadline_ends_it_with_the_last_state() {
    let (server, client) = telling(vec![json!({ "Status": 3 })]).await;
    let wait = eager(client.wait_for(&started(), request())).deadline(Duration::from_millis(300));
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout() && !error.is_job_failure());
    assert_eq!(error.job_state(), Some("3"));
    assert!(
        error
            .to_string()
            .contains("has not ended within 300ms, its last state is 3"),
        "{error}"
    );
    assert!(server.seen().len() > 1);
    // A server that does not answer at all cannot hold it either.
    let stalled = Server::run(Script::Stall(Vec::new())).await;
    let client = Client::new(&stalled.config().build().unwrap(), &SERVICE);
    let wait = eager(client.wait_for(&started(), request())).deadline(Duration::from_millis(300));
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout() && error.job_state().is_none(), "{error}");
    // And without time, nothing is asked.
    let wait = eager(client.wait_for(&started(), request())).deadline(Duration::ZERO);
    assert!(wait.await.unwrap_err().is_timeout());
    assert_eq!(stalled.seen().len(), 1);
}

#[tokio::test]
async fn what_may_pass_is_waited_through_and_what_cannot_ends_it() {
    let fault = |code: &str| {
        let body =
            json!({ "Response": { "Error": { "Code": code, "Message": "m" }, "RequestId": "r" } });
        http("200 OK", &[], body.to_string().as_bytes())
    };
    let done = http(
        "200 OK",
        &[],
        br#"{"Response":{"Status":8,"RequestId":"r"}}"#,
    );
    for passing in [
        fault("RequestLimitExceeded"),
        fault("InternalError.System"),
        http("502 Bad Gateway", &[], b"<html>"),
        http("429 Too Many Requests", &[], b""),
    ] {
        let (_server, client) = sending(vec![passing.clone(), done.clone()]).await;
        let failures = Arc::new(Mutex::new(0));
        let heard = Arc::clone(&failures);
        let wait = eager(client.wait_for(&started(), request()));
        let wait = wait.progress(move |progress| {
            *heard.lock().unwrap() += usize::from(progress.failure().is_some())
        });
        let shown = String::from_utf8_lossy(&passing).into_owned();
        assert_eq!(wait.await.unwrap().status, Some(8), "{shown}");
        // A call that is repeated by itself may not even show it.
        assert!(*failures.lock().unwrap() <= 1, "{shown}");
    }
    for ending in [
        fault("ResourceNotFound.Task"),
        fault("AuthFailure.SignatureFailure"),
        http("200 OK", &[], b"<html>"),
        http(
            "200 OK",
            &[],
            br#"{"Response":{"Status":{},"RequestId":"r"}}"#,
        ),
    ] {
        let (server, client) = sending(vec![ending, done.clone()]).await;
        let error = eager(client.wait_for(&started(), request()))
            .await
            .unwrap_err();
        assert!(!error.is_timeout() && !error.is_job_failure(), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
    // What was waited through last is told at the deadline.
    let (_server, client) = sending(vec![fault("RequestLimitExceeded")]).await;
    let wait = eager(client.wait_for(&started(), request())).deadline(Duration::from_millis(300));
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout());
}

#[tokio::test]
async fn what_is_dropped_asks_for_nothing_more() {
    let (server, client) = telling(vec![json!({ "Status": 1 })]).await;
    let wait = eager(client.wait_for(&started(), request()));
    let waited = tokio::time::timeout(Duration::from_millis(200), wait).await;
    assert!(waited.is_err());
    tokio::time::sleep(Duration::from_millis(50)).await;
    let asked = server.seen().len();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(server.seen().len(), asked);
}
