//! In: an id, a key and perhaps a token, from the caller or from the environment. Out: who signs.

mod environment;

use std::fmt;
use std::sync::Arc;

use crate::error::Error;
use crate::operation::Vendor;

pub(crate) use self::environment::{
    ENDPOINT, Lookup, credential as credential_from_variables, endpoint as endpoint_from_variables,
    process, region as region_from_variables,
};

/// The pair that signs requests, with a token when it is temporary.
///
/// Tencent calls the parts `SecretId` and `SecretKey`, Volcengine `AccessKeyID` and `SecretAccessKey`. `Debug` shows the
/// first four characters of the id and nothing of the rest.
#[derive(Clone)]
pub struct Credential(Arc<Parts>);

#[derive(Clone)]
struct Parts {
    id: String,
    key: String,
    token: Option<String>,
}

impl Credential {
    /// A permanent credential.
    pub fn new(id: impl Into<String>, key: impl Into<String>) -> Self {
        Self(Arc::new(Parts {
            id: id.into(),
            key: key.into(),
            token: None,
        }))
    }

    /// The same credential with the token that came with it: STS and instance roles hand out such triples.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).token = Some(token.into());
        self
    }

    /// Reads the vendor's own environment variables.
    ///
    /// Tencent: `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and, for temporary ones, `TENCENTCLOUD_TOKEN`.
    /// Volcengine: `VOLCENGINE_ACCESS_KEY`, `VOLCENGINE_SECRET_KEY` and `VOLCENGINE_SESSION_TOKEN`, with the older
    /// spellings that its SDKs read, in their order.
    ///
    /// # Errors
    ///
    /// A variable is missing, empty or has whitespace around it; the one error names all that were looked at.
    pub fn from_env(vendor: Vendor) -> Result<Self, Error> {
        credential_from_variables(vendor, &process)
    }

    /// The id, which may be shown to operators but not to strangers.
    pub(crate) fn id(&self) -> &str {
        &self.0.id
    }

    /// The secret key.
    pub(crate) fn key(&self) -> &str {
        &self.0.key
    }

    /// The token of a temporary credential.
    pub(crate) fn token(&self) -> Option<&str> {
        self.0.token.as_deref()
    }

    /// What makes the credential unusable in a header, if anything; never says the value.
    pub(crate) fn defect(&self) -> Option<String> {
        let parts = [
            ("id", Some(self.id())),
            ("key", Some(self.key())),
            ("token", self.token()),
        ];
        parts.into_iter().find_map(|(name, value)| {
            let value = value?;
            if value.is_empty() {
                Some(format!("the credential's {name} is empty"))
            } else if value.trim() != value {
                Some(format!("the credential's {name} has whitespace around it, perhaps a line break from a file"))
            } else if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                Some(format!("the credential's {name} has a character that cannot be part of one"))
            } else {
                None
            }
        })
    }

    /// Replaces the key and the token wherever `text` repeats them, as some gateways do when they explain a bad signature.
    pub(crate) fn scrub(&self, text: String) -> String {
        [Some(self.key()), self.token()]
            .into_iter()
            .flatten()
            .filter(|secret| secret.len() >= 8)
            .fold(text, |text, secret| {
                if text.contains(secret) {
                    text.replace(secret, "<redacted>")
                } else {
                    text
                }
            })
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.id().chars().take(4).collect();
        let mut out = f.debug_struct("Credential");
        out.field("id", &format_args!("{shown}..."))
            .field("key", &format_args!("<redacted>"));
        if self.token().is_some() {
            out.field("token", &format_args!("<redacted>"));
        }
        out.finish()
    }
}
