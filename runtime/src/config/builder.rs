//! In: one choice at a time. Out: a checked configuration.

mod resilience;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Config, Limits, Settings};
use crate::clock::{SystemClock, TimeSource};
use crate::credential::{
    Credential, ENDPOINT, Lookup, credential_from_variables, endpoint_from_variables,
    region_from_variables,
};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Vendor;
use crate::quota::{DocumentedLimits, RateLimiter};
use crate::random::Random;
use crate::retry::RetryPolicy;
use crate::transport::{Http, client};

/// Makes a [`Config`].
#[must_use]
pub struct ConfigBuilder {
    credential: Option<Credential>,
    region: Option<String>,
    endpoint: Option<String>,
    language: Option<String>,
    limits: Limits,
    validate: bool,
    http_client: Option<reqwest::Client>,
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
            language: None,
            limits: Limits::default(),
            validate: true,
            http_client: None,
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
        self.credential = Some(credential);
        self
    }

    /// The region to call, as `ap-guangzhou`. Services that have a default or need none do without.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// A base URL that takes the place of every host: a sandbox, a gateway, the local cloud. Scheme, host and port only;
    /// plain `http` only for this machine.
    pub fn endpoint(mut self, base_url: impl Into<String>) -> Self {
        self.endpoint = Some(base_url.into());
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

    /// An HTTP client of your own, for a proxy or certificates of your own. It must not follow redirects: an answer that
    /// came from another place is refused.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Where the time of signatures comes from; the system clock by default.
    pub fn time_source(mut self, source: Arc<dyn TimeSource>) -> Self {
        self.time = source;
        self
    }

    /// Credential, region and endpoint from environment variables.
    pub(super) fn from_variables(vendor: Vendor, lookup: Lookup<'_>) -> Result<Self, Error> {
        let mut builder = Self::default().credential(credential_from_variables(vendor, lookup)?);
        builder.region = region_from_variables(vendor, lookup)?;
        builder.endpoint = endpoint_from_variables(lookup)?;
        // Looked into here already: who reads the message has to know which variable to mend.
        if let Some(Err(problem)) = builder.endpoint.as_deref().map(Endpoint::parse) {
            return Err(Error::configuration(format!("{ENDPOINT}: {problem}")));
        }
        Ok(builder)
    }

    /// Checks the choices and opens the connection pool.
    ///
    /// # Errors
    ///
    /// A choice cannot work: [`Error::is_configuration`], with what to change.
    pub fn build(self) -> Result<Config, Error> {
        if let Some(defect) = self.credential.as_ref().and_then(Credential::defect) {
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
        let endpoint = self
            .endpoint
            .as_deref()
            .map(Endpoint::parse)
            .transpose()
            .map_err(Error::configuration)?;
        let http = match self.http_client {
            Some(client) => Http {
                client,
                tls_problem: None,
            },
            None => client(limits.connect).map_err(|error| {
                Error::configuration("the HTTP client cannot be made").because(error.without_url())
            })?,
        };
        Ok(Config(Arc::new(Settings {
            credential: self.credential,
            region: self.region,
            endpoint,
            language: self.language,
            limits,
            validate: self.validate,
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
            .field("language", &self.language)
            .field("limits", &self.limits)
            .field("validate", &self.validate)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
