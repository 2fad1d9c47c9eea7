//! In: a base URL, the name of a site, or neither, chosen or from variables. Out: where calls go, or why that cannot be.

use crate::credential::{SITE, Variables, endpoint_from_variables, site_from_variables};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Vendor;
use crate::site::Site;

/// The endpoint and the site that variables choose. Looked into here already: who reads the message has to know which variable
/// to mend.
pub(super) fn from_variables(
    vendor: Vendor,
    variables: &Variables,
) -> Result<(Option<String>, Option<Site>), Error> {
    let endpoint = endpoint_from_variables(vendor, variables)?;
    let site = site_from_variables(variables)?.map(Site::from);
    if let Some((variable, url)) = &endpoint
        && let Err(problem) = Endpoint::parse(url)
    {
        return Err(Error::configuration(format!("{variable}: {problem}")));
    }
    if let Some(defect) = site.as_ref().and_then(Site::defect) {
        return Err(Error::configuration(format!("{SITE}: {defect}")));
    }
    if let (Some((variable, _)), Some(_)) = (&endpoint, &site) {
        return Err(Error::configuration(format!(
            "{variable} and {SITE} are both set, and only one can say where calls go: unset the other"
        )));
    }
    Ok((endpoint.map(|(_, url)| url), site))
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
