//! In: a password. Out: a proxy on this machine that lets through who knows it, and what it was asked.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::server::{Seen, receive};

/// A proxy; it ends with the test's runtime.
pub(super) struct Gate {
    pub(super) port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
}

/// What a proxy does with whoever comes.
#[derive(Clone)]
enum Rule {
    /// CONNECT, with this `Proxy-Authorization`.
    Http(Option<&'static str>),
    /// The same within TLS.
    Https(TlsAcceptor, &'static str),
    /// CONNECT, which always ends so.
    Refuse(&'static str),
    /// SOCKS 5, with this user and password.
    Socks(&'static str, &'static str),
}

impl Gate {
    pub(super) async fn http(authorization: Option<&'static str>) -> Self {
        Self::run(Rule::Http(authorization)).await
    }

    pub(super) async fn https(acceptor: TlsAcceptor, authorization: &'static str) -> Self {
        Self::run(Rule::Https(acceptor, authorization)).await
    }

    pub(super) async fn refusing(status: &'static str) -> Self {
        Self::run(Rule::Refuse(status)).await
    }

    pub(super) async fn socks(user: &'static str, password: &'static str) -> Self {
        Self::run(Rule::Socks(user, password)).await
    }

    /// The head of each request; of SOCKS, host and port.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    async fn run(rule: Rule) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gate = Self {
            port: listener.local_addr().unwrap().port(),
            seen: Arc::default(),
        };
        let seen = Arc::clone(&gate.seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (rule, seen) = (rule.clone(), Arc::clone(&seen));
                tokio::spawn(async move {
                    match rule {
                        Rule::Http(authorization) => {
                            connect(stream, authorization, None, &seen).await;
                        }
                        Rule::Refuse(status) => connect(stream, None, Some(status), &seen).await,
                        Rule::Https(acceptor, authorization) => {
                            let stream = acceptor.accept(stream).await.unwrap();
                            connect(stream, Some(authorization), None, &seen).await;
                        }
                        // A client that is turned away hangs up.
                        Rule::Socks(user, password) => {
                            let _ = socks(stream, user, password, &seen).await;
                        }
                    }
                });
            }
        });
        gate
    }
}

async fn connect(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    authorization: Option<&str>,
    refusal: Option<&str>,
    seen: &Mutex<Vec<Seen>>,
) {
    let Some(request) = receive(&mut stream).await else {
        return;
    };
    seen.lock().unwrap().push(request.clone());
    let known = request.header("proxy-authorization");
    let status = match refusal {
        Some(status) => status,
        None if known.as_deref() != authorization => "407 Proxy Authentication Required",
        None => "200 Connection established",
    };
    let head = format!("HTTP/1.1 {status}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    if status.starts_with("200") {
        let target = request.line().split(' ').nth(1).unwrap();
        let mut server = TcpStream::connect(target).await.unwrap();
        let _ = copy_bidirectional(&mut stream, &mut server).await;
    }
}

/// RFC 1928 and RFC 1929, as far as a name and a password go.
async fn socks(
    mut stream: TcpStream,
    user: &str,
    password: &str,
    seen: &Mutex<Vec<Seen>>,
) -> std::io::Result<()> {
    let offered = counted(&mut stream, 1).await?;
    assert!(offered.contains(&2), "{offered:?}");
    stream.write_all(&[5, 2]).await?;
    let given = counted(&mut stream, 1).await?;
    let known = given == user.as_bytes();
    let given = counted(&mut stream, 0).await?;
    let known = known && given == password.as_bytes();
    stream.write_all(&[1, u8::from(!known)]).await?;
    if !known {
        return Ok(());
    }
    let host = String::from_utf8(counted(&mut stream, 4).await?).unwrap();
    let target = format!("{host}:{}", stream.read_u16().await?);
    seen.lock().unwrap().push(Seen {
        head: target.clone(),
        body: Vec::new(),
    });
    let mut server = TcpStream::connect(target).await?;
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    copy_bidirectional(&mut stream, &mut server).await?;
    Ok(())
}

/// So many bytes that are skipped, then one that counts, then as many as it says.
async fn counted(stream: &mut TcpStream, skipped: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; skipped];
    stream.read_exact(&mut bytes).await?;
    let length = stream.read_u8().await?;
    let mut bytes = vec![0; length.into()];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}
