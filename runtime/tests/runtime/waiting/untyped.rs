//! In: jobs that are started and asked for by name, with JSON. Out: the same ends as those of a typed wait.

use yunqiao_runtime::{AnyWait, AnyWaiter};

use super::*;

fn waiter() -> AnyWaiter {
    AnyWaiter::new("DescribeTask", "TaskId", "TaskId", "Status")
        .success([8])
        .failure(["-1", "9"])
}

fn quick(wait: AnyWait) -> AnyWait {
    wait.interval(Duration::from_millis(2))
}

fn asked(server: &Server) -> Vec<Json> {
    let seen = server.seen();
    let bodies = seen.iter().map(|seen| seen.text());
    bodies
        .map(|body| serde_json::from_str(body).unwrap())
        .collect()
}

#[tokio::test]
async fn a_job_is_asked_for_until_its_end() {
    for handle in [json!("t-1"), json!(17)] {
        let (server, client) =
            telling([1, 77, 8].map(|state| json!({ "Status": state })).to_vec()).await;
        let states = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&states);
        let started = json!({ "TaskId": handle, "Other": 1 });
        let wait = client.wait_for_any(waiter(), &started, json!({ "Operator": "u" }));
        let done = quick(wait)
            .progress(move |progress| {
                let state = progress.state().unwrap().to_owned();
                heard.lock().unwrap().push((state, progress.attempt()));
            })
            .await
            .unwrap();
        assert_eq!((done.request_id(), &done["Status"]), (Some("r"), &json!(8)));
        assert_eq!(
            *states.lock().unwrap(),
            [
                ("1".to_owned(), 1),
                ("77".to_owned(), 2),
                ("8".to_owned(), 3)
            ]
        );
        // The handle goes on as it came.
        assert_eq!(
            asked(&server),
            vec![json!({ "Operator": "u", "TaskId": handle }); 3]
        );
    }
}

#[tokio::test]
async fn failure_and_the_deadline_are_told_apart() {
    let answers = vec![
        json!({ "Status": 1 }),
        json!({ "Status": 9, "Reason": "why" }),
    ];
    let started = json!({ "TaskId": "t" });
    let (_server, client) = telling(answers).await;
    let wait = || quick(client.wait_for_any(waiter(), &started, Json::Null));
    let error = wait().await.unwrap_err();
    assert!(error.is_job_failure() && error.job_state() == Some("9"));
    assert_eq!(error.action(), Some("DescribeTask"));
    let answer = wait().failure_as_answer().await.unwrap();
    assert_eq!(answer["Reason"], "why");
    let (_server, client) = telling(vec![json!({ "Status": "running" })]).await;
    let wait = quick(client.wait_for_any(waiter(), &started, Json::Null));
    let error = wait.deadline(Duration::from_millis(100)).await.unwrap_err();
    assert!(error.is_timeout() && error.job_state() == Some("running"));
}

#[tokio::test]
async fn several_jobs_are_one_question_where_it_takes_a_list() {
    let flows = || {
        AnyWaiter::new("DescribeTask", "Flows.Id", "FlowIds", "Flows.State")
            .success(["done"])
            .takes_list()
    };
    let states = |states: &[&str]| {
        let flows = states.iter().map(|state| json!({ "State": state }));
        json!({ "Flows": flows.collect::<Vec<_>>() })
    };
    // One of two, one of them without a state, and then both.
    let mut half = states(&["done", ""]);
    half["Flows"][1] = json!({ "State": null });
    let (server, client) = telling(vec![states(&["done"]), half, states(&["done", "done"])]).await;
    let started = json!({ "Flows": [{ "Id": "a" }, { "Id": "b" }, { "Id": "a" }, { "Id": "" }] });
    quick(client.wait_for_any(flows(), &started, Json::Null))
        .await
        .unwrap();
    assert_eq!(asked(&server), vec![json!({ "FlowIds": ["a", "b"] }); 3]);
    assert_eq!(
        client
            .wait_for_each_any(flows(), &started, &Json::Null)
            .len(),
        1
    );
}

#[tokio::test]
async fn several_jobs_are_several_waits_where_it_takes_one() {
    let (server, client) = telling(vec![json!({ "Status": 8 })]).await;
    let started = json!({ "TaskId": ["a", "b"] });
    let error = client
        .wait_for_any(waiter(), &started, Json::Null)
        .await
        .unwrap_err();
    assert!(
        error.is_validation() && error.to_string().contains("2 were started"),
        "{error}"
    );
    for wait in client.wait_for_each_any(waiter(), &started, &Json::Null) {
        quick(wait).await.unwrap();
    }
    assert_eq!(
        asked(&server),
        [json!({ "TaskId": "a" }), json!({ "TaskId": "b" })]
    );
    // Who names the job has the last word.
    let named = json!({ "TaskId": "c" });
    quick(client.wait_for_any(waiter(), &started, named))
        .await
        .unwrap();
    assert_eq!(asked(&server)[2], json!({ "TaskId": "c" }));
    for nothing in [
        json!({}),
        json!({ "TaskId": null }),
        json!({ "TaskId": "" }),
    ] {
        let error = client
            .wait_for_any(waiter(), &nothing, Json::Null)
            .await
            .unwrap_err();
        assert!(
            error.is_validation() && error.to_string().contains("TaskId is missing"),
            "{error}"
        );
    }
    assert_eq!(server.seen().len(), 3);
}
