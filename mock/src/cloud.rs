//! A configured cloud in, a running one out: the handle that tests hold.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;

use serde_json::Value as Json;
use tokio::sync::oneshot;

use crate::handle::State;
use crate::line::{Arrival, ClosedPort, Line, Trouble};
use crate::record::Call;
use crate::scripted::{self, Answer, Choice};
use crate::{Builder, Script, ScriptError, Thing, server};
#[cfg(feature = "embedded")]
use crate::{StartError, embedded};

/// A cloud on this computer. It runs on threads of its own, so it serves synchronous and asynchronous tests alike, and stops
/// when it is dropped.
pub struct LocalCloud {
    address: SocketAddr,
    state: Arc<State>,
    /// Dropped to stop the server.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LocalCloud {
    /// A cloud with the embedded schemas and the demo key, on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// If the embedded schemas have problems ([`StartError::is_schema`]) or the computer lets nobody listen.
    #[cfg(feature = "embedded")]
    pub fn start() -> Result<Self, StartError> {
        let api = embedded::complete(&embedded::sources())?;
        Self::builder().schemas(api).start()
    }

    /// A cloud with choices of one's own.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Runs the server for the state on a thread of its own.
    pub(crate) fn run(
        listener: std::net::TcpListener,
        address: SocketAddr,
        state: State,
    ) -> std::io::Result<Self> {
        let state = Arc::new(state);
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&state);
        let thread = std::thread::Builder::new()
            .name("local-cloud".to_owned())
            .spawn(move || {
                // The socket listens already; if the server cannot start, callers see their connections closed.
                drop(server::serve(listener, shared, stopped));
            })?;
        Ok(Self {
            address,
            state,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where to send calls of both vendors, for example `http://127.0.0.1:41234`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.state.url
    }

    /// The address that the cloud listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Id of the first key that the cloud accepts; it is good for both vendors.
    #[must_use]
    pub fn secret_id(&self) -> &str {
        self.state.keys.given.first().map_or("", |key| &key.id)
    }

    /// Secret of the first key that the cloud accepts.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        self.state.keys.given.first().map_or("", |key| &key.secret)
    }

    /// Answers every call of the action with these fields; the envelope and the request id are added. A temporary credential
    /// that they hand out, as those of Tencent's STS do, is accepted from then on, together with its token.
    ///
    /// The action is named as on the wire, or with more of its path: `essbasic/2021-05-26/ChannelVerifyPdf`.
    ///
    /// # Panics
    /// If no schema has such an action: the name would never match.
    #[track_caller]
    pub fn answer(&self, action: &str, fields: Json) {
        self.always(action, Answer::fields(fields));
    }

    /// Answers every call of the action with an error.
    ///
    /// # Panics
    /// If no schema has such an action.
    #[track_caller]
    pub fn fail(&self, action: &str, code: &str, message: &str) {
        self.always(action, Answer::error(code, message));
    }

    /// Answers every call of the action with exactly these bytes.
    ///
    /// # Panics
    /// If no schema has such an action, the status is not between 200 and 599, or the content type cannot stand in a header.
    #[track_caller]
    pub fn raw(&self, action: &str, status: u16, content_type: &str, body: impl Into<Vec<u8>>) {
        self.always(action, Answer::raw(status, content_type, body));
    }

    /// Answers every call of the action with this, in place of what was asked for before.
    ///
    /// # Panics
    /// If no schema has such an action.
    #[track_caller]
    pub fn always(&self, action: &str, answer: Answer) {
        self.add(action, Choice::Fixed(answer), false);
    }

