//! In: requests over real HTTP, signed and encrypted by other programs. Out: what the service answers and handles.
#![allow(clippy::unwrap_used, reason = "a panic is a test's report")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use yunqiao::callback::{EsignCallbacks, ReplayGuard, SmsCallbacks};
use yunqiao_example_callbacks::{Arrived, Service, router};

const SECRET: &str = "CqzqKM1gEHb6mQdYk2xJ0w";

/// The service, what it has handled, and whether its handler fails.
struct Running {
    authority: String,
    handled: Arc<Mutex<Vec<String>>>,
    logged: Arc<Mutex<Vec<String>>>,
    fails: Arc<AtomicBool>,
}

impl Running {
    async fn start() -> Self {
        let vectors = vectors();
        let handled: Arc<Mutex<Vec<String>>> = Arc::default();
        let logged: Arc<Mutex<Vec<String>>> = Arc::default();
        let fails: Arc<AtomicBool> = Arc::default();
        let (inbox, log, failing) = (handled.clone(), logged.clone(), fails.clone());
        let service = Service {
            esign: EsignCallbacks::builder()
                .token(vectors["token"].as_str().unwrap())
                .key(vectors["key"].as_str().unwrap())
                .build()
                .unwrap(),
            sms: SmsCallbacks::new(SECRET).unwrap(),
            guard: ReplayGuard::in_memory(),
            handler: Box::new(move |arrived| {
                let (inbox, failing) = (inbox.clone(), failing.clone());
                Box::pin(async move {
                    if failing.load(Ordering::Relaxed) {
                        return Err("the database is away".to_owned());
                    }
                    inbox.lock().unwrap().push(name(&arrived));
                    Ok(())
                })
            }),
            log: Box::new(move |line| log.lock().unwrap().push(line.to_owned())),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let authority = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move { axum::serve(listener, router(service)).await.unwrap() });
        Self {
            authority,
            handled,
            logged,
            fails,
        }
    }

    /// Sends these bytes, and gives the status of the answer.
    async fn send(&self, head: &str, body: &[u8]) -> u16 {
        let mut stream = TcpStream::connect(&self.authority).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        let mut answer = [0; 12];
        let read = stream.read_exact(&mut answer);
        tokio::time::timeout(Duration::from_secs(20), read)
            .await
            .unwrap()
            .unwrap();
        let answer = String::from_utf8(answer.to_vec()).unwrap();
        answer.strip_prefix("HTTP/1.1 ").unwrap().parse().unwrap()
    }

    async fn post(&self, path: &str, signature: Option<&str>, body: &[u8]) -> u16 {
        let signed = signature.map_or(String::new(), |text| {
            format!("Content-Signature: {text}\r\n")
        });
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: example.com\r\nContent-Type: application/json\r\n{signed}Content-Length: {length}\r\n\r\n"
        );
        self.send(&head, body).await
    }

    /// Sends a message as it was signed.
    async fn vector(&self, name: &str) -> u16 {
        let (body, signature) = message(name);
        self.post("/esign", Some(&signature), &body).await
    }

    fn handled(&self) -> Vec<String> {
        self.handled.lock().unwrap().clone()
    }
}

fn name(arrived: &Arrived) -> String {
    match arrived {
        Arrived::Esign(event) => format!("{} {}", event.id().unwrap_or("-"), event.is_encrypted()),
        Arrived::Sms(event) => event.json()["message_id"].to_string(),
        _ => "?".to_owned(),
    }
}

/// The messages of the runtime's tests; its folder tells how they were made.
fn vectors() -> Value {
    serde_json::from_str(include_str!(
        "../../../runtime/tests/callbacks/vectors.json"
    ))
    .unwrap()
}

