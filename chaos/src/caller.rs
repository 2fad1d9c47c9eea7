//! A plan in, what the caller of the call was told out. The client under test is the generated one; tests put wrong ones in its
//! place.

use std::error::Error as StdError;
use std::future::Future;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use yunqiao::{
    Config, Credential, Error, Quota, QuotaRefusal, RateLimiter, RetryPolicy, TimeSource,
};

use crate::canary;
use crate::kinds::{Made, Making, Ready};
use crate::plan::{ATTEMPT, Plan, Way};
use crate::stage::{KEY_ID, TEMPORARY_ID};
use crate::told::{Delivery, Outcome, Told};

/// Where calls go.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The line with the troubles.
    pub line: String,
    /// The port that refuses connections.
    pub closed: String,
}

/// A call that is being made.
pub type Finished<'a> = Pin<Box<dyn Future<Output = Told> + Send + 'a>>;

/// A client under test.
pub trait Caller: Send + Sync {
    /// Makes the call.
    fn call<'a>(&'a self, plan: &'a Plan) -> Finished<'a>;
}

/// The generated clients, with one configuration for each way and credential.
#[derive(Debug)]
pub struct Generated {
    /// By way, then by whether the credential is a temporary one.
    configs: [[Config; 2]; 4],
}

/// Larger answers than this are not read; smaller than those that a plan calls huge.
const LARGEST_ANSWER: usize = 1 << 20;

/// Waits between attempts are short, so that the short time of a call holds some.
const BASE_DELAY: Duration = Duration::from_millis(10);

/// Lets everything through: thousands of calls a minute are far beyond what the vendors document.
struct NoLimit;

impl RateLimiter for NoLimit {
    fn acquire<'a>(
        &'a self,
        _: Quota<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<(), QuotaRefusal>> + Send + 'a>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// The clock of a computer that is an hour slow.
struct SlowClock;

impl TimeSource for SlowClock {
    fn now(&self) -> i64 {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX) - 3600
    }
}

impl Generated {
    /// Clients that share nothing with earlier ones.
    ///
    /// # Errors
    /// If the configuration does not hold.
    pub fn new(addresses: &Addresses) -> Result<Self, Error> {
        let config = |way: Way| {
            let url = match way {
                Way::Closed => &addresses.closed,
                _ => &addresses.line,
            };
            let mut builder = Config::builder()
                .credential(Credential::new(KEY_ID, canary::KEY))
                .endpoint(url)
                .region("cn-beijing")
                .connect_timeout(Duration::from_millis(200))
                .attempt_timeout(ATTEMPT)
                .retry(RetryPolicy::standard().base_delay(BASE_DELAY))
                .max_response_bytes(LARGEST_ANSWER);
            if way == Way::WrongClock {
                builder = builder.time_source(Arc::new(SlowClock));
            }
            if way != Way::Limited {
                builder = builder.rate_limiter(Arc::new(NoLimit));
            }
            let permanent = builder.build()?;
            let temporary = Credential::new(TEMPORARY_ID, canary::KEY).with_token(canary::TOKEN);
            let temporary = permanent.with_credential(temporary)?;
            Ok::<_, Error>([permanent, temporary])
        };
        Ok(Self {
            configs: [
                config(Way::Line)?,
                config(Way::Closed)?,
                config(Way::WrongClock)?,
                config(Way::Limited)?,
            ],
        })
    }
}

impl Caller for Generated {
    fn call<'a>(&'a self, plan: &'a Plan) -> Finished<'a> {
        Box::pin(async move {
            let config = &self.configs[plan.way as usize][usize::from(plan.temporary)];
            let Ready { shown, making } = (plan.kind.ready)(config, plan);
            let started = Instant::now();
            let patience = plan.abandoned_after.unwrap_or(Duration::MAX);
            let made = match making {
                Making::Blocking(work) => aside(work).await,
                Making::Awaited(making) => tokio::select! {
                    made = making => made,
                    () = tokio::time::sleep(patience) => return Told {
                        outcome: Outcome::Abandoned,
                        said: String::new(),
                        texts: vec![shown],
                        elapsed: started.elapsed(),
                        streamed: None,
                    },
                },
            };
            told(shown, made)
        })
    }
}

/// Does the work on a thread of its own, which has nothing to do with the runtime here.
async fn aside(work: Box<dyn FnOnce() -> Made + Send>) -> Made {
    let (give, given) = tokio::sync::oneshot::channel();
    let thread = std::thread::spawn(move || {
        // Nobody waits any more when the whole run has been given up.
        drop(give.send(work()));
    });
    match given.await {
        Ok(made) => made,
        // A call that panics is no answer: the panic goes on here.
        Err(_) => match thread.join() {
            Err(panic) => resume_unwind(panic),
            Ok(()) => unreachable!("a thread that does not panic has given its answer"),
        },
    }
}

fn told(request: String, made: Made) -> Told {
    let Made {
        end,
        shown,
        elapsed,
        streamed,
    } = made;
    let (mut texts, mut said) = (vec![request], String::new());
    texts.extend(shown);
    let outcome = match end {
        Ok(request_id) => Outcome::Success { request_id },
        Err(error) => {
            said = error.to_string();
            texts.extend(words(&error));
            failure(&error)
        }
    };
    Told {
        outcome,
        said,
        texts,
        elapsed,
        streamed,
    }
}

fn failure(error: &Error) -> Outcome {
    Outcome::Failure {
        delivery: match error.delivery() {
            yunqiao::Delivery::NotSent => Delivery::NotSent,
            yunqiao::Delivery::Rejected => Delivery::Rejected,
            // A word that is not known yet says no more than this.
            _ => Delivery::Unknown,
        },
        is_timeout: error.is_timeout(),
        attempts: error.attempts(),
    }
}

/// Everything that an error says, `Display` first.
fn words(error: &Error) -> Vec<String> {
    let mut words = vec![
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}"),
    ];
    let mut source = StdError::source(error);
    while let Some(cause) = source {
        words.push(cause.to_string());
        words.push(format!("{cause:?}"));
        source = cause.source();
    }
    words
}
