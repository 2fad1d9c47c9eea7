//! In: a token that the platform leaves in a file. Out: the temporary credential of the role that its holder may assume.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::assume_role::{default_duration, request};
use super::profile::file::{self, shown};
use super::sts::{self, Asking};
use super::variables::Variables;
use super::{
    Credential, CredentialError, CredentialFuture, CredentialProvider, Signer, Surroundings,
};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Vendor;

/// The workload's own identity in a cluster (TKE, VKE): a token in a file, exchanged for a role's credential by a call that
/// is not signed. The file is read for each exchange, since the platform renews it.
///
/// [`new`](Self::new) takes it from the variables that the platform sets. **Tencent Cloud**: `TKE_REGION`, `TKE_PROVIDER_ID`,
/// `TKE_WEB_IDENTITY_TOKEN_FILE`, `TKE_ROLE_ARN`. **Volcengine**: `VOLCENGINE_OIDC_TOKEN_FILE`, `VOLCENGINE_OIDC_ROLE_TRN`,
/// and, if they are set, `VOLCENGINE_OIDC_ROLE_SESSION_NAME`, `VOLCENGINE_OIDC_ROLE_POLICY`, `VOLCENGINE_OIDC_STS_ENDPOINT`.
///
/// Without any of the variables that must be set it is absent; with some of them, or without the file, it is broken.
#[derive(Clone)]
pub struct WebIdentity {
    vendor: Vendor,
    variables: Variables,
    duration: Duration,
    endpoint: Option<Endpoint>,
}

/// What the variables say.
struct Identity {
    token_file: PathBuf,
    role: String,
    provider_id: Option<String>,
    region: Option<String>,
    session_name: Option<String>,
    policy: Option<String>,
    endpoint: Option<Endpoint>,
}

impl WebIdentity {
    /// The identity that the variables of this process describe.
    pub fn new(vendor: Vendor) -> Self {
        Self {
            vendor,
            variables: Variables::process(),
            duration: default_duration(vendor),
            endpoint: None,
        }
    }

    /// Other variables than those of this process.
    #[must_use]
    pub fn variables(mut self, variables: Variables) -> Self {
        self.variables = variables;
        self
    }

    /// How long a credential lasts, as of [`AssumeRole::duration`](super::AssumeRole::duration).
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = duration;
        self
    }

    /// Another base URL than the vendor's, whatever the variables say: scheme, host and port. Plain `http` only for this
    /// machine.
    ///
    /// # Errors
    ///
    /// It is no such URL.
    pub fn endpoint(mut self, base_url: &str) -> Result<Self, Error> {
        self.endpoint = Some(Endpoint::parse(base_url).map_err(Error::configuration)?);
        Ok(self)
    }

    /// Whether the variables are there, and right as far as can be seen without a network.
    pub(super) fn check(&self) -> Result<(), CredentialError> {
        self.identity().map(drop)
    }

    fn identity(&self) -> Result<Identity, CredentialError> {
        let variables = &self.variables;
        let required: &[&str] = match self.vendor {
            Vendor::Tencent => &[
                "TKE_WEB_IDENTITY_TOKEN_FILE",
                "TKE_ROLE_ARN",
                "TKE_PROVIDER_ID",
                "TKE_REGION",
            ],
            Vendor::Volcengine => &["VOLCENGINE_OIDC_TOKEN_FILE", "VOLCENGINE_OIDC_ROLE_TRN"],
        };
        let mut values = Vec::new();
        let mut missing = Vec::new();
        for name in required {
            match variables.first(&[name])? {
                Some(value) => values.push(value),
                None => missing.push(format!("{name} is not set")),
            }
        }
        if !missing.is_empty() {
            let told = missing.join(", ");
            return Err(if values.is_empty() {
                CredentialError::absent(told)
            } else {
                CredentialError::broken(told)
            });
        }
        let mut values = values.into_iter();
        let (Some(token_file), Some(role)) = (values.next(), values.next()) else {
            unreachable!("each vendor requires a file and a role");
        };
        let optional = |name: &str| match self.vendor {
            Vendor::Tencent => Ok(None),
            Vendor::Volcengine => variables.first(&[name]),
        };
        const ENDPOINT: &str = "VOLCENGINE_OIDC_STS_ENDPOINT";
        let endpoint = optional(ENDPOINT)?
            .map(|text| {
                // The vendor's SDKs take a host.
                let url = if text.contains("://") {
                    text
                } else {
                    format!("https://{text}")
                };
                Endpoint::parse(&url)
            })
            .transpose()
            .map_err(|why| CredentialError::broken(format!("{ENDPOINT}: {why}")))?;
        Ok(Identity {
            token_file: token_file.into(),
            role,
            provider_id: values.next(),
            region: values.next(),
            session_name: optional("VOLCENGINE_OIDC_ROLE_SESSION_NAME")?,
            policy: optional("VOLCENGINE_OIDC_ROLE_POLICY")?,
            endpoint: self.endpoint.clone().or(endpoint),
        })
    }

    async fn ask(&self, surroundings: &Surroundings) -> Result<Credential, CredentialError> {
        let identity = self.identity()?;
        let mut request = request(
            self.vendor,
            &identity.role,
            identity.session_name.as_deref(),
            identity.policy.as_deref(),
            self.duration,
            surroundings.now(),
        )?;
        let path = &identity.token_file;
        let broken = |why: &str| CredentialError::broken(format!("{}: {why}", shown(path)));
        let text =
            file::read(path)?.ok_or_else(|| broken("does not exist, and the variables name it"))?;
        let token = text.trim();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(broken("holds no token"));
        }
        // Never signs: whoever scrubs errors knows by it what must not show.
        let holder = Credential::new("web-identity", token);
        let question = &mut request.question;
        match self.vendor {
            Vendor::Tencent => {
                question.web_identity_token = Some(token.to_owned());
                question.provider_id = identity.provider_id;
            }
            Vendor::Volcengine => question.oidc_token = Some(token.to_owned()),
        }
        let asking = Asking {
            vendor: self.vendor,
            signer: Signer::Fixed(holder),
            is_signed: false,
            region: identity.region.as_deref(),
            endpoint: identity.endpoint.as_ref(),
        };
        sts::ask(surroundings, asking, request).await
    }
}

impl CredentialProvider for WebIdentity {
    fn name(&self) -> String {
        "the workload's identity".to_owned()
    }

    fn credential<'a>(&'a self, surroundings: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(self.ask(surroundings))
    }
}

impl fmt::Debug for WebIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebIdentity")
            .field("vendor", &self.vendor)
            .field("duration", &self.duration)
            .finish_non_exhaustive()
    }
}
