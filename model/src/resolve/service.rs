//! Vendor and service declarations in, their part of the model out.

use std::collections::BTreeMap;

use crate::api::{ErrorCode, Life, RegionRule, Service, ServiceId, VendorInfo};
use crate::dialect::{At, Entries, ErrorDecl, Key, ServiceFile, VendorFile};
use crate::resolve::hosts;
use crate::unit::LoadedVendor;
use crate::{Code, Diagnostic};

pub(super) fn vendor_info(file: &VendorFile, problems: &mut Vec<Diagnostic>) -> VendorInfo {
    check_docs(file.docs.as_ref(), problems);
    VendorInfo {
        title: text(file.title.as_ref()),
        doc: text(file.doc.as_ref()),
        docs: file.docs.as_ref().map(|docs| docs.value.clone()),
        hosts: hosts::of_vendor(file.hosts.as_ref(), problems),
        errors: error_codes(file.errors.as_ref(), problems),
    }
}

/// The service without its actions and types.
pub(super) fn service(
    id: &ServiceId,
    file: &ServiceFile,
    vendor: Option<&LoadedVendor>,
    problems: &mut Vec<Diagnostic>,
) -> Service {
    check_docs(file.docs.as_ref(), problems);
    if let Some(signing) = &file.signing_name {
        if signing.value == id.service {
            let problem = Diagnostic::new(
                Code::NeedlessOverride,
                signing.at.clone(),
                "the signing name is the folder's name anyway",
            );
            problems.push(problem.help("remove `signing_name:`"));
        } else {
            needs_reason(
                &signing.key_at,
                "signing_name",
                file.because.as_ref(),
                problems,
            );
        }
    }
    let uses_no_region = file
        .region
        .as_ref()
        .is_some_and(|rule| rule.value == RegionRule::Unused);
    let defaults = [
        (
            "default_region",
            file.default_region.as_ref().map(|key| &key.key_at),
        ),
        (
            "default_regions",
            file.default_regions.as_ref().map(|key| &key.key_at),
        ),
    ];
    for (key, at) in defaults {
        if let Some(at) = at.filter(|_| uses_no_region) {
            let message = "a default region, but the service uses none";
            let problem = Diagnostic::new(Code::Conflict, at.clone(), message);
            problems.push(problem.help(format!("remove `{key}:`, or set `region: optional`")));
        }
    }
    let hosts = hosts::of_service(&id.service, file, vendor, problems);
    let regions = file.default_regions.as_ref();
    let default_regions = hosts::default_regions(regions, &hosts, vendor, problems);
    Service {
        id: id.clone(),
        title: text(file.title.as_ref()),
        doc: description(file.doc.as_ref(), file.upstream_doc.as_ref()),
        docs: file.docs.as_ref().map(|docs| docs.value.clone()),
        signing_name: file
            .signing_name
            .as_ref()
            .map_or_else(|| id.service.clone(), |name| name.value.clone()),
        host: text(file.host.as_ref()),
        hosts,
        region: file
            .region
            .as_ref()
            .map_or(RegionRule::Optional, |rule| rule.value),
        default_region: file
            .default_region
            .as_ref()
            .map(|region| region.value.clone()),
        default_regions,
        rate_limit: file.rate_limit.as_ref().map(|limit| limit.value),
        actions: BTreeMap::new(),
        structs: BTreeMap::new(),
        enums: BTreeMap::new(),
        errors: error_codes(file.errors.as_ref(), problems),
        because: file.because.as_ref().map(|because| because.value.clone()),
        at: file.at.clone(),
    }
}

/// The text of a required key; its absence has been reported by the reader.
pub(super) fn text(value: Option<&At<String>>) -> String {
    value.map(|value| value.value.clone()).unwrap_or_default()
}

/// The description of an item: our own, else the vendor's, else none.
pub(super) fn description(own: Option<&At<String>>, upstream: Option<&At<String>>) -> String {
    text(own.or(upstream))
}

/// Reports a departure from the vendor's habits that gives no reason.
pub(super) fn needs_reason(
    at: &crate::Location,
    key: &str,
    because: Option<&At<String>>,
    problems: &mut Vec<Diagnostic>,
) {
    if because.is_none() {
        let problem = Diagnostic::new(
            Code::NoReason,
            at.clone(),
            format!("`{key}:` departs from the rule without a reason"),
        );
        problems.push(problem.help("say why in `because:`"));
    }
}

/// Reports a docs link that is none.
pub(super) fn check_docs(docs: Option<&At<String>>, problems: &mut Vec<Diagnostic>) {
    let Some(docs) = docs else { return };
    let clean = docs.value.starts_with("https://")
        && !docs
            .value
            .contains(|c: char| c.is_whitespace() || "<>\"`".contains(c));
    if !clean {
        let problem = Diagnostic::new(
            Code::Malformed,
            docs.at.clone(),
            format!("\"{}\" is not a link", docs.value),
        );
        problems.push(problem.help("write the page's address, starting with https://"));
    }
}

fn error_codes(
    errors: Option<&At<Entries<ErrorDecl>>>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, ErrorCode> {
    errors
        .iter()
        .flat_map(|errors| &errors.value.0)
        .map(|(key, decl)| (key.text.clone(), error_code(key, decl, problems)))
        .collect()
}

fn error_code(key: &Key, decl: &ErrorDecl, problems: &mut Vec<Diagnostic>) -> ErrorCode {
    let fits = key.text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && key
            .text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._:/-".contains(c));
    if !fits {
        let message = format!("\"{}\" cannot be an error code", key.text);
        let help = "write the code as it stands on the wire: ASCII letters, digits and . _ : / -";
        problems.push(Diagnostic::new(Code::BadName, key.at.clone(), message).help(help));
    }
    let http_status = decl.http_status.as_ref().and_then(|status| {
        let fits = u16::try_from(status.value)
            .ok()
            .filter(|status| (100..600).contains(status));
        if fits.is_none() {
            let message = format!("{} is no HTTP status", status.value);
            let problem = Diagnostic::new(Code::Malformed, status.at.clone(), message);
            problems.push(problem.help("an HTTP status lies between 100 and 599"));
        }
        fits
    });
    if let Some(rust) = &decl.rust {
        needs_reason(&rust.key_at, "rust", decl.because.as_ref(), problems);
    }
    ErrorCode {
        code: key.text.clone(),
        doc: text(decl.doc.as_ref()),
        retry: decl.retry.as_ref().is_some_and(|retry| retry.value),
        http_status,
        number: decl.number.as_ref().map(|number| number.value),
        rust: decl.rust.as_ref().map(|rust| rust.value.clone()),
        life: Life {
            removed: decl.removed.as_ref().map(|text| text.value.clone()),
            ..Life::default()
        },
        at: key.at.clone(),
    }
}
