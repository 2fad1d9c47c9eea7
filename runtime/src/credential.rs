//! In: an id, a key and perhaps a token, from the caller, the environment, files, a role or STS. Out: who signs.
//!
//! A [`Credential`] that the program knows goes straight into [`ConfigBuilder::credential`](crate::ConfigBuilder::credential).
//! All else comes from a [`CredentialProvider`], which [`ConfigBuilder::credential_provider`](crate::ConfigBuilder::credential_provider)
//! takes; [`Config::from_env`](crate::Config::from_env) takes the vendor's [`Chain`]:
//!
//! | source | Tencent Cloud | Volcengine |
//! |---|---|---|
//! | [`Environment`] | 1 | 1 |
//! | [`Profile`] files | 2 | 3 |
//! | [`InstanceRole`] | 3 (CVM) | 4 (ECS) |
//! | [`WebIdentity`] | 4 (TKE) | 2 (VKE) |
//!
//! What a provider hands out is kept until it expires, and renewed early: for a Tencent Cloud role 300 seconds before its end,
//! for others 60. However many calls wait, one renewal is under way; a call that is given up does not stop it. When a renewal
//! fails, what is still valid is used on, and the next try waits, from 5 seconds up to a minute. A credential without an
//! expiry is kept for good.
//!
//! An [`AssumeRole`] is signed by any other provider:
//!
//! ```
//! use yunqiao_runtime::credential::{AssumeRole, Chain};
//! use yunqiao_runtime::{Config, Vendor};
//!
//! # fn main() -> Result<(), yunqiao_runtime::Error> {
//! let own = Chain::of(Vendor::Tencent);
//! let role = AssumeRole::new(Vendor::Tencent, own, "qcs::cam::uin/100012345678:roleName/reader");
//! let config = Config::builder().credential_provider(role).build()?;
//! # let _ = config;
//! # Ok(())
//! # }
//! ```

mod assume_role;
mod cache;
mod chain;
mod environment;
mod instance_role;
mod metadata;
mod moment;
mod profile;
mod provider;
mod signer;
mod sts;
mod variables;
mod web_identity;

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::Error;
use crate::operation::Vendor;
use crate::sign::DerivedKeys;

pub use self::assume_role::AssumeRole;
pub use self::chain::Chain;
pub use self::environment::Environment;
pub use self::instance_role::InstanceRole;
pub use self::profile::Profile;
pub use self::provider::{CredentialError, CredentialFuture, CredentialProvider, Surroundings};
pub use self::variables::Variables;
pub use self::web_identity::WebIdentity;

pub(crate) use self::chain::Outlook;
pub(crate) use self::environment::{
    SITE, endpoint as endpoint_from_variables, region as region_from_variables,
    site as site_from_variables,
};
pub(crate) use self::signer::Signer;

/// How long before its end a credential is renewed, unless its source wants it earlier.
const EARLY: i64 = 60;

/// The pair that signs requests, with a token when it is temporary.
///
/// Tencent calls the parts `SecretId` and `SecretKey`, Volcengine `AccessKeyID` and `SecretAccessKey`. `Debug` shows the
/// first four characters of the id and nothing of the rest. Key and token are overwritten in memory with the last copy's end.
#[derive(Clone)]
pub struct Credential(Arc<Parts>);

#[derive(Clone)]
struct Parts {
    id: String,
    key: Zeroizing<String>,
    token: Option<Zeroizing<String>>,
    /// Seconds since 1970.
    expires_at: Option<i64>,
    early: i64,
    /// What has been derived from the key for signing.
    derived: DerivedKeys,
}

impl Credential {
    /// A permanent credential.
    pub fn new(id: impl Into<String>, key: impl Into<String>) -> Self {
        Self(Arc::new(Parts {
            id: id.into(),
            key: Zeroizing::new(key.into()),
            token: None,
            expires_at: None,
            early: EARLY,
            derived: DerivedKeys::default(),
        }))
    }

    /// The same credential with the token that came with it: STS and instance roles hand out such triples.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).token = Some(Zeroizing::new(token.into()));
        self
    }

    /// The same credential with its end, in seconds since 1970. What a [`CredentialProvider`] hands out with an end is asked
    /// for again shortly before.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: i64) -> Self {
        Arc::make_mut(&mut self.0).expires_at = Some(expires_at);
        self
    }

    /// The same credential, to be renewed so many seconds before its end.
    fn renewed_early(mut self, seconds: i64) -> Self {
        Arc::make_mut(&mut self.0).early = seconds;
        self
    }

    /// When it ends, in seconds since 1970; `None` if that is not known.
    pub fn expires_at(&self) -> Option<i64> {
        self.0.expires_at
    }

    /// Whether it has ended.
    fn is_over(&self, now: i64) -> bool {
        self.0.expires_at.is_some_and(|end| now >= end)
    }

    /// Whether it is time to ask for the next one.
    fn is_due(&self, now: i64) -> bool {
        let early = self.0.early;
        self.0
            .expires_at
            .is_some_and(|end| now >= end.saturating_sub(early))
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
        environment::credential(vendor, &Variables::process()).map_err(|error| {
            Error::configuration(format!(
                "no credential of {vendor} in the environment: {error}"
            ))
        })
    }

    /// The id, which may be shown to operators but not to strangers.
    pub(crate) fn id(&self) -> &str {
        &self.0.id
    }

    /// The secret key.
    pub(crate) fn key(&self) -> &str {
        &self.0.key
    }

    /// The keys derived from the secret key; clones share them.
    pub(crate) fn derived_keys(&self) -> &DerivedKeys {
        &self.0.derived
    }

    /// The token of a temporary credential.
    pub(crate) fn token(&self) -> Option<&str> {
        self.0.token.as_ref().map(|token| token.as_str())
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
        if let Some(end) = self.0.expires_at {
            out.field("expires_at", &format_args!("{}", moment::show(end)));
        }
        out.finish()
    }
}
