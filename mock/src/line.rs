//! A running cloud and a choice of troubles in, another address of it out, whose connections break as they are told to.
//!
//! Speaks HTTP/1.1 by hand, because a proper server cannot send half an answer or reset a connection.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::handle::State;

mod act;
mod arrival;
mod closed_port;
mod held;
mod serve;
mod trouble;
mod wire;

pub use self::arrival::Arrival;
pub use self::closed_port::ClosedPort;
pub(crate) use self::held::{Held, Hold, Listener};
pub(crate) use self::serve::end;
pub use self::trouble::Trouble;

/// How long what is being done may take when a line ends.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Decides what becomes of a request.
pub(crate) type Choose = dyn Fn(&Arrival<'_>) -> Trouble + Send + Sync;

/// An address of the cloud with trouble on it: [`LocalCloud::line`](crate::LocalCloud::line). What is executed there, the cloud
/// records as always. Ends when it is dropped.
pub struct Line {
    address: SocketAddr,
    url: String,
    /// Dropped to stop.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Line {
    pub(crate) fn start(
        closed: ClosedPort,
        state: Arc<State>,
        choose: Box<Choose>,
    ) -> std::io::Result<Self> {
        let address = closed.address();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            closed.open()?
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new()
            .name("local-cloud-line".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::spawn(serve::accept(listener, state, Arc::from(choose)));
                    // An error is what dropping the sender gives.
                    drop(stopped.await);
                });
                // Connections end where they wait for something; none may keep the thread from ending.
                runtime.shutdown_timeout(LAST_WORDS);
            })?;
        Ok(Self {
            address,
            url: format!("http://{address}"),
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where to send calls of both vendors.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends all connections and refuses new ones at the address, as a server does that is switched off:
    /// [`LocalCloud::line_at`](crate::LocalCloud::line_at) switches it on again.
    ///
    /// # Errors
    /// If somebody else takes the address in the same moment.
    pub fn close(self) -> std::io::Result<ClosedPort> {
        let address = self.address;
        drop(self);
        ClosedPort::at(address)
    }

    /// The address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has stopped, too.
            drop(thread.join());
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
