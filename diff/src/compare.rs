//! Two models in, every difference between them out, each under its rule. One file for each kind of thing.

mod action;
mod behaviour;
mod constraints;
mod enums;
mod errors;
mod fields;
mod hosts;
mod life;
mod pair;
mod place;
mod service;
mod structs;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_model::Api;
use yunqiao_model::api::{Service, ServiceId, Vendor};

use self::place::Place;
use crate::change::{Change, counted};
use crate::prose;
use crate::reach::Reach;
use crate::rule::rule;

/// Everything that differs, in the order of the model.
pub(crate) fn compare(old: &Api, new: &Api) -> Vec<Change> {
    let mut out = Vec::new();
    for vendor in Vendor::ALL {
        vendors(vendor, old, new, &mut out);
    }
    let ids: BTreeSet<&ServiceId> = old.services.keys().chain(new.services.keys()).collect();
    for id in ids {
        let (before, after) = (old.services.get(id), new.services.get(id));
        let path = id.to_string();
        if let (Some(before), Some(after)) = (before, after) {
            let reach = Reach::of([Some(before), Some(after)]);
            let place = Place {
                old: before,
                new: after,
                reach: &reach,
                vendors: [old, new].map(|api| api.vendors.get(&id.vendor)),
            };
            service::compare(&place, &mut out);
        }
        let alive = |side: Option<&Service>| side.is_some_and(|side| !service::is_retired(side));
        let is_sibling = |others: &Api| {
            let mut others = others.services.iter();
            others.any(|(other, side)| same_service(other, id) && alive(Some(side)))
        };
        match (alive(before), alive(after)) {
            (false, true) => {
                let rule = rule(if is_sibling(old) { "A5" } else { "A1" });
                let actions = names(after);
                out.push(Change::new(rule, path).after(counted(actions.len(), "action")));
            }
            (true, false) => {
                let rule = rule(if is_sibling(new) { "A6" } else { "A2" });
                let actions = names(before);
                let change = Change::new(rule, path)
                    .before(counted(actions.len(), "action"))
                    .actions(&actions);
                out.push(change.guarded(after.is_some(), || KEEP.to_owned()));
            }
            // A retired service that goes altogether.
            (false, false) if before.is_some() && after.is_none() => {
                out.push(Change::new(rule("H11"), path).actions(&names(before)));
            }
            _ => {}
        }
    }
    out
}

const KEEP: &str =
    "keep the folder, with `removed:` in each of its actions, until the next major release";

fn names(service: Option<&Service>) -> Vec<String> {
    let actions = service.map(|service| service.actions.values());
    let alive = actions
        .into_iter()
        .flatten()
        .filter(|action| !life::is_dead(&action.life));
    alive.map(|action| action.name.clone()).collect()
}

fn same_service(one: &ServiceId, other: &ServiceId) -> bool {
    one != other && one.vendor == other.vendor && one.service == other.service
}

fn vendors(vendor: Vendor, old: &Api, new: &Api, out: &mut Vec<Change>) {
    let (Some(before), Some(after)) = (old.vendors.get(&vendor), new.vendors.get(&vendor)) else {
        return;
    };
    let path = vendor.to_string();
    if before.title != after.title {
        let change = Change::new(rule("H4"), path.clone());
        out.push(change.before(&before.title).after(&after.title));
    }
    prose::compare(&path, &before.doc, &after.doc, &[], out);
    if before.docs != after.docs {
        let text = |docs: &Option<String>| docs.clone().unwrap_or_else(|| "none".to_owned());
        let change = Change::new(rule("H5"), path.clone());
        out.push(change.before(text(&before.docs)).after(text(&after.docs)));
    }
    hosts::named(&path, &before.hosts, &after.hosts, out);
    errors::compare(&path, &before.errors, &after.errors, out);
}

/// The names of both sides, each with what it is on either.
fn both<'a, T>(
    old: &'a BTreeMap<String, T>,
    new: &'a BTreeMap<String, T>,
) -> impl Iterator<Item = (&'a str, Option<&'a T>, Option<&'a T>)> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names
        .into_iter()
        .map(|name| (name.as_str(), old.get(name), new.get(name)))
}