fn message(name: &str) -> (Vec<u8>, String) {
    let vectors = vectors();
    let all: BTreeMap<&str, &Value> = vectors["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| (message["name"].as_str().unwrap(), message))
        .collect();
    let body = all[name]["body"].as_str().unwrap();
    let signature = all[name]["signature"].as_str().unwrap();
    (bytes(body), signature.to_owned())
}

/// Reads base64.
fn bytes(base64: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values: Vec<u32> = base64
        .bytes()
        .filter_map(|letter| alphabet.iter().position(|own| *own == letter))
        .map(|value| u32::try_from(value).unwrap())
        .collect();
    let groups = values.chunks(4).flat_map(|group| {
        let bits = (0..4).fold(0, |bits, at| {
            bits << 6 | group.get(at).copied().unwrap_or(0)
        });
        bits.to_be_bytes()[1..group.len()].to_vec()
    });
    groups.collect()
}

const FLOW: &str = "yDxample0000000000000000000000m1";

#[tokio::test]
async fn a_genuine_message_is_handled_once_and_answered_200_each_time() {
    let service = Running::start().await;
    assert_eq!(service.vector("flow").await, 200);
    assert_eq!(service.handled(), [format!("{FLOW} false")]);
    for _ in 0..3 {
        assert_eq!(service.vector("flow").await, 200);
    }
    assert_eq!(service.handled().len(), 1);
    assert_eq!(
        *service.logged.lock().unwrap(),
        ["the event was handled before"; 3]
    );
}

#[tokio::test]
async fn an_encrypted_message_is_read() {
    let service = Running::start().await;
    assert_eq!(service.vector("flow-encrypted").await, 200);
    assert_eq!(service.vector("flow-encrypted-bare").await, 200);
    let expected = format!("{FLOW} true");
    assert_eq!(service.handled(), [expected.clone(), expected]);
    assert_eq!(service.vector("encrypted-wrong-padding").await, 400);
    assert_eq!(service.handled().len(), 2);
}

#[tokio::test]
async fn what_is_forged_is_refused_and_never_handled() {
    let service = Running::start().await;
    let (body, signature) = message("flow");
    assert_eq!(service.post("/esign", None, &body).await, 401);
    assert_eq!(service.post("/esign", Some("sha256=00"), &body).await, 401);
    let (_, other) = message("seal");
    assert_eq!(service.post("/esign", Some(&other), &body).await, 401);
    let mut changed = body.clone();
    let at = changed.iter().position(|byte| *byte == b'4').unwrap();
    changed[at] = b'3';
    assert_eq!(
        service.post("/esign", Some(&signature), &changed).await,
        401
    );
    let cut = &body[..body.len() - 1];
    assert_eq!(service.post("/esign", Some(&signature), cut).await, 401);
    assert!(service.handled().is_empty());
    assert_eq!(service.post("/esign", Some(&signature), &body).await, 200);
}

#[tokio::test]
async fn what_is_signed_but_cut_is_unreadable() {
    let service = Running::start().await;
    assert_eq!(service.vector("truncated").await, 400);
    assert!(service.handled().is_empty());
}

#[tokio::test]
async fn a_huge_body_is_refused_before_it_is_there() {
    let service = Running::start().await;
    // The sender says how much will come, and nothing has come yet.
    for path in ["/esign".to_owned(), format!("/sms/{SECRET}")] {
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\n");
        assert_eq!(service.send(&head, b"").await, 413);
        // The sender says nothing, and is stopped one byte after the limit.
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n40000000\r\n"
        );
        assert_eq!(service.send(&head, &vec![b' '; 1024 * 1024 + 1]).await, 413);
    }
    assert!(service.handled().is_empty());
}

#[tokio::test]
async fn an_event_whose_handling_failed_comes_again() {
    let service = Running::start().await;
    service.fails.store(true, Ordering::Relaxed);
    assert_eq!(service.vector("flow").await, 500);
    assert_eq!(service.vector("flow").await, 500);
    service.fails.store(false, Ordering::Relaxed);
    assert_eq!(service.vector("flow").await, 200);
    assert_eq!(service.handled().len(), 1);
}

#[tokio::test]
async fn receipts_need_the_secret_and_come_once() {
    let service = Running::start().await;
    let body = br#"[{"message_id": "m-1", "status_code": "0"}, {"message_id": "m-2", "status_code": "4"}]"#;
    assert_eq!(
        service.post("/sms/another-secret-000", None, body).await,
        401
    );
    assert_eq!(service.post("/sms/", None, body).await, 404);
    assert!(service.handled().is_empty());
    let path = format!("/sms/{SECRET}");
    assert_eq!(service.post(&path, None, body).await, 200);
    assert_eq!(service.handled(), ["\"m-1\"", "\"m-2\""]);
    // The vendor may group events anew when it sends them again.
    let again = br#"[{"message_id": "m-2", "status_code": "4"}, {"message_id": "m-3", "status_code": "0"}]"#;
    assert_eq!(service.post(&path, None, again).await, 200);
    assert_eq!(service.handled(), ["\"m-1\"", "\"m-2\"", "\"m-3\""]);
    assert_eq!(service.post(&path, None, b"{").await, 400);
}
