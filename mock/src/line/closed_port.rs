//! Nothing in, an address out at which every connection is refused.

use std::net::SocketAddr;

use tokio::net::TcpSocket;

/// A port of this computer that nobody listens on, and that nobody else can take.
#[derive(Debug)]
pub struct ClosedPort {
    url: String,
    /// Bound and not listening.
    _socket: TcpSocket,
}

impl ClosedPort {
    /// Takes a free port.
    ///
    /// # Errors
    /// If there is none.
    pub fn new() -> std::io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let url = format!("http://{}", socket.local_addr()?);
        Ok(Self {
            url,
            _socket: socket,
        })
    }

    /// Where a client is refused.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}
