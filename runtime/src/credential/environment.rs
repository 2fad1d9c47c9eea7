//! In: the variables of a process. Out: a credential, a region, an endpoint or a site, or what was looked at and not found.

use super::variables::{Reading, Variables};
use super::{Credential, CredentialError, CredentialFuture, CredentialProvider, Surroundings};
use crate::error::Error;
use crate::operation::Vendor;

/// The vendor's environment variables, as [`Credential::from_env`] reads them.
///
/// Without any of them it is absent; with an id and no key, or the reverse, it is broken.
#[derive(Debug, Clone)]
pub struct Environment {
    vendor: Vendor,
    variables: Variables,
}

impl Environment {
    /// The variables of this process.
    pub fn new(vendor: Vendor) -> Self {
        Self {
            vendor,
            variables: Variables::process(),
        }
    }

    /// Other variables than those of this process.
    #[must_use]
    pub fn variables(mut self, variables: Variables) -> Self {
        self.variables = variables;
        self
    }

    pub(super) fn read(&self) -> Result<Credential, CredentialError> {
        credential(self.vendor, &self.variables)
    }
}

impl CredentialProvider for Environment {
    fn name(&self) -> String {
        "the environment".to_owned()
    }

    fn credential<'a>(&'a self, _: &'a Surroundings) -> CredentialFuture<'a> {
        Box::pin(async { self.read() })
    }
}

/// The names of one part, the first that is set wins (order of the vendors' SDKs).
struct Names {
    id: &'static [&'static str],
    key: &'static [&'static str],
    token: &'static [&'static str],
    region: &'static str,
    endpoint: Option<&'static str>,
}

const TENCENT: Names = Names {
    id: &["TENCENTCLOUD_SECRET_ID"],
    key: &["TENCENTCLOUD_SECRET_KEY"],
    token: &["TENCENTCLOUD_TOKEN"],
    region: "TENCENTCLOUD_REGION",
    endpoint: None,
};

const VOLCENGINE: Names = Names {
    id: &[
        "VOLCENGINE_ACCESS_KEY",
        "VOLCSTACK_ACCESS_KEY_ID",
        "VOLCSTACK_ACCESS_KEY",
        "VOLC_ACCESSKEY",
    ],
    key: &[
        "VOLCENGINE_SECRET_KEY",
        "VOLCSTACK_SECRET_ACCESS_KEY",
        "VOLCSTACK_SECRET_KEY",
        "VOLC_SECRETKEY",
    ],
    token: &["VOLCENGINE_SESSION_TOKEN", "VOLCSTACK_SESSION_TOKEN"],
    region: "VOLCENGINE_REGION",
    endpoint: Some("VOLCENGINE_ENDPOINT"),
};

/// A base URL in place of every vendor's hosts.
const ENDPOINT: &str = "YUNQIAO_ENDPOINT";

/// The name of the hosts to call.
pub(crate) const SITE: &str = "YUNQIAO_SITE";

fn names(vendor: Vendor) -> &'static Names {
    match vendor {
        Vendor::Tencent => &TENCENT,
        Vendor::Volcengine => &VOLCENGINE,
    }
}

/// The vendor's credential.
pub(super) fn credential(
    vendor: Vendor,
    variables: &Variables,
) -> Result<Credential, CredentialError> {
    let names = names(vendor);
    let mut complaints = Vec::new();
    let id = required(names.id, variables, &mut complaints);
    let key = required(names.key, variables, &mut complaints);
    let token = variables.first(names.token).unwrap_or_else(|complaint| {
        complaints.push((true, complaint.to_string()));
        None
    });
    match (id, key) {
        (Some(id), Some(key)) if complaints.is_empty() => {
            let credential = Credential::new(id, key);
            Ok(match token {
                Some(token) => credential.with_token(token),
                None => credential,
            })
        }
        (id, key) => {
            let is_meant = id.is_some() || key.is_some() || complaints.iter().any(|(bad, _)| *bad);
            let told: Vec<String> = complaints.into_iter().map(|(_, told)| told).collect();
            let told = told.join("; ");
            Err(if is_meant {
                CredentialError::broken(told)
            } else {
                CredentialError::absent(told)
            })
        }
    }
}

/// The vendor's region variable; an unset or empty one means none.
pub(crate) fn region(vendor: Vendor, variables: &Variables) -> Result<Option<String>, Error> {
    optional(names(vendor).region, variables)
}

/// The endpoint, not looked into yet, with the variable that it comes from: ours, or else the vendor's own, which may be a host
/// without a scheme. An unset or empty one means none.
pub(crate) fn endpoint(
    vendor: Vendor,
    variables: &Variables,
) -> Result<Option<(&'static str, String)>, Error> {
    if let Some(url) = optional(ENDPOINT, variables)? {
        return Ok(Some((ENDPOINT, url)));
    }
    let Some(name) = names(vendor).endpoint else {
        return Ok(None);
    };
    let value = optional(name, variables)?;
    Ok(value.map(|value| {
        let has_scheme = value.contains("://");
        let url = if has_scheme {
            value
        } else {
            format!("https://{value}")
        };
        (name, url)
    }))
}

/// The site variable, not looked into yet; an unset or empty one means none.
pub(crate) fn site(variables: &Variables) -> Result<Option<String>, Error> {
    optional(SITE, variables)
}

fn optional(name: &str, variables: &Variables) -> Result<Option<String>, Error> {
    let value = variables.first(&[name]);
    value.map_err(|complaint| Error::configuration(complaint.to_string()))
}

/// The first that is set; otherwise what is wrong, and whether that is a value that somebody has set.
fn required(
    names: &[&str],
    variables: &Variables,
    complaints: &mut Vec<(bool, String)>,
) -> Option<String> {
    match variables.first(names) {
        Ok(Some(value)) => Some(value),
        Ok(None) => {
            let tried: Vec<String> = names
                .iter()
                .map(|name| match variables.read(name) {
                    Reading::Empty => format!("{name} is empty"),
                    _ => format!("{name} is not set"),
                })
                .collect();
            complaints.push((false, tried.join(", ")));
            None
        }
        Err(complaint) => {
            complaints.push((true, complaint.to_string()));
            None
        }
    }
}

#[cfg(test)]
mod tests;
