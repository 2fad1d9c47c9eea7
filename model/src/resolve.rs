//! Schema files in, the checked model and every problem out. Each pass lives in its own file below.

use std::collections::BTreeMap;

use crate::api::{Api, Service, ServiceId, VendorInfo};
use crate::dialect::{At, ServiceFile, VendorFile};
use crate::unit::{self, LoadedVendor, Owner};
use crate::{Code, Diagnostic, Location, Source, on_all_cores};

mod actions;
mod enums;
mod errors;
mod examples;
mod fields;
pub(crate) mod gather;
mod hosts;
mod life;
mod paths;
pub(crate) mod reach;
mod recursion;
mod service;
mod types;
mod whole;

/// What loading gives. The model is complete only when there are no diagnostics.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The model, as far as it could be read.
    pub api: Api,
    /// Every problem, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks schema files. The order of the files does not matter.
#[must_use]
pub fn load(sources: &[Source]) -> Loaded {
    let (mut problems, mut vendors, mut services) = (Vec::new(), BTreeMap::new(), Vec::new());
    for (owner, files) in unit::by_owner(sources) {
        match owner {
            Owner::Nobody => {
                problems = unit::strays(files.iter().map(|file| file.path.as_str()));
            }
            Owner::Vendor(vendor) => {
                drop(vendors.insert(vendor, unit::load_vendor(vendor, &files)))
            }
            Owner::Service(id) => services.push((id, files)),
        }
    }
    let loaded = on_all_cores(&services, |(id, files)| {
        unit::load_service(id, files, vendors.get(&id.vendor))
    });
    let mut api = Api::default();
    for (vendor, loaded) in vendors {
        problems.extend(loaded.diagnostics);
        api.vendors.extend(loaded.info.map(|info| (vendor, info)));
    }
    for ((id, _), loaded) in services.into_iter().zip(loaded) {
        problems.extend(loaded.diagnostics);
        api.services
            .extend(loaded.service.map(|service| (id, service)));
    }
    Loaded {
        api,
        diagnostics: unit::in_order(problems),
    }
}

/// What the declarations of a service version mean.
pub(crate) fn resolve(
    id: &ServiceId,
    draft: &gather::Draft,
    vendor: Option<&LoadedVendor>,
    problems: &mut Vec<Diagnostic>,
) -> Service {
    let at = Location::file(&format!("{id}/service.yaml"));
    if !draft.service_file_seen {
        let message = format!("{id} has no service.yaml");
        let problem = Diagnostic::new(Code::NoService, at.clone(), message);
        problems.push(problem.help("add it; schemas/README.md shows its keys"));
    }
    // Without a readable service file the other files are checked all the same.
    let absent = ServiceFile::empty(at);
    let file = draft.service.as_ref().unwrap_or(&absent);
    if let Some(flag) = file.undescribed.as_ref().filter(|flag| flag.value) {
        forgive(flag, &format!("{id}/"), problems);
    }
    let mut service = service::service(id, file, vendor, problems);
    let names = types::Names::collect(draft, problems);
    service.enums = enums::enums(draft, problems);
    service.structs = types::structs(draft, &names, problems);
    service.actions = actions::actions(draft, &names, &service, file, problems);
    recursion::mark(&mut service, problems);
    let hidden = problems.iter().any(|problem| hides_uses(problem.code));
    reach::check(&mut service, !hidden, problems);
    paths::check(&service, draft, hidden, problems);
    whole::check(id.vendor, draft, problems);
    let all_codes_seen = draft.service.is_some()
        && !any(problems, &format!("{id}/service."), hides_declarations)
        && !vendor.is_some_and(|vendor| vendor.hidden);
    if all_codes_seen {
        let info = vendor.and_then(|vendor| vendor.info.as_ref());
        errors::check(&service, draft, info, problems);
    }
    examples::check(&service, draft, problems);
    service
}

/// Drops the missing descriptions of a service that says it has none yet.
fn forgive(undescribed: &At<bool>, folder: &str, problems: &mut Vec<Diagnostic>) {
    let before = problems.len();
    problems.retain(|problem| {
        problem.code != Code::MissingDescription || !problem.at.path.starts_with(folder)
    });
    if problems.len() == before {
        let at = undescribed.key_at.clone();
        let problem = Diagnostic::new(Code::NeedlessOverride, at, "everything is described");
        problems.push(problem.help("remove `undescribed:`"));
    }
}

/// Whether a problem may keep a declaration from being seen, so that "not declared" would be an echo of it.
pub(crate) fn hides_declarations(code: Code) -> bool {
    matches!(
        code,
        Code::NotUtf8
            | Code::Syntax
            | Code::TooLarge
            | Code::TooDeep
            | Code::Alias
            | Code::DuplicateKey
            | Code::NotOneDocument
            | Code::WrongFolder
            | Code::WrongKind
    )
}

/// Whether a problem may keep a use of a type from being seen, so that "not used" would be an echo of it.
fn hides_uses(code: Code) -> bool {
    hides_declarations(code)
        || matches!(
            code,
            Code::UnknownKey | Code::MissingKey | Code::Malformed | Code::UnknownType
        )
}

/// Whether a file whose path starts so has a problem of such a kind.
pub(crate) fn any(problems: &[Diagnostic], start: &str, kind: fn(Code) -> bool) -> bool {
    problems
        .iter()
        .any(|problem| problem.at.path.starts_with(start) && kind(problem.code))
}

/// What a vendor's declarations mean.
pub(crate) fn vendor_info(file: &VendorFile, problems: &mut Vec<Diagnostic>) -> VendorInfo {
    service::vendor_info(file, problems)
}

/// Reports entries of a list that stand twice.
fn report_twice<'a>(
    entries: impl IntoIterator<Item = (&'a str, &'a Location)>,
    code: Code,
    what: &str,
    problems: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for (text, at) in entries {
        if let Some(line) = seen.insert(text, at.line) {
            let problem = Diagnostic::new(
                code,
                at.clone(),
                format!("the {what} \"{text}\" stands twice"),
            );
            problems.push(problem.help(format!("it stands first in line {line}; keep one")));
        }
    }
}
