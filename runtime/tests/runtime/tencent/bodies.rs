//! In: calls with files and raw bytes. Out: the exact bodies, and a signature that covers them.

use yunqiao_runtime::sign::{Parts, Payload, tc3};
use yunqiao_runtime::{Action, Binary, Body, Client, Error, Field, JsonValue, Location, Object};

use super::ANSWER;
use super::requests::assert_signed;
use crate::sample::{Agent, Everything, IdCardType, SERVICE, VerifyResult, generated};
use crate::server::{NOW, Seen, Server, credential};

static UPLOAD: Action = Action::new(&SERVICE, "UploadMedicalFile").body(Body::Multipart);
static LOG: Action = Action::new(&SERVICE, "UploadLog").body(Body::OctetStream);

generated!(Upload {
    file: Option<Binary> = Field::new("File"),
    title: Option<String> = Field::new("Title"),
    page: Option<i64> = Field::new("Page"),
    scale: Option<f64> = Field::new("Scale"),
    keep: Option<bool> = Field::new("Keep"),
    kind: Option<IdCardType> = Field::new("Kind"),
    verdict: Option<VerifyResult> = Field::new("Verdict"),
    agent: Option<Agent> = Field::new("Agent"),
    tags: Vec<String> = Field::new("Tags"),
    any: Option<JsonValue> = Field::new("Any"),
    trace: Option<String> = Field::new("Trace").header("X-Demo-Trace"),
    mode: Option<String> = Field::new("Mode").location(Location::Query),
});

generated!(Log {
    topic_id: Option<String> = Field::new("TopicId").required().header("X-CLS-TopicId"),
    shards: Option<i64> = Field::new("Shards").header("X-CLS-Shards"),
    content: Option<Binary> = Field::new("Content").required(),
});

async fn send(action: &'static Action, request: impl Object + 'static) -> Result<Seen, Error> {
    let server = Server::with_body(ANSWER).await;
    let client = Client::new(&server.config().build().unwrap(), &SERVICE);
    client.call::<Everything>(action, request).await?;
    Ok(server.only())
}

/// The boundary that the content type names.
fn boundary(seen: &Seen) -> String {
    let content_type = seen.header("content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert!(
        boundary
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    );
    boundary.to_owned()
}

fn upload() -> Upload {
    Upload {
        file: Some(b"\x00\xff\r\n--yunqiao\r\n".into()),
        title: Some("检验\r\n报告".to_owned()),
        page: Some(-3),
        scale: Some(1.0),
        keep: Some(true),
        kind: Some(IdCardType::IdCard),
        verdict: Some(VerifyResult::Altered),
        agent: Some(Agent {
            app_id: Some("a".to_owned()),
            proxy_operator: None,
        }),
        tags: vec!["x".to_owned(), String::new()],
        any: None,
        trace: Some("t 1".to_owned()),
        mode: Some("a&b".to_owned()),
    }
}

