//! The lines of a lock in, the place in the schemas that a Rust path or a line comes from out.

use std::collections::BTreeMap;

/// What Rust paths stand for.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Modules of versions: `tencent::ess::v20201111` is `tencent/ess/2020-11-11`.
    modules: BTreeMap<String, String>,
    /// Whatever lies in these modules, by its path.
    items: BTreeMap<String, String>,
}

impl Places {
    pub(super) fn of(lines: &[(&str, &str)]) -> Self {
        let mut places = Self::default();
        for (path, id) in of_kind(lines, "mod") {
            places.modules.insert(path.to_owned(), id.to_owned());
        }
        // Methods say which structs are the two sides of an action.
        for (path, meaning) in of_kind(lines, "method") {
            places.action(path, meaning);
        }
        for (kind, folder) in [("struct", "structs"), ("enum", "enums")] {
            for (path, meaning) in of_kind(lines, kind) {
                places.ty(path, folder, wire(meaning));
            }
        }
        for kind in ["field", "variant"] {
            for (path, meaning) in of_kind(lines, kind) {
                let of = path.rsplit_once("::").and_then(|(of, _)| places.at(of));
                if let Some(place) = of.map(|of| format!("{of}/{}", unquoted(wire(meaning)))) {
                    places.items.insert(path.to_owned(), place);
                }
            }
        }
        for (path, meaning) in of_kind(lines, "const") {
            let module = path.split_once("::error_code::");
            if let Some(id) = module.and_then(|(module, _)| places.modules.get(module)) {
                let place = format!("{id}/errors/{}", unquoted(wire(meaning)));
                places.items.insert(path.to_owned(), place);
            }
        }
        places
    }

    fn action(&mut self, path: &str, meaning: &str) -> Option<()> {
        let (module, _) = path.split_once("::Client::")?;
        let (types, name) = meaning.rsplit_once(" = ")?;
        let action = format!("{}/actions/{name}", self.modules.get(module)?);
        let (request, response) = types.split_once(" -> ")?;
        let response = response.trim_start_matches("Events<").trim_end_matches('>');
        for (ty, side) in [(request, "request"), (response, "response")] {
            let path = format!("{module}::{ty}");
            self.items.insert(path, format!("{action}/{side}"));
        }
        self.items.insert(path.to_owned(), action);
        Some(())
    }

    fn ty(&mut self, path: &str, folder: &str, wire: &str) -> Option<()> {
        let (module, name) = path.rsplit_once("::")?;
        let id = self.modules.get(module)?;
        let place = match name {
            "Client" => id.clone(),
            _ => format!("{id}/{folder}/{wire}"),
        };
        self.items.entry(path.to_owned()).or_insert(place);
        Some(())
    }

    /// What lies at a path.
    pub(super) fn at(&self, path: &str) -> Option<&str> {
        let found = self.items.get(path).or_else(|| self.modules.get(path));
        found.map(String::as_str)
    }

    /// Where a line comes from. What stands for a service without its version comes from the version that it leads to.
    pub(super) fn find(&self, item: &str, meaning: &str, is_plain: bool) -> Option<String> {
        let (kind, path) = item.split_once(' ')?;
        let names: Vec<&str> = path.split("::").collect();
        let at = |path: &str| self.at(path).map(str::to_owned);
        let code = |of: &str| format!("{of}/errors/{}", unquoted(wire(meaning)));
        match (kind, names.as_slice()) {
            ("const", [vendor, "error_code", _]) => Some(code(vendor)),
            ("const", [vendor, service, "error_code", _]) => {
                self.newest(vendor, service).map(|id| code(&id))
            }
            ("use" | "method", [vendor, service, rest @ ..]) if is_plain => {
                let version = format!("{vendor}::{service}::{meaning}");
                at(&format!("{version}::{}", rest.join("::"))).or_else(|| at(&version))
            }
            ("struct", [vendor, service, "Client"]) => self.newest(vendor, service),
            ("feature", _) => {
                let mut ids = self.modules.values().filter(|id| is_feature(path, id));
                ids.next_back().cloned()
            }
            ("pages" | "job", _) => {
                let side = self.at(path)?;
                let action = side.strip_suffix("/request");
                let action = action.or_else(|| side.strip_suffix("/response"));
                Some(action.unwrap_or(side).to_owned())
            }
            ("alias", _) => {
                let (of, _) = path.rsplit_once("::")?;
                at(&format!("{of}::{meaning}")).or_else(|| self.in_newest(&names, meaning))
            }
            _ => at(path),
        }
    }

    /// What an alias of a service without its version leads to.
    fn in_newest(&self, names: &[&str], target: &str) -> Option<String> {
        let [vendor, service, rest @ .., _] = names else {
            return None;
        };
        let path = [rest, &[target]].concat().join("::");
        let versions = self.versions(vendor, service).into_iter().rev();
        let mut found = versions.filter_map(|(version, _)| self.at(&format!("{version}::{path}")));
        found.next().map(str::to_owned)
    }

    fn newest(&self, vendor: &str, service: &str) -> Option<String> {
        let versions = self.versions(vendor, service);
        versions.last().map(|(_, id)| (*id).to_owned())
    }

    /// The versions of a service, oldest first: modules are named after days.
    fn versions(&self, vendor: &str, service: &str) -> Vec<(&str, &str)> {
        let start = format!("{vendor}::{service}::v");
        let versions = self.modules.range(start.clone()..);
        let versions = versions.take_while(|(path, _)| path.starts_with(&start));
        versions
            .map(|(path, id)| (path.as_str(), id.as_str()))
            .collect()
    }
}

fn of_kind<'a>(
    lines: &'a [(&'a str, &'a str)],
    kind: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    lines.iter().filter_map(move |(item, meaning)| {
        let path = item.strip_prefix(kind)?.strip_prefix(' ')?;
        Some((path, *meaning))
    })
}

/// Whether it is the feature of a service, or of this version of it.
fn is_feature(name: &str, id: &str) -> bool {
    let parts: Vec<&str> = id.split('/').collect();
    let [vendor, service, version] = parts.as_slice() else {
        return false;
    };
    let service = format!("{vendor}-{}", service.replace('_', "-"));
    let rest = name.strip_prefix(&service);
    rest.is_some_and(|rest| rest.is_empty() || rest == format!("-v{}", version.replace('-', "")))
}

/// The name on the wire, behind the Rust type if there is one.
fn wire(meaning: &str) -> &str {
    meaning.rsplit_once(" = ").map_or(meaning, |(_, wire)| wire)
}

/// A text without the quotes of Rust.
fn unquoted(text: &str) -> String {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let Some(inner) = inner else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(inner.len());
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        out.extend(if sign == '\\' {
            signs.next()
        } else {
            Some(sign)
        });
    }
    out
}
