//! Choices in, a running cloud out.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::AtomicU64;

use yunqiao_model::Api;

use crate::clock::Clock;
use crate::dates::Dates;
use crate::guard::Guard;
use crate::handle::{Observer, State};
use crate::lookup::Catalogue;
use crate::page::{PageFuture, PageRequest, Pages};
use crate::play::{Plays, Things};
use crate::protocol::Origin;
use crate::record::{Call, Recording};
use crate::rules::Rules;
use crate::scripted::Asked;
use crate::verify::{Key, Keys};
use crate::{LocalCloud, Script, StartError};

/// Id of the key that a cloud accepts when it is given no other.
pub const DEMO_SECRET_ID: &str = "local-cloud-demo-id";
/// Secret of the demo key. It opens nothing but local clouds.
pub const DEMO_SECRET_KEY: &str = "local-cloud-demo-key";

/// A cloud that has not started yet.
#[must_use]
pub struct Builder {
    api: Api,
    port: u16,
    keys: Vec<Key>,
    clock: Clock,
    strict_enums: bool,
    keep: usize,
    hosts: Vec<String>,
    listen: IpAddr,
    script: Script,
    remembers: bool,
    observer: Option<Observer>,
    pages: Option<Pages>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        let (api, clock) = (Api::default(), Clock::system());
        Self {
            api,
            port: 0,
            keys: Vec::new(),
            clock,
            strict_enums: false,
            keep: 10_000,
            hosts: Vec::new(),
            listen: IpAddr::from(Ipv4Addr::LOCALHOST),
            script: Script::default(),
            remembers: true,
            observer: None,
            pages: None,
        }
    }

    /// The services that the cloud plays; none unless they are set.
    pub fn schemas(mut self, api: Api) -> Self {
        self.api = api;
        self
    }

    /// Listens at this address of the computer instead of 127.0.0.1. Whoever reaches it may then call the cloud, look at what others
    /// have called, and change its answers: nothing but a network of one's own may reach it.
    pub fn expose_to_the_network(mut self, address: IpAddr) -> Self {
        self.listen = address;
        self
    }

    /// Another name under which the cloud may be asked, beside those of this computer and the hosts of the schemas: what stands in
    /// the header `Host`, without a port. Requests to any other name are refused, because a foreign page may have pointed it here.
    pub fn host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into().to_ascii_lowercase());
        self
    }

    /// The port on 127.0.0.1; 0, which stands for any free one, unless it is set.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// A key that both vendors accept, in place of the demo key. May be used several times.
    pub fn key(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.keys.push(Key {
            id: id.into(),
            secret: secret.into(),
            token: None,
        });
        self
    }

    /// A temporary credential, which is accepted only together with its token.
    pub fn key_with_token(
        mut self,
        id: impl Into<String>,
        secret: impl Into<String>,
        token: impl Into<String>,
    ) -> Self {
        self.keys.push(Key {
            id: id.into(),
            secret: secret.into(),
            token: Some(token.into()),
        });
        self
    }

    /// The cloud's time of day in seconds since 1970 UTC; that of this computer unless it is set. Signatures are judged by it,
    /// and the header `Date` tells it.
    pub fn time(mut self, now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now);
        self
    }

    /// Refuses enum values that the schemas do not list. Real servers accept some, so this is off unless it is set.
    pub fn strict_enums(mut self, strict: bool) -> Self {
        self.strict_enums = strict;
        self
    }

    /// How many calls [`LocalCloud::calls`] remembers; the last 10 000 unless it is set.
    pub fn keep_calls(mut self, most: usize) -> Self {
        self.keep = most;
        self
    }

    /// Rules about what is answered. May be used several times; of several rules for a call, the first that is not used up counts.
    pub fn script(mut self, script: Script) -> Self {
        self.script.rules.extend(script.rules);
        self.script.documented_limits |= script.documented_limits;
        self
    }

    /// Holds keys to the limits that the schemas document, as `limits: documented` in a script does.
    pub fn documented_limits(mut self, hold: bool) -> Self {
        self.script.documented_limits = hold;
        self
    }

    /// Whether calls remember what earlier calls have made: files, contract flows, tasks, codes. They do unless it is set;
    /// without it, every call is answered from the examples alone.
    pub fn remembers(mut self, remembers: bool) -> Self {
        self.remembers = remembers;
        self
    }

    /// Called for every call, on a thread of the server, before the answer goes out.
    pub fn observe(mut self, observer: impl Fn(&Call) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Answers every request that speaks to no vendor, on threads of the cloud. Without it they are told what this is.
    ///
    /// ```
    /// use yunqiao_mock::{LocalCloud, PageReply};
    ///
    /// let cloud = LocalCloud::builder().pages(|request| {
    ///     let body = format!("nothing at {}\n", request.path).into_bytes();
    ///     Box::pin(async { PageReply { status: 404, body, ..PageReply::default() } })
    /// });
    /// # let _ = cloud;
    /// ```
    pub fn pages(
        mut self,
        answer: impl Fn(PageRequest) -> PageFuture + Send + Sync + 'static,
    ) -> Self {
        self.pages = Some(Box::new(answer));
        self
    }

    /// Starts the cloud.
    ///
    /// # Errors
    /// If a rule of the script is for nothing that there is ([`StartError::is_script`]), the port is in use ([`StartError::is_port_taken`]) or the computer lets nobody listen.
    pub fn start(self) -> Result<LocalCloud, StartError> {
        let error = |error| StartError::listen(self.port, error);
        let listener =
            TcpListener::bind(SocketAddr::from((self.listen, self.port))).map_err(error)?;
        listener.set_nonblocking(true).map_err(error)?;
        let address = listener.local_addr().map_err(error)?;
        let mut keys = self.keys;
        if keys.is_empty() {
            keys.push(Key {
                id: DEMO_SECRET_ID.to_owned(),
                secret: DEMO_SECRET_KEY.to_owned(),
                token: None,
            });
        }
        let catalogue = Catalogue::new(self.api);
        let rules = Rules::default();
        rules
            .add(self.script, &catalogue)
            .map_err(StartError::script)?;
        let plays = if self.remembers {
            Plays::new(&catalogue)
        } else {
            Plays::default()
        };
        let state = State {
            url: url(address),
            guard: Guard::new(&catalogue, self.hosts, address),
            catalogue,
            keys: Keys::new(keys),
            origin: Origin {
                started: self.clock.now(),
                port: address.port(),
            },
            clock: self.clock,
            dates: Dates::default(),
            strict_enums: self.strict_enums,
            asked: Asked::default(),
            rules,
            plays,
            things: Things::default(),
            recording: Recording::new(self.keep),
            observer: self.observer,
            pages: self.pages,
            count: AtomicU64::new(1),
        };
        LocalCloud::run(listener, address, state).map_err(error)
    }
}

/// Where the cloud is to be asked. An address that stands for all is none to ask at.
fn url(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::from(Ipv4Addr::LOCALHOST));
    }
    format!("http://{address}")
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("port", &self.port)
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}
