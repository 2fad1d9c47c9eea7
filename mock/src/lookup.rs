//! The names of a call in, its service version and action out.

use std::collections::BTreeMap;
use std::sync::Arc;

use yunqiao_model::api::{Action, Api, ErrorCode, Service, Vendor, VendorInfo};

use crate::fault::Fault;
use crate::protocol::Names;

/// An action and the service version that has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) service: &'a Arc<Service>,
    pub(crate) action: &'a Action,
}

/// What the cloud plays. Services are shared with the records of their calls, which outlive an answer.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    pub(crate) vendors: BTreeMap<Vendor, VendorInfo>,
    /// In the order of vendor, service and version.
    pub(crate) services: Vec<Arc<Service>>,
}

impl Catalogue {
    pub(crate) fn new(api: Api) -> Self {
        Self {
            vendors: api.vendors,
            services: api.services.into_values().map(Arc::new).collect(),
        }
    }

    /// Every action, with its service.
    pub(crate) fn actions(&self) -> impl Iterator<Item = Found<'_>> {
        self.services.iter().flat_map(|service| {
            let found = move |action| Found { service, action };
            service.actions.values().map(found)
        })
    }

    /// Finds the action that a signed call is about. `names.service` is the name in the credential scope; case counts.
    pub(crate) fn find(&self, vendor: Vendor, names: &Names) -> Result<Found<'_>, Fault> {
        let mut versions = self
            .of_vendor(vendor)
            .filter(|service| service.signing_name == names.service)
            .peekable();
        if versions.peek().is_none() {
            return Err(Fault::UnknownService(names.service.clone()));
        }
        for (name, value) in [("Action", &names.action), ("Version", &names.version)] {
            if value.is_empty() {
                return Err(Fault::Missing(name.to_owned()));
            }
        }
        let mut version_known = false;
        for service in versions {
            let action = service.actions.get(&names.action);
            if let Some(action) = action.filter(|it| wire_version(service, it) == names.version) {
                let gone = action.life.removed.is_some();
                return if gone {
                    Err(Fault::Offline(names.action.clone()))
                } else {
                    Ok(Found { service, action })
                };
            }
            let mut actions = service.actions.values();
            version_known |= actions.any(|action| wire_version(service, action) == names.version);
        }
        if version_known {
            return Err(Fault::UnknownAction(names.action.clone()));
        }
        Err(Fault::UnknownVersion(names.version.clone()))
    }

    /// Finds the action of a call without a signature, which names no service; only actions that need no signature count.
    pub(crate) fn find_unsigned(&self, vendor: Vendor, names: &Names) -> Option<Found<'_>> {
        self.of_vendor(vendor).find_map(|service| {
            let action = service.actions.get(&names.action)?;
            let fits = action.unsigned && wire_version(service, action) == names.version;
            fits.then_some(Found { service, action })
        })
    }

    /// What the schemas say about an error code; the service's own words go first.
    pub(crate) fn error_code<'a>(
        &'a self,
        vendor: Vendor,
        service: Option<&'a Arc<Service>>,
        code: &str,
    ) -> Option<&'a ErrorCode> {
        let own = service.and_then(|service| service.errors.get(code));
        own.or_else(|| {
            self.vendors
                .get(&vendor)
                .and_then(|vendor| vendor.errors.get(code))
        })
    }

    fn of_vendor(&self, vendor: Vendor) -> impl Iterator<Item = &Arc<Service>> {
        self.services
            .iter()
            .filter(move |service| service.id.vendor == vendor)
    }
}

fn wire_version<'a>(service: &'a Service, action: &'a Action) -> &'a str {
    action.version.as_deref().unwrap_or(&service.id.version)
}
