//! In: a configuration and an action. Out: the server to call and the region to call it for, or why there is none.

use std::borrow::Cow;

use crate::config::Settings;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::{Action, RegionRule};
use crate::site::Site;
use crate::vendor::Protocol;

/// What stands in a host for the region.
const REGION: &str = "{region}";

/// The region that is sent or signed, if any.
pub(super) fn region<'a>(
    settings: &'a Settings,
    action: &'a Action,
    protocol: &dyn Protocol,
) -> Result<Option<&'a str>, Error> {
    let rule = action.region_rule();
    let configured = if rule == RegionRule::Unused {
        None
    } else {
        settings.region.as_deref()
    };
    let service = &*action.service;
    // Another site may be in another part of the world.
    let of_site = settings.site.as_ref();
    let of_site = of_site.and_then(|site| service.default_regions.get(site.as_str()));
    let region = configured.or(of_site).or(service.default_region.as_deref());
    if region.is_none()
        && (rule == RegionRule::Required || (protocol.signs_region() && action.signed))
    {
        let message = "needs a region and none is configured: set Config::builder().region(...), for example \"ap-guangzhou\" \
                       (Tencent Cloud) or \"cn-north-1\" (Volcengine)";
        return Err(Error::configuration(message));
    }
    Ok(region)
}

/// The server. What the call is sent to by mistake may be production, so a host that is not known is no reason to guess.
pub(super) fn endpoint(
    settings: &Settings,
    action: &Action,
    region: Option<&str>,
) -> Result<Endpoint, Error> {
    if let Some(endpoint) = &settings.endpoint {
        return Ok(endpoint.clone());
    }
    let host = match &settings.site {
        None => action.serving_host(),
        Some(site) if site.is_production() => action.serving_host(),
        Some(site) => action
            .host_at(site.as_str())
            .ok_or_else(|| unknown(site, action))?,
    };
    // An action that sends no region may have a host for each.
    let host = placed(host, region.or(settings.region.as_deref()))?;
    Ok(Endpoint::of_host(&host))
}

fn unknown(site: &Site, action: &Action) -> Error {
    let names = match Vec::from_iter(action.sites()) {
        names if names.is_empty() => "none".to_owned(),
        names => names.join(", "),
    };
    Error::configuration(format!(
        "has no host called \"{site}\" and is called nowhere else instead: beside production it has {names}; a client that is to \
         call it needs another Config::builder().site(...), or leaves it out"
    ))
}

/// A host with its region in place.
fn placed<'a>(host: &'a str, region: Option<&str>) -> Result<Cow<'a, str>, Error> {
    if !host.contains(REGION) {
        return Ok(Cow::Borrowed(host));
    }
    let Some(region) = region else {
        return Err(Error::configuration(format!(
            "is served by a host for each region, {host}, and none is configured: set Config::builder().region(...)"
        )));
    };
    // Capital letters would be signed as they are and sent as small ones, and a dot would make more labels of one.
    let is_label = region
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !region.starts_with('-')
        && !region.ends_with('-');
    if !is_label {
        return Err(Error::configuration(format!(
            "is served by a host for each region, {host}, which the region {region:?} cannot be a part of: write it as \
             \"ap-guangzhou\""
        )));
    }
    Ok(Cow::Owned(host.replace(REGION, region)))
}
