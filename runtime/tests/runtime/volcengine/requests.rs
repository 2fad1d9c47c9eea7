//! In: calls to a service of Volcengine. Out: the exact requests.

use yunqiao_runtime::sign::{Parts, Payload, volcengine};
use yunqiao_runtime::{
    Action, Body, Client, Credential, Field, Location, Method, RegionRule, Service, Vendor,
};

use super::{ANSWER, request};
use crate::sample::{Everything, SEND, SMS, generated};
use crate::server::{NOW, Seen, Server, credential};

static QUERY: Action = Action::new(&SMS, "ListThings")
    .method(Method::Get)
    .version("2018-01-01");
static FORM: Action = Action::new(&SMS, "PostForm").body(Body::Form);
static OPEN: Action = Action::new(&SMS, "Open").unsigned();

/// Checks the signature as the vendor would: from the bytes that arrived.
fn assert_signed(seen: &Seen, credential: &Credential, region: &str) {
    let authorization = seen.header("authorization").unwrap();
    let names = authorization
        .split("SignedHeaders=")
        .nth(1)
        .unwrap()
        .split(',')
        .next()
        .unwrap();
    let headers: Vec<(String, String)> = names
        .split(';')
        .map(|name| (name.to_owned(), seen.header(name).unwrap()))
        .collect();
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let method = seen.line().split(' ').next().unwrap();
    let parts = Parts {
        method,
        path: "/",
        query: seen.query(),
        headers: &headers,
        payload: Payload::Bytes(&seen.body),
    };
    let expected = volcengine::sign(&parts, credential, region, "volcSMS", NOW);
    assert_eq!(authorization, expected.authorization);
    assert_eq!(seen.header("x-content-sha256"), Some(expected.payload_hash));
    // Every header that the vendor's rule names is signed.
    for name in seen
        .names()
        .iter()
        .filter(|name| name.starts_with("x-") || ["host", "content-type"].contains(&name.as_str()))
    {
        assert!(
            names.split(';').any(|signed| signed == name),
            "{name} is not signed"
        );
    }
}

#[tokio::test]
async fn a_post_is_what_the_vendor_documents() {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SMS);
    let response = client.call::<Everything>(&SEND, request()).await.unwrap();
    assert_eq!(
        (response.text.as_deref(), response.request_id()),
        (Some("ok"), Some("r-1"))
    );
    let seen = server.only();
    assert_eq!(
        seen.line(),
        "POST /?Action=SendSms&Version=2020-01-01 HTTP/1.1"
    );
    assert_eq!(seen.text(), r#"{"AppId":"签名"}"#);
    assert_eq!(
        seen.names(),
        [
            "accept",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "x-content-sha256",
            "x-date"
        ]
    );
    assert_eq!(
        seen.header("content-type").as_deref(),
        Some("application/json; charset=utf-8")
    );
    assert_eq!(seen.header("host"), Some(server.authority.clone()));
    assert_eq!(seen.header("x-date").as_deref(), Some("20231114T221320Z"));
    assert_signed(&seen, &credential(), "cn-north-1");
}

#[tokio::test]
async fn a_token_is_sent_and_signed_and_a_region_is_taken() {
    let server = Server::with_body(ANSWER).await;
    let temporary = credential().with_token("tok+/=");
    let config = server
        .config()
        .credential(temporary.clone())
        .region("cn-beijing")
        .build()
        .unwrap();
    Client::new(&config, &SMS)
        .call::<Everything>(&SEND, request())
        .await
        .unwrap();
    let seen = server.only();
    assert_eq!(seen.header("x-security-token").as_deref(), Some("tok+/="));
    assert_signed(&seen, &temporary, "cn-beijing");
}

