//! An address in, or nothing; a port at which every connection is refused out, until somebody listens there.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;

/// A port of this computer that nobody listens on, and that nobody else is given.
#[derive(Debug)]
pub struct ClosedPort {
    address: SocketAddr,
    url: String,
    /// Bound and not listening.
    socket: TcpSocket,
}

impl ClosedPort {
    /// Takes a free port.
    ///
    /// # Errors
    /// If there is none.
    pub fn new() -> std::io::Result<Self> {
        Self::at(SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    /// Takes the port of somebody who has just stopped listening.
    pub(super) fn at(address: SocketAddr) -> std::io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        // Connections of the one who listened may not be over yet. The system gives the port to nobody else all the same.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let address = socket.local_addr()?;
        Ok(Self {
            address,
            url: format!("http://{address}"),
            socket,
        })
    }

    /// Listens there from now on, inside a runtime.
    pub(super) fn open(self) -> std::io::Result<TcpListener> {
        self.socket.listen(BACKLOG)
    }

    /// Where a client is refused.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address that refuses.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}
