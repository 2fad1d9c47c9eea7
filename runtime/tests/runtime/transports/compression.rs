//! In: answers that are compressed, asked for or not. Out: what they say, or why they are not read.

use yunqiao_runtime::Delivery;

use super::text;
use crate::server::{Script, Server, http};

const BODY: &[u8] = br#"{"Response":{"RequestId":"r","Text":"plain"}}"#;

#[tokio::test]
async fn what_nobody_asked_for_is_told() {
    let unasked: &[&str] = if cfg!(feature = "gzip") {
        &["br", "zstd", "deflate"]
    } else {
        &["gzip", "br", "zstd", "deflate"]
    };
    for coding in unasked {
        let header = format!("Content-Encoding: {coding}");
        let answer = http("200 OK", &[&header], b"\x1f\x8b...");
        let server = Server::run(Script::Answer(answer)).await;
        let error = text(server.config()).await.unwrap_err();
        assert!(
            error.is_decode() && error.http_status() == Some(200),
            "{error:?}"
        );
        assert_eq!(error.delivery(), Delivery::Unknown);
        let told = error.to_string();
        assert!(
            told.contains(&format!("the answer is compressed ({coding})")),
            "{told}"
        );
        assert!(told.contains("the feature `gzip`"), "{told}");
    }
}

#[tokio::test]
async fn what_is_not_compressed_is_read() {
    for header in ["Content-Encoding: identity", "Content-Encoding:"] {
        let server = Server::run(Script::Answer(http("200 OK", &[header], BODY))).await;
        assert_eq!(text(server.config()).await.unwrap(), "plain");
    }
}

#[cfg(not(feature = "gzip"))]
#[tokio::test]
async fn nobody_is_asked_to_compress() {
    let server = Server::run(Script::Answer(http("200 OK", &[], BODY))).await;
    text(server.config()).await.unwrap();
    assert_eq!(server.only().header("accept-encoding"), None);
}

#[cfg(feature = "gzip")]
mod asked {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use yunqiao_runtime::Client;

    use super::*;
    use crate::sample::{Everything, SERVICE, VERIFY};
    use crate::transports::request;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[tokio::test]
    async fn gzip_is_asked_for_and_read() {
        let answer = http("200 OK", &["Content-Encoding: gzip"], &gzip(BODY));
        let server = Server::run(Script::Answer(answer)).await;
        assert_eq!(text(server.config()).await.unwrap(), "plain");
        let seen = server.only();
        assert_eq!(seen.header("accept-encoding").as_deref(), Some("gzip"));
        // What a gateway may change is not signed.
        assert!(
            !seen
                .header("authorization")
                .unwrap()
                .contains("accept-encoding")
        );
        let server = Server::run(Script::Answer(http("200 OK", &[], BODY))).await;
        assert_eq!(text(server.config()).await.unwrap(), "plain");
    }

    #[tokio::test]
    async fn what_comes_out_of_a_bomb_is_limited() {
        // 4 MiB in some 4 KiB, and again and again: it has no end, so only a limit can end it.
        let bomb = gzip(&vec![b' '; 4 << 20]);
        assert!(bomb.len() < 5_000);
        let head =
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
        let size = format!("{:x}\r\n", bomb.len());
        let chunk = [size.as_bytes(), &bomb, b"\r\n"].concat();
        let server = Server::run(Script::Endless(head.into(), chunk)).await;
        let error = text(server.config().max_response_bytes(100_000))
            .await
            .unwrap_err();
        assert!(error.is_decode() && !error.is_timeout(), "{error:?}");
        assert!(
            error.to_string().contains("larger than the 100000 bytes"),
            "{error}"
        );

        // The limit is on what comes out, exactly.
        let exact = [BODY, &b" ".repeat(100_000 - BODY.len())].concat();
        for (body, fits) in [(exact.clone(), true), ([&exact[..], b" "].concat(), false)] {
            let answer = http("200 OK", &["Content-Encoding: gzip"], &gzip(&body));
            let server = Server::run(Script::Answer(answer)).await;
            let read = text(server.config().max_response_bytes(100_000)).await;
            assert_eq!(read.is_ok(), fits, "{read:?}");
        }
    }

    #[tokio::test]
    async fn events_come_out_as_they_go_in() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder
            .write_all(b"data: {\"Text\":\"first\"}\n\n")
            .unwrap();
        encoder.flush().unwrap();
        let bytes = encoder.get_ref();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
        let size = format!("{head}{:x}\r\n", bytes.len());
        // Nothing comes after it.
        let first = [size.as_bytes(), bytes, b"\r\n"].concat();
        let server = Server::run(Script::Stall(first)).await;
        let client = Client::new(&server.config().build().unwrap(), &SERVICE);
        let mut events = client
            .stream::<Everything>(&VERIFY, request())
            .await
            .unwrap();
        let event = events.next().await.unwrap().unwrap();
        assert_eq!(event.text.as_deref(), Some("first"));
    }

    #[tokio::test]
    async fn what_is_no_gzip_is_an_error() {
        let whole = gzip(BODY);
        for body in [&b"{\"Response\":{}}"[..], &whole[..whole.len() / 2]] {
            let answer = http("200 OK", &["Content-Encoding: gzip"], body);
            let server = Server::run(Script::Answer(answer)).await;
            let error = text(server.config()).await.unwrap_err();
            assert_eq!(error.http_status(), Some(200), "{error:?}");
            assert_eq!(error.delivery(), Delivery::Unknown);
        }
    }
}
