//! In: what the caller chose. Out: a configuration that service clients share, with one connection pool.

mod builder;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::TimeSource;
use crate::clock::offsets::Offsets;
use crate::credential::{Credential, Signer, Variables};
use crate::drift::Drift;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Vendor;
use crate::quota::RateLimiter;
use crate::random::Random;
use crate::retry::{Budget, RetryPolicy};
use crate::site::Site;
use crate::transport::Http;

pub use self::builder::ConfigBuilder;

/// Who calls, from where, and within which limits. Cheap to clone; all clients made from it share its connections, the quota of
/// each action, the budget of repeats, and what is known of the servers' clocks.
///
/// ```
/// use yunqiao_runtime::{Config, Credential};
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// let config = Config::builder()
///     .credential(Credential::new("AKIDexample", "a-secret-key"))
///     .region("ap-guangzhou")
///     .build()?;
/// # let _ = config;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Config(pub(crate) Arc<Settings>);

/// The choices.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) credential: Option<Signer>,
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) site: Option<Site>,
    pub(crate) language: Option<String>,
    pub(crate) limits: Limits,
    pub(crate) validate: bool,
    pub(crate) drift: Drift,
    pub(crate) http: Http,
    pub(crate) time: Arc<dyn TimeSource>,
    pub(crate) retry: RetryPolicy,
    pub(crate) limiter: Option<Arc<dyn RateLimiter>>,
    /// What all clients of the configuration have learned and used up together.
    pub(crate) budget: Arc<Budget>,
    pub(crate) offsets: Arc<Offsets>,
    pub(crate) random: Arc<Random>,
}

/// How long and how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) attempt: Duration,
    pub(crate) total: Duration,
    pub(crate) response_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            attempt: Duration::from_secs(30),
            total: Duration::from_secs(60),
            response_bytes: 32 * 1024 * 1024,
        }
    }
}

impl Config {
    /// Starts a configuration; every part has a default.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Takes the credential from the vendor's default [`Chain`](crate::credential::Chain), the region from
    /// `TENCENTCLOUD_REGION` or `VOLCENGINE_REGION`, and the defaults for the rest.
    ///
    /// What needs no network is looked at here: environment variables, then credential files. Where they have no credential,
    /// the instance's role or the workload's identity is asked for one by the first call that is signed, and a call that gets
    /// none tells of all that was tried ([`Error::is_credential`]).
    ///
    /// `YUNQIAO_ENDPOINT`, if it is set and not empty, is a base URL that takes the place of every vendor's hosts, as
    /// [`ConfigBuilder::endpoint`] does: `http://127.0.0.1:8080` leads a program to a local cloud without a change to it. Plain
    /// `http` works for this machine only. `YUNQIAO_SITE`, if it is set and not empty, is the name of the hosts to call, as
    /// [`ConfigBuilder::site`] takes it: `sandbox`. Only one of the two can say where calls go. For Volcengine,
    /// `VOLCENGINE_ENDPOINT` (a host, or a base URL) is read where `YUNQIAO_ENDPOINT` is not set.
    ///
    /// A proxy is taken from `HTTPS_PROXY` or `ALL_PROXY`, as [`ConfigBuilder::proxy_from_env`] does.
    ///
    /// # Errors
    ///
    /// A source of the chain is there and cannot be used (a variable, a line of a file), or none can be there at all;
    /// `YUNQIAO_ENDPOINT` is no base URL, `YUNQIAO_SITE` no name, or both are set; the proxy's variable is no proxy. The error names
    /// the variable or the file.
    pub fn from_env(vendor: Vendor) -> Result<Self, Error> {
        ConfigBuilder::from_variables(vendor, &Variables::process())?.build()
    }

    /// The same choices, connections and limits with another credential, such as a temporary one that STS has handed out.
    ///
    /// ```
    /// use yunqiao_runtime::{Config, Credential};
    ///
    /// # fn main() -> Result<(), yunqiao_runtime::Error> {
    /// let config = Config::builder().credential(Credential::new("AKIDexample", "a-secret-key")).build()?;
    /// let as_role = config.with_credential(Credential::new("AKIDrole", "its-key").with_token("its-token"))?;
    /// # let _ = as_role;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The credential has a part that is empty or cannot stand in a header.
    pub fn with_credential(&self, credential: Credential) -> Result<Self, Error> {
        if let Some(defect) = credential.defect() {
            return Err(Error::configuration(defect));
        }
        let mut settings = (*self.0).clone();
        settings.credential = Some(Signer::Fixed(credential));
        Ok(Self(Arc::new(settings)))
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings {
            credential,
            region,
            endpoint,
            site,
            language,
            limits,
            validate,
            drift,
            retry,
            http,
            ..
        } = &*self.0;
        f.debug_struct("Config")
            .field("credential", credential)
            .field("region", region)
            .field(
                "endpoint",
                &endpoint.as_ref().map(|endpoint| endpoint.url("")),
            )
            .field("site", site)
            .field("language", language)
            .field("proxy", &http.proxy)
            .field("limits", limits)
            .field("validate", validate)
            .field("retry", retry)
            .field("drift", drift)
            .finish_non_exhaustive()
    }
}
