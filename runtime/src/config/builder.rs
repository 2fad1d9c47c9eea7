//! In: one choice at a time. Out: a checked configuration.

mod connection;
mod destination;
mod resilience;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::connection::Connection;
use super::{Config, Limits, Settings};
use crate::clock::{SystemClock, TimeSource};
use crate::credential::{
    Chain, Credential, CredentialProvider, Outlook, Signer, Variables, region_from_variables,
};
use crate::drift::{Drift, DriftReport};
use crate::error::Error;
use crate::operation::Vendor;
use crate::quota::{DocumentedLimits, RateLimiter};
use crate::random::Random;
use crate::retry::RetryPolicy;
use crate::site::Site;

/// Makes a [`Config`].
#[must_use]
pub struct ConfigBuilder {
    credential: Option<Signer>,
    region: Option<String>,
    endpoint: Option<String>,
    site: Option<Site>,
    language: Option<String>,
    limits: Limits,
    validate: bool,
    drift: Drift,
    connection: Connection,
    time: Arc<dyn TimeSource>,
    retry: RetryPolicy,
    limiter: Option<Arc<dyn RateLimiter>>,
    random: Random,
}

impl Default for ConfigBuilder {
    fn default() -> Self {
        Self {
            credential: None,
            region: None,
            endpoint: None,
            site: None,
            language: None,
            limits: Limits::default(),
            validate: true,
            drift: Drift::default(),
            connection: Connection::default(),
            time: Arc::new(SystemClock),
            retry: RetryPolicy::standard(),
            limiter: Some(Arc::new(DocumentedLimits::new())),
            random: Random::new(),
        }
    }
}

