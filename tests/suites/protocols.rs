//! Files, raw bytes and streams: the generated code of the goldens against the local cloud, over HTTP with real signatures.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use serde_json::json;
use yunqiao_mock::{Answer, Call, LocalCloud};
use yunqiao_model::{Source, load, render};
use yunqiao_runtime::{Config, Credential};
use yunqiao_tests::{files, home};

use self::tencent::multipart::v20240101 as multipart;
use self::tencent::octet_stream::v20240101 as octet_stream;
use self::tencent::streaming::v20240101 as streaming;

/// The modules as the goldens' crate has them.
#[rustfmt::skip]
#[path = "../golden"]
#[allow(unreachable_pub, dead_code, unused_imports, deprecated, reason = "written for a crate of their own")]
mod tencent {
    #[path = "multipart/expected/src/tencent/multipart"]
    pub mod multipart {
        pub mod v20240101;
    }
    #[path = "octet_stream/expected/src/tencent/octet_stream"]
    pub mod octet_stream {
        pub mod v20240101;
    }
    #[path = "streaming/expected/src/tencent/streaming"]
    pub mod streaming {
        pub mod v20240101;
    }
}

/// A cloud with the schemas of a golden.
fn cloud(case: &str) -> LocalCloud {
    let sources: Vec<Source> = files(&home().join("golden").join(case).join("schemas"))
        .into_iter()
        .map(|(path, bytes)| Source::new(path, bytes))
        .collect();
    let loaded = load(&sources);
    let report = render(&loaded.diagnostics, &sources, "", false);
    assert!(loaded.diagnostics.is_empty(), "{report}");
    LocalCloud::builder().schemas(loaded.api).start().unwrap()
}

fn config(cloud: &LocalCloud) -> Config {
    let credential = Credential::new(cloud.secret_id(), cloud.secret_key());
    Config::builder()
        .credential(credential)
        .endpoint(cloud.url())
        .build()
        .unwrap()
}

#[track_caller]
fn only(cloud: &LocalCloud) -> Call {
    let calls = cloud.calls();
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert!(calls[0].signature.is_verified(), "{calls:?}");
    calls[0].clone()
}

#[tokio::test]
async fn a_file_travels_beside_its_description() {
    let cloud = cloud("multipart");
    let client = multipart::Client::new(&config(&cloud));
    let pages = [
        multipart::Page::new().number(1),
        multipart::Page::new().number(2),
    ];
    let request = multipart::UploadMedicalFileRequest::new()
        .file(b"%PDF-1.7\r\n--x--\r\n")
        .title("报告 \"1\"")
        .pages(pages)
        .trace_id("t-1");
    assert_eq!(
        format!("{request:?}"),
        "UploadMedicalFileRequest { File: <redacted>, Title: \"报告 \\\"1\\\"\", Pages: [Page { Number: 1 }, Page { Number: 2 }], TraceId: \"t-1\" }"
    );
    let answer = client.upload_medical_file(request).await.unwrap();
    assert_eq!(answer.file_key.as_deref(), Some("file-01"));
    let call = only(&cloud);
    assert!(call.deviations.is_empty(), "{call:?}");
    assert_eq!(
        call.request,
        json!({
            "File": "%PDF-1.7\r\n--x--\r\n", "Title": "报告 \"1\"", "Pages": [{ "Number": 1 }, { "Number": 2 }], "TraceId": "t-1",
        })
    );
    assert!(!format!("{call:?}").contains("PDF"), "{call:?}");
}

#[tokio::test]
async fn a_file_may_hold_any_bytes_up_to_its_limit() {
    let cloud = cloud("multipart");
    let client = multipart::Client::new(&config(&cloud));
    let bytes: Vec<u8> = (0..=255).cycle().take(8 << 20).collect();
    let upload = |bytes: &[u8]| multipart::UploadMedicalFileRequest::new().file(bytes);
    client.upload_medical_file(upload(&bytes)).await.unwrap();
    only(&cloud);
    let larger = [bytes.as_slice(), b"x"].concat();
    let error = client
        .upload_medical_file(upload(&larger))
        .await
        .unwrap_err();
    assert_eq!(error.problems()[0].path(), "File");
    let error = client
        .upload_medical_file(upload(&larger))
        .skip_validation()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("InvalidParameterValue"));
}

#[tokio::test]
async fn raw_bytes_are_a_body_of_their_own() {
    let cloud = cloud("octet_stream");
    let client = octet_stream::Client::new(&config(&cloud));
    let request = octet_stream::UploadLogRequest::new()
        .topic_id("topic-1")
        .shards(3)
        .compress_type(octet_stream::CompressType::Zstd)
        .content(b"\x28\xb5\x2f\xfd".to_vec());
    client.upload_log(request).await.unwrap();
    let call = only(&cloud);
    assert!(call.deviations.is_empty(), "{call:?}");
    assert_eq!(
        call.request,
        // What is no text keeps its length.
        json!({ "TopicId": "topic-1", "Shards": 3, "CompressType": "zstd", "Content": "(?/?" })
    );
    let request = octet_stream::UploadLogRequest::new().topic_id("topic-1");
    let error = client
        .upload_log(request)
        .skip_validation()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("MissingParameter"));
}

#[tokio::test]
#[allow(deprecated, reason = "the former name streams, too")]
async fn an_answer_comes_event_by_event() {
    let cloud = cloud("streaming");
    let client = streaming::Client::new(&config(&cloud));
    let question = || {
        streaming::ChatCompletionsRequest::new()
            .question("How?")
            .stream(true)
    };
    let said = ["根据", "您的", ""];
    let event = |text| json!({ "Id": "a", "Choices": [{ "Content": text }] });
    cloud.once("ChatCompletions", Answer::events(said.map(event)));
    let mut events = client.chat_completions(question()).await.unwrap();
    let call = only(&cloud);
    assert_eq!(events.request_id(), Some(call.request_id.as_str()));
    let mut heard = Vec::new();
    while let Some(event) = events.next().await {
        let event = event.unwrap();
        assert_eq!(event.id.as_deref(), Some("a"));
        assert_eq!(event.id(), Some((heard.len() + 1).to_string().as_str()));
        heard.push(event.choices[0].content.clone().unwrap());
    }
    assert_eq!(heard, said);
    // The example, as the one event of a stream and whole, and by the name that the action had before.
    let whole = question().stream(false);
    for call in [
        client.chat_completions(question()),
        client.chat_completions(whole),
        client.chat(question()),
    ] {
        let mut events = call.await.unwrap();
        let event = events.next().await.unwrap().unwrap();
        assert_eq!(event.choices[0].content.as_deref(), Some("Fine."));
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn errors_of_a_stream_are_those_of_any_call() {
    let cloud = cloud("streaming");
    let client = streaming::Client::new(&config(&cloud));
    let nothing = streaming::ChatCompletionsRequest::new;
    let error = client.chat_completions(nothing()).await.unwrap_err();
    assert!(error.is_validation() && cloud.calls().is_empty());
    let call = client.chat_completions(nothing()).skip_validation();
    assert_eq!(call.await.unwrap_err().code(), Some("MissingParameter"));
    let credential = Credential::new(cloud.secret_id(), "wrong");
    let config = Config::builder().credential(credential);
    let config = config.endpoint(cloud.url()).build().unwrap();
    let stranger = streaming::Client::new(&config);
    let call = stranger.chat_completions(nothing().question("How?"));
    assert!(call.await.unwrap_err().is_authentication());
}
