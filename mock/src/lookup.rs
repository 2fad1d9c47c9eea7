//! The names of a call in, its service version and action out.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;
use yunqiao_model::api::{Action, Api, ErrorCode, ExampleAnswer, Service, Vendor, VendorInfo};

use crate::fault::Fault;
use crate::protocol::Names;

/// An action and the service version that has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) entry: &'a Arc<Entry>,
    pub(crate) service: &'a Arc<Service>,
    pub(crate) action: &'a Action,
}

impl<'a> Found<'a> {
    /// The fields of an answer as they are written, if they are all that an example of the action answers. What is said again and
    /// again is written once.
    pub(crate) fn written(self, fields: &Json) -> Option<&'a str> {
        let answers = |answer: &ExampleAnswer| matches!(answer, ExampleAnswer::Response(known) if std::ptr::eq(known, fields));
        // The envelope has an id of its own.
        if !fields.is_object() || fields.get("RequestId").is_some() {
            return None;
        }
        let mut examples = self.action.examples.iter();
        let at = examples.position(|example| answers(&example.answer))?;
        let text = self.entry.written.get(at)?;
        Some(text.get_or_init(|| fields.to_string()))
    }
}

/// An action that the cloud plays. Shared with the records of its calls, which outlive an answer.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) service: Arc<Service>,
    /// The action's wire name.
    pub(crate) action: String,
    /// Among all of them.
    pub(crate) place: usize,
    /// The answers of the examples, once they were given.
    written: Vec<OnceLock<String>>,
}

impl Entry {
    fn found(self: &Arc<Self>) -> Option<Found<'_>> {
        Some(Found {
            entry: self,
            service: &self.service,
            action: self.service.actions.get(&self.action)?,
        })
    }
}

/// What the cloud plays.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    pub(crate) vendors: BTreeMap<Vendor, VendorInfo>,
    /// In the order of vendor, service and version.
    pub(crate) services: Vec<Arc<Service>>,
    /// Every action, in the order of the services.
    entries: Vec<Arc<Entry>>,
    /// Places of the actions that have a name.
    named: HashMap<String, Vec<usize>>,
}

impl Catalogue {
    pub(crate) fn new(api: Api) -> Self {
        let mut catalogue = Self {
            vendors: api.vendors,
            ..Self::default()
        };
        for service in api.services.into_values().map(Arc::new) {
            for action in service.actions.values() {
                let place = catalogue.entries.len();
                let entry = Entry {
                    service: Arc::clone(&service),
                    action: action.name.clone(),
                    place,
                    written: action.examples.iter().map(|_| OnceLock::new()).collect(),
                };
                catalogue.entries.push(Arc::new(entry));
                let named = catalogue.named.entry(action.name.clone());
                named.or_default().push(place);
            }
            catalogue.services.push(service);
        }
        catalogue
    }

    /// Every action, with its service.
    pub(crate) fn actions(&self) -> impl Iterator<Item = Found<'_>> {
        self.entries.iter().filter_map(Entry::found)
    }

    /// Finds the action that a signed call is about. `names.service` is the name in the credential scope; case counts.
    pub(crate) fn find(&self, vendor: Vendor, names: Names<'_>) -> Result<Found<'_>, Fault> {
        let meant = self.named(vendor, names);
        match meant
            .into_iter()
            .find(|found| found.service.signing_name == names.service)
        {
            Some(found) if found.action.life.removed.is_some() => {
                Err(Fault::Offline(names.action.to_owned()))
            }
            Some(found) => Ok(found),
            None => Err(self.unknown(vendor, names)),
        }
    }

    /// Finds the action of a call without a signature, which names no service; only actions that need no signature count.
    pub(crate) fn find_unsigned(&self, vendor: Vendor, names: Names<'_>) -> Option<Found<'_>> {
        self.named(vendor, names)
            .find(|found| found.action.unsigned)
    }

    /// The actions of a vendor that have the name and the version.
    fn named(&self, vendor: Vendor, names: Names<'_>) -> impl Iterator<Item = Found<'_>> {
        let places = self.named.get(names.action).map_or(&[][..], Vec::as_slice);
        let found = places
            .iter()
            .filter_map(|place| self.entries[*place].found());
        found.filter(
            move |Found {
                      service, action, ..
                  }| {
                service.id.vendor == vendor && wire_version(service, action) == names.version
            },
        )
    }

    /// Why there is no such action.
    fn unknown(&self, vendor: Vendor, names: Names<'_>) -> Fault {
        let services = self
            .services
            .iter()
            .filter(|service| service.id.vendor == vendor && service.signing_name == names.service);
        if services.clone().next().is_none() {
            return Fault::UnknownService(names.service.to_owned());
        }
        for (name, value) in [("Action", names.action), ("Version", names.version)] {
            if value.is_empty() {
                return Fault::Missing(name.to_owned());
            }
        }
        let has_version = |service: &Arc<Service>| {
            let mut actions = service.actions.values();
            actions.any(|action| wire_version(service, action) == names.version)
        };
        if services.into_iter().any(has_version) {
            return Fault::UnknownAction(names.action.to_owned());
        }
        Fault::UnknownVersion(names.version.to_owned())
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
}

fn wire_version<'a>(service: &'a Service, action: &'a Action) -> &'a str {
    action.version.as_deref().unwrap_or(&service.id.version)
}
