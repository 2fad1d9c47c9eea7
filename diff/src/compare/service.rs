//! One service version on both sides in, every difference out.

use yunqiao_model::api::{RegionRule, Service};

use super::behaviour::{inherits_limit, limit, limit_rule};
use super::place::Place;
use super::{action, enums, errors, hosts, structs};
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
    hosts::production(place, "", Some(&old.host), Some(&new.host), out);
    hosts::of_service(place, out);
    if old.signing_name != new.signing_name {
        let change = place.change("B5", "");
        out.push(change.before(&old.signing_name).after(&new.signing_name));
    }
    let region = |one: &Service| {
        let default = one.default_region.as_deref();
        let mut text = region(one.region, default);
        for (host, region) in &one.default_regions {
            text.push_str(&format!(", at {host} {region}"));
        }
        text
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
