//! Two models in, every difference between them out, each under its rule. One file for each kind of thing.

mod action;
mod behaviour;
mod constraints;
mod enums;
mod errors;
mod fields;
mod life;
mod pair;
mod place;
mod service;
mod structs;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_model::Api;
use yunqiao_model::api::{ServiceId, Vendor};

use self::place::Place;
use crate::change::Change;
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
        match (before, after) {
            (Some(before), Some(after)) => {
                let reach = Reach::of([Some(before), Some(after)]);
                let place = Place::new(before, after, &reach);
                service::compare(&place, &mut out);
            }
            (None, Some(after)) => {
                let is_version = old.services.keys().any(|other| same_service(other, id));
                let id = if is_version { "A5" } else { "A1" };
                let actions = after.actions.len();
                out.push(Change::new(rule(id), path).after(format!("{actions} actions")));
            }
            (Some(before), None) => {
                let is_version = new.services.keys().any(|other| same_service(other, id));
                let id = if is_version { "A6" } else { "A2" };
                let actions: Vec<String> = before.actions.keys().cloned().collect();
                let change = Change::new(rule(id), path)
                    .before(format!("{} actions", actions.len()))
                    .actions(&actions);
                out.push(change.guarded(false, || {
                    "keep the folder, with `removed:` in each of its actions, until the next major release".to_owned()
                }));
            }
            (None, None) => {}
        }
    }
    out
}

fn same_service(one: &ServiceId, other: &ServiceId) -> bool {
    one.vendor == other.vendor && one.service == other.service
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
        out.push(Change::new(rule("H5"), path.clone()));
    }
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
