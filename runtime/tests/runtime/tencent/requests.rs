//! In: calls to a service of Tencent Cloud. Out: the exact requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use yunqiao_runtime::sign::{Parts, Payload, tc3};
use yunqiao_runtime::{
    Action, Client, Field, Location, Method, RegionRule, Service, TimeSource, Vendor,
};

use super::{ANSWER, request};
use crate::sample::{Agent, Everything, SERVICE, VERIFY, generated};
use crate::server::{NOW, Seen, Server, credential};

static QUERY: Action = Action::new(&SERVICE, "DescribeThings")
    .method(Method::Get)
    .version("2017-03-12");
static FEDERATE: Action = Action::new(&SERVICE, "AssumeRoleWithWebIdentity").unsigned();
static REGIONAL: Action = Action::new(&SERVICE, "DescribeFlows").region(RegionRule::Required);
static GLOBAL: Action = Action::new(&SERVICE, "DescribeGlobal").region(RegionRule::Unused);

/// Checks the signature as the vendor would: from the bytes that arrived.
pub(super) fn assert_signed(seen: &Seen, action: &str) {
    let (content_type, host) = (
        seen.header("content-type").unwrap(),
        seen.header("host").unwrap(),
    );
    let headers = [
        ("content-type", content_type.as_str()),
        ("host", &host),
        ("x-tc-action", action),
    ];
    let method = seen.line().split(' ').next().unwrap();
    let parts = Parts {
        method,
        path: "/",
        query: seen.query(),
        headers: &headers,
        payload: Payload::Bytes(&seen.body),
    };
    let expected = tc3::sign(&parts, &credential(), "essbasic", NOW).authorization;
    assert_eq!(
        seen.header("authorization").as_deref(),
        Some(expected.as_str())
    );
    assert!(expected.contains(
        "/2023-11-14/essbasic/tc3_request, SignedHeaders=content-type;host;x-tc-action, "
    ));
}

