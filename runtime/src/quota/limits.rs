//! In: what an attempt is counted under. Out: a place in the lane of its account, region and action.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::time::Instant;

use super::lane::{Lane, Turn};
use super::{Quota, QuotaRefusal, RateLimiter};

/// Keeps every action's documented limit, per account, region and action.
///
/// In no second more attempts start than the limit says. A burst goes through at once; what is beyond it waits in line, in the
/// order of its coming, and starts evenly spaced. An attempt whose turn would come after its call's time is over is refused at
/// once, and so is one that finds the line full. Dropping a call gives back its place. When the vendor says that there were too
/// many nevertheless (other machines use the account too), the pace is halved, and grows back by a tenth of the limit each second.
///
/// It is what a [`Config`](crate::Config) has by default, shared by all its clients. To share it among configurations, or to
/// change the length of the lines, hand one in:
///
/// ```
/// use std::sync::Arc;
/// use yunqiao_runtime::{Config, Credential, DocumentedLimits};
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// let limits = Arc::new(DocumentedLimits::new().max_waiting(100));
/// let config = Config::builder()
///     .credential(Credential::new("AKIDexample", "a-secret-key"))
///     .rate_limiter(limits.clone())
///     .build()?;
/// # let _ = (config, limits);
/// # Ok(())
/// # }
/// ```
pub struct DocumentedLimits {
    lanes: Mutex<Lanes>,
    max_waiting: usize,
}

#[derive(Default)]
struct Lanes {
    by_key: HashMap<Key, Arc<Lane>>,
    /// So many lanes make it worth looking for those that nobody uses any more: temporary credentials come with new ids.
    crowded: usize,
}

#[derive(PartialEq, Eq, Hash)]
struct Key {
    account: u64,
    region: Option<Box<str>>,
    service: &'static str,
    action: &'static str,
}

const CROWDED: usize = 1_024;

impl DocumentedLimits {
    /// Lines of up to 16,384 waiting attempts per account, region and action.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lanes: Mutex::default(),
            max_waiting: 16_384,
        }
    }

    /// How many attempts may wait for the same action at a time.
    #[must_use]
    pub fn max_waiting(mut self, attempts: usize) -> Self {
        self.max_waiting = attempts;
        self
    }

    fn lane(&self, quota: Quota<'_>, limit: u32) -> Arc<Lane> {
        let key = Key {
            account: quota.account,
            region: quota.region.map(Box::from),
            service: quota.action.service.name,
            action: quota.action.name,
        };
        let mut lanes = self
            .lanes
            .lock()
            .unwrap_or_else(|broken| broken.into_inner());
        if let Some(lane) = lanes.by_key.get(&key) {
            return Arc::clone(lane);
        }
        if lanes.by_key.len() >= lanes.crowded.max(CROWDED) {
            let now = Instant::now();
            lanes
                .by_key
                .retain(|_, lane| Arc::strong_count(lane) > 1 || !lane.is_idle(now));
            lanes.crowded = 2 * lanes.by_key.len();
        }
        let lane = Arc::new(Lane::new(limit));
        lanes.by_key.insert(key, Arc::clone(&lane));
        lane
    }
}

impl Default for DocumentedLimits {
    fn default() -> Self {
        Self::new()
    }
}

impl RateLimiter for DocumentedLimits {
    fn acquire<'a>(
        &'a self,
        quota: Quota<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<(), QuotaRefusal>> + Send + 'a>> {
        Box::pin(async move {
            let Some(limit) = quota.limit() else {
                return Ok(());
            };
            match Turn::take(self.lane(quota, limit), quota.patience, self.max_waiting)? {
                Some(turn) => turn.await,
                None => {}
            }
            Ok(())
        })
    }

    fn throttled(&self, quota: Quota<'_>) {
        if let Some(limit) = quota.limit() {
            self.lane(quota, limit).slow();
        }
    }
}

impl fmt::Debug for DocumentedLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentedLimits")
            .field("max_waiting", &self.max_waiting)
            .finish_non_exhaustive()
    }
}
