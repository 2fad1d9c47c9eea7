//! Names that become one Rust name in, `rust:` and its reason for the later of each two out.

use std::collections::{BTreeMap, BTreeSet};

use yunqiao_codegen::{constant_name, field_name};
use yunqiao_model::{Document, Node};

use crate::facts::Files;

/// Gives new entries of a mapping Rust names of their own where the derived ones are taken. Entries that were there before keep
/// theirs: names never move because a neighbour was added. Returns how many were in the way.
pub(crate) fn settle(entries: &mut Node, is_new: impl Fn(&str) -> bool, kind: Kind) -> usize {
    if are_apart(entries) {
        return 0;
    }
    let names: Vec<String> = entries.entries().map(|(name, _)| name.to_owned()).collect();
    let (new, old): (Vec<_>, Vec<_>) = names.iter().partition(|name| is_new(name));
    let given = |entries: &Node, name: &str| {
        let rust = entries.get(name)?.get("rust")?.as_str()?;
        Some(rust.to_owned())
    };
    let mut taken: BTreeMap<String, &str> = old
        .into_iter()
        .map(|name| {
            (
                given(entries, name).unwrap_or_else(|| kind.derive(name)),
                name.as_str(),
            )
        })
        .collect();
    // A new entry may not take a name either that a later new one is given in data.
    let reserved: BTreeSet<String> = new.iter().filter_map(|name| given(entries, name)).collect();
    let mut settled = 0;
    for name in new {
        if given(entries, name).is_some() {
            continue;
        }
        let derived = kind.derive(name);
        let Some(other) = taken.get(&derived).copied() else {
            taken.insert(derived, name);
            continue;
        };
        let stem = derived.trim_end_matches('_');
        let free = (2..)
            .map(|number| format!("{stem}_{number}"))
            .find(|rust| !taken.contains_key(rust) && !reserved.contains(rust));
        if let (Some(rust), Some(entry)) = (free, entries.get_mut(name)) {
            entry.set("rust", rust.as_str());
            entry.set(
                "because",
                format!("`{other}` has the derived Rust name already."),
            );
            taken.insert(rust, name);
            settled += 1;
        }
    }
    settled
}

/// Whether no two names can meet in Rust: none is given in data, and they differ in more than letter case and separators. This is
/// the common case, and deriving every name costs much.
fn are_apart(entries: &Node) -> bool {
    let mut seen = BTreeSet::new();
    let folded = |name: &str| -> String {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        letters
            .map(|b| char::from(b.to_ascii_lowercase()))
            .collect()
    };
    entries
        .entries()
        .all(|(name, entry)| entry.get("rust").is_none() && seen.insert(folded(name)))
}

/// Settles a file in which everything is new.
pub(crate) fn settle_all(file: &mut Node) -> usize {
    let parts = [
        ("request", Kind::Field),
        ("response", Kind::Field),
        ("fields", Kind::Field),
        ("errors", Kind::ErrorCode),
    ];
    let settle_part = |(key, kind)| {
        file.get_mut(key)
            .map_or(0, |part| settle(part, |_| true, kind))
    };
    parts.into_iter().map(settle_part).sum()
}

/// The structs of a schema by the name of their Rust module.
pub(crate) fn standing_structs(
    documents: &BTreeMap<String, Document>,
    folder: &str,
) -> BTreeMap<String, String> {
    let structs = format!("{folder}structs/");
    let structs = documents
        .iter()
        .filter(|(path, _)| path.starts_with(&structs));
    structs
        .filter_map(|(_, document)| module(document.root()))
        .collect()
}

/// The name of a struct's Rust module, and the struct's.
fn module(root: &Node) -> Option<(String, String)> {
    let text = |key: &str| root.get(key).and_then(Node::as_str);
    let name = text("struct")?;
    Some((field_name(text("rust").unwrap_or(name)), name.to_owned()))
}

/// Gives new structs Rust names of their own where others have the derived ones: `Topic_Info` beside `TopicInfo`. Returns how many.
pub(crate) fn settle_structs(files: &mut Files, mut taken: BTreeMap<String, String>) -> usize {
    let known: BTreeSet<String> = taken.values().cloned().collect();
    let mut settled = 0;
    for (path, file) in files {
        let Some((derived, name)) = module(file).filter(|_| path.starts_with("structs/")) else {
            continue;
        };
        if known.contains(&name) {
            continue;
        }
        let Some(other) = taken.get(&derived).cloned() else {
            taken.insert(derived, name);
            continue;
        };
        // The names of Rust's types have no underscores.
        let stem = name.replace('_', "");
        let free = (2..)
            .map(|number| format!("{stem}{number}"))
            .find(|rust| !taken.contains_key(&field_name(rust)));
        if let Some(rust) = free {
            file.set("rust", rust.as_str());
            file.set(
                "because",
                format!("`{other}` has the derived Rust name already."),
            );
            taken.insert(field_name(&rust), name);
            settled += 1;
        }
    }
    settled
}

/// What the names are of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Field,
    ErrorCode,
}

impl Kind {
    pub(crate) fn derive(self, name: &str) -> String {
        match self {
            Self::Field => field_name(name),
            Self::ErrorCode => constant_name(name),
        }
    }
}
