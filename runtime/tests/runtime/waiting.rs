//! In: jobs whose states come one after another. Out: whether a wait ends when it should, and says what it has seen.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value as Json, json};
use yunqiao_runtime::{Action, Client, Field as F, Job, Wait, Waiter};

use crate::sample::{SERVICE, generated};
use crate::server::{Script, Server, http};

mod ends;
mod handles;
mod untyped;

generated!(StartResponse {
    task_id: Option<String> = F::new("TaskId"),
});

generated!(StartAllResponse {
    tasks: Vec<Task> = F::new("Tasks"),
});

generated!(StartFlowsResponse {
    flow_ids: Vec<String> = F::new("FlowIds"),
});

generated!(Task {
    task_id: Option<String> = F::new("TaskId"),
});

generated!(PollRequest {
    task_id: Option<String> = F::new("TaskId"),
    flow_ids: Vec<String> = F::new("FlowIds"),
    operator: Option<String> = F::new("Operator").required(),
});

generated!(PollResponse {
    status: Option<i64> = F::new("Status"),
    reason: Option<String> = F::new("Reason"),
    flows: Vec<Flow> = F::new("Flows"),
});

generated!(Flow {
    state: Option<String> = F::new("State"),
});

/// Asked often enough for a test.
static POLL: Action = Action::new(&SERVICE, "DescribeTask").idempotent();

/// What starts a job, and how it is waited for.
macro_rules! job {
    ($name:ident, $waiter:expr) => {
        impl Job for $name {
            type Poll = PollRequest;
            type Answer = PollResponse;

            fn waiter() -> &'static Waiter {
                static WAITER: Waiter = $waiter;
                &WAITER
            }
        }
    };
}

job!(
    StartResponse,
    Waiter::new(&POLL, "TaskId", "TaskId", "Status", &["8"]).failure(&["-1", "9"])
);
job!(
    StartAllResponse,
    Waiter::new(&POLL, "Tasks.TaskId", "TaskId", "Status", &["8"])
);
job!(
    StartFlowsResponse,
    Waiter::new(
        &POLL,
        "FlowIds",
        "FlowIds",
        "Flows.State",
        &["DONE", "READY"]
    )
    .failure(&["DEAD"])
);

/// A server that answers these one after another, and then the last again and again.
async fn telling(answers: Vec<Json>) -> (Server, Client) {
    let answers = answers.into_iter().map(|fields| {
        let mut response = fields;
        response["RequestId"] = json!("r");
        let body = json!({ "Response": response }).to_string();
        http("200 OK", &[], body.as_bytes())
    });
    sending(answers.collect()).await
}

async fn sending(answers: Vec<Vec<u8>>) -> (Server, Client) {
    let next = Arc::new(Mutex::new(0));
    let server = Server::run(Script::Reply(Arc::new(move |_| {
        let mut next = next.lock().unwrap();
        let answer = answers[(*next).min(answers.len() - 1)].clone();
        *next += 1;
        answer
    })))
    .await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    (server, client)
}

fn started() -> StartResponse {
    StartResponse {
        task_id: Some("t-1".to_owned()),
    }
}

fn request() -> PollRequest {
    PollRequest {
        operator: Some("me".to_owned()),
        ..PollRequest::default()
    }
}

/// A wait that asks at once.
fn eager<T>(wait: Wait<T>) -> Wait<T> {
    wait.interval(Duration::from_millis(1))
        .deadline(Duration::from_secs(60))
}