impl ConfigBuilder {
    /// Who signs. Without one, only actions that take no signature can be called.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.credential = Some(Signer::Fixed(credential));
        self
    }

    /// Who says who signs: a [chain](crate::credential::Chain), a role, a provider of your own. It is asked by the first
    /// signed call, and again before what it has handed out ends; all clones of the configuration share that.
    pub fn credential_provider(mut self, provider: impl CredentialProvider + 'static) -> Self {
        self.credential = Some(Signer::provided(provider));
        self
    }

    /// The region to call, as `ap-guangzhou`. Services that have a default or need none do without.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// A base URL that takes the place of every host: a gateway, the local cloud. Scheme, host and port only; plain `http` only
    /// for this machine. For hosts that the vendor has beside production's, see [`site`](Self::site).
    pub fn endpoint(mut self, base_url: impl Into<String>) -> Self {
        self.endpoint = Some(base_url.into());
        self
    }

    /// Leads every call to the host of this name: a sandbox, the vendor's internal network, its international site. The
    /// documentation of each service's client lists the names that it has; actions with hosts of their own, such as uploads,
    /// have their names in their own documentation.
    ///
    /// A call never goes elsewhere instead: where an action has no host of the name, it fails before anything is sent
    /// ([`Error::is_configuration`]), with the names that there are. Together with [`endpoint`](Self::endpoint), which takes the
    /// place of every host, it is a mistake that [`build`](Self::build) reports.
    ///
    /// Calls that fetch a credential from a Security Token Service, as [`AssumeRole`](crate::credential::AssumeRole) makes them,
    /// are not led by it: roles are those of production unless the provider has an endpoint of its own.
    ///
    /// ```
    /// use yunqiao_runtime::{Config, Credential, Site};
    ///
    /// # fn main() -> Result<(), yunqiao_runtime::Error> {
    /// let config = Config::builder()
    ///     .credential(Credential::new("AKIDexample", "a-secret-key"))
    ///     .site(Site::SANDBOX)
    ///     .build()?;
    /// # let _ = config;
    /// # Ok(())
    /// # }
    /// ```
    pub fn site(mut self, site: impl Into<Site>) -> Self {
        self.site = Some(site.into());
        self
    }

    /// The language of Tencent's error messages: `zh-CN` or `en-US`.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// How long connecting may take; 10 seconds by default. Has no effect on a client of your own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect = timeout;
        self
    }

    /// How long one attempt may take, from connecting to the last byte; 30 seconds by default. Of a stream, from connecting to
    /// the first byte, and then how long it may be silent.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// How long a call may take altogether; 60 seconds by default. [`Call::timeout`](crate::Call::timeout) sets it for one call.
    /// Of a stream, until it begins.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.limits.total = timeout;
        self
    }

    /// The largest answer that is read, in bytes; 32 MiB by default. Of a stream, the largest event.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.response_bytes = bytes;
        self
    }

    /// Whether requests are checked before they are sent; on by default. The vendor has the last word, so a check that is
    /// wrong must not be in the way.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// For tests: a call whose answer differs from its description fails, with an error that lists each place; see
    /// [`Error::deviations`]. Otherwise answers are read tolerantly: unknown fields and values, numbers as text and `null` for a
    /// list are no errors.
    pub fn strict(mut self, refuses_drift: bool) -> Self {
        self.drift = if refuses_drift {
            Drift::Refused
        } else {
            Drift::Ignored
        };
        self
    }

    /// Is told of each answer that differs from its description, which is read tolerantly all the same. It takes the place of
    /// [`strict`](Self::strict), and costs a little time in every call.
    ///
    /// ```
    /// let config = yunqiao_runtime::Config::builder().on_drift(|report| eprintln!("{report}")).build()?;
    /// # let _ = config;
    /// # Ok::<(), yunqiao_runtime::Error>(())
    /// ```
    pub fn on_drift(mut self, tell: impl Fn(&DriftReport<'_>) + Send + Sync + 'static) -> Self {
        self.drift = Drift::Told(Arc::new(tell));
        self
    }

    /// Where the time of signatures comes from; the system clock by default.
    pub fn time_source(mut self, source: Arc<dyn TimeSource>) -> Self {
        self.time = source;
        self
    }

    /// What [`Config::from_env`] takes from the environment, to be changed before it is built: another region, other time limits.
    ///
    /// # Errors
    ///
    /// As of [`Config::from_env`], but for what [`build`](Self::build) finds.
    pub fn from_env(vendor: Vendor) -> Result<Self, Error> {
        Self::from_variables(vendor, &Variables::process())
    }

    /// Credential, region, endpoint and site from environment variables.
    pub(super) fn from_variables(vendor: Vendor, variables: &Variables) -> Result<Self, Error> {
        let mut builder = Self::default();
        let chain = Chain::looking_up(vendor, variables);
        let outlook = chain
            .outlook(builder.time.now())
            .map_err(|error| Error::configuration(format!("no credential of {vendor}: {error}")))?;
        builder.credential = Some(match outlook {
            Outlook::Known(credential) if credential.expires_at().is_none() => {
                Signer::Fixed(credential)
            }
            _ => Signer::provided(chain),
        });
        builder.region = region_from_variables(vendor, variables)?;
        (builder.endpoint, builder.site) = destination::from_variables(vendor, variables)?;
        Ok(builder.proxy_from(variables))
    }

    /// Checks the choices and opens the connection pool.
    ///
    /// # Errors
    ///
    /// A choice cannot work: [`Error::is_configuration`], with what to change.
    pub fn build(self) -> Result<Config, Error> {
        if let Some(defect) = self.credential.as_ref().and_then(Signer::defect) {
            return Err(Error::configuration(defect));
        }
        check_word("region", self.region.as_deref())?;
        check_word("language", self.language.as_deref())?;
        let limits = self.limits;
        let times = [
            ("connect_timeout", limits.connect),
            ("attempt_timeout", limits.attempt),
            ("total_timeout", limits.total),
        ];
        if let Some((name, _)) = times.into_iter().find(|(_, time)| time.is_zero()) {
            return Err(Error::configuration(format!(
                "{name} is zero, so no call could succeed"
            )));
        }
        let endpoint = destination::check(self.endpoint.as_deref(), self.site.as_ref())?;
        let http = self.connection.open(limits.connect)?;
        Ok(Config(Arc::new(Settings {
            credential: self.credential,
            region: self.region,
            endpoint,
            site: self.site,
            language: self.language,
            limits,
            validate: self.validate,
            drift: self.drift,
            http,
            time: self.time,
            retry: self.retry,
            limiter: self.limiter,
            budget: Arc::default(),
            offsets: Arc::default(),
            random: Arc::new(self.random),
        })))
    }
}

/// A region or language becomes a part of headers and of the signature's scope.
fn check_word(name: &str, word: Option<&str>) -> Result<(), Error> {
    let is_plain = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    match word {
        Some(word) if !is_plain(word) => Err(Error::configuration(format!(
            "the {name} {word:?} has characters other than letters, digits, '-', '_' and '.'"
        ))),
        _ => Ok(()),
    }
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The endpoint is not checked yet and may hold a password.
        f.debug_struct("ConfigBuilder")
            .field("credential", &self.credential)
            .field("region", &self.region)
            .field("site", &self.site)
            .field("language", &self.language)
            .field("limits", &self.limits)
            .field("validate", &self.validate)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
