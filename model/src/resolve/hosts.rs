//! Hosts as declared in, checked hosts by name out: those of a vendor for all its services, of a service, and of an action.

use std::collections::BTreeMap;

use crate::dialect::{At, Entries, Key, ServiceFile};
use crate::resolve::service::needs_reason;
use crate::unit::LoadedVendor;
use crate::{Code, Diagnostic, Location};

type Declared<'a> = Option<&'a At<Entries<At<String>>>>;

/// What stands for the name of a service in a vendor's hosts.
const SERVICE: &str = "{service}";
/// What stands for the region of a call.
const REGION: &str = "{region}";
/// In place of a host: the service has none of the name, although its vendor has.
const NONE: &str = "none";
/// What the host that has no name is called where one has to be given.
const PRODUCTION: &str = "production";

/// The hosts of all services of a vendor. The name of the service is still to be filled in.
pub(super) fn of_vendor(
    declared: Declared<'_>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    for (key, host) in entries(declared) {
        check_name(key, problems);
        check(&host.value, &host.at, &[SERVICE, REGION], problems);
        let names_service = host.value.split('.').any(|label| label == SERVICE);
        if is_host(&host.value, &[SERVICE, REGION]) && !names_service {
            let message = format!("\"{}\" would be one host for all services", host.value);
            let problem = Diagnostic::new(Code::Malformed, host.at.clone(), message);
            let help = "name the service in it, as in {service}.intl.example.com; a host of one service stands in its service.yaml";
            problems.push(problem.help(help));
        }
    }
    plain(declared)
}

/// The hosts of a service: its vendor's, filled in, and over them its own.
pub(super) fn of_service(
    service: &str,
    file: &ServiceFile,
    vendor: Option<&LoadedVendor>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    if let Some(host) = &file.host {
        check(&host.value, &host.at, &[], problems);
    }
    let info = vendor.and_then(|vendor| vendor.info.as_ref());
    let filled = info.iter().flat_map(|info| &info.hosts);
    let filled = filled.map(|(name, host)| (name.clone(), host.replace(SERVICE, service)));
    // A folder's name is not always a part that a host can have.
    let mut hosts: BTreeMap<String, String> = filled
        .filter(|(_, host)| is_host(host, &[REGION]))
        .collect();
    let production = file.host.as_ref().map(|host| host.value.as_str());
    for (key, host) in entries(file.hosts.as_ref()) {
        check_name(key, problems);
        let inherited = hosts.get(&key.text).map(String::as_str);
        let needless = match host.value.as_str() {
            NONE if all_seen(vendor) && inherited.is_none() => Some("the vendor has no such host"),
            NONE => None,
            own if Some(own) == inherited => Some("the vendor says the same for all its services"),
            own if Some(own) == production => Some("it is the host of production"),
            _ => None,
        };
        if let Some(reason) = needless {
            let message = format!("`{}:` has no effect: {reason}", key.text);
            let problem = Diagnostic::new(Code::NeedlessOverride, key.at.clone(), message);
            problems.push(problem.help("remove it"));
        } else if inherited.is_some() {
            needs_reason(&key.at, &key.text, file.because.as_ref(), problems);
        }
        if host.value == NONE {
            drop(hosts.remove(&key.text));
        } else {
            check(&host.value, &host.at, &[REGION], problems);
            hosts.insert(key.text.clone(), host.value.clone());
        }
    }
    hosts
}

/// The hosts of an action, which has those of its service unless it has one of its own.
pub(super) fn of_action(
    host: Option<&At<String>>,
    declared: Declared<'_>,
    service: &str,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    if let Some(host) = host {
        check(&host.value, &host.at, &[], problems);
    }
    for (key, named) in entries(declared) {
        check_name(key, problems);
        check(&named.value, &named.at, &[REGION], problems);
        let production = [host.map(|host| host.value.as_str()), Some(service)];
        if production.contains(&Some(&named.value)) {
            let message = format!("`{}:` is a host of production", key.text);
            let problem = Diagnostic::new(Code::NeedlessOverride, key.at.clone(), message);
            problems.push(problem.help("name the host that is called there, or remove it"));
        }
    }
    plain(declared)
}

