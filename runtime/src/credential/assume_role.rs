//! In: who may act as a role. Out: the role's temporary credential, got anew before it ends.

use std::fmt;
use std::time::Duration;

use super::sts::{self, Asking, Question, Request};
use super::{CredentialError, CredentialFuture, CredentialProvider, Signer, Surroundings};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Vendor;
use crate::sign::percent_encode;

/// A role that another credential may assume (`AssumeRole` of the vendor's Security Token Service).
///
/// ```
/// use std::time::Duration;
/// use yunqiao_runtime::credential::AssumeRole;
/// use yunqiao_runtime::{Config, Credential, Vendor};
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// let own = Credential::new("AKLTexample", "a-secret-key");
/// let role = AssumeRole::new(Vendor::Volcengine, own, "trn:iam::2100000000:role/reader")
///     .session_name("report")
///     .duration(Duration::from_secs(900));
/// let config = Config::builder().credential_provider(role).build()?;
/// # let _ = config;
/// # Ok(())
/// # }
/// ```
pub struct AssumeRole {
    vendor: Vendor,
    base: Signer,
    role: String,
    session_name: Option<String>,
    duration: Duration,
    policy: Option<String>,
    external_id: Option<String>,
    region: Option<String>,
    endpoint: Option<Endpoint>,
}

impl AssumeRole {
    /// The role of this name: `qcs::cam::uin/100012345678:roleName/reader` of Tencent Cloud,
    /// `trn:iam::2100000000:role/reader` of Volcengine. `base` signs the call; a credential of it that ends is renewed too.
    pub fn new(
        vendor: Vendor,
        base: impl CredentialProvider + 'static,
        role: impl Into<String>,
    ) -> Self {
        Self {
            vendor,
            base: Signer::provided(base),
            role: role.into(),
            session_name: None,
            duration: default_duration(vendor),
            policy: None,
            external_id: None,
            region: None,
            endpoint: None,
        }
    }

    /// The session's name in the vendor's audit log; `yunqiao-` and the time by default.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session_name = Some(name.into());
        self
    }

    /// How long a credential lasts: 7200 seconds by default for Tencent Cloud (at most 43200), 3600 for Volcengine (at least
    /// 900).
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = duration;
        self
    }

    /// A policy, as JSON, that narrows what the role may do.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// The external id that the role asks for (Tencent Cloud).
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// The region of the call: `ap-guangzhou` by default for Tencent Cloud, `cn-north-1` for Volcengine.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Another base URL than the vendor's, as for BytePlus or the internal network: scheme, host and port. Plain `http` only
    /// for this machine. Without it, a configuration that calls a local cloud asks that one.
    ///
    /// # Errors
    ///
    /// It is no such URL.
    pub fn endpoint(mut self, base_url: &str) -> Result<Self, Error> {
        self.endpoint = Some(Endpoint::parse(base_url).map_err(Error::configuration)?);
        Ok(self)
    }

    async fn ask(&self, surroundings: &Surroundings) -> Result<super::Credential, CredentialError> {
        let mut request = request(
            self.vendor,
            &self.role,
            self.session_name.as_deref(),
            self.policy.as_deref(),
            self.duration,
            surroundings.now(),
        )?;
        request.question.external_id = self.external_id.clone();
        let asking = Asking {
            vendor: self.vendor,
            signer: self.base.clone(),
            is_signed: true,
            region: self.region.as_deref(),
            endpoint: self.endpoint.as_ref(),
        };
        sts::ask(surroundings, asking, request).await
    }
}

/// How long the vendor's SDKs ask for.
pub(super) fn default_duration(vendor: Vendor) -> Duration {
    Duration::from_secs(match vendor {
        Vendor::Tencent => 7200,
        Vendor::Volcengine => 3600,
    })
}

/// What the actions of both kinds have in common.
pub(super) fn request(
    vendor: Vendor,
    role: &str,
    session_name: Option<&str>,
    policy: Option<&str>,
    duration: Duration,
    now: i64,
) -> Result<Request, CredentialError> {
    let seconds = duration.as_secs();
    let (allowed, told) = match vendor {
        Vendor::Tencent => (1..=43_200, "1 to 43200"),
        Vendor::Volcengine => (900..=43_200, "900 to 43200"),
    };
    if !allowed.contains(&seconds) {
        return Err(CredentialError::broken(format!(
            "a role of {vendor} is assumed for {told} seconds, not for {seconds}"
        )));
    }
    let mut question = Question::default();
    question.role_session_name =
        Some(session_name.map_or_else(|| format!("yunqiao-{now}"), str::to_owned));
    match vendor {
        Vendor::Tencent => {
            question.role_arn = Some(role.to_owned());
            // This one parameter the vendor wants encoded within the JSON.
            question.policy = policy.map(percent_encode);
        }
        Vendor::Volcengine => {
            question.role_trn = Some(role.to_owned());
            question.policy = policy.map(str::to_owned);
        }
    }
    Ok(Request {
        question,
        duration_seconds: Some(seconds.try_into().unwrap_or(i64::MAX)),
    })
}

impl CredentialProvider for AssumeRole {
    fn name(&self) -> String {
        format!("the assumed role {}", crate::excerpt::line(&self.role))
    }

    fn credential<'a>(&'a self, surroundings: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(self.ask(surroundings))
    }
}

impl fmt::Debug for AssumeRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssumeRole")
            .field("vendor", &self.vendor)
            .field("base", &self.base)
            .field("role", &self.role)
            .field("duration", &self.duration)
            .finish_non_exhaustive()
    }
}
