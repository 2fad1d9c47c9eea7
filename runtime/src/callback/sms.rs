//! In: the secret of the path and the body of a request that claims to come from Volcengine SMS. Out: events, or a refusal.

mod event;
mod types;

use super::secret::Secret;
use super::{MAX_BODY, Rejection, rejection};
use crate::Error;

pub use self::event::{SmsBatch, SmsData, SmsEvent};
pub use self::types::{CarrierReview, SmsReply, SmsReport, TemplateReview};

/// The fewest letters of a secret that nobody can guess.
const MIN_SECRET: usize = 16;

/// Receives what Volcengine SMS reports: the fate of messages, the replies of people, the outcome of reviews.
///
/// These requests carry no signature, as far as the vendor's pages say, so whoever knows the address can send anything.
/// What can be done: use HTTPS, and an address with a secret in it that only the console knows
/// (`https://example.com/sms/<secret>`). This type compares it in constant time. Keep the path out of access logs; and
/// before a report leads to something that costs, ask the vendor about the message (`GetSmsSendDetails`).
///
/// ```
/// use yunqiao_runtime::callback::{SmsCallbacks, SmsData};
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// let callbacks = SmsCallbacks::new("CqzqKM1gEHb6mQdYk2xJ0w")?;
///
/// # let received = "CqzqKM1gEHb6mQdYk2xJ0w";
/// // `received` is what stands in the path of the request.
/// let body = br#"[{"message_id": "bde1", "status_code": "0", "mobile": "13800000000"}]"#;
/// let batch = callbacks.receive(received, body).expect("the secret is right");
/// for event in batch.events() {
///     if let SmsData::Report(report) = event.data() {
///         println!("{:?} delivered: {:?}", report.message_id, report.is_delivered());
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct SmsCallbacks {
    secret: Secret,
    max_body: usize,
}

impl SmsCallbacks {
    /// With the secret that stands in the path of the address.
    ///
    /// # Errors
    ///
    /// The secret has less than 16 bytes or whitespace around it; see [`Error::is_configuration`].
    pub fn new(path_secret: impl Into<String>) -> Result<Self, Error> {
        let secret = Secret::new("the secret of the callback path", path_secret.into())?;
        if secret.bytes().len() < MIN_SECRET {
            return Err(Error::configuration(format!(
                "the secret of the callback path has less than {MIN_SECRET} bytes and can be guessed"
            )));
        }
        Ok(Self {
            secret,
            max_body: MAX_BODY,
        })
    }

    /// The same with another limit than 1 MiB on bodies.
    #[must_use]
    pub fn with_max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// The most bytes that a body may have; hand it to the web framework, so that it reads no more either.
    pub fn max_body(&self) -> usize {
        self.max_body
    }

    /// Compares the secret and reads the events.
    ///
    /// # Errors
    ///
    /// The body is too large, the secret is another one, or the body is no JSON list.
    pub fn receive(&self, path_secret: &str, body: &[u8]) -> Result<SmsBatch, Rejection> {
        if body.len() > self.max_body {
            return Err(Rejection::too_large(body.len(), self.max_body));
        }
        if !self.secret.equals(path_secret.as_bytes()) {
            return Err(Rejection::new(rejection::Kind::WrongPath));
        }
        SmsBatch::read(body)
    }
}
