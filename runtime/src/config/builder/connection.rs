//! In: how servers are reached. Out: the builder with that choice, and at its end what requests are sent over.

use std::sync::Arc;
use std::time::Duration;

use super::ConfigBuilder;
use crate::credential::Variables;
use crate::error::Error;
use crate::transport::{self, Http, Proxy, Transport};

/// The choices.
#[derive(Default)]
pub(super) struct Connection {
    own: Option<Arc<dyn Transport>>,
    proxy: Option<Through>,
    roots: Option<Vec<u8>>,
}

/// Where a proxy is told of.
enum Through {
    Url(String),
    Environment(Variables),
}

impl ConfigBuilder {
    /// The proxy that https goes through: `http://host:port`, `http://user:password@host:port`. With `https://` the way to the
    /// proxy is encrypted too, and `socks5://` or `socks5h://` (which leaves names to the proxy) work as well. Special
    /// characters in user and password are written as in any URL, `%40` for `@`.
    ///
    /// Plain http, which is for this machine only, goes past it. So do the requests for the credential of an instance's role.
    /// Without this, and without [`proxy_from_env`](Self::proxy_from_env), there is no proxy.
    ///
    /// ```
    /// let config = yunqiao_runtime::Config::builder().proxy("http://user:p%40ss@proxy.example:3128").build()?;
    /// assert!(!format!("{config:?}").contains("p%40ss"));
    /// # Ok::<(), yunqiao_runtime::Error>(())
    /// ```
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.connection.proxy = Some(Through::Url(url.into()));
        self
    }

    /// Takes the [`proxy`](Self::proxy) from the environment, as curl does: from the first that is set of `https_proxy`,
    /// `HTTPS_PROXY`, `all_proxy` and `ALL_PROXY`, if any is. `no_proxy`, or else `NO_PROXY`, lists what is reached directly:
    /// domains with all that is below them, addresses, networks as `10.0.0.0/8`, or `*` for everything.
    pub fn proxy_from_env(self) -> Self {
        self.proxy_from(&Variables::process())
    }

    pub(super) fn proxy_from(mut self, variables: &Variables) -> Self {
        self.connection.proxy = Some(Through::Environment(variables.clone()));
        self
    }

    /// Certificates to trust beside those of the system, as PEM: the root of a company whose gateway or proxy reads https.
    /// Several calls add up.
    ///
    /// ```no_run
    /// let bundle = std::fs::read("/etc/company/roots.pem")?;
    /// let config = yunqiao_runtime::Config::builder().root_certificates_pem(bundle).build()?;
    /// # let _ = config;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn root_certificates_pem(mut self, bundle: impl AsRef<[u8]>) -> Self {
        let roots = self.connection.roots.get_or_insert_default();
        roots.extend_from_slice(bundle.as_ref());
        // The next bundle begins on a line of its own.
        roots.push(b'\n');
        self
    }

    /// An HTTP client of your own, with whatever it has of proxies, certificates and time limits. It must not follow redirects:
    /// an answer that came from another place is refused.
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(client)
    }

    /// What requests are sent over, in place of an HTTP client; see [`Transport`]. Proxy, root certificates and the connect
    /// timeout are its own matter.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.connection.own = Some(Arc::new(transport));
        self
    }
}

impl Connection {
    /// What requests are sent over.
    pub(super) fn open(self, connect_timeout: Duration) -> Result<Http, Error> {
        let Self { own, proxy, roots } = self;
        let proxy = match &proxy {
            Some(Through::Url(url)) => Proxy::parse(url).map(Some),
            Some(Through::Environment(variables)) => Proxy::from_variables(variables),
            None => Ok(None),
        };
        let proxy = proxy.map_err(Error::configuration)?;
        let Some(own) = own else {
            return transport::client(connect_timeout, proxy.as_ref(), roots.as_deref());
        };
        // Neither may be dropped without a word: somebody counts on it.
        let unused = [
            ("proxy", proxy.is_some()),
            ("root_certificates_pem", roots.is_some()),
        ];
        if let Some((name, _)) = unused.into_iter().find(|(_, is_set)| *is_set) {
            return Err(Error::configuration(format!(
                "Config::builder().{name} has no effect on a client or transport of your own: set it there"
            )));
        }
        Ok(Http::over(own))
    }
}
