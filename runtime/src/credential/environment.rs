//! In: a way to look variables up. Out: a credential, a region or an endpoint, or one error that lists what was looked at.

use std::ffi::OsString;

use super::Credential;
use crate::error::Error;
use crate::operation::Vendor;

/// How a variable is looked up. The tests hand in a table instead of changing the process.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Looks a variable of this process up.
pub(crate) fn process(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// The names of one part, the first that is set wins (order of the vendors' SDKs).
struct Names {
    id: &'static [&'static str],
    key: &'static [&'static str],
    token: &'static [&'static str],
    region: &'static str,
}

const TENCENT: Names = Names {
    id: &["TENCENTCLOUD_SECRET_ID"],
    key: &["TENCENTCLOUD_SECRET_KEY"],
    token: &["TENCENTCLOUD_TOKEN"],
    region: "TENCENTCLOUD_REGION",
};

const VOLCENGINE: Names = Names {
    id: &[
        "VOLCENGINE_ACCESS_KEY",
        "VOLCSTACK_ACCESS_KEY_ID",
        "VOLCSTACK_ACCESS_KEY",
        "VOLC_ACCESSKEY",
    ],
    key: &[
        "VOLCENGINE_SECRET_KEY",
        "VOLCSTACK_SECRET_ACCESS_KEY",
        "VOLCSTACK_SECRET_KEY",
        "VOLC_SECRETKEY",
    ],
    token: &["VOLCENGINE_SESSION_TOKEN", "VOLCSTACK_SESSION_TOKEN"],
    region: "VOLCENGINE_REGION",
};

/// A base URL in place of every vendor's hosts.
pub(crate) const ENDPOINT: &str = "YUNQIAO_ENDPOINT";

fn names(vendor: Vendor) -> &'static Names {
    match vendor {
        Vendor::Tencent => &TENCENT,
        Vendor::Volcengine => &VOLCENGINE,
    }
}

/// The vendor's credential.
pub(crate) fn credential(vendor: Vendor, lookup: Lookup<'_>) -> Result<Credential, Error> {
    let names = names(vendor);
    let mut complaints = Vec::new();
    let id = required(names.id, lookup, &mut complaints);
    let key = required(names.key, lookup, &mut complaints);
    let token = first_set(names.token, lookup, &mut complaints);
    match (id, key) {
        (Some(id), Some(key)) if complaints.is_empty() => {
            let credential = Credential::new(id, key);
            Ok(match token {
                Some(token) => credential.with_token(token),
                None => credential,
            })
        }
        _ => Err(Error::configuration(format!(
            "no credential of {vendor} in the environment: {}",
            complaints.join("; ")
        ))),
    }
}

/// The vendor's region variable; an unset or empty one means none.
pub(crate) fn region(vendor: Vendor, lookup: Lookup<'_>) -> Result<Option<String>, Error> {
    optional(names(vendor).region, lookup)
}

/// The endpoint variable, not looked into yet; an unset or empty one means none.
pub(crate) fn endpoint(lookup: Lookup<'_>) -> Result<Option<String>, Error> {
    optional(ENDPOINT, lookup)
}

fn optional(name: &str, lookup: Lookup<'_>) -> Result<Option<String>, Error> {
    match read(name, lookup) {
        Reading::Unset | Reading::Empty => Ok(None),
        Reading::Set(value) => Ok(Some(value)),
        Reading::Malformed(complaint) => Err(Error::configuration(complaint)),
    }
}

enum Reading {
    Unset,
    Empty,
    Malformed(String),
    Set(String),
}

fn read(name: &str, lookup: Lookup<'_>) -> Reading {
    match lookup(name).map(OsString::into_string) {
        None => Reading::Unset,
        Some(Err(_)) => Reading::Malformed(format!("{name} is not UTF-8")),
        Some(Ok(value)) if value.is_empty() => Reading::Empty,
        Some(Ok(value)) if value.trim() != value => {
            Reading::Malformed(format!("{name} has whitespace around its value"))
        }
        Some(Ok(value)) => Reading::Set(value),
    }
}

/// The first name that is set. A malformed value is a complaint, never a reason to try the next name: the caller meant it.
fn first_set(names: &[&str], lookup: Lookup<'_>, complaints: &mut Vec<String>) -> Option<String> {
    for name in names {
        match read(name, lookup) {
            Reading::Unset | Reading::Empty => {}
            Reading::Set(value) => return Some(value),
            Reading::Malformed(complaint) => {
                complaints.push(complaint);
                return None;
            }
        }
    }
    None
}

fn required(names: &[&str], lookup: Lookup<'_>, complaints: &mut Vec<String>) -> Option<String> {
    let before = complaints.len();
    let value = first_set(names, lookup, complaints);
    if value.is_none() && complaints.len() == before {
        let tried: Vec<String> = names
            .iter()
            .map(|name| match read(name, lookup) {
                Reading::Empty => format!("{name} is empty"),
                _ => format!("{name} is not set"),
            })
            .collect();
        complaints.push(tried.join(", "));
    }
    value
}

#[cfg(test)]
mod tests;
