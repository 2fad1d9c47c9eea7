//! The crate's frame in, the lines of the lock out that belong to no service version: vendors, features, and what stands for a
//! service without its versions.
//!
//! An item of a service leads to a version; that it will lead there tomorrow is what its line pins.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::join::Joined;
use crate::lock::{alias_line, const_line, replace_lines, sorted};
use crate::outline::{Frame, Outline, Places as _, is_version_module};

/// The lines of the vendors, of the features and of the services.
pub(crate) fn root(frame: &Frame<'_>) -> String {
    let mut lines = Vec::new();
    for vendor in &frame.vendors {
        let folder = vendor.vendor.folder();
        let codes = vendor.codes.iter();
        lines.extend(codes.map(|named| const_line(folder, &named.rust, &named.code.code)));
        for service in &vendor.services {
            let feature = service.service_feature();
            lines.push(format!("feature {feature} = {}", service.module()));
            let feature = service.feature();
            lines.push(format!("feature {feature} = {}", service.version_module()));
        }
        for versions in vendor.by_service().values() {
            service(versions, &mut lines);
        }
    }
    sorted(lines)
}

fn service(versions: &[&Outline], lines: &mut Vec<String>) {
    let Some(newest) = versions.last() else {
        return;
    };
    let path = newest.service_path();
    lines.push(format!("struct {path}::Client = {}", newest.module()));
    let joined = Joined::new(versions);
    let module = |place: usize| versions[place].version_module();
    for (name, plain) in &joined.methods {
        let method = format!("Client::{name}");
        lines.push(
            if plain.former && joined.owns(plain.version, plain.action) {
                alias_line(&path, &method, &plain.action.method)
            } else {
                format!("method {path}::{method} = {}", module(plain.version))
            },
        );
    }
    let codes = joined.codes.iter();
    lines.extend(codes.map(|(name, plain)| const_line(&path, name, &plain.newest.code)));
    let former = former_types(versions);
    let types: Vec<(&str, usize)> = if versions.len() == 1 {
        all_types(newest).map(|name| (name, 0)).collect()
    } else {
        let accessors = versions.iter().map(|version| version.version_module());
        lines.extend(accessors.map(|name| format!("method {path}::Client::{name} = {name}")));
        joined.types.into_iter().collect()
    };
    lines.extend(
        types
            .into_iter()
            .map(|(name, place)| match former.get(&(place, name)) {
                Some(now) => alias_line(&path, name, now),
                None => format!("use {path}::{name} = {}", module(place)),
            }),
    );
}

/// What the types of each version were called before.
fn former_types<'a>(versions: &[&'a Outline]) -> BTreeMap<(usize, &'a str), &'a str> {
    let mut former = BTreeMap::new();
    for (place, version) in versions.iter().enumerate() {
        for action in &version.actions {
            if let Some(old) = &action.former {
                former.insert((place, old.request.as_str()), action.request.as_str());
                former.insert((place, old.response.as_str()), action.response.as_str());
            }
        }
        for item in &version.types {
            if let Some(old) = &item.former {
                former.insert((place, old.as_str()), item.rust.as_str());
            }
        }
    }
    former
}

/// Every type of a version: without others beside it, the service shows all.
fn all_types(version: &Outline) -> impl Iterator<Item = &str> {
    let actions = version.actions.iter().flat_map(|action| {
        let former = action.former.as_ref();
        let former = former
            .into_iter()
            .flat_map(|old| [&old.request, &old.response]);
        [&action.request, &action.response]
            .into_iter()
            .chain(former)
    });
    let types = version.types.iter();
    let types = types.flat_map(|item| [Some(&item.rust), item.former.as_ref()]);
    actions.chain(types.flatten()).map(String::as_str)
}

/// Whether a line is of no service version.
fn is_of_root(line: &str) -> bool {
    let item = line.strip_prefix("former ").unwrap_or(line);
    let Some((kind, path)) = item.split_once(' ') else {
        return false;
    };
    kind == "feature"
        || segments(path)
            .nth(2)
            .is_none_or(|third| !is_version_module(third))
}

/// The names of a path, without what follows the path.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let end = path.find([' ', '=']).unwrap_or(path.len());
    path[..end].trim_end_matches(':').split("::")
}

/// A lock with new lines of this kind, or `None` if one of the old is not among them.
pub(crate) fn with_root<'a>(lock: &'a str, root: &str) -> Option<Cow<'a, str>> {
    let new: BTreeSet<&str> = root.lines().collect();
    let old = lock.lines().filter(|line| !line.starts_with('#'));
    let mut count = 0;
    for line in old.filter(|line| is_of_root(line)) {
        count += 1;
        if !new.contains(line) {
            return None;
        }
    }
    Some(if count == new.len() {
        Cow::Borrowed(lock)
    } else {
        Cow::Owned(replace_lines(lock, root, is_of_root))
    })
}

/// Whether a lost item of a service is no more than the echo of what its version has lost.
pub(super) fn follows(
    item: &str,
    meaning: &str,
    new: &BTreeMap<&str, &str>,
    renamed: impl Fn(&str) -> String,
) -> bool {
    let Some((kind, path)) = item.split_once(' ') else {
        return false;
    };
    let names: Vec<&str> = path.split("::").collect();
    let (kinds, versions): (&[&str], Vec<&str>) = match (kind, names.as_slice()) {
        ("use", [_, _, _]) => (&["struct", "enum"], vec![meaning]),
        ("method", [_, _, "Client", _]) if is_version_module(meaning) => {
            (&["method"], vec![meaning])
        }
        ("const", [vendor, service, "error_code", _]) => {
            let start = format!("mod {vendor}::{service}::");
            let modules = new.keys().filter_map(|item| item.strip_prefix(&start));
            (&["const"], modules.collect())
        }
        _ => return false,
    };
    let there = |version: &&str| {
        let rest = names[2..].join("::");
        kinds.iter().any(|kind| {
            let item = format!("{kind} {}::{}::{version}::{rest}", names[0], names[1]);
            new.contains_key(item.as_str()) || new.contains_key(renamed(&item).as_str())
        })
    };
    !versions.iter().any(there)
}
