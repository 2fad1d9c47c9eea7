//! A server that goes away and comes back: its port refuses connections, and then the same clients get through again.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::net::SocketAddr;
use std::time::Duration;

use yunqiao::tencent::ca::{
    ApplyCustomerType, Client, CreateVerifyReportRequest, DescribeVerifyReportRequest,
};
use yunqiao::{Config, Credential, Delivery, Error, RetryPolicy};
use yunqiao_mock::{Line, LocalCloud, Trouble};

/// What the clients of a test share.
fn config(cloud: &LocalCloud, address: SocketAddr) -> Config {
    Config::builder()
        .credential(Credential::new(cloud.secret_id(), cloud.secret_key()))
        .endpoint(format!("http://{address}"))
        .region("ap-guangzhou")
        .retry(
            RetryPolicy::standard()
                .max_attempts(100)
                .base_delay(Duration::from_millis(20))
                .max_delay(Duration::from_millis(40)),
        )
        .without_rate_limit()
        .build()
        .unwrap()
}

fn open(cloud: &LocalCloud) -> Line {
    cloud.line(|_| Trouble::None).unwrap()
}

/// A call that does no harm when it is made twice.
async fn look(client: &Client) -> Result<(), Error> {
    let request = DescribeVerifyReportRequest::new().signature_id("762268708558909804");
    client.describe_verify_report(request).await.map(drop)
}

fn order(client: &Client) -> yunqiao::Call<yunqiao::tencent::ca::CreateVerifyReportResponse> {
    let request = CreateVerifyReportRequest::new()
        .apply_customer_type(ApplyCustomerType::Company)
        .apply_customer_name("Qinglan")
        .apply_name("Li Qing")
        .apply_mobile("13800000000")
        .file_id("762268708558909804");
    client.create_verify_report(request)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_get_through_again_when_a_server_is_back() {
    let cloud = LocalCloud::start().unwrap();
    let mut line = open(&cloud);
    let client = Client::new(&config(&cloud, line.address()));
    for round in 0..3 {
        look(&client).await.unwrap();
        order(&client).await.unwrap();
        let before = cloud.calls().len();
        let closed = line.close().unwrap();
        // What is left of the old connections is noticed by their tasks.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let error = order(&client).no_retry().await.unwrap_err();
        assert!(error.is_connect(), "round {round}: {error}");
        assert_eq!(error.delivery(), Delivery::NotSent);
        let blocking = order(&client).no_retry();
        let error = tokio::task::spawn_blocking(|| blocking.blocking().unwrap_err())
            .await
            .unwrap();
        assert!(error.is_connect(), "round {round}: {error}");
        assert_eq!(cloud.calls().len(), before, "nothing got there");

        // One that is under way when the server comes back: nothing has left, so that even this may be sent again.
        let waiting = tokio::spawn(order(&client).into_future());
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!waiting.is_finished());
        line = cloud.line_at(closed, |_| Trouble::None).unwrap();
        let answer = waiting.await.unwrap().unwrap();
        assert!(answer.attempts() > 1, "round {round}");
        assert_eq!(cloud.calls().len(), before + 1, "and it got there once");

        for _ in 0..3 {
            look(&client).await.unwrap();
            order(&client).await.unwrap();
        }
        let blocking = order(&client);
        tokio::task::spawn_blocking(|| blocking.blocking().unwrap())
            .await
            .unwrap();
    }
}
