//! In: a base URL, the name of a site, or neither, chosen or from variables. Out: where calls go, or why that cannot be.

use crate::credential::{ENDPOINT, SITE, Variables, endpoint_from_variables, site_from_variables};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::site::Site;

/// The endpoint and the site that variables choose. Looked into here already: who reads the message has to know which variable
/// to mend.
pub(super) fn from_variables(
    variables: &Variables,
) -> Result<(Option<String>, Option<Site>), Error> {
    let endpoint = endpoint_from_variables(variables)?;
    let site = site_from_variables(variables)?.map(Site::from);
    if let Some(Err(problem)) = endpoint.as_deref().map(Endpoint::parse) {
        return Err(Error::configuration(format!("{ENDPOINT}: {problem}")));
    }
    if let Some(defect) = site.as_ref().and_then(Site::defect) {
        return Err(Error::configuration(format!("{SITE}: {defect}")));
    }
    if endpoint.is_some() && site.is_some() {
        return Err(Error::configuration(format!(
            "{ENDPOINT} and {SITE} are both set, and only one can say where calls go: unset the other"
        )));
    }
    Ok((endpoint, site))
}

/// The endpoint that takes the place of every host, if one is chosen; and nothing else is.
pub(super) fn check(
    endpoint: Option<&str>,
    site: Option<&Site>,
) -> Result<Option<Endpoint>, Error> {
    if let Some(defect) = site.and_then(Site::defect) {
        return Err(Error::configuration(defect));
    }
    if let (Some(_), Some(site)) = (endpoint, site) {
        return Err(Error::configuration(format!(
            "an endpoint and the site \"{site}\" are both chosen, and only one can say where calls go: leave out .endpoint(...) \
             or .site(...)"
        )));
    }
    let endpoint = endpoint.map(Endpoint::parse).transpose();
    endpoint.map_err(Error::configuration)
}