#[tokio::test]
async fn a_post_is_what_the_vendor_documents() {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let response = client.call::<Everything>(&VERIFY, request()).await.unwrap();
    assert_eq!(
        (
            response.text.as_deref(),
            response.request_id(),
            response.http_status()
        ),
        (Some("ok"), Some("r-1"), 200)
    );
    assert_eq!(response.log_id(), None);
    assert_eq!(
        format!("{response:?}"),
        r#"Response { value: Everything { Text: "ok" }, request_id: Some("r-1") }"#
    );
    assert_eq!(response.into_inner().text.as_deref(), Some("ok"));

    let seen = server.only();
    assert_eq!(seen.line(), "POST / HTTP/1.1");
    assert_eq!(seen.text(), r#"{"AppId":"应用"}"#);
    assert_eq!(
        seen.names(),
        [
            "accept",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "x-tc-action",
            "x-tc-requestclient",
            "x-tc-timestamp",
            "x-tc-version",
        ]
    );
    assert_eq!(seen.header("host"), Some(server.authority.clone()));
    assert_eq!(
        seen.header("content-type").as_deref(),
        Some("application/json")
    );
    assert_eq!(
        seen.header("x-tc-action").as_deref(),
        Some("ChannelVerifyPdf")
    );
    assert_eq!(seen.header("x-tc-version").as_deref(), Some("2021-05-26"));
    assert_eq!(seen.header("x-tc-timestamp").as_deref(), Some("1700000000"));
    assert_eq!(
        seen.header("x-tc-requestclient"),
        Some(format!("yunqiao_{}", env!("CARGO_PKG_VERSION")))
    );
    assert_signed(&seen, "channelverifypdf");
}

#[tokio::test]
async fn region_language_and_token_are_sent_when_there_are_any() {
    let server = Server::with_body(ANSWER).await;
    let config = server
        .config()
        .credential(credential().with_token("tok+/="))
        .region("ap-guangzhou")
        .language("en-US")
        .build()
        .unwrap();
    let client = Client::new(&config, &SERVICE);
    client.call::<Everything>(&VERIFY, request()).await.unwrap();
    client.call::<Everything>(&GLOBAL, request()).await.unwrap();
    let [seen, global] = &server.seen()[..] else {
        panic!()
    };
    assert_eq!(seen.header("x-tc-region").as_deref(), Some("ap-guangzhou"));
    assert_eq!(seen.header("x-tc-language").as_deref(), Some("en-US"));
    assert_eq!(seen.header("x-tc-token").as_deref(), Some("tok+/="));
    assert_signed(seen, "channelverifypdf");
    assert_eq!(global.header("x-tc-region"), None);
    // One configuration, one connection.
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn another_credential_takes_the_other_choices_along() {
    let server = Server::with_body(ANSWER).await;
    let config = server.config().region("ap-guangzhou").build().unwrap();
    let temporary = config
        .with_credential(credential().with_token("tok+/="))
        .unwrap();
    for config in [&config, &temporary] {
        let client = Client::new(config, &SERVICE);
        client.call::<Everything>(&VERIFY, request()).await.unwrap();
    }
    let seen = server.seen();
    let tokens: Vec<_> = seen.iter().map(|seen| seen.header("x-tc-token")).collect();
    assert_eq!(tokens, [None, Some("tok+/=".to_owned())]);
    let region = seen[1].header("x-tc-region");
    assert_eq!(region.as_deref(), Some("ap-guangzhou"));
    assert_eq!(server.connections(), 1);
    let error = config
        .with_credential(credential().with_token("hunter2\n"))
        .unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[tokio::test]
async fn a_region_that_is_needed_is_asked_for_and_a_default_will_do() {
    static DEFAULTED: Service = Service::new(Vendor::Tencent, "x", "v", "x.tencentcloudapi.com")
        .region(RegionRule::Required)
        .default_region("ap-beijing");
    static ACTION: Action = Action::new(&DEFAULTED, "X");
    let server = Server::with_body(ANSWER).await;
    let config = server.config().build().unwrap();
    let error = Client::new(&config, &SERVICE)
        .call::<Everything>(&REGIONAL, request())
        .await
        .unwrap_err();
    assert!(error.is_configuration());
    assert!(
        error
            .to_string()
            .starts_with("essbasic DescribeFlows: needs a region"),
        "{error}"
    );
    assert!(error.to_string().contains("region(...)"), "{error}");
    assert!(server.seen().is_empty());
    Client::new(&config, &DEFAULTED)
        .call::<Everything>(&ACTION, request())
        .await
        .unwrap();
    assert_eq!(
        server.only().header("x-tc-region").as_deref(),
        Some("ap-beijing")
    );
}

#[tokio::test]
async fn a_get_flattens_its_parameters_from_zero() {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let request = Everything {
        text: Some("a b+c*~中".to_owned()),
        flag: Some(true),
        float: Some(1.5),
        agents: vec![request(), Agent::default(), request()],
        ints: vec![7, 8],
        any: Some(serde_json::json!({"k": [true, null, {"d": "x"}]})),
        ..Everything::default()
    };
    client
        .call::<Everything>(&QUERY, request)
        .skip_validation()
        .await
        .unwrap();
    let seen = server.only();
    assert_eq!(
        seen.line(),
        "GET /?Text=a+b%2Bc%2A~%E4%B8%AD&Float=1.5&Flag=true&Ints.0=7&Ints.1=8&Agents.0.AppId=%E5%BA%94%E7%94%A8\
         &Agents.2.AppId=%E5%BA%94%E7%94%A8&Any.k.0=true&Any.k.2.d=x HTTP/1.1"
    );
    assert_eq!(
        seen.header("content-type").as_deref(),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(seen.header("x-tc-version").as_deref(), Some("2017-03-12"));
    assert!(seen.body.is_empty());
    assert_signed(&seen, "describethings");
}

#[tokio::test]
async fn an_unsigned_action_needs_no_credential_and_says_so() {
    let server = Server::with_body(ANSWER).await;
    let config = yunqiao_runtime::Config::builder()
        .endpoint(server.url())
        .build()
        .unwrap();
    let client = Client::new(&config, &SERVICE);
    client
        .call::<Everything>(&FEDERATE, request())
        .await
        .unwrap();
    assert_eq!(
        server.only().header("authorization").as_deref(),
        Some("SKIP")
    );
    let error = client
        .call::<Everything>(&VERIFY, request())
        .await
        .unwrap_err();
    assert!(
        error.is_configuration() && error.to_string().contains("credential"),
        "{error}"
    );
    // Nor does it tell who would have signed.
    let config = server
        .config()
        .credential(credential().with_token("hunter2"))
        .build()
        .unwrap();
    Client::new(&config, &SERVICE)
        .call::<Everything>(&FEDERATE, request())
        .await
        .unwrap();
    let seen = &server.seen()[1];
    assert_eq!(
        (
            seen.header("authorization").as_deref(),
            seen.header("x-tc-token")
        ),
        (Some("SKIP"), None)
    );
}

#[tokio::test]
async fn fields_may_travel_as_headers_and_in_the_query() {
    generated!(Upload {
        name: Option<String> = Field::new("Name"),
        trace: Option<String> = Field::new("X-TC-TraceId").header("X-TC-TraceId"),
        tags: Vec<String> = Field::new("Tags").location(Location::Query),
    });
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let upload = Upload {
        name: Some("n".to_owned()),
        trace: Some("t 1".to_owned()),
        tags: vec!["a&b".to_owned()],
    };
    client.call::<Everything>(&VERIFY, upload).await.unwrap();
    let seen = server.only();
    assert_eq!(
        (seen.text(), seen.query()),
        (r#"{"Name":"n"}"#, "Tags.0=a%26b")
    );
    assert_eq!(seen.header("x-tc-traceid").as_deref(), Some("t 1"));
    assert_signed(&seen, "channelverifypdf");

    let upload = Upload {
        trace: Some("hunter2\r\nX-Evil: 1".to_owned()),
        ..Upload::default()
    };
    let error = client
        .call::<Everything>(&VERIFY, upload)
        .await
        .unwrap_err();
    assert!(error.is_validation());
    assert_eq!(error.problems()[0].path(), "X-TC-TraceId");
    assert!(!format!("{error:?}").contains("hunter2"));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn every_call_asks_for_the_time_anew() {
    struct Ticking(AtomicI64);
    impl TimeSource for Ticking {
        fn now(&self) -> i64 {
            self.0.fetch_add(86_400, Ordering::Relaxed)
        }
    }
    let server = Server::with_body(ANSWER).await;
    let time = Arc::new(Ticking(AtomicI64::new(NOW)));
    let client = Client::new(
        &server.config().time_source(time).build().unwrap(),
        &SERVICE,
    );
    for _ in 0..2 {
        client.call::<Everything>(&VERIFY, request()).await.unwrap();
    }
    let times: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("x-tc-timestamp").unwrap())
        .collect();
    assert_eq!(times, ["1700000000", "1700086400"]);
    assert!(
        server.seen()[1]
            .header("authorization")
            .unwrap()
            .contains("/2023-11-15/")
    );
}
