//! A service version in, the same items with their Rust names out, or every collision.

use std::collections::BTreeMap;

use yunqiao_model::api::{Action, Enum, ErrorCode, Field, Service, Struct, VendorInfo};
use yunqiao_model::{Code, Diagnostic, on_all_cores};

use crate::outline::Places as _;

pub(crate) mod case;
mod collide;
mod item;
mod scope;
mod transport;

pub(crate) use item::codes;

/// A service version's module.
#[derive(Debug)]
pub(crate) struct NamedService<'a> {
    pub(crate) service: &'a Service,
    /// What holds for all services of the vendor.
    pub(crate) vendor: Option<&'a VendorInfo>,
    /// Module of the service, for example `essbasic`.
    pub(crate) module: String,
    /// Module of the version, for example `v20210526`.
    pub(crate) version_module: String,
    pub(crate) actions: Vec<NamedAction<'a>>,
    pub(crate) structs: Vec<NamedStruct<'a>>,
    pub(crate) enums: Vec<NamedEnum<'a>>,
    pub(crate) codes: Vec<NamedCode<'a>>,
    /// Rust names of the structs and enums by wire name.
    types: BTreeMap<&'a str, String>,
}

/// An action's method, module and types.
#[derive(Debug)]
pub(crate) struct NamedAction<'a> {
    pub(crate) action: &'a Action,
    pub(crate) module: String,
    pub(crate) method: String,
    pub(crate) request: NamedFields<'a>,
    pub(crate) response: NamedFields<'a>,
    pub(crate) former: Option<FormerAction>,
}

/// The Rust names that an action had before it was renamed.
#[derive(Debug)]
pub(crate) struct FormerAction {
    /// Absent where only the spelling on the wire has changed.
    pub(crate) method: Option<String>,
    pub(crate) request: String,
    pub(crate) response: String,
}

/// A struct of the generated crate: a request, an answer or a struct of the schemas.
#[derive(Debug)]
pub(crate) struct NamedFields<'a> {
    pub(crate) rust: String,
    /// Name on the wire or in the documents.
    pub(crate) wire: String,
    pub(crate) fields: Vec<NamedField<'a>>,
}

/// A field with its name.
#[derive(Debug)]
pub(crate) struct NamedField<'a> {
    pub(crate) field: &'a Field,
    pub(crate) rust: String,
    /// The setter's name before the field was renamed, where it is still free.
    pub(crate) former: Option<String>,
    /// It was renamed on the wire only.
    pub(crate) respelt: bool,
}

/// A struct of the schemas.
#[derive(Debug)]
pub(crate) struct NamedStruct<'a> {
    pub(crate) item: &'a Struct,
    pub(crate) module: String,
    /// The type's name before it was renamed.
    pub(crate) former: Option<&'a str>,
    pub(crate) body: NamedFields<'a>,
}

/// An enum of the schemas.
#[derive(Debug)]
pub(crate) struct NamedEnum<'a> {
    pub(crate) item: &'a Enum,
    pub(crate) module: String,
    /// The type's name before it was renamed.
    pub(crate) former: Option<&'a str>,
    pub(crate) rust: String,
}

/// An error code and its constant.
#[derive(Debug)]
pub(crate) struct NamedCode<'a> {
    pub(crate) code: &'a ErrorCode,
    pub(crate) rust: String,
}

impl NamedService<'_> {
    /// The Rust name of a struct or enum.
    pub(crate) fn type_name(&self, wire: &str) -> &str {
        self.types.get(wire).map_or("", String::as_str)
    }

    /// What the service, or else the vendor, declares of an error code.
    pub(crate) fn code(&self, code: &str) -> Option<&ErrorCode> {
        let own = self.service.errors.get(code);
        own.or_else(|| self.vendor?.errors.get(code))
    }

    /// Folder of the version's module below `src/`.
    pub(crate) fn folder(&self) -> String {
        self.path().replace("::", "/")
    }
}

/// The derived name of a field.
pub(crate) fn field(wire: &str) -> String {
    case::identifier(wire, &item::TYPE_FUNCTIONS)
}

/// The derived name of a method.
pub(crate) fn method(action: &str) -> String {
    case::identifier(action, &item::CLIENT_FUNCTIONS)
}

/// Names items by themselves, on all cores.
fn each<'a, T: Sync + 'a, R: Send>(
    items: impl Iterator<Item = &'a T>,
    name: impl Fn(&'a T, &mut Vec<Diagnostic>) -> R + Sync,
    problems: &mut Vec<Diagnostic>,
) -> Vec<R> {
    let items: Vec<&'a T> = items.collect();
    let named = on_all_cores(&items, |item| {
        let mut problems = Vec::new();
        (name(item, &mut problems), problems)
    });
    let keep = |(named, found): (R, Vec<Diagnostic>)| {
        problems.extend(found);
        named
    };
    named.into_iter().map(keep).collect()
}

/// Names every item of a service version, and reports what cannot be named.
pub(crate) fn service<'a>(
    service: &'a Service,
    vendor: Option<&'a VendorInfo>,
    problems: &mut Vec<Diagnostic>,
) -> NamedService<'a> {
    // The vendor's module has one for its error codes.
    if service.id.service == "error_code" {
        let message = "a service cannot be called \"error_code\"";
        let problem = Diagnostic::new(Code::NameCollision, service.at.clone(), message);
        problems.push(
            problem.help("the vendor's error codes have a module of that name; rename the folder"),
        );
    }
    let rust = |wire: &'a str, rust: &'a Option<String>| {
        (wire, rust.as_deref().unwrap_or(wire).to_owned())
    };
    let structs = service
        .structs
        .values()
        .map(|item| rust(&item.name, &item.rust));
    let enums = service
        .enums
        .values()
        .map(|item| rust(&item.name, &item.rust));
    let named = NamedService {
        service,
        vendor,
        module: case::identifier(&service.id.service, &[]),
        version_module: format!("v{}", service.id.version.replace('-', "")),
        types: structs.chain(enums).collect(),
        actions: each(service.actions.values(), item::action, problems),
        structs: each(service.structs.values(), item::struct_, problems),
        enums: service.enums.values().map(item::enum_).collect(),
        codes: item::codes(&service.errors, problems),
    };
    collide::types(&named, problems);
    collide::actions(&named, problems);
    named
}
