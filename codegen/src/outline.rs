//! A service version in, what the crate around it has to know of it out: enough for the root, the manifest and the features.

use std::collections::BTreeMap;

use yunqiao_model::Diagnostic;
use yunqiao_model::api::{ServiceId, Vendor, VendorInfo};

use crate::emit;
use crate::names::{self, NamedCode, NamedService, case};

/// What the crate's own files say of a service version. Outlines of all service versions are enough to write those files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Vendor, name and version.
    pub id: ServiceId,
    /// Name for people.
    pub title: String,
    /// How many actions it has.
    pub actions: usize,
    /// It has an example program.
    pub has_calls: bool,
    /// It has the action that the crate's documentation calls.
    pub has_doc_example: bool,
}

impl Outline {
    pub(crate) fn of(service: &NamedService<'_>) -> Self {
        Self {
            id: service.service.id.clone(),
            title: service.service.title.clone(),
            actions: service.actions.len(),
            has_calls: emit::has_calls(service),
            has_doc_example: service
                .actions
                .iter()
                .any(|action| action.action.name == emit::DOC_EXAMPLE),
        }
    }
}

/// Names that follow from the vendor, the service and the version.
pub(crate) trait Places {
    fn id(&self) -> &ServiceId;

    /// Module of the service, for example `essbasic`.
    fn module(&self) -> String {
        case::identifier(&self.id().service, &[])
    }

    /// Module of the version, for example `v20210526`.
    fn version_module(&self) -> String {
        format!("v{}", self.id().version.replace('-', ""))
    }

    /// Cargo feature of this version.
    fn feature(&self) -> String {
        format!("{}-{}", self.service_feature(), self.version_module())
    }

    /// Cargo feature of the service.
    fn service_feature(&self) -> String {
        format!(
            "{}-{}",
            self.id().vendor,
            self.id().service.replace('_', "-")
        )
    }

    /// Path of the version's module below the crate.
    fn path(&self) -> String {
        format!(
            "{}::{}::{}",
            self.id().vendor,
            self.module(),
            self.version_module()
        )
    }

    /// Name of the version's example program.
    fn example_name(&self) -> String {
        self.path().replace("::", "_")
    }
}

impl Places for Outline {
    fn id(&self) -> &ServiceId {
        &self.id
    }
}

impl Places for NamedService<'_> {
    fn id(&self) -> &ServiceId {
        &self.service.id
    }
}

/// The crate as its own files see it.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    pub(crate) vendors: Vec<FramedVendor<'a>>,
}

/// A vendor's module.
#[derive(Debug)]
pub(crate) struct FramedVendor<'a> {
    pub(crate) vendor: Vendor,
    pub(crate) info: Option<&'a VendorInfo>,
    pub(crate) codes: Vec<NamedCode<'a>>,
    /// Service versions, oldest first within a service.
    pub(crate) services: Vec<&'a Outline>,
}

impl<'a> Frame<'a> {
    /// Names what the vendors share, and reports what cannot be named.
    pub(crate) fn new(
        infos: &'a BTreeMap<Vendor, VendorInfo>,
        outlines: &'a [Outline],
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut sorted: Vec<&Outline> = outlines.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let vendors = Vendor::ALL.into_iter().map(|vendor| {
            let info = infos.get(&vendor);
            let of_vendor = |outline: &&Outline| outline.id.vendor == vendor;
            FramedVendor {
                vendor,
                info,
                codes: info.map_or_else(Vec::new, |info| names::codes(&info.errors, problems)),
                services: sorted.iter().copied().filter(of_vendor).collect(),
            }
        });
        let vendors = vendors.filter(|vendor| vendor.info.is_some() || !vendor.services.is_empty());
        Self {
            vendors: vendors.collect(),
        }
    }
}