#[tokio::test]
async fn every_field_is_a_part() {
    let seen = send(&UPLOAD, upload()).await.unwrap();
    let boundary = boundary(&seen);
    let part = |headers: &str, content: &[u8]| {
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; {headers}\r\n\r\n");
        [head.as_bytes(), content, b"\r\n"].concat()
    };
    const JSON: &str = "\r\nContent-Type: application/json";
    let expected = [
        part(
            "name=\"File\"; filename=\"File\"",
            b"\x00\xff\r\n--yunqiao\r\n",
        ),
        part("name=\"Title\"", "检验\r\n报告".as_bytes()),
        part("name=\"Page\"", b"-3"),
        part("name=\"Scale\"", b"1.0"),
        part("name=\"Keep\"", b"true"),
        part("name=\"Kind\"", b"ID_CARD"),
        part("name=\"Verdict\"", b"4"),
        part(&format!("name=\"Agent\"{JSON}"), br#"{"AppId":"a"}"#),
        part(&format!("name=\"Tags\"{JSON}"), br#"["x",""]"#),
        format!("--{boundary}--\r\n").into_bytes(),
    ]
    .concat();
    assert_eq!(
        String::from_utf8_lossy(&seen.body),
        String::from_utf8_lossy(&expected)
    );
    assert_eq!(seen.body, expected);
    assert_eq!(seen.header("x-demo-trace").as_deref(), Some("t 1"));
    assert_eq!(seen.query(), "Mode=a%26b");
    assert_signed(&seen, "uploadmedicalfile");
}

#[tokio::test]
async fn the_same_request_gives_the_same_bytes() {
    let (first, second) = (
        send(&UPLOAD, upload()).await.unwrap(),
        send(&UPLOAD, upload()).await.unwrap(),
    );
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("content-type"), second.header("content-type"));
    let other = Upload {
        page: Some(-4),
        ..upload()
    };
    let other = send(&UPLOAD, other).await.unwrap();
    assert_ne!(boundary(&other), boundary(&first));
    // Content that holds another request's body does not end early.
    let nested = Upload {
        file: Some(first.body.clone().into()),
        ..upload()
    };
    let nested = send(&UPLOAD, nested).await.unwrap();
    let mark = format!("--{}", boundary(&nested)).into_bytes();
    let marks = nested
        .body
        .windows(mark.len())
        .filter(|window| *window == mark)
        .count();
    assert_eq!(marks, 10);
}

#[tokio::test]
async fn any_json_is_a_part_by_its_kind() {
    for (any, content) in [
        (serde_json::json!("a \"b\""), "\r\n\r\na \"b\"\r\n"),
        (serde_json::json!(1.5), "\r\n\r\n1.5\r\n"),
        (serde_json::json!(false), "\r\n\r\nfalse\r\n"),
        (
            serde_json::json!([1]),
            "\r\nContent-Type: application/json\r\n\r\n[1]\r\n",
        ),
        (
            serde_json::json!({"a": "b"}),
            "\r\nContent-Type: application/json\r\n\r\n{\"a\":\"b\"}\r\n",
        ),
    ] {
        let request = Upload {
            any: Some(any),
            ..Upload::default()
        };
        let seen = send(&UPLOAD, request).await.unwrap();
        let boundary = boundary(&seen);
        let expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"Any\"{content}--{boundary}--\r\n"
        );
        assert_eq!(seen.text(), expected);
    }
    let empty = send(&UPLOAD, Upload::default()).await.unwrap();
    assert_eq!(empty.text(), format!("--{}--\r\n", boundary(&empty)));
    let endless = Upload {
        scale: Some(f64::NAN),
        ..Upload::default()
    };
    assert!(send(&UPLOAD, endless).await.unwrap_err().is_validation());
}

#[tokio::test]
async fn raw_bytes_are_the_body_and_the_rest_are_headers() {
    let log = Log {
        topic_id: Some("topic-1".to_owned()),
        shards: Some(3),
        content: Some(b"\x00\xfflz4\r\n".into()),
    };
    let seen = send(&LOG, log).await.unwrap();
    assert_eq!(seen.body, b"\x00\xfflz4\r\n");
    assert_eq!(
        seen.header("content-type").as_deref(),
        Some("application/octet-stream")
    );
    assert_eq!(seen.header("x-cls-topicid").as_deref(), Some("topic-1"));
    assert_eq!(seen.header("x-cls-shards").as_deref(), Some("3"));
    assert_eq!(seen.query(), "");
    assert_signed(&seen, "uploadlog");
    // Only what is always signed is: the vendor's SDKs leave out the fields, too.
    let (content_type, host) = ("application/octet-stream", seen.header("host").unwrap());
    let headers = [
        ("content-type", content_type),
        ("host", &host),
        ("x-tc-action", "uploadlog"),
    ];
    let parts = Parts {
        method: "POST",
        path: "/",
        query: "",
        headers: &headers,
        payload: Payload::Bytes(b"\x00\xfflz4\r\n"),
    };
    let expected = tc3::sign(&parts, &credential(), "essbasic", NOW).authorization;
    assert_eq!(seen.header("authorization"), Some(expected));
}

#[tokio::test]
async fn a_header_takes_no_lines_and_is_named_by_its_field() {
    let log = Log {
        topic_id: Some("hunter2\r\nHost: evil".to_owned()),
        shards: None,
        content: Some(Binary::default()),
    };
    let error = send(&LOG, log).await.unwrap_err();
    assert!(error.is_validation());
    assert_eq!(error.problems()[0].path(), "TopicId");
    assert!(!format!("{error:?}{error}").contains("hunter2"));
    let error = send(&LOG, Log::default()).await.unwrap_err();
    let paths: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| problem.path())
        .collect();
    assert_eq!(paths, ["TopicId", "Content"]);
}
