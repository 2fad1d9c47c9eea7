//! The hosts of a vendor, a service or an action on both sides in, which came, went or lead elsewhere out.

use std::collections::BTreeMap;

use yunqiao_model::api::VendorInfo;

use super::both;
use super::place::Place;
use crate::change::Change;
use crate::rule::rule;

/// Hosts by name.
type Named = BTreeMap<String, String>;

/// What stands for the name of a service in its vendor's hosts.
const SERVICE: &str = "{service}";

/// Compares the hosts of production.
pub(super) fn production(
    place: &Place<'_>,
    rest: &str,
    old: Option<&String>,
    new: Option<&String>,
    out: &mut Vec<Change>,
) {
    let text = |host: Option<&String>| match host {
        Some(host) => host.clone(),
        None => "that of the service".to_owned(),
    };
    if old != new {
        let change = place.change("B3", rest);
        out.push(change.before(text(old)).after(text(new)));
    }
}

/// Compares hosts by name.
pub(super) fn named(path: &str, old: &Named, new: &Named, out: &mut Vec<Change>) {
    for (name, before, after) in both(old, new) {
        tell(path, name, before, after, out);
    }
}

/// Compares hosts by name of a service. What it has from its vendor is told there, once.
pub(super) fn of_service(place: &Place<'_>, out: &mut Vec<Change>) {
    let path = place.path("");
    let inherited = |vendor: Option<&VendorInfo>, name: &str| {
        let host = vendor.and_then(|vendor| vendor.hosts.get(name));
        host.map(|host| host.replace(SERVICE, &place.new.id.service))
    };
    for (name, before, after) in both(&place.old.hosts, &place.new.hosts) {
        let [old, new] = place.vendors.map(|vendor| inherited(vendor, name));
        let is_told = old != new && (before, after) == (old.as_ref(), new.as_ref());
        if !is_told {
            tell(&path, name, before, after, out);
        }
    }
}

fn tell(
    path: &str,
    name: &str,
    before: Option<&String>,
    after: Option<&String>,
    out: &mut Vec<Change>,
) {
    let id = match (before, after) {
        (None, _) => "B4",
        (_, None) => "B13",
        (Some(before), Some(after)) if before == after => return,
        _ => "B3",
    };
    let text = |host: Option<&String>| host.map_or_else(|| "none".to_owned(), Clone::clone);
    let change = Change::new(rule(id), format!("{path}/hosts/{name}"));
    out.push(change.before(text(before)).after(text(after)));
}
