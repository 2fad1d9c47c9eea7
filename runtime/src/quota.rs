//! In: an attempt that wants to start. Out: the moment when it may, or why it may not.

mod lane;
mod limits;

use std::fmt;
use std::future::Future;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::pin::Pin;
use std::time::Duration;

use crate::credential::Credential;
use crate::operation::{Action, Vendor};

pub use self::limits::DocumentedLimits;

/// Decides when an attempt may start. Each attempt of each call asks, also those that repeat one.
///
/// The default is [`DocumentedLimits`]. One of your own can share a quota among machines, or put one over several actions:
///
/// ```
/// use std::future::Future;
/// use std::pin::Pin;
/// use std::sync::Arc;
/// use yunqiao_runtime::{Config, Credential, Quota, QuotaRefusal, RateLimiter};
///
/// /// At most so many attempts at a time start, whatever they are.
/// struct Gate(tokio::sync::Semaphore);
///
/// impl RateLimiter for Gate {
///     fn acquire<'a>(&'a self, _: Quota<'a>) -> Pin<Box<dyn Future<Output = Result<(), QuotaRefusal>> + Send + 'a>> {
///         Box::pin(async {
///             let permit = self.0.acquire().await.map_err(|_| QuotaRefusal::new("the program ends"))?;
///             tokio::time::sleep(std::time::Duration::from_millis(10)).await;
///             drop(permit);
///             Ok(())
///         })
///     }
/// }
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// let config = Config::builder()
///     .credential(Credential::new("AKIDexample", "a-secret-key"))
///     .rate_limiter(Arc::new(Gate(tokio::sync::Semaphore::new(4))))
///     .build()?;
/// # let _ = config;
/// # Ok(())
/// # }
/// ```
pub trait RateLimiter: Send + Sync {
    /// Waits until the attempt may start. The future is dropped when its call is, or when the call's time is over: whoever
    /// waits in it has to give back its place then.
    ///
    /// # Errors
    ///
    /// A refusal ends the call with an error that [is throttling](crate::Error::is_throttling) and
    /// [not sent](crate::Delivery::NotSent).
    fn acquire<'a>(
        &'a self,
        quota: Quota<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<(), QuotaRefusal>> + Send + 'a>>;

    /// The vendor said that an attempt was one too many.
    fn throttled(&self, quota: Quota<'_>) {
        let _ = quota;
    }
}

impl fmt::Debug for dyn RateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RateLimiter")
    }
}

/// What an attempt is counted under: the vendors count by account, region and action.
#[derive(Debug, Clone, Copy)]
pub struct Quota<'a> {
    account: u64,
    region: Option<&'a str>,
    action: &'static Action,
    patience: Duration,
}

/// What Tencent grants an action whose page gives no other number.
const TENCENT: u32 = 20;

impl<'a> Quota<'a> {
    pub(crate) fn of(
        action: &'static Action,
        credential: Option<&Credential>,
        region: Option<&'a str>,
        patience: Duration,
    ) -> Self {
        let account = credential.map_or(0, |credential| {
            let mut hasher = DefaultHasher::new();
            credential.id().hash(&mut hasher);
            hasher.finish()
        });
        Self {
            account,
            region,
            action,
            patience,
        }
    }

    /// A number that stands for the id of the credential: the same for the same id in all runs of a program, 0 for an action
    /// that takes no signature.
    pub fn account(&self) -> u64 {
        self.account
    }

    /// The region that is called, if the call names one.
    pub fn region(&self) -> Option<&'a str> {
        self.region
    }

    /// The action, which knows its service.
    pub fn action(&self) -> &'static Action {
        self.action
    }

    /// How many attempts a second the vendor allows: what it documents for the action, or else 20 at Tencent, and nothing at
    /// Volcengine, which documents no limits.
    pub fn limit(&self) -> Option<u32> {
        let by_habit = match self.action.service.vendor {
            Vendor::Tencent => Some(TENCENT),
            Vendor::Volcengine => None,
        };
        let documented = self.action.rate_limit.filter(|limit| *limit > 0);
        documented.or(by_habit)
    }

    /// How long the call has until it is given up.
    pub fn patience(&self) -> Duration {
        self.patience
    }
}

/// Why an attempt may not start.
#[derive(Debug, Clone)]
pub struct QuotaRefusal(String);

impl QuotaRefusal {
    /// A refusal, with its reason as the error shows it.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    pub(crate) fn into_message(self) -> String {
        self.0
    }
}