/// The regions that hold at hosts by name, each of which must be one of the service's.
pub(super) fn default_regions(
    declared: Declared<'_>,
    hosts: &BTreeMap<String, String>,
    vendor: Option<&LoadedVendor>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    for (key, region) in entries(declared) {
        if all_seen(vendor) && !hosts.contains_key(&key.text) {
            let message = format!("a region for \"{}\", but no host of this name", key.text);
            let names = Vec::from_iter(hosts.keys().map(String::as_str)).join(", ");
            let help = if names.is_empty() {
                "`hosts:` names the service's hosts beside production's".to_owned()
            } else {
                format!("the service's hosts are {names}")
            };
            problems.push(Diagnostic::new(Code::Conflict, key.at.clone(), message).help(help));
        }
        if !is_label(&region.value) {
            let message = format!("\"{}\" is no region", region.value);
            let problem = Diagnostic::new(Code::Malformed, region.at.clone(), message);
            problems.push(problem.help("write it as on the wire, for example ap-singapore-1"));
        }
    }
    plain(declared)
}

/// Whether no host of the vendor's can have been overlooked.
fn all_seen(vendor: Option<&LoadedVendor>) -> bool {
    vendor.is_some_and(|vendor| vendor.info.is_some() && !vendor.hidden)
}

fn entries<'a>(declared: Declared<'a>) -> impl Iterator<Item = &'a (Key, At<String>)> {
    declared.into_iter().flat_map(|declared| &declared.value.0)
}

fn plain(declared: Declared<'_>) -> BTreeMap<String, String> {
    let texts = entries(declared);
    texts
        .map(|(key, text)| (key.text.clone(), text.value.clone()))
        .collect()
}

/// Names are what users choose hosts by, from variables too.
fn check_name(key: &Key, problems: &mut Vec<Diagnostic>) {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    let problem = if key.text == PRODUCTION {
        let message = format!("\"{PRODUCTION}\" is what the host without a name is called");
        Diagnostic::new(Code::Conflict, key.at.clone(), message).help("it stands in `host:`")
    } else if key.text.is_empty() || !key.text.bytes().all(fits) {
        let message = format!("\"{}\" cannot name a host", key.text);
        let help = "use lower-case letters, digits, - and _, for example sandbox";
        Diagnostic::new(Code::BadName, key.at.clone(), message).help(help)
    } else {
        return;
    };
    problems.push(problem);
}

/// Reports a host that is none. `placeholders` may stand for whole parts of it.
fn check(host: &str, at: &Location, placeholders: &[&str], problems: &mut Vec<Diagnostic>) {
    if is_host(host, placeholders) {
        return;
    }
    let odd = |label: &&str| label.contains(['{', '}']) && !placeholders.contains(label);
    let (message, help) = match host.split('.').find(odd) {
        Some(label) => (
            format!("\"{label}\" cannot be a part of this host"),
            match placeholders {
                [] => {
                    "this host is written out: the bare name, for example ess.tencentcloudapi.com"
                        .to_owned()
                }
                some => format!(
                    "what is filled in stands alone between two dots: {}",
                    some.join(" or ")
                ),
            },
        ),
        None => (
            format!("\"{host}\" is not a host name"),
            "write the bare name, for example ess.tencentcloudapi.com".to_owned(),
        ),
    };
    problems.push(Diagnostic::new(Code::Malformed, at.clone(), message).help(help));
}

fn is_host(host: &str, placeholders: &[&str]) -> bool {
    let fits = |label: &str| placeholders.contains(&label) || is_label(label);
    host.contains('.') && host.split('.').all(fits)
}

fn is_label(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
