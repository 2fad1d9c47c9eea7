//! In: who asks, with what to ask. Out: the trait behind which every source of credentials stands, and why one did not serve.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::Credential;
use crate::config::Settings;

/// What [`CredentialProvider::credential`] gives: a future that may be dropped at any point.
pub type CredentialFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credential, CredentialError>> + Send + 'a>>;

/// A source of credentials: one of this module, or a program's own.
///
/// A provider needs no cache of its own: what it hands out is kept by the configuration until shortly before the
/// [expiry](Credential::with_expiry) that it names, and for good if it names none. It has 30 seconds for an answer.
///
/// ```
/// use yunqiao_runtime::credential::{CredentialError, CredentialFuture, CredentialProvider, Surroundings};
/// use yunqiao_runtime::{Config, Credential};
///
/// struct Vault;
///
/// impl CredentialProvider for Vault {
///     fn name(&self) -> String {
///         "the company's vault".to_owned()
///     }
///
///     fn credential<'a>(&'a self, surroundings: &'a Surroundings) -> CredentialFuture<'a> {
///         Box::pin(async move {
///             let (id, key) = ask().await.map_err(|status| CredentialError::broken(format!("HTTP {status}")))?;
///             Ok(Credential::new(id, key).with_expiry(surroundings.now() + 3600))
///         })
///     }
/// }
/// # async fn ask() -> Result<(String, String), u16> { Ok(("id".to_owned(), "key".to_owned())) }
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// let config = Config::builder().credential_provider(Vault).build()?;
/// # let _ = config;
/// # Ok(())
/// # }
/// ```
pub trait CredentialProvider: Send + Sync {
    /// What errors and `Debug` call it. Must not hold a secret.
    fn name(&self) -> String {
        "the program's own provider".to_owned()
    }

    /// Gets a credential.
    fn credential<'a>(&'a self, surroundings: &'a Surroundings) -> CredentialFuture<'a>;
}

impl CredentialProvider for Credential {
    fn name(&self) -> String {
        "the program".to_owned()
    }

    fn credential<'a>(&'a self, _: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(async { Ok(self.clone()) })
    }
}

impl<P: CredentialProvider + ?Sized> CredentialProvider for Arc<P> {
    fn name(&self) -> String {
        (**self).name()
    }

    fn credential<'a>(&'a self, surroundings: &'a Surroundings) -> CredentialFuture<'a> {
        (**self).credential(surroundings)
    }
}

impl<P: CredentialProvider + ?Sized> CredentialProvider for Box<P> {
    fn name(&self) -> String {
        (**self).name()
    }

    fn credential<'a>(&'a self, surroundings: &'a Surroundings) -> CredentialFuture<'a> {
        (**self).credential(surroundings)
    }
}

/// What a provider has of the configuration that asks: its clock; for the providers here also its HTTP client.
pub struct Surroundings {
    /// All the choices but who signs, since that is the question.
    pub(super) settings: Settings,
}

impl Surroundings {
    pub(super) fn of(settings: &Settings) -> Self {
        let mut settings = settings.clone();
        settings.credential = None;
        Self { settings }
    }

    /// Seconds since 1970, by the configuration's [`TimeSource`](crate::TimeSource).
    pub fn now(&self) -> i64 {
        self.settings.time.now()
    }
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").finish_non_exhaustive()
    }
}

/// Why a source gives no credential: it is not there, or it is there and does not work.
///
/// The words must not hold a secret; they come into the error of the call.
#[derive(Clone)]
pub struct CredentialError {
    is_absent: bool,
    reason: Arc<str>,
}

impl CredentialError {
    /// The source is not there: a [`Chain`](super::Chain) goes on to the next.
    pub fn absent(reason: impl Into<String>) -> Self {
        Self {
            is_absent: true,
            reason: reason.into().into(),
        }
    }

    /// The source is there and does not work. A [`Chain`](super::Chain) ends with it: the next source may be another account.
    pub fn broken(reason: impl Into<String>) -> Self {
        Self {
            is_absent: false,
            reason: reason.into().into(),
        }
    }

    /// Whether the source is not there.
    pub fn is_absent(&self) -> bool {
        self.is_absent
    }

    /// The same, told by somebody who knows more.
    pub(super) fn told(&self, reason: String) -> Self {
        Self {
            is_absent: self.is_absent,
            reason: reason.into(),
        }
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.is_absent { "Absent" } else { "Broken" };
        f.debug_tuple(name).field(&self.reason).finish()
    }
}

impl std::error::Error for CredentialError {}
