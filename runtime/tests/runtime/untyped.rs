//! In: actions that are known by name only. Out: whether they are called as the typed ones are, with JSON in and out.

use serde_json::json;
use yunqiao_runtime::{
    AnyAction, Body, Client, Config, JsonValue, Method, RegionRule, Response, Service, Vendor,
};

use crate::sample::{Everything, SERVICE, SMS, VERIFY};
use crate::server::{Script, Server, http};

fn is_send<T: Send>(value: T) -> T {
    value
}

const TENCENT: &str = r#"{"Response":{"Zones":[{"Id":9007199254740993,"Name":null}],"New":{"a":[1,"x"]},"RequestId":"r-1"}}"#;
const VOLCENGINE: &str = r#"{"ResponseMetadata":{"RequestId":"r-2","Action":"X"},"Result":{"List":[1,null],"Total":"2"}}"#;

#[tokio::test]
async fn an_untyped_call_is_sent_as_the_typed_one_is() {
    let server = Server::with_body(r#"{"Response":{"RequestId":"r"}}"#).await;
    let client = Client::new(
        &server.config().region("ap-guangzhou").build().unwrap(),
        &SERVICE,
    );
    let request = Everything {
        text: Some("x".to_owned()),
        ints: vec![1, 2],
        ..Everything::default()
    };
    client.call::<Everything>(&VERIFY, request).await.unwrap();
    let json = json!({ "Text": "x", "Ints": [1, 2] });
    is_send(client.call_any("ChannelVerifyPdf", json))
        .await
        .unwrap();
    let seen = server.seen();
    let fields = |index: usize| serde_json::from_slice::<JsonValue>(&seen[index].body).unwrap();
    assert_eq!(fields(0), fields(1));
    assert_eq!(seen[0].line(), seen[1].line());
    for name in [
        "content-type",
        "host",
        "x-tc-action",
        "x-tc-version",
        "x-tc-region",
        "x-tc-timestamp",
    ] {
        assert_eq!(seen[0].header(name), seen[1].header(name), "{name}");
        assert!(seen[0].header(name).is_some(), "{name}");
    }
    assert!(
        seen[1]
            .header("authorization")
            .unwrap()
            .starts_with("TC3-HMAC-SHA256 Credential=AKIDEXAMPLE")
    );
}

#[tokio::test]
async fn the_answer_is_all_of_what_the_envelope_holds() {
    let server = Server::with_body(TENCENT).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let answer: Response<JsonValue> = client.call_any("DescribeZones", json!({})).await.unwrap();
    assert_eq!(answer.request_id(), Some("r-1"));
    let expected: JsonValue = serde_json::from_str(TENCENT).unwrap();
    assert_eq!(*answer, expected["Response"]);

    let server = Server::with_body(VOLCENGINE).await;
    let client = Client::new(&server.config().build().unwrap(), &SMS);
    let answer = client
        .call_any("ListThings", json!({ "A": { "B": [1] } }))
        .await
        .unwrap();
    assert_eq!(answer.request_id(), Some("r-2"));
    assert_eq!(
        answer.into_inner(),
        json!({ "List": [1, null], "Total": "2" })
    );
    let seen = server.only();
    assert_eq!(seen.query(), "Action=ListThings&Version=2020-01-01");
    assert_eq!(seen.text(), r#"{"A":{"B":[1]}}"#);
    assert!(
        seen.header("authorization")
            .unwrap()
            .contains("/cn-north-1/volcSMS/request")
    );
}

#[tokio::test]
async fn results_of_any_form_come_as_they_are() {
    for (result, expected) in [
        (r#","Result":"fine""#, json!("fine")),
        (r#","Result":[1]"#, json!([1])),
        (r#","Result":true"#, json!(true)),
        (r#","Result":null"#, JsonValue::Null),
        ("", JsonValue::Null),
    ] {
        let body = format!(r#"{{"ResponseMetadata":{{"RequestId":"r"}}{result}}}"#);
        let server = Server::with_body(&body).await;
        let client = Client::new(&server.config().build().unwrap(), &SMS);
        let answer = client.call_any("X", JsonValue::Null).await.unwrap();
        assert_eq!(*answer, expected, "{body}");
        assert_eq!(server.only().text(), "{}");
    }
}

#[tokio::test]
async fn errors_are_those_of_every_call() {
    let tencent = r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"late"},"RequestId":"r"}}"#;
    let server = Server::with_body(tencent).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let error = client
        .call_any("DescribeZones", json!({}))
        .await
        .unwrap_err();
    assert!(error.is_authentication());
    assert_eq!(
        (error.code(), error.request_id(), error.action()),
        (
            Some("AuthFailure.SignatureExpire"),
            Some("r"),
            Some("DescribeZones")
        )
    );
    assert!(
        error.to_string().starts_with("essbasic DescribeZones: "),
        "{error}"
    );
    for (status, body) in [
        ("200 OK", "<html>"),
        ("200 OK", "{}"),
        ("200 OK", r#"{"Response":3}"#),
        ("200 OK", r#"{"Response":{"a":1"#),
        ("502 Bad Gateway", "<html>"),
        ("200 OK", ""),
    ] {
        let server = Server::run(Script::Answer(http(status, &[], body.as_bytes()))).await;
        for service in [&SERVICE, &SMS] {
            let client = Client::new(&server.config().build().unwrap(), service);
            let error = client.call_any("X", json!({})).await.unwrap_err();
            assert!(error.is_decode(), "{body}: {error}");
        }
    }
    let stalled = Server::run(Script::Stall(Vec::new())).await;
    let client = Client::new(&stalled.config().build().unwrap(), &SERVICE);
    let call = client
        .call_any("X", json!({}))
        .timeout(std::time::Duration::from_millis(50));
    assert!(call.await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn an_error_member_of_its_own_is_told_from_a_failure() {
    let own = r#"{"Response":{"Error":{"Code":"x"},"Status":1,"RequestId":"r"}}"#;
    let failure = r#"{"Response":{"Error":{"Code":"x"},"RequestId":"r"}}"#;
    for (body, owns, fails) in [
        (own, true, false),
        (own, false, true),
        (failure, true, true),
    ] {
        let server = Server::with_body(body).await;
        let client = Client::new(&server.config().build().unwrap(), &SERVICE);
        let action = AnyAction::new("X");
        let action = if owns {
            action.own_error_member()
        } else {
            action
        };
        let outcome = client.call_any(action, json!({})).await;
        assert_eq!(outcome.is_err(), fails, "{body} {owns}");
    }
}

#[tokio::test]
async fn a_service_and_its_actions_may_be_described_at_run_time() {
    let server = Server::with_body(r#"{"ResponseMetadata":{"RequestId":"r"},"Result":{}}"#).await;
    let name = String::from("e") + "cs";
    let service = Service::described(Vendor::Volcengine, name, "2020-04-01", "ecs.example.com")
        .signed_as(String::from("ECS"))
        .served_from(String::from("cn-beijing"))
        .region(RegionRule::Optional);
    let client = Client::of_described(&server.config().build().unwrap(), service).clone();
    let get = AnyAction::new(String::from("DescribeInstances"))
        .version("2024-05-06")
        .method(Method::Get)
        .idempotent()
        .rate_limit(5);
    let request = json!({ "Ids": ["a", "b"], "Filter": { "Name": "x y" }, "None": null });
    client.call_any(get, request.clone()).await.unwrap();
    client
        .call_any(AnyAction::new("RunInstances").body(Body::Form), request)
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(
        seen[0].line(),
        "GET /?Action=DescribeInstances&Filter.Name=x%20y&Ids.1=a&Ids.2=b&Version=2024-05-06 HTTP/1.1"
    );
    assert!(
        seen[0]
            .header("authorization")
            .unwrap()
            .contains("/cn-beijing/ECS/request")
    );
    assert_eq!(
        seen[1].line(),
        "POST /?Action=RunInstances&Version=2020-04-01 HTTP/1.1"
    );
    assert!(seen[1].text().contains("Ids.1=a") && seen[1].text().contains("Ids.2=b"));
}

#[tokio::test]
async fn unsigned_calls_need_no_credential_and_others_say_so() {
    let server = Server::with_body(r#"{"Response":{"RequestId":"r"}}"#).await;
    let config = Config::builder().endpoint(server.url()).build().unwrap();
    let client = Client::new(&config, &SERVICE);
    let open = AnyAction::new("AssumeRoleWithWebIdentity").unsigned();
    client.call_any(open, json!({})).await.unwrap();
    assert_eq!(
        server.only().header("authorization").as_deref(),
        Some("SKIP")
    );
    let error = client.call_any("Signed", json!({})).await.unwrap_err();
    assert!(error.is_configuration(), "{error}");
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_before() {
    let server = Server::with_body(r#"{"Response":{"RequestId":"r"}}"#).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let error = client.call_any("X", json!([1])).await.unwrap_err();
    assert!(error.is_validation(), "{error}");
    for (body, request) in [
        (Body::Json, json!({})),
        (Body::OctetStream, json!({ "A": 1 })),
        (Body::Multipart, json!({ "A\"\r\nX: y": 1 })),
    ] {
        let call = client.call_any(AnyAction::new("X").body(body), request);
        let error = call.bytes("File", b"x").await.unwrap_err();
        assert!(error.is_validation(), "{error}");
    }
    let octets = || AnyAction::new("X").body(Body::OctetStream);
    for (action, request) in [
        (octets().header("A", "X A"), json!({ "A": 1 })),
        (octets().header("A", "X-A"), json!({ "A": "x\r\nX-B: y" })),
    ] {
        let error = client.call_any(action, request).await.unwrap_err();
        assert!(error.is_validation(), "{error}");
    }
    let two = client.call_any(octets(), json!({})).bytes("A", b"x");
    assert!(two.bytes("B", b"y").await.unwrap_err().is_validation());
    let needs = AnyAction::new("X").region(RegionRule::Required);
    assert!(
        client
            .call_any(needs, json!({}))
            .await
            .unwrap_err()
            .is_configuration()
    );
    assert!(server.seen().is_empty());
    let call = format!(
        "{:?}",
        client.call_any("X", json!({ "Mobile": "13800000000" }))
    );
    assert!(
        call.contains("AnyCall") && !call.contains("13800000000"),
        "{call}"
    );
}

#[tokio::test]
async fn bytes_travel_as_a_part_or_as_the_whole_body() {
    let server = Server::with_body(r#"{"Response":{"RequestId":"r"}}"#).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    let content = b"\x00\xff\r\n--".to_vec();
    let octets = AnyAction::new("Put")
        .body(Body::OctetStream)
        .header("Name", "X-Name");
    let call = client.call_any(octets, json!({ "Name": "a b", "None": null }));
    call.bytes("File", content.clone()).await.unwrap();
    let parts = AnyAction::new("Put").body(Body::Multipart);
    let request = json!({ "Title": "t", "List": [1], "None": null, "Count": 2 });
    let call = client.call_any(parts, request.clone());
    call.bytes("File", content.clone()).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].body, content);
    assert_eq!(seen[0].header("x-name").as_deref(), Some("a b"));
    assert_eq!(
        seen[0].header("content-type").as_deref(),
        Some("application/octet-stream")
    );
    let kind = seen[1].header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let head = "Content-Disposition: form-data; name=";
    // In the order of the object's members, which depends on features of serde_json.
    let mut expected = Vec::<u8>::new();
    for (name, _) in request.as_object().unwrap() {
        let value = match name.as_str() {
            "Title" => "\r\n\r\nt",
            "List" => "\r\nContent-Type: application/json\r\n\r\n[1]",
            "Count" => "\r\n\r\n2",
            _ => continue,
        };
        expected.extend(format!("--{boundary}\r\n{head}\"{name}\"{value}\r\n").as_bytes());
    }
    let file = format!("--{boundary}\r\n{head}\"File\"; filename=\"File\"\r\n\r\n");
    expected.extend(file.as_bytes());
    expected.extend(&content);
    expected.extend(format!("\r\n--{boundary}--\r\n").as_bytes());
    assert_eq!(seen[1].body, expected);
}
