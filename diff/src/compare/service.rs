//! One service version on both sides in, every difference out.

use std::collections::BTreeMap;

use yunqiao_model::api::{RegionRule, Service};

use super::place::Place;
use super::{action, enums, errors, structs};
use crate::change::Change;
use crate::prose;

pub(super) fn compare(place: &Place<'_>, out: &mut Vec<Change>) {
    let Place { old, new, .. } = *place;
    head(place, old, new, out);
    action::compare(place, out);
    structs::compare(place, out);
    enums::compare(place, out);
    errors::compare(&place.path(""), &old.errors, &new.errors, out);
}

fn head(place: &Place<'_>, old: &Service, new: &Service, out: &mut Vec<Change>) {
    if old.title != new.title {
        out.push(place.change("A9", "").before(&old.title).after(&new.title));
    }
    prose::compare(&place.path(""), &old.doc, &new.doc, &[], out);
    if old.docs != new.docs {
        out.push(place.change("H5", ""));
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
    if old.1 != new.1 {
        let list = |hosts: &BTreeMap<String, String>| {
            let list: Vec<String> = hosts
                .iter()
                .map(|(name, host)| format!("{name} {host}"))
                .collect();
            list.join(", ")
        };
        out.push(
            place
                .change("B4", rest)
                .before(list(old.1))
                .after(list(new.1)),
        );
    }
}
