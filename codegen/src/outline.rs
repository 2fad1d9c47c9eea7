//! A service version in, what the crate around it has to know of it out: enough for the root, the manifest, the features
//! and the client of all versions.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_model::Diagnostic;
use yunqiao_model::api::{Field, ServiceId, Vendor, VendorInfo};

use crate::emit;
use crate::names::{self, NamedAction, NamedCode, NamedService, case};

mod words;

/// What the crate's own files say of a service version. Outlines of all service versions are enough to write those files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Vendor, name and version.
    pub id: ServiceId,
    pub(crate) title: String,
    pub(crate) doc: String,
    /// The vendor's page.
    pub(crate) docs: Option<String>,
    pub(crate) actions: Vec<OutlinedAction>,
    /// Structs, then enums.
    pub(crate) types: Vec<OutlinedType>,
    pub(crate) codes: Vec<OutlinedCode>,
    /// It has the action that the crate's documentation calls.
    pub(crate) has_doc_example: bool,
    /// Some action starts a job that can be waited for.
    pub(crate) has_jobs: bool,
}

/// An action as a client of several versions shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OutlinedAction {
    /// Name on the wire.
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) request: String,
    pub(crate) response: String,
    pub(crate) former: Option<OutlinedFormer>,
    pub(crate) summary: String,
    /// Why it is deprecated, if it is.
    pub(crate) note: Option<String>,
    pub(crate) streaming: bool,
    /// Types that its request and answer name, by their place among the types.
    pub(crate) uses: Vec<usize>,
}

/// The names that an action had before it was renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OutlinedFormer {
    /// Name on the wire.
    pub(crate) name: String,
    /// Absent where only the spelling on the wire has changed.
    pub(crate) method: Option<String>,
    pub(crate) request: String,
    pub(crate) response: String,
}

/// A struct or an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OutlinedType {
    pub(crate) rust: String,
    pub(crate) former: Option<String>,
    /// Types that its fields name, by their place among the types.
    pub(crate) uses: Vec<usize>,
}

/// An error code's constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OutlinedCode {
    pub(crate) rust: String,
    pub(crate) code: String,
    pub(crate) doc: String,
    /// Why it is deprecated, if it is.
    pub(crate) note: Option<String>,
}

impl Outline {
    pub(crate) fn of(service: &NamedService<'_>) -> Self {
        let item = service.service;
        let structs = service.structs.iter().map(|item| item.item.name.as_str());
        let enums = service.enums.iter().map(|item| item.item.name.as_str());
        let places: BTreeMap<&str, usize> = structs.chain(enums).zip(0..).collect();
        Self {
            id: item.id.clone(),
            title: item.title.clone(),
            doc: item.doc.clone(),
            docs: item.docs.clone(),
            actions: service
                .actions
                .iter()
                .map(|action| OutlinedAction::of(action, &places))
                .collect(),
            types: types(service, &places),
            codes: service.codes.iter().map(OutlinedCode::of).collect(),
            has_doc_example: item.actions.contains_key(emit::DOC_EXAMPLE),
            has_jobs: emit::long::has_jobs(service),
        }
    }

    /// How many actions it has.
    #[must_use]
    pub fn actions(&self) -> usize {
        self.actions.len()
    }
}

impl OutlinedAction {
    fn of(item: &NamedAction<'_>, places: &BTreeMap<&str, usize>) -> Self {
        let action = item.action;
        let former = item.former.as_ref().map(|former| OutlinedFormer {
            name: action.life.renamed_from.clone().unwrap_or_default(),
            method: former.method.clone(),
            request: former.request.clone(),
            response: former.response.clone(),
        });
        Self {
            name: action.name.clone(),
            method: item.method.clone(),
            request: item.request.rust.clone(),
            response: item.response.rust.clone(),
            former,
            summary: action.summary.clone(),
            note: action.life.note().map(ToOwned::to_owned),
            streaming: action.streaming,
            uses: uses(action.request.iter().chain(&action.response), places),
        }
    }
}

impl OutlinedCode {
    fn of(named: &NamedCode<'_>) -> Self {
        Self {
            rust: named.rust.clone(),
            code: named.code.code.clone(),
            doc: named.code.doc.clone(),
            note: named.code.life.note().map(ToOwned::to_owned),
        }
    }
}

fn types(service: &NamedService<'_>, places: &BTreeMap<&str, usize>) -> Vec<OutlinedType> {
    let structs = service.structs.iter().map(|item| OutlinedType {
        rust: item.body.rust.clone(),
        former: item.former.map(ToOwned::to_owned),
        uses: uses(&item.item.fields, places),
    });
    let enums = service.enums.iter().map(|item| OutlinedType {
        rust: item.rust.clone(),
        former: item.former.map(ToOwned::to_owned),
        uses: Vec::new(),
    });
    structs.chain(enums).collect()
}

/// The types that fields name, each once.
fn uses<'a>(
    fields: impl IntoIterator<Item = &'a Field>,
    places: &BTreeMap<&str, usize>,
) -> Vec<usize> {
    let named = |field: &'a Field| field.ty.struct_name().or_else(|| field.ty.enum_name());
    let found = fields.into_iter().filter_map(named);
    let found: BTreeSet<usize> = found.filter_map(|name| places.get(name).copied()).collect();
    found.into_iter().collect()
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

    /// Path of the service's module below the crate.
    fn service_path(&self) -> String {
        format!("{}::{}", self.id().vendor, self.module())
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
}

/// Whether a name is that of a version's module, for example `v20210526`.
pub(crate) fn is_version_module(name: &str) -> bool {
    let date = name.strip_prefix('v').unwrap_or_default();
    date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit())
}

impl Places for ServiceId {
    fn id(&self) -> &ServiceId {
        self
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

impl<'a> FramedVendor<'a> {
    /// The versions of each service, oldest first, by the name of its module.
    pub(crate) fn by_service(&self) -> BTreeMap<String, Vec<&'a Outline>> {
        let mut services: BTreeMap<String, Vec<&Outline>> = BTreeMap::new();
        for service in &self.services {
            services.entry(service.module()).or_default().push(*service);
        }
        services
    }
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
