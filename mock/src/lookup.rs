//! The names of a call in, its service version and action out.

use yunqiao_model::api::{Action, Api, ErrorCode, Service, Vendor};

use crate::fault::Fault;
use crate::protocol::Names;

/// An action and the service version that has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) service: &'a Service,
    pub(crate) action: &'a Action,
}

/// Finds the action that a signed call is about. `names.service` is the name in the credential scope; case counts.
pub(crate) fn find<'a>(api: &'a Api, vendor: Vendor, names: &Names) -> Result<Found<'a>, Fault> {
    let versions: Vec<&Service> = of_vendor(api, vendor)
        .filter(|service| service.signing_name == names.service)
        .collect();
    if versions.is_empty() {
        return Err(Fault::UnknownService(names.service.clone()));
    }
    for (name, value) in [("Action", &names.action), ("Version", &names.version)] {
        if value.is_empty() {
            return Err(Fault::Missing(name.to_owned()));
        }
    }
    let mut version_known = false;
    for service in versions {
        for action in service
            .actions
            .values()
            .filter(|action| wire_version(service, action) == names.version)
        {
            version_known = true;
            if action.name == names.action {
                let gone = action.life.removed.is_some();
                return if gone {
                    Err(Fault::Offline(names.action.clone()))
                } else {
                    Ok(Found { service, action })
                };
            }
        }
    }
    if version_known {
        return Err(Fault::UnknownAction(names.action.clone()));
    }
    Err(Fault::UnknownVersion(names.version.clone()))
}

/// Finds the action of a call without a signature, which names no service; only actions that need no signature count.
pub(crate) fn find_unsigned<'a>(api: &'a Api, vendor: Vendor, names: &Names) -> Option<Found<'a>> {
    let candidates = of_vendor(api, vendor).flat_map(|service| {
        service
            .actions
            .values()
            .map(move |action| Found { service, action })
    });
    candidates.into_iter().find(|Found { service, action }| {
        action.unsigned
            && action.name == names.action
            && wire_version(service, action) == names.version
    })
}

/// What the schemas say about an error code; the service's own words go first.
pub(crate) fn error_code<'a>(
    api: &'a Api,
    vendor: Vendor,
    service: Option<&'a Service>,
    code: &str,
) -> Option<&'a ErrorCode> {
    let own = service.and_then(|service| service.errors.get(code));
    own.or_else(|| {
        api.vendors
            .get(&vendor)
            .and_then(|vendor| vendor.errors.get(code))
    })
}

fn of_vendor(api: &Api, vendor: Vendor) -> impl Iterator<Item = &Service> {
    api.services
        .values()
        .filter(move |service| service.id.vendor == vendor)
}

fn wire_version<'a>(service: &'a Service, action: &'a Action) -> &'a str {
    action.version.as_deref().unwrap_or(&service.id.version)
}
