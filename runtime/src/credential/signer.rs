//! In: a credential, or a provider of them. Out: the credential that one attempt signs with.

use std::fmt;
use std::sync::Arc;

use super::cache::Cache;
use super::{Credential, CredentialProvider};
use crate::config::Settings;
use crate::error::{Error, Kind};

/// Who signs the calls of a configuration.
#[derive(Clone)]
pub(crate) enum Signer {
    /// Always the same.
    Fixed(Credential),
    /// Whoever the provider names at the time.
    Provided(Arc<Cache>),
}

impl Signer {
    /// What the provider hands out, kept for all clones of the configuration.
    pub(crate) fn provided(provider: impl CredentialProvider + 'static) -> Self {
        Self::Provided(Arc::new(Cache::new(Arc::new(provider))))
    }

    /// What makes it unusable, if that is known already.
    pub(crate) fn defect(&self) -> Option<String> {
        match self {
            Self::Fixed(credential) => credential.defect(),
            Self::Provided(_) => None,
        }
    }

    /// The credential of now. For an action that is not signed nobody is asked; what is known anyhow is still given, since
    /// its secrets must not show in an error.
    pub(crate) async fn resolve(
        &self,
        settings: &Settings,
        is_signed: bool,
    ) -> Result<Option<Credential>, Error> {
        match self {
            Self::Fixed(credential) => Ok(Some(credential.clone())),
            Self::Provided(cache) if !is_signed => Ok(cache.kept()),
            Self::Provided(cache) => match cache.credential(settings).await {
                Ok(credential) => Ok(Some(credential)),
                Err(error) => Err(Error::new(Kind::Credential(error.to_string()))),
            },
        }
    }
}

impl Settings {
    /// The credential to sign with, or whose secrets must not show; `None` if there is nobody who signs.
    pub(crate) async fn credential(&self, is_signed: bool) -> Result<Option<Credential>, Error> {
        match &self.credential {
            Some(signer) => signer.resolve(self, is_signed).await,
            None => Ok(None),
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(credential) => credential.fmt(f),
            Self::Provided(cache) => cache.fmt(f),
        }
    }
}