    /// Answers every call of the action with what is made of its request's parameters, in place of what was asked for before.
    /// It is made on threads of the cloud, which waits for it.
    ///
    /// ```
    /// # #[cfg(feature = "embedded")] {
    /// use serde_json::json;
    /// use yunqiao_mock::{Answer, LocalCloud};
    ///
    /// let cloud = LocalCloud::start().unwrap();
    /// cloud.respond("CreateSeal", |request| {
    ///     Answer::fields(json!({ "SealId": format!("seal of {}", request["SealName"]) }))
    /// });
    /// # }
    /// ```
    ///
    /// # Panics
    /// If no schema has such an action.
    #[track_caller]
    pub fn respond(&self, action: &str, make: impl Fn(&Json) -> Answer + Send + Sync + 'static) {
        self.add(action, Choice::Made(Box::new(make)), false);
    }

    /// Answers one call of the action with this, before any lasting answer. Asked for several times, the answers come one by one.
    ///
    /// # Panics
    /// If no schema has such an action.
    #[track_caller]
    pub fn once(&self, action: &str, answer: Answer) {
        self.add(action, Choice::Fixed(answer), true);
    }

    #[track_caller]
    fn add(&self, action: &str, choice: Choice, once: bool) {
        assert!(
            scripted::is_known(&self.state.catalogue, action),
            "no schema has an action \"{action}\""
        );
        self.state.asked.add(action, choice, once);
    }

    /// Another address of this cloud, on which every request meets the trouble that is chosen for it. The choice is made on
    /// threads of the cloud, as soon as the request's head and the first 4096 bytes of its body are there.
    ///
    /// ```
    /// # #[cfg(feature = "embedded")] {
    /// use yunqiao_mock::{LocalCloud, Trouble};
    ///
    /// let cloud = LocalCloud::start().unwrap();
    /// let line = cloud.line(|arrival| match arrival.find("CreateFlow") {
    ///     Some(_) => Trouble::ResetExecuted,
    ///     None => Trouble::None,
    /// }).unwrap();
    /// // Point a client at it, with the cloud's key.
    /// let endpoint = line.url();
    /// # let _ = endpoint;
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the computer lets nobody listen.
    pub fn line(
        &self,
        choose: impl Fn(&Arrival<'_>) -> Trouble + Send + Sync + 'static,
    ) -> std::io::Result<Line> {
        self.line_at(ClosedPort::new()?, choose)
    }

    /// The same at an address that has refused connections so far.
    ///
    /// # Errors
    /// If the computer lets nobody listen.
    pub fn line_at(
        &self,
        closed: ClosedPort,
        choose: impl Fn(&Arrival<'_>) -> Trouble + Send + Sync + 'static,
    ) -> std::io::Result<Line> {
        Line::start(closed, Arc::clone(&self.state), Box::new(choose))
    }

    /// More rules, behind those that hold. Answers that a test has asked for go before all rules.
    ///
    /// # Errors
    /// A rule is for nothing that there is; none is added then.
    pub fn script(&self, script: Script) -> Result<(), ScriptError> {
        self.state.rules.add(script, &self.state.catalogue)
    }

    /// What calls have made and the cloud remembers, the oldest first.
    ///
    /// ```
    /// # #[cfg(feature = "embedded")] {
    /// use yunqiao_mock::LocalCloud;
    ///
    /// let cloud = LocalCloud::start().unwrap();
    /// // The code that SendSmsVerifyCode has sent to nobody.
    /// let code = cloud.things().into_iter().find_map(|thing| thing.code);
    /// # assert_eq!(code, None);
    /// # }
    /// ```
    #[must_use]
    pub fn things(&self) -> Vec<Thing> {
        self.state.things.all()
    }

    /// Forgets the answers and rules that were asked for, what calls have made, and the recorded calls.
    pub fn reset(&self) {
        self.state.reset();
    }

    /// The calls that arrived, the oldest first. Only the last ones are kept: [`Builder::keep_calls`].
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.state.recording.all()
    }
}

impl Drop for LocalCloud {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has stopped, too.
            drop(thread.join());
        }
    }
}

impl fmt::Debug for LocalCloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalCloud")
            .field("url", &self.url())
            .field("secret_id", &self.secret_id())
            .finish_non_exhaustive()
    }
}
