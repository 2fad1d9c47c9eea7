//! In: what went wrong at some stage. Out: the one error type, told apart by predicates.

mod delivery;
mod describe;
mod kind;
mod make;

use std::error::Error as StdError;
use std::fmt;

use crate::codec::{Deviation, Problem};

pub use self::delivery::Delivery;
pub(crate) use self::delivery::Ending;
pub(crate) use self::kind::{Class, Fault, Kind, Limit};

/// Why a call did not give an answer.
///
/// The kinds are private: ask with the predicates ([`is_timeout`](Self::is_timeout), [`is_service`](Self::is_service), ...)
/// and read what there is to read ([`code`](Self::code), [`request_id`](Self::request_id), ...). Neither `Display` nor
/// `Debug` nor a source holds a credential, a value of the request or a value of the answer.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: Option<(String, String)>,
    host: Option<String>,
    request_id: Option<String>,
    log_id: Option<String>,
    http_status: Option<u16>,
    attempts: u32,
    /// How far attempts before the last one got.
    earlier: Delivery,
    repeatable: bool,
    ending: Option<Ending>,
    excerpt: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// The time ran out: connecting, one attempt, the whole call, or between two pieces of a stream. `Display` says which.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Timeout(..) | Kind::Unfinished(..))
    }

    /// No connection was made. What attempts before the last one have come to is told by [`delivery`](Self::delivery).
    pub fn is_connect(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Connect | Kind::Refused(_) | Kind::Timeout(Limit::Connect, _)
        )
    }

    /// The request breaks rules: those that are checked before sending (see [`problems`](Self::problems)), or the vendor says
    /// that a parameter is missing or wrong (see [`message`](Self::message)). [`delivery`](Self::delivery) tells which.
    pub fn is_validation(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Validation(_) | Kind::Service(_, Class::Validation)
        )
    }

    /// The vendor answered with an error. See [`code`](Self::code) and [`message`](Self::message).
    pub fn is_service(&self) -> bool {
        matches!(self.0.kind, Kind::Service(..))
    }

    /// The vendor does not accept the credential, the signature or its time.
    pub fn is_authentication(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Service(_, Class::Authentication | Class::Clock)
        )
    }

    /// Too many requests: the vendor asks for fewer, or the limiter here did not let the call through in time
    /// ([`Delivery::NotSent`]).
    pub fn is_throttling(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Quota(_) | Kind::Service(_, Class::Throttling)
        ) || self.0.http_status == Some(429)
    }

    /// Whether the request was not sent, was rejected, or may have been carried out: what decides whether calling again is safe.
    ///
    /// ```
    /// use yunqiao_runtime::{Delivery, Error};
    ///
    /// fn advice(error: &Error) -> &'static str {
    ///     match error.delivery() {
    ///         Delivery::NotSent | Delivery::Rejected => "nothing was done: mend the cause, then call again",
    ///         _ if error.can_be_repeated() => "call again, twice is like once",
    ///         _ => "look up what has become of it, before anything else",
    ///     }
    /// }
    /// # let _ = advice;
    /// ```
    pub fn delivery(&self) -> Delivery {
        let last = Delivery::of(&self.0.kind, self.0.http_status);
        last.max(self.0.earlier)
    }

    /// The cause may pass, and making the same call again does no harm: nothing was done, or doing it twice is like doing it
    /// once. It is what the configured [`RetryPolicy`](crate::RetryPolicy) goes by, so it has been tried already unless that is
    /// off.
    pub fn can_be_repeated(&self) -> bool {
        self.0.repeatable
    }

    /// How many attempts were made; 0 when the call failed before the first.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The answer is not what the vendor's protocol promises: no JSON, no envelope, another shape, too large, a redirect.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Answer(_) | Kind::Unreadable(_))
    }

    /// The job that was waited for has ended in a state that means failure. See [`job_state`](Self::job_state).
    pub fn is_job_failure(&self) -> bool {
        matches!(self.0.kind, Kind::Job(_))
    }

    /// The state of the job that was waited for: the one that means failure, or the last that was seen before the deadline. A
    /// state that looks like anything but a short word or number is not shown.
    pub fn job_state(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Job(state) => Some(state),
            Kind::Unfinished(_, state) => state.as_deref(),
            _ => None,
        }
    }

    /// Something is wrong with the configuration, and no request was sent.
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Configuration(_))
    }

    /// No credential could be had to sign with, and no request was sent. `Display` tells of each source that was tried.
    pub fn is_credential(&self) -> bool {
        matches!(self.0.kind, Kind::Credential(_))
    }

    /// The vendor's error code: `InvalidParameter.ParamError`, `SignatureDoesNotMatch`. `None` when the vendor left it out.
    pub fn code(&self) -> Option<&str> {
        self.fault().and_then(|fault| fault.code.as_deref())
    }

    /// The vendor's own explanation, as it came.
    pub fn message(&self) -> Option<&str> {
        self.fault().and_then(|fault| fault.message.as_deref())
    }

    /// Volcengine's numeric error code.
    pub fn code_n(&self) -> Option<i64> {
        self.fault().and_then(|fault| fault.code_n)
    }

    /// The vendor's id of the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Volcengine's log id (header `X-Tt-Logid`), which its support asks for.
    pub fn log_id(&self) -> Option<&str> {
        self.0.log_id.as_deref()
    }

    /// The HTTP status, when there was an answer.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// Everything wrong with the request, each with its path; empty unless it was refused before sending.
    pub fn problems(&self) -> &[Problem] {
        match &self.0.kind {
            Kind::Validation(problems) => problems,
            _ => &[],
        }
    }

    /// The configuration is [`strict`](crate::ConfigBuilder::strict), and the answer differs from its description. The vendor
    /// has done what was asked. See [`deviations`](Self::deviations).
    pub fn is_drift(&self) -> bool {
        matches!(self.0.kind, Kind::Drift(_))
    }

    /// Where the answer differs from its description, each by its JSON path; empty unless [`is_drift`](Self::is_drift).
    pub fn deviations(&self) -> &[Deviation] {
        match &self.0.kind {
            Kind::Drift(deviations) => deviations,
            _ => &[],
        }
    }

    /// The beginning of an answer that is not the vendor's: at most 200 characters, control characters escaped, and the
    /// values masked if it looks like JSON.
    pub fn excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref()
    }

    /// The action that was called.
    pub fn action(&self) -> Option<&str> {
        let operation = self.0.operation.as_ref();
        operation.map(|(_, action)| action.as_str())
    }

    fn fault(&self) -> Option<&Fault> {
        match &self.0.kind {
            Kind::Service(fault, _) => Some(fault),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        describe::display(&self.0, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        describe::debug(&self.0, f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
