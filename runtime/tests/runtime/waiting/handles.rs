//! In: what starts one job, several, or none. Out: what is asked for, and when all have ended.

use super::*;

fn flows(ids: &[&str]) -> StartFlowsResponse {
    StartFlowsResponse {
        flow_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
    }
}

fn states(states: &[&str]) -> Json {
    let flows: Vec<Json> = states
        .iter()
        .map(|state| json!({ "State": state }))
        .collect();
    json!({ "Flows": flows })
}

#[tokio::test]
async fn all_jobs_of_a_list_must_have_ended() {
    let (server, client) = telling(vec![
        json!({ "Flows": null }),
        states(&["DONE"]),
        states(&["DONE", "RUNNING"]),
        states(&["DONE", "READY"]),
    ])
    .await;
    // The same handle twice is one job.
    let wait = eager(client.wait_for(&flows(&["a", "b", "a"]), request()));
    assert_eq!(wait.await.unwrap().flows.len(), 2);
    assert_eq!(server.seen().len(), 4);
    assert_eq!(
        server.seen()[0].text(),
        r#"{"FlowIds":["a","b"],"Operator":"me"}"#
    );
}

#[tokio::test]
async fn one_failed_job_of_a_list_ends_the_wait() {
    let (server, client) = telling(vec![
        states(&["RUNNING", "RUNNING"]),
        states(&["RUNNING", "DEAD"]),
    ])
    .await;
    let error = eager(client.wait_for(&flows(&["a", "b"]), request()))
        .await
        .unwrap_err();
    assert_eq!(error.job_state(), Some("DEAD"));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_state_that_is_no_word_is_not_shown() {
    let (_server, client) = telling(vec![states(&["王小明 13800000000"])]).await;
    let wait =
        eager(client.wait_for(&flows(&["a"]), request())).deadline(Duration::from_millis(100));
    let error = wait.await.unwrap_err();
    assert!(error.is_timeout() && error.job_state().is_none());
    assert!(!format!("{error:?}").contains("13800000000"));
}

#[tokio::test]
async fn several_jobs_that_are_asked_for_one_by_one_are_several_waits() {
    let started = StartAllResponse {
        tasks: ["a", "b", "a", ""]
            .map(|id| Task {
                task_id: Some(id.to_owned()),
            })
            .into(),
    };
    let (server, client) = telling(vec![json!({ "Status": 8 })]).await;
    let error = eager(client.wait_for(&started, request()))
        .await
        .unwrap_err();
    assert!(error.is_validation());
    assert!(
        error
            .to_string()
            .contains("2 were started: use wait_for_each"),
        "{error}"
    );
    assert!(server.seen().is_empty());
    for wait in client.wait_for_each(&started, request()) {
        assert_eq!(eager(wait).await.unwrap().status, Some(8));
    }
    let bodies: Vec<String> = server
        .seen()
        .iter()
        .map(|seen| seen.text().to_owned())
        .collect();
    let expected = ["a", "b"].map(|id| format!(r#"{{"TaskId":"{id}","Operator":"me"}}"#));
    assert_eq!(bodies, expected);
    // A list goes in one request.
    assert_eq!(
        client.wait_for_each(&flows(&["a", "b"]), request()).len(),
        1
    );
}

#[tokio::test]
async fn a_handle_of_the_request_is_kept_and_one_is_needed() {
    let (server, client) = telling(vec![json!({ "Status": 8 })]).await;
    let own = PollRequest {
        task_id: Some("mine".to_owned()),
        ..request()
    };
    eager(client.wait_for(&StartResponse::default(), own.clone()))
        .await
        .unwrap();
    eager(client.wait_for(&started(), own.clone()))
        .await
        .unwrap();
    assert_eq!(
        client
            .wait_for_each(&StartAllResponse::default(), own)
            .len(),
        1
    );
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.text().contains("mine"))
    );
    assert_eq!(server.seen().len(), 2);
    for wait in client.wait_for_each(&StartAllResponse::default(), request()) {
        let error = eager(wait).await.unwrap_err();
        assert!(error.is_validation(), "{error}");
        assert!(
            error.to_string().contains("TaskId is missing")
                || error.to_string().contains("TaskId: is missing"),
            "{error}"
        );
    }
    // The rest of the request is checked as in any call.
    let error = eager(client.wait_for(&started(), PollRequest::default()))
        .await
        .unwrap_err();
    assert!(
        error.is_validation() && error.to_string().contains("Operator"),
        "{error}"
    );
    assert_eq!(server.seen().len(), 2);
}
