//! A schema file that people have worked on and what the metadata say now in; the same file with the new facts out. What people
//! wrote stays; what is gone upstream becomes a tombstone; what cannot both be true is reported and left.

use std::collections::BTreeMap;

use yunqiao_model::Node;

mod fields;
mod types;

use crate::collide::{self, Kind};
use crate::facts::{DEPRECATED, Docs, OFFLINE};
use crate::note::{Note, NoteKind};

/// What a tombstone says that an import has set.
const GONE: &str = "No longer in the vendor's metadata.";

/// Keys of an action that the metadata or the list of quirks decide.
const ACTION_FACTS: [&str; 5] = ["host", "body", "unsigned", "streaming", "error_member"];

/// One file on its way.
pub(crate) struct Merge<'a> {
    pub(crate) path: &'a str,
    /// What the values of each enum of the service are: `string` or `int`.
    pub(crate) enums: &'a BTreeMap<String, String>,
    pub(crate) docs: Docs,
    pub(crate) notes: &'a mut Vec<Note>,
    /// Names that got `rust:` because another has the derived one.
    pub(crate) settled: usize,
}

impl Merge<'_> {
    /// Brings a service file up to date.
    pub(crate) fn service(&mut self, old: &mut Node, fresh: &Node) {
        self.fact(old, fresh, "host", "");
        self.prose(old, fresh);
        let Some(codes) = fresh.get("errors") else {
            return;
        };
        let known: Vec<String> = names(old.get("errors"));
        if old.get("errors").is_none() {
            old.set("errors", Node::mapping());
        }
        if let Some(errors) = old.get_mut("errors") {
            for (code, decl) in codes.entries() {
                if errors.get(code).is_none() {
                    errors.push(code, decl.clone());
                }
            }
            let is_new = |code: &str| !known.iter().any(|known| known == code);
            self.settled += collide::settle(errors, is_new, Kind::ErrorCode);
        }
    }

    /// Brings an action's file up to date.
    pub(crate) fn action(&mut self, old: &mut Node, fresh: &Node) {
        self.back(old, "");
        self.status(old, fresh);
        self.prose(old, fresh);
        for key in ACTION_FACTS {
            self.fact(old, fresh, key, "");
        }
        // Only the metadata tell which answers stream.
        if old.get("streaming").is_some() && fresh.get("streaming").is_none() {
            old.remove("streaming");
            self.note(NoteKind::Updated, "", "the answer no longer streams");
        }
        for key in ["idempotency_token", "because"] {
            if let (None, Some(value)) = (old.get(key), fresh.get(key)) {
                old.set(key, value.clone());
            }
        }
        for side in ["request", "response"] {
            if let (Some(old), Some(fresh)) = (old.get_mut(side), fresh.get(side)) {
                self.fields(old, fresh, side);
            }
        }
        if let Some(fresh) = fresh.get("errors") {
            let mut codes: Vec<Node> = old
                .get("errors")
                .into_iter()
                .flat_map(Node::items)
                .cloned()
                .collect();
            let before = codes.len();
            for code in fresh.items() {
                if !codes.iter().any(|known| known.says_same(code)) {
                    codes.push(code.clone());
                }
            }
            if codes.len() > before {
                old.set("errors", Node::list(codes));
            }
        }
    }

    /// Brings a struct's file up to date.
    pub(crate) fn structure(&mut self, old: &mut Node, fresh: &Node) {
        self.back(old, "");
        self.prose(old, fresh);
        if let (Some(old), Some(fresh)) = (old.get_mut("fields"), fresh.get("fields")) {
            self.fields(old, fresh, "fields");
        }
    }

    /// Marks a whole file as gone.
    pub(crate) fn gone(&mut self, old: &mut Node) {
        if old.get("removed").is_none() {
            old.remove("deprecated");
            old.set("removed", GONE);
            self.note(NoteKind::Removed, "", "stays as a tombstone");
        }
    }

    /// The status of an action, unless people have said more about it.
    fn status(&mut self, old: &mut Node, fresh: &Node) {
        let ours = |text: &str| [DEPRECATED, OFFLINE].contains(&text);
        let says = old
            .get("deprecated")
            .and_then(Node::as_str)
            .map(ToOwned::to_owned);
        match (says.as_deref(), fresh.get("deprecated")) {
            (None, Some(text)) => {
                old.set("deprecated", text.clone());
                self.note(NoteKind::Updated, "", "deprecated by the vendor");
            }
            (Some(text), None) if ours(text) => {
                old.remove("deprecated");
                self.note(NoteKind::Updated, "", "no longer deprecated");
            }
            (Some(text), Some(now)) if ours(text) && now.as_str() != Some(text) => {
                old.set("deprecated", now.clone());
            }
            _ => {}
        }
    }

    /// Takes a fact over. A file that says why it departs keeps what it says.
    fn fact(&mut self, old: &mut Node, fresh: &Node, key: &str, place: &str) {
        let Some(value) = fresh.get(key) else { return };
        match old.get(key) {
            Some(known) if known.says_same(value) => {}
            Some(_) if old.get("because").is_some() => {
                let text =
                    format!("`{key}:` is another one upstream, but the file says why it departs");
                self.note(NoteKind::Contradicted, place, &text);
            }
            known => {
                if known.is_some() {
                    self.note(NoteKind::Updated, place, &format!("`{key}:` has changed"));
                }
                old.set(key, value.clone());
            }
        }
    }

    /// The vendor's prose is never curated: it is what the last import was asked for.
    fn prose(&mut self, old: &mut Node, fresh: &Node) {
        match fresh
            .get("upstream_doc")
            .filter(|_| self.docs == Docs::Upstream)
        {
            Some(text) => old.set("upstream_doc", text.clone()),
            None => {
                old.remove("upstream_doc");
            }
        }
    }

    /// Wakes a tombstone.
    fn back(&mut self, old: &mut Node, place: &str) {
        if old.remove("removed").is_some() {
            self.note(NoteKind::Returned, place, "the tombstone is lifted");
        }
    }

    fn note(&mut self, kind: NoteKind, place: &str, text: &str) {
        self.notes.push(Note {
            path: self.path.to_owned(),
            place: place.to_owned(),
            kind,
            text: text.to_owned(),
        });
    }
}

/// The keys of a mapping.
fn names(node: Option<&Node>) -> Vec<String> {
    let entries = node.into_iter().flat_map(Node::entries);
    entries.map(|(name, _)| name.to_owned()).collect()
}
