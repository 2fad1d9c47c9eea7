//! In: the headers and the body of a request that claims to come from Tencent E-Sign. Out: an event, or a refusal.

mod event;
mod types;

use super::secret::Secret;
use super::{EventKey, MAX_BODY, Rejection, crypto, open, rejection};
use crate::Error;

pub use self::event::{EsignData, EsignEvent};
pub use self::types::{
    ApproverState, EsignKind, FlowApprover, FlowState, FlowStatusChange, OperateSeal, OrgAuth,
    OrgCertify, OrgOpenTsignBiz, SealOperation, VerifyStaffInfo,
};

/// Receives the callbacks of Tencent E-Sign.
///
/// The console (application integration, parameters) has a token and a key for each callback address. The token signs
/// (header `Content-Signature`); without it anybody can send anything, so it is required here. The key encrypts; if the
/// console has one, hand it in.
///
/// ```
/// use yunqiao_runtime::callback::{EsignCallbacks, EsignData, FlowState};
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// let callbacks = EsignCallbacks::builder()
///     .token("the console's token")
///     .key("the console's key of 32 letters.")
///     .build()?;
///
/// // Headers as any web framework has them: axum's `&HeaderMap`, or pairs of name and value.
/// let headers = [("content-signature", "sha256=00")];
/// match callbacks.receive(headers, b"{}") {
///     Ok(event) => {
///         if let EsignData::FlowStatusChange(change) = event.data() {
///             let signed = change.status == Some(FlowState::Signed);
///             println!("{:?} signed: {signed}", change.flow_id);
///         }
///         // ... and answer 200, when the event is stored or handled.
///     }
///     Err(rejection) => assert_eq!(rejection.http_status(), 401),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct EsignCallbacks {
    token: Secret,
    key: Option<Secret>,
    max_body: usize,
}

/// Collects what [`EsignCallbacks`] needs.
#[derive(Debug)]
#[must_use]
pub struct EsignCallbacksBuilder {
    token: Option<Result<Secret, Error>>,
    key: Option<Result<Secret, Error>>,
    max_body: usize,
}

impl EsignCallbacks {
    /// Starts with nothing but a limit of 1 MiB on bodies.
    pub fn builder() -> EsignCallbacksBuilder {
        EsignCallbacksBuilder {
            token: None,
            key: None,
            max_body: MAX_BODY,
        }
    }

    /// The most bytes that a body may have; hand it to the web framework, so that it reads no more either.
    pub fn max_body(&self) -> usize {
        self.max_body
    }

    /// Verifies, decrypts and reads a message.
    ///
    /// `body` is what came, byte for byte: a body that was parsed and written again has another signature. Nothing is
    /// decrypted or parsed before the signature is right.
    ///
    /// # Errors
    ///
    /// The body is too large, not signed with the token, encrypted without or with another key, or no JSON object. See
    /// [`Rejection::http_status`] for what to answer.
    pub fn receive<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<EsignEvent, Rejection> {
        if body.len() > self.max_body {
            return Err(Rejection::too_large(body.len(), self.max_body));
        }
        let mut signatures = headers
            .into_iter()
            .filter(|(name, _)| name.as_ref().eq_ignore_ascii_case("Content-Signature"))
            .map(|(_, value)| value);
        // Of two signatures, another program on the way may look at the other one.
        match (signatures.next(), signatures.next()) {
            (Some(signature), None) => self.verified(signature.as_ref(), body),
            _ => Err(Rejection::new(rejection::Kind::NoSignature)),
        }
    }

    fn verified(&self, signature: &[u8], body: &[u8]) -> Result<EsignEvent, Rejection> {
        if !crypto::is_signed(&self.token, body, signature) {
            return Err(Rejection::new(rejection::Kind::Forged));
        }
        let key = EventKey::of(body);
        let Some(ciphertext) = ciphertext(body) else {
            return EsignEvent::read(body, key, false);
        };
        let Some(secret) = &self.key else {
            return Err(Rejection::new(rejection::Kind::NoKey));
        };
        // One refusal for whatever is wrong inside, including a text that is no JSON, as another key would give.
        let undecryptable = || Rejection::new(rejection::Kind::Undecryptable);
        let text = crypto::decrypted(secret, &ciphertext).ok_or_else(undecryptable)?;
        EsignEvent::read(&text, key, true).map_err(|_| undecryptable())
    }
}

/// The base64 of an encrypted body: in `{"encrypt": "..."}`, or, as older descriptions have it, all of the body.
fn ciphertext(body: &[u8]) -> Option<String> {
    let body = open::without_mark(body).trim_ascii();
    match body.first()? {
        b'{' => {
            let object: open::Json = serde_json::from_slice(body).ok()?;
            let framed = object.get("MsgType").is_none();
            let text = object.get("encrypt")?.as_str()?;
            framed.then(|| text.to_owned())
        }
        b'"' => serde_json::from_slice(body).ok(),
        // No JSON that a message could be begins with a letter of the base64 alphabet.
        first if first.is_ascii_alphanumeric() || matches!(first, b'+' | b'/') => {
            String::from_utf8(body.to_vec()).ok()
        }
        _ => None,
    }
}

impl EsignCallbacksBuilder {
    /// The token that signs; required.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Secret::new("the callback token", token.into()));
        self
    }

    /// The key that encrypts (`CallbackUrlKey`): 32 bytes, used as they are.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(Secret::new("the callback key", key.into()));
        self
    }

    /// The most bytes that a body may have.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Checks what was handed in.
    ///
    /// # Errors
    ///
    /// The token is missing, either secret is empty or has whitespace around it, or the key has not 32 bytes; see
    /// [`Error::is_configuration`].
    pub fn build(self) -> Result<EsignCallbacks, Error> {
        let token = self.token.transpose()?.ok_or_else(|| {
            Error::configuration(
                "without the callback token nobody can tell whether a callback is genuine",
            )
        })?;
        let key = self.key.transpose()?;
        if let Some(length) = key.as_ref().map(|key| key.bytes().len())
            && length != crypto::KEY_BYTES
        {
            return Err(Error::configuration(format!(
                "the callback key has {length} bytes instead of {}",
                crypto::KEY_BYTES
            )));
        }
        Ok(EsignCallbacks {
            token,
            key,
            max_body: self.max_body,
        })
    }
}
