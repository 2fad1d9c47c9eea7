//! In: several sources in an order. Out: the credential of the first that is there, or one error that tells of each.

use std::fmt;
use std::sync::OnceLock;

use super::variables::Variables;
use super::{
    Credential, CredentialError, CredentialFuture, CredentialProvider, Environment, InstanceRole,
    Profile, Surroundings, WebIdentity,
};
use crate::operation::Vendor;

/// Sources that are tried one after the other, until one is there.
///
/// A source that is [absent](CredentialError::absent) is passed over. One that is [broken](CredentialError::broken) ends the
/// search: half of a pair, a file that cannot be read or a role that is refused is a mistake to be mended, and the next
/// source may belong to another account. For the same reason a source that has served once is the only one that is asked for
/// the next credential.
///
/// ```
/// use yunqiao_runtime::credential::{Chain, Environment, Profile};
/// use yunqiao_runtime::{Config, Vendor};
///
/// # fn main() -> Result<(), yunqiao_runtime::Error> {
/// // Without the metadata service.
/// let chain = Chain::new().then(Environment::new(Vendor::Tencent)).then(Profile::new(Vendor::Tencent));
/// let config = Config::builder().credential_provider(chain).build()?;
/// # let _ = config;
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
pub struct Chain {
    vendor: Option<Vendor>,
    links: Vec<Link>,
    /// The place of the source that has served.
    served: OnceLock<usize>,
}

enum Link {
    Environment(Environment),
    Profile(Profile),
    InstanceRole(InstanceRole),
    WebIdentity(WebIdentity),
    Other(Box<dyn CredentialProvider>),
}

/// What can be said of a chain without a network.
pub(crate) enum Outlook {
    /// This credential.
    Known(Credential),
    /// A source that has to be asked over a network comes first.
    Later,
}

impl Chain {
    /// A chain without sources.
    pub fn new() -> Self {
        Self::default()
    }

    /// The vendor's default chain. Tencent Cloud: [`Environment`], [`Profile`], [`InstanceRole`], [`WebIdentity`].
    /// Volcengine: [`Environment`], [`WebIdentity`], [`Profile`], [`InstanceRole`].
    ///
    /// Where there is none of them, the search is over within about two seconds.
    pub fn of(vendor: Vendor) -> Self {
        Self::looking_up(vendor, &Variables::process())
    }

    /// The vendor's default chain with other variables than those of this process.
    pub fn looking_up(vendor: Vendor, variables: &Variables) -> Self {
        let environment = Environment::new(vendor).variables(variables.clone());
        let profile = Profile::new(vendor).variables(variables.clone());
        let role = InstanceRole::new(vendor).variables(variables.clone());
        let identity = WebIdentity::new(vendor).variables(variables.clone());
        let (first, last) = (Link::Environment(environment), Link::Profile(profile));
        let (role, identity) = (Link::InstanceRole(role), Link::WebIdentity(identity));
        Self {
            vendor: Some(vendor),
            links: match vendor {
                Vendor::Tencent => vec![first, last, role, identity],
                Vendor::Volcengine => vec![first, identity, last, role],
            },
            served: OnceLock::new(),
        }
    }

    /// One more source, after all others.
    #[must_use]
    pub fn then(mut self, provider: impl CredentialProvider + 'static) -> Self {
        self.links.push(Link::Other(Box::new(provider)));
        self
    }

    /// Tries what needs no network, so that mistakes show before the first call.
    pub(crate) fn outlook(&self, now: i64) -> Result<Outlook, CredentialError> {
        let mut told = Vec::new();
        for link in &self.links {
            let outcome = match link {
                Link::Environment(environment) => environment.read().map(Outlook::Known),
                Link::Profile(profile) => profile.read(now).map(Outlook::Known),
                Link::InstanceRole(role) => role.is_off().map(|()| Outlook::Later),
                Link::WebIdentity(identity) => identity.check().map(|()| Outlook::Later),
                Link::Other(_) => Ok(Outlook::Later),
            };
            match outcome {
                Ok(outlook) => return Ok(outlook),
                Err(error) => note(&mut told, link.provider(), error)?,
            }
        }
        Err(nothing(&told))
    }

    async fn search(&self, surroundings: &Surroundings) -> Result<Credential, CredentialError> {
        if let Some(place) = self.served.get() {
            let provider = self.links[*place].provider();
            let outcome = provider.credential(surroundings).await;
            return outcome
                .map_err(|error| CredentialError::broken(format!("{}: {error}", provider.name())));
        }
        let mut told = Vec::new();
        for (place, link) in self.links.iter().enumerate() {
            let provider = link.provider();
            match provider.credential(surroundings).await {
                Ok(credential) => {
                    let _ = self.served.set(place);
                    return Ok(credential);
                }
                Err(error) => note(&mut told, provider, error)?,
            }
        }
        Err(nothing(&told))
    }
}

impl Link {
    fn provider(&self) -> &dyn CredentialProvider {
        match self {
            Self::Environment(environment) => environment,
            Self::Profile(profile) => profile,
            Self::InstanceRole(role) => role,
            Self::WebIdentity(identity) => identity,
            Self::Other(provider) => provider,
        }
    }
}

/// Notes why a source is passed over; a broken one is the end.
fn note(
    told: &mut Vec<String>,
    provider: &dyn CredentialProvider,
    error: CredentialError,
) -> Result<(), CredentialError> {
    let name = provider.name();
    told.push(format!("\n  {name}: {error}"));
    if error.is_absent() {
        return Ok(());
    }
    let all = told.concat();
    Err(CredentialError::broken(format!(
        "{name} does not work, and the sources after it are not tried, since they may belong to another account:{all}"
    )))
}

fn nothing(told: &[String]) -> CredentialError {
    CredentialError::absent(format!("no source has a credential:{}", told.concat()))
}

impl CredentialProvider for Chain {
    fn name(&self) -> String {
        match self.vendor {
            Some(vendor) => format!("the credential chain of {vendor}"),
            None => "the credential chain".to_owned(),
        }
    }

    fn credential<'a>(&'a self, surroundings: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(self.search(surroundings))
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.links.iter().map(|link| link.provider().name());
        f.debug_list().entries(names).finish()
    }
}
