//! Schema files in, the checked model and every problem out. Each pass lives in its own file below.

use std::collections::BTreeMap;

use crate::api::{Api, Service, ServiceId};
use crate::dialect::{At, ServiceFile};
use crate::{Code, Diagnostic, Location, Source};

mod actions;
mod enums;
mod errors;
mod examples;
mod fields;
mod gather;
mod life;
mod paths;
pub(crate) mod reach;
mod recursion;
mod service;
mod types;

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
    let mut problems = Vec::new();
    let drafts = gather::gather(sources, &mut problems);
    let mut api = Api::default();
    for (vendor, file) in &drafts.vendors {
        api.vendors
            .insert(*vendor, service::vendor_info(file, &mut problems));
    }
    for (id, draft) in &drafts.services {
        let vendor = api.vendors.get(&id.vendor);
        let service = resolve_service(id, draft, vendor, &mut problems);
        api.services.insert(id.clone(), service);
    }
    problems.sort();
    problems.dedup();
    Loaded {
        api,
        diagnostics: problems,
    }
}

fn resolve_service(
    id: &ServiceId,
    draft: &gather::Draft,
    vendor: Option<&crate::api::VendorInfo>,
    problems: &mut Vec<Diagnostic>,
) -> Service {
    let folder = format!("{id}/");
    let at = Location::file(&format!("{folder}service.yaml"));
    if !draft.service_file_seen {
        let message = format!("{id} has no service.yaml");
        let problem = Diagnostic::new(Code::NoService, at.clone(), message);
        problems.push(problem.help("add it; schemas/README.md shows its keys"));
    }
    // Without a readable service file the other files are checked all the same.
    let absent = ServiceFile::empty(at);
    let file = draft.service.as_ref().unwrap_or(&absent);
    if let Some(flag) = file.undescribed.as_ref().filter(|flag| flag.value) {
        forgive(flag, &folder, problems);
    }
    let mut service = service::service(id, file, problems);
    let names = types::Names::collect(draft, problems);
    service.enums = enums::enums(draft, problems);
    service.structs = types::structs(draft, &names, problems);
    service.actions = actions::actions(draft, &names, &service, file, problems);
    recursion::mark(&mut service, problems);
    let hidden = any(problems, &folder, hides_uses);
    reach::check(&mut service, !hidden, problems);
    paths::check(&service, draft, hidden, problems);
    let vendor_file = format!("{}/vendor.", id.vendor);
    let all_codes_seen = draft.service.is_some()
        && !any(problems, &format!("{folder}service."), hides_declarations)
        && !any(problems, &vendor_file, hides_declarations);
    if all_codes_seen {
        errors::check(&service, draft, vendor, problems);
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
fn hides_declarations(code: Code) -> bool {
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
fn any(problems: &[Diagnostic], start: &str, kind: fn(Code) -> bool) -> bool {
    problems
        .iter()
        .any(|problem| problem.at.path.starts_with(start) && kind(problem.code))
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
