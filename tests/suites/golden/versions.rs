//! Clients of several versions in, the action and the version of each request out, as they arrive over HTTP.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]
#![allow(deprecated, reason = "what is deprecated has a version, too")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use yunqiao::tencent::notes;
use yunqiao::volcengine::post;
use yunqiao::{Config, Credential};

/// A server that answers so many calls, and then gives the head of each: request line and headers, in lower case.
fn server(calls: usize) -> (Config, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let seen = thread::spawn(move || (0..calls).map(|_| answer(&listener)).collect());
    let config = Config::builder()
        .credential(Credential::new("id", "key"))
        .region("ap-guangzhou")
        .endpoint(format!("http://{address}"))
        .build()
        .unwrap();
    (config, seen)
}

fn answer(listener: &TcpListener) -> String {
    let (mut stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        let line = line.to_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        head.push_str(&line);
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    // Each vendor takes its own envelope and overlooks the other.
    let body = r#"{"Response":{"RequestId":"1"},"ResponseMetadata":{"RequestId":"1"},"Result":{}}"#;
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
    head
}

#[tokio::test]
async fn plain_names_lead_to_the_newest_version_that_has_them() {
    let (config, seen) = server(8);
    let client = notes::Client::new(&config);
    let note = notes::v20230301::Note::new().text("milk");
    let sheet = notes::Sheet::new().width(210);
    client
        .add_note(notes::AddNoteRequest::new().note(note))
        .await
        .unwrap();
    client
        .list_notes(notes::ListNotesRequest::new().tag("a"))
        .await
        .unwrap();
    client
        .v20230301()
        .list_notes(notes::v20230301::ListNotesRequest::new())
        .await
        .unwrap();
    client
        .drop_note(notes::DropNoteRequest::new().sheet(sheet))
        .await
        .unwrap();
    client
        .remove_note(notes::v20240301::DropNoteRequest::new().ids([1]))
        .await
        .unwrap();
    client
        .burn_note(notes::BurnNoteRequest::new())
        .await
        .unwrap();
    client
        .v20230301()
        .burn_note(notes::v20230301::BurnNoteRequest::new().id(1))
        .await
        .unwrap();
    let mut events = client
        .watch_notes(notes::WatchNotesRequest::new())
        .await
        .unwrap();
    events.next().await.unwrap().unwrap();
    let expected = [
        ("addnote", "2023-03-01"),
        ("listnotes", "2024-03-01"),
        ("listnotes", "2023-03-01"),
        ("dropnote", "2025-03-01"),
        ("dropnote", "2024-03-01"),
        ("printnote", "2025-03-01"),
        ("burnnote", "2023-03-01"),
        ("watchnotes", "2024-03-01"),
    ];
    for ((action, version), head) in expected.iter().zip(seen.join().unwrap()) {
        assert!(
            head.contains(&format!("x-tc-action: {action}\r\n")),
            "{action}: {head}"
        );
        assert!(
            head.contains(&format!("x-tc-version: {version}\r\n")),
            "{action}: {head}"
        );
    }
}

#[tokio::test]
async fn versions_that_complement_each_other_are_one_client_of_either_vendor() {
    let (config, seen) = server(3);
    let client = post::Client::new(&config);
    let card = post::Card::new().text("Hello");
    client
        .send_card(post::SendCardRequest::new().card(card.clone()))
        .await
        .unwrap();
    client
        .clone()
        .list_cards(post::ListCardsRequest::new())
        .await
        .unwrap();
    let older = post::v20200101::Client::new(&config);
    older
        .send_card(post::v20200101::SendCardRequest::new().card(card))
        .await
        .unwrap();
    let expected = [
        "action=sendcard&version=2020-01-01",
        "action=listcards&version=2021-01-11",
        "action=sendcard&version=2020-01-01",
    ];
    for (query, head) in expected.iter().zip(seen.join().unwrap()) {
        assert!(head.contains(query), "{head}");
    }
}

#[test]
fn error_codes_of_all_versions_stand_together() {
    use notes::{error_code, v20230301, v20240301};
    assert_eq!(error_code::NOTE_GONE, "NoteGone");
    assert_eq!(error_code::TOO_MANY, v20230301::error_code::TOO_MANY);
    assert_eq!(error_code::TOO_MANY, v20240301::error_code::TOO_MANY);
}
