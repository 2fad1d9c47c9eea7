//! In: the metadata service of the instance that the program runs on. Out: the temporary credential of its role.

mod tencent;
mod volcengine;

use std::sync::{Arc, OnceLock};

use super::metadata::{Metadata, role_name, within};
use super::variables::Variables;
use super::{CredentialError, CredentialFuture, CredentialProvider, Surroundings};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Vendor;
use crate::transport::Http;

/// The role that is bound to the instance: of a CVM, from `metadata.tencentyun.com`; of an ECS, from `100.96.0.96` (with a
/// token, as the second version of that service wants it).
///
/// It is absent where there is no such service, or no role is bound; finding out takes at most two seconds, and so does
/// getting the credential. Once the service has named a role, whatever fails is broken.
///
/// `VOLCENGINE_ECS_METADATA` names the role of an ECS, and `VOLCENGINE_ECS_METADATA_DISABLED=true` switches it off. Tencent
/// Cloud's SDKs have no such variable: a program that must not ask makes a [`Chain`](super::Chain) without this source.
#[derive(Debug, Clone)]
pub struct InstanceRole {
    vendor: Vendor,
    variables: Variables,
    role: Option<String>,
    endpoint: Option<Endpoint>,
    /// Made when it is needed: to read the trusted certificates takes a while.
    client: Arc<OnceLock<Http>>,
}

impl InstanceRole {
    /// The role that the instance has.
    pub fn new(vendor: Vendor) -> Self {
        Self {
            vendor,
            variables: Variables::process(),
            role: None,
            endpoint: None,
            client: Arc::default(),
        }
    }

    /// The role of this name, without asking which one is bound. If it cannot be had, this source is broken, not absent.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    /// Other variables than those of this process.
    #[must_use]
    pub fn variables(mut self, variables: Variables) -> Self {
        self.variables = variables;
        self
    }

    /// Another base URL than the vendor's, for tests: scheme, host and port. Plain `http` only for this machine.
    ///
    /// # Errors
    ///
    /// It is no such URL.
    pub fn endpoint(mut self, base_url: &str) -> Result<Self, Error> {
        self.endpoint = Some(Endpoint::parse(base_url).map_err(Error::configuration)?);
        Ok(self)
    }

    /// Why nobody is to be asked, if so.
    pub(super) fn is_off(&self) -> Result<(), CredentialError> {
        const OFF: &str = "VOLCENGINE_ECS_METADATA_DISABLED";
        let value = match self.vendor {
            Vendor::Tencent => None,
            Vendor::Volcengine => self.variables.first(&[OFF])?,
        };
        match value.filter(|value| value.eq_ignore_ascii_case("true")) {
            Some(_) => Err(CredentialError::absent(format!("switched off by {OFF}"))),
            None => Ok(()),
        }
    }

    /// The role that somebody has named.
    fn named(&self) -> Result<Option<String>, CredentialError> {
        let name = match (&self.role, self.vendor) {
            (Some(name), _) => Some(name.clone()),
            (None, Vendor::Volcengine) => self.variables.first(&["VOLCENGINE_ECS_METADATA"])?,
            (None, Vendor::Tencent) => None,
        };
        match name {
            Some(name) if role_name(&name).is_none() => Err(CredentialError::broken(
                "the name of the role has characters that no role's name has",
            )),
            name => Ok(name),
        }
    }

    async fn ask(&self) -> Result<super::Credential, CredentialError> {
        self.is_off()?;
        let named = self.named()?;
        // Nobody has said that there is a role until the service does.
        let unnamed = |why: String| match &named {
            None => CredentialError::absent(why),
            Some(name) => CredentialError::broken(format!("role {name}: {why}")),
        };
        match self.vendor {
            Vendor::Tencent => {
                let metadata = Metadata::at(tencent::BASE, self.endpoint.as_ref(), &self.client)
                    .map_err(unnamed)?;
                let role = match &named {
                    Some(name) => name.clone(),
                    None => within(tencent::role(&metadata)).await.map_err(unnamed)?,
                };
                within(tencent::credential(&metadata, &role))
                    .await
                    .map_err(|why| CredentialError::broken(format!("role {role}: {why}")))
            }
            Vendor::Volcengine => {
                let metadata = Metadata::at(volcengine::BASE, self.endpoint.as_ref(), &self.client)
                    .map_err(unnamed)?;
                let (token, role) = within(volcengine::role(&metadata, named.clone()))
                    .await
                    .map_err(unnamed)?;
                within(volcengine::credential(&metadata, &token, &role))
                    .await
                    .map_err(|why| CredentialError::broken(format!("role {role}: {why}")))
            }
        }
    }
}

impl CredentialProvider for InstanceRole {
    fn name(&self) -> String {
        "the instance role".to_owned()
    }

    fn credential<'a>(&'a self, _: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(self.ask())
    }
}
