//! In: what to answer to which request. Out: a server on this machine that does so and counts; a clock to be set; a call.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use yunqiao_runtime::credential::CredentialProvider;
use yunqiao_runtime::{Client, Config, Error, Response, TimeSource};

use crate::sample::{Agent, Everything, SERVICE, VERIFY};
use crate::server::{NOW, Seen, http, receive};

/// What happens to one request.
pub(super) enum Play {
    /// Status and body.
    Say(&'static str, String),
    /// The same, after a while.
    Late(Duration, &'static str, String),
    /// Nothing, for ever.
    Stall,
    /// The connection ends.
    HangUp,
}

/// The server; it ends with the test's runtime.
pub(super) struct Cloud {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    pub(super) clock: Arc<Clock>,
}

/// A clock that somebody sets.
pub(super) struct Clock(AtomicI64);

impl Clock {
    pub(super) fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

impl TimeSource for Clock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Cloud {
    pub(super) async fn run(play: impl Fn(&Seen) -> Play + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let cloud = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            seen: Arc::default(),
            clock: Arc::new(Clock(AtomicI64::new(NOW))),
        };
        let (seen, play) = (Arc::clone(&cloud.seen), Arc::new(play));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (seen, play) = (Arc::clone(&seen), Arc::clone(&play));
                tokio::spawn(async move {
                    while let Some(request) = receive(&mut stream).await {
                        seen.lock().unwrap().push(request.clone());
                        let (status, body) = match play(&request) {
                            Play::Say(status, body) => (status, body),
                            Play::Late(while_, status, body) => {
                                tokio::time::sleep(while_).await;
                                (status, body)
                            }
                            Play::Stall => return std::future::pending().await,
                            Play::HangUp => return,
                        };
                        let answer = http(status, &[], body.as_bytes());
                        if stream.write_all(&answer).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        cloud
    }

    /// A client that calls this server as whoever the provider names.
    pub(super) fn client(&self, provider: impl CredentialProvider + 'static) -> Client {
        let config = Config::builder()
            .endpoint(&self.url)
            .time_source(Arc::clone(&self.clock) as Arc<dyn TimeSource>)
            .credential_provider(provider)
            .build()
            .unwrap();
        Client::new(&config, &SERVICE)
    }

    /// The requests whose first line has this in it.
    pub(super) fn seen(&self, part: &str) -> Vec<Seen> {
        let all = self.seen.lock().unwrap();
        all.iter()
            .filter(|seen| seen.line().contains(part))
            .cloned()
            .collect()
    }

    /// The calls of the API.
    pub(super) fn calls(&self) -> Vec<Seen> {
        let all = self.seen.lock().unwrap();
        let is_call =
            |seen: &&Seen| seen.header("x-tc-action").as_deref() == Some("ChannelVerifyPdf");
        all.iter().filter(is_call).cloned().collect()
    }
}

/// What the API answers.
pub(super) fn done() -> Play {
    Play::Say("200 OK", r#"{"Response":{"RequestId":"r"}}"#.to_owned())
}

/// A request that passes the checks.
pub(super) fn request() -> Agent {
    Agent {
        app_id: Some("a".to_owned()),
        proxy_operator: None,
    }
}

/// One signed call.
pub(super) async fn call(client: &Client) -> Result<Response<Everything>, Error> {
    client.call(&VERIFY, request()).await
}

/// The error of one signed call for which there is nobody to sign; nothing secret is in it.
pub(super) async fn refusal(client: &Client) -> String {
    let error = call(client).await.unwrap_err();
    assert!(
        error.is_credential() && !error.is_configuration(),
        "{error}"
    );
    let shown = format!("{error} {error:?} {client:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    error.to_string()
}

/// Waits until something holds that another task brings about.
pub(super) async fn until(holds: impl Fn() -> bool) {
    for _ in 0..1000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never came about");
}
