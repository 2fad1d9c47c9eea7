//! In: answers that stream. Out: typed events, and one clear error at the end of those that break.

mod faults;
mod flow;
mod untyped;

use std::time::Duration;

use yunqiao_runtime::{Action, Client, Error, Events, Field, StreamCall};

use crate::sample::{Agent, SERVICE, generated};
use crate::server::{Script, Server};

static CHAT: Action = Action::new(&SERVICE, "ChatCompletions");
static OWN_ERROR: Action = Action::new(&SERVICE, "ReconstructDocument").own_error_member();

generated!(Completion {
    id: Option<String> = Field::new("Id"),
    name: Option<String> = Field::new("Name"),
    value: Option<i64> = Field::new("Value"),
    error: Option<yunqiao_runtime::JsonValue> = Field::new("Error"),
});

generated!(Chunk {
    id: Option<String> = Field::new("Id"),
    name: Option<String> = Field::new("Name"),
    value: Option<i64> = Field::new("Value"),
});

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nX-TC-RequestId: r-1\r\nTransfer-Encoding: chunked\r\n\r\n";

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

/// A stream that ends as it should.
fn streamed(pieces: &[&[u8]]) -> Script {
    let chunks = pieces.iter().map(|piece| chunk(piece));
    let end = b"0\r\n\r\n".to_vec();
    Script::Pieces(
        [HEAD.as_bytes().to_vec()]
            .into_iter()
            .chain(chunks)
            .chain([end])
            .collect(),
    )
}

fn call(server: &Server) -> StreamCall<Chunk> {
    let config = server
        .config()
        .max_response_bytes(1000)
        .attempt_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    let request = Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    };
    Client::new(&config, &SERVICE).stream(&CHAT, request)
}

async fn begin(script: Script) -> Result<(Server, Events<Chunk>), Error> {
    let server = Server::run(script).await;
    let events = call(&server).await?;
    Ok((server, events))
}

/// Every event's `Name`, and the error at the end.
async fn play(script: Script) -> (Vec<String>, Option<Error>) {
    let (_server, mut events) = begin(script).await.unwrap();
    let mut names = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => names.push(event.name.clone().unwrap_or_default()),
            Err(error) => {
                assert!(events.next().await.is_none(), "an error is the end");
                return (names, Some(error));
            }
        }
    }
    assert!(events.next().await.is_none());
    (names, None)
}
