//! One service version on both sides in, every difference out.

use std::collections::BTreeMap;

use yunqiao_model::api::{RegionRule, Service};

use super::behaviour::{inherits_limit, limit, limit_rule};
use super::place::Place;
use super::{action, both, enums, errors, structs};
use crate::change::Change;
use crate::prose;

pub(super) fn compare(place: &Place<'_>, out: &mut Vec<Change>) {
    let Place { old, new, .. } = *place;
    let is_retired = (is_retired(old), is_retired(new));
    head(place, old, new, out);
    action::compare(place, is_retired.0 != is_retired.1, out);
    structs::compare(place, out);
    enums::compare(place, out);
    errors::compare(&place.path(""), &old.errors, &new.errors, out);
}

/// Whether nothing is left of it but tombstones.
pub(super) fn is_retired(service: &Service) -> bool {
    let mut actions = service.actions.values();
    !service.actions.is_empty() && actions.all(|action| action.life.removed.is_some())
}

fn head(place: &Place<'_>, old: &Service, new: &Service, out: &mut Vec<Change>) {
    if old.title != new.title {
        out.push(place.change("A9", "").before(&old.title).after(&new.title));
    }
    prose::compare(&place.path(""), &old.doc, &new.doc, &[], out);
    if old.docs != new.docs {
        let text = |one: &Service| one.docs.clone().unwrap_or_else(|| "none".to_owned());
        out.push(place.change("H5", "").before(text(old)).after(text(new)));
    }
    hosts(
        place,
        "",
        (Some(&old.host), &old.hosts),
        (Some(&new.host), &new.hosts),
        out,
    );
    if old.signing_name != new.signing_name {
        let change = place.change("B5", "");
        out.push(change.before(&old.signing_name).after(&new.signing_name));
    }
    let region = |one: &Service| {
        let default = one.default_region.as_deref();
        region(one.region, default)
    };
    if region(old) != region(new) {
        out.push(
            place
                .change("B12", "")
                .before(region(old))
                .after(region(new)),
        );
    }
    if old.rate_limit != new.rate_limit {
        let change = place.change(limit_rule(old.rate_limit, new.rate_limit), "");
        let reached: Vec<String> = new
            .actions
            .values()
            .filter(|action| {
                let before = old.actions.get(&action.name);
                before.is_some_and(|before| inherits_limit(place, before, action))
            })
            .map(|action| action.name.clone())
            .collect();
        let change = change.actions(&reached);
        out.push(
            change
                .before(limit(old.rate_limit))
                .after(limit(new.rate_limit)),
        );
    }
}

pub(super) fn region(rule: RegionRule, default: Option<&str>) -> String {
    let word = match rule {
        RegionRule::Required => "required",
        RegionRule::Optional => "optional",
        RegionRule::Unused => "unused",
    };
    match default {
        Some(default) => format!("{word}, by default {default}"),
        None => word.to_owned(),
    }
}

type Hosts<'a> = (Option<&'a String>, &'a BTreeMap<String, String>);

pub(super) fn hosts(
    place: &Place<'_>,
    rest: &str,
    old: Hosts<'_>,
    new: Hosts<'_>,
    out: &mut Vec<Change>,
) {
    let text =
        |host: Option<&String>| host.map_or_else(|| "that of the service".to_owned(), Clone::clone);
    if old.0 != new.0 {
        out.push(
            place
                .change("B3", rest)
                .before(text(old.0))
                .after(text(new.0)),
        );
    }
    for (name, before, after) in both(old.1, new.1) {
        let id = match (before, after) {
            (None, _) => "B4",
            (_, None) => "B13",
            (Some(before), Some(after)) if before == after => continue,
            _ => "B3",
        };
        let text = |host: Option<&String>| match host {
            Some(host) => format!("{name} {host}"),
            None => "none".to_owned(),
        };
        let change = place.change(id, rest);
        out.push(change.before(text(before)).after(text(after)));
    }
}
