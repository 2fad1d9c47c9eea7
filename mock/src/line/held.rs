//! A listening socket in, connections out that can be taken from the server that speaks on them, to break as somebody chooses.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Accepts connections for a server.
pub(crate) struct Listener(tokio::net::TcpListener);

/// A connection as the server has it. Once it is taken, the server can neither read nor write.
pub(crate) struct Held(Hold);

/// The connection, for whoever may take it.
#[derive(Clone)]
pub(crate) struct Hold(Arc<Mutex<Option<TcpStream>>>);

impl Listener {
    pub(crate) fn new(listener: tokio::net::TcpListener) -> Self {
        Self(listener)
    }

    pub(crate) async fn accept(&self) -> (Held, std::net::SocketAddr) {
        loop {
            match self.0.accept().await {
                Ok((stream, address)) => {
                    // Small answers go out at once. A connection that refuses the option works all the same.
                    drop(stream.set_nodelay(true));
                    let hold = Hold(Arc::new(Mutex::new(Some(stream))));
                    return (Held(hold), address);
                }
                // Too many open files, for example: others will be closed.
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        }
    }

    pub(crate) fn local_addr(&self) -> io::Result<std::net::SocketAddr> {
        self.0.local_addr()
    }
}

impl Held {
    pub(crate) fn hold(&self) -> Hold {
        self.0.clone()
    }
}

impl Hold {
    /// Takes the connection from the server.
    pub(crate) fn take(&self) -> Option<TcpStream> {
        self.lock().take()
    }

    fn lock(&self) -> MutexGuard<'_, Option<TcpStream>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is written to a connection that has been taken fails, which is how the server learns of it.
    fn write<T>(
        &self,
        write: impl FnOnce(Pin<&mut TcpStream>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        match self.lock().as_mut() {
            Some(stream) => write(Pin::new(stream)),
            None => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        }
    }
}

impl AsyncRead for Held {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.0.lock().as_mut() {
            Some(stream) => Pin::new(stream).poll_read(context, buffer),
            // Whoever has taken it reads now.
            None => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        }
    }
}

impl AsyncWrite for Held {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.0.write(|stream| stream.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.0
            .write(|stream| stream.poll_write_vectored(context, bytes))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.write(|stream| stream.poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.write(|stream| stream.poll_shutdown(context))
    }
}
