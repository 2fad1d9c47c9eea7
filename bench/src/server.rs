//! In: requests on loopback, and orders on standard input. Out: the same answer to each request, at once or when told to.
//!
//! It reads no more of a request than where it ends, on one thread: it must not be what the clients wait for.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::watch;

use crate::{answer, process, usage};

/// Enough for a head; what is larger is read in such pieces and forgotten.
const PIECE: usize = 256 * 1024;
/// Calls that come at once wait here.
const BACKLOG: u32 = 16_384;

struct Server {
    answer: Vec<u8>,
    /// Whether answers are held back.
    hold: watch::Sender<bool>,
    /// Requests whose answer is held back.
    held: AtomicUsize,
}

pub(crate) fn run() -> Result<(), String> {
    let _ = usage::open_files();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the server cannot start: {error}"))?;
    let server = Arc::new(Server {
        answer: answer::bytes(),
        hold: watch::Sender::new(false),
        held: AtomicUsize::new(0),
    });
    runtime.block_on(async {
        let listener = TcpSocket::new_v4()
            .and_then(|socket| {
                socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
                socket.listen(BACKLOG)
            })
            .map_err(|error| format!("the server cannot listen: {error}"))?;
        let address = listener
            .local_addr()
            .map_err(|error| format!("the server has no address: {error}"))?;
        obey(Arc::clone(&server), address);
        loop {
            // Whoever gives up while connecting is no concern of the others.
            if let Ok((stream, _)) = listener.accept().await {
                let server = Arc::clone(&server);
                tokio::spawn(async move {
                    let _ = serve(&server, stream).await;
                });
            }
        }
    })
}

/// Listens to orders on a thread of its own; where they end, the process does.
fn obey(server: Arc<Server>, address: SocketAddr) {
    std::thread::spawn(move || {
        process::obey(|words| match words {
            ["address"] => Ok(json!({ "address": address.to_string() })),
            ["hold"] => {
                server.hold.send_replace(true);
                Ok(json!({}))
            }
            ["held"] => Ok(json!({ "held": server.held.load(Ordering::Relaxed) })),
            ["release"] => {
                server.hold.send_replace(false);
                Ok(json!({}))
            }
            _ => Err("no such order".to_owned()),
        });
        std::process::exit(0);
    });
}

async fn serve(server: &Server, mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut hold = server.hold.subscribe();
    let mut piece = vec![0; 2_048];
    let mut filled = 0;
    loop {
        let read = stream.read(&mut piece[filled..]).await?;
        if read == 0 {
            return Ok(());
        }
        filled += read;
        let Some(request) = size(&piece[..filled]) else {
            if filled == piece.len() {
                piece.resize(PIECE, 0);
            }
            continue;
        };
        let mut missing = request.saturating_sub(filled);
        if missing > PIECE {
            piece.resize(PIECE, 0);
        }
        while missing > 0 {
            let read = stream.read(&mut piece).await?;
            if read == 0 {
                return Ok(());
            }
            missing = missing.saturating_sub(read);
        }
        filled = 0;
        if *hold.borrow_and_update() {
            server.held.fetch_add(1, Ordering::Relaxed);
            let released = hold.wait_for(|held| !held).await;
            server.held.fetch_sub(1, Ordering::Relaxed);
            if released.is_err() {
                return Ok(());
            }
        }
        stream.write_all(&server.answer).await?;
    }
}

/// Bytes of the whole request, once its head is there.
pub(crate) fn size(bytes: &[u8]) -> Option<usize> {
    const LENGTH: &[u8] = b"content-length:";
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let mut lines = bytes[..head].split(|byte| *byte == b'\n');
    let length = lines.find_map(|line| {
        let (name, value) = line.split_at_checked(LENGTH.len())?;
        name.eq_ignore_ascii_case(LENGTH).then_some(value)
    });
    let length = length
        .and_then(|value| std::str::from_utf8(value).ok()?.trim().parse().ok())
        .unwrap_or(0);
    Some(head + 4 + length)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_request_ends_where_its_length_says() {
        for (bytes, expected) in [
            ("GET / HTTP/1.1\r\n\r\n", Some(18)),
            ("POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\n", Some(43)),
            (
                "POST / HTTP/1.1\r\nContent-Length:5\r\nHost: a\r\n\r\nab",
                Some(51),
            ),
            ("POST / HTTP/1.1\r\ncontent-length: 5\r\n", None),
        ] {
            assert_eq!(size(bytes.as_bytes()), expected, "{bytes}");
        }
    }
}