#[tokio::test]
async fn a_get_flattens_its_parameters_from_one_into_the_canonical_query() {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SMS);
    let request = Everything {
        text: Some("a b+c*~/中".to_owned()),
        ints: (1..=10).collect(),
        agents: vec![request()],
        ..Everything::default()
    };
    client.call::<Everything>(&QUERY, request).await.unwrap();
    let seen = server.only();
    assert_eq!(
        seen.query(),
        "Action=ListThings&Agents.1.AppId=%E7%AD%BE%E5%90%8D&Ints.1=1&Ints.10=10&Ints.2=2&Ints.3=3&Ints.4=4&Ints.5=5\
         &Ints.6=6&Ints.7=7&Ints.8=8&Ints.9=9&Text=a%20b%2Bc%2A~%2F%E4%B8%AD&Version=2018-01-01"
    );
    assert_eq!((seen.header("content-type"), seen.body.len()), (None, 0));
    assert_signed(&seen, &credential(), "cn-north-1");
}

#[tokio::test]
async fn a_form_goes_into_the_body() {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SMS);
    let request = Everything {
        text: Some("a b".to_owned()),
        ints: vec![7],
        ..Everything::default()
    };
    client.call::<Everything>(&FORM, request).await.unwrap();
    let seen = server.only();
    assert_eq!(
        (seen.text(), seen.query()),
        ("Text=a+b&Ints.1=7", "Action=PostForm&Version=2020-01-01")
    );
    assert_eq!(
        seen.header("content-type").as_deref(),
        Some("application/x-www-form-urlencoded; charset=utf-8")
    );
    assert_signed(&seen, &credential(), "cn-north-1");
}

#[tokio::test]
async fn header_fields_are_signed_too() {
    generated!(Traced {
        trace: Option<String> = Field::new("X-Trace").header("X-Trace"),
        page: Option<i64> = Field::new("Page").location(Location::Query),
    });
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SMS);
    client
        .call::<Everything>(
            &SEND,
            Traced {
                trace: Some("t".to_owned()),
                page: Some(2),
            },
        )
        .await
        .unwrap();
    let seen = server.only();
    assert_eq!(
        (seen.header("x-trace").as_deref(), seen.text()),
        (Some("t"), "{}")
    );
    assert_eq!(seen.query(), "Action=SendSms&Page=2&Version=2020-01-01");
    assert_signed(&seen, &credential(), "cn-north-1");
}

#[tokio::test]
async fn the_scope_needs_a_region_from_somewhere() {
    static NOWHERE: Service = Service::new(Vendor::Volcengine, "x", "v", "x.volcengineapi.com");
    static FIXED: Service = Service::new(Vendor::Volcengine, "y", "v", "y.volcengineapi.com")
        .region(RegionRule::Unused)
        .default_region("cn-north-1");
    static X: Action = Action::new(&NOWHERE, "X");
    static Y: Action = Action::new(&FIXED, "Y");
    let server = Server::with_body(ANSWER).await;
    let config = server.config().build().unwrap();
    let error = Client::new(&config, &NOWHERE)
        .call::<Everything>(&X, request())
        .await
        .unwrap_err();
    assert!(
        error.is_configuration() && error.to_string().contains("region(...)"),
        "{error}"
    );
    let config = server.config().region("cn-beijing").build().unwrap();
    Client::new(&config, &NOWHERE)
        .call::<Everything>(&X, request())
        .await
        .unwrap();
    Client::new(&config, &FIXED)
        .call::<Everything>(&Y, request())
        .await
        .unwrap();
    let scopes: Vec<bool> = server
        .seen()
        .iter()
        .zip(["/cn-beijing/x/", "/cn-north-1/y/"])
        .map(|(seen, scope)| seen.header("authorization").unwrap().contains(scope))
        .collect();
    assert_eq!(scopes, [true, true]);
}

#[tokio::test]
async fn an_unsigned_action_sends_no_authorization() {
    let server = Server::with_body(ANSWER).await;
    let config = yunqiao_runtime::Config::builder()
        .endpoint(server.url())
        .build()
        .unwrap();
    Client::new(&config, &SMS)
        .call::<Everything>(&OPEN, request())
        .await
        .unwrap();
    assert_eq!(server.only().header("authorization"), None);
}
