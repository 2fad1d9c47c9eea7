//! Fields as people have them and as the metadata have them in, merged fields out: in the order of the metadata.

use std::collections::BTreeSet;

use yunqiao_codegen::field_name;
use yunqiao_model::Node;

use super::types::{Change, change};
use super::{GONE, Merge, names};
use crate::collide::{self, Kind};
use crate::note::NoteKind;

impl Merge<'_> {
    pub(super) fn fields(&mut self, old: &mut Node, fresh: &Node, side: &str) {
        let known = names(Some(&*old));
        let mut new = BTreeSet::new();
        for (name, fact) in fresh.entries() {
            let place = format!("{side}.{name}");
            if let Some(field) = old.get_mut(name) {
                let former = field.get("renamed_from").and_then(Node::as_str);
                // Both spellings exist now, so neither is the other's former one.
                if former.is_some_and(|former| fresh.get(former).is_some()) {
                    field.remove("renamed_from");
                    self.note(
                        NoteKind::Updated,
                        &place,
                        "its former name is another field now",
                    );
                }
                self.field(field, fact, &place);
            } else if let Some(former) = self.respelt(old, fresh, name, fact) {
                old.rename(&former, name);
                if let Some(field) = old.get_mut(name) {
                    field.set("renamed_from", former.as_str());
                    self.field(field, fact, &place);
                }
                let text = format!("spelt `{former}` before; the Rust name stays");
                self.note(NoteKind::Updated, &place, &text);
            } else {
                old.push(name, fact.clone());
                new.insert(name.to_owned());
            }
        }
        for name in &new {
            self.note(NoteKind::Updated, &format!("{side}.{name}"), "new");
        }
        for name in known.iter().filter(|name| fresh.get(name).is_none()) {
            let Some(field) = old.get_mut(name) else {
                continue;
            };
            if field.get("removed").is_some() {
                continue;
            }
            let place = format!("{side}.{name}");
            // It may never have been in the metadata; only people can tell.
            if field.get("because").is_some() && field.get("rust").is_none() {
                let text = "not in the metadata; the field says why it departs";
                self.note(NoteKind::Kept, &place, text);
                continue;
            }
            for key in ["required", "disabled", "deprecated"] {
                field.remove(key);
            }
            field.set("removed", GONE);
            self.note(NoteKind::Removed, &place, "stays as a tombstone");
        }
        old.arrange(fresh.entries().map(|(name, _)| name));
        self.settled += collide::settle(old, |name| new.contains(name), Kind::Field);
    }

    /// The field that a new one is another spelling of: gone upstream, with the same Rust name and type.
    fn respelt(&self, old: &Node, fresh: &Node, name: &str, fact: &Node) -> Option<String> {
        let rust = field_name(name);
        let (former, _) = old.entries().find(|(former, field)| {
            fresh.get(former).is_none()
                && field.get("removed").is_none()
                && field_name(former) == rust
                && !matches!(self.change(field, fact), Some(Change::Replaced))
        })?;
        Some(former.to_owned())
    }

    fn change(&self, old: &Node, fresh: &Node) -> Option<Change> {
        change(old.get("type")?, fresh.get("type")?, self.enums)
    }

    /// One field: type and flags are facts, everything else is the people's.
    fn field(&mut self, old: &mut Node, fresh: &Node, place: &str) {
        if old.get("type").is_none() {
            self.note(
                NoteKind::Contradicted,
                place,
                "the schema does not say its type; it is left as it is",
            );
            return;
        }
        self.back(old, place);
        self.prose(old, fresh);
        let departs = old.get("because").is_some() && old.get("rust").is_none();
        match self.change(old, fresh) {
            None => {}
            Some(Change::Width) => old.set(
                "type",
                fresh.get("type").cloned().unwrap_or_else(Node::mapping),
            ),
            Some(Change::Curated) => {
                self.note(
                    NoteKind::Contradicted,
                    place,
                    "the enum does not fit the type that the field has upstream now",
                );
            }
            Some(Change::Replaced) if departs => {
                self.note(
                    NoteKind::Contradicted,
                    place,
                    "the type is another one upstream, but the field says why it departs",
                );
            }
            Some(Change::Replaced) => {
                old.set(
                    "type",
                    fresh.get("type").cloned().unwrap_or_else(Node::mapping),
                );
                self.note(NoteKind::Updated, place, "the type has changed");
                self.unfitting(old, place);
            }
        }
        for key in ["required", "disabled"] {
            let says = |node: &Node| node.get(key).and_then(Node::as_bool).unwrap_or(false);
            let (before, now) = (says(old), says(fresh));
            if before == now {
                continue;
            }
            if departs {
                let text = format!("`{key}:` is {now} upstream, but the field says why it departs");
                self.note(NoteKind::Contradicted, place, &text);
            } else if now {
                old.set(key, true);
                self.note(NoteKind::Updated, place, &format!("{key} now"));
            } else {
                old.remove(key);
                self.note(NoteKind::Updated, place, &format!("no longer {key}"));
            }
        }
        if old.get("required").is_some() && old.get("required_if").is_some() {
            self.note(
                NoteKind::Contradicted,
                place,
                "required upstream, and `required_if:` says only sometimes",
            );
        }
        for key in ["format", "header", "rust", "because"] {
            if let (None, Some(value)) = (old.get(key), fresh.get(key)) {
                old.set(key, value.clone());
            }
        }
    }

    /// Reports what people have said about a field when it had another type.
    fn unfitting(&mut self, old: &Node, place: &str) {
        let keys = [
            "format", "unit", "default", "length", "bytes", "pattern", "range", "items",
        ];
        let said: Vec<String> = keys
            .into_iter()
            .filter(|key| old.get(key).is_some())
            .map(|key| format!("`{key}:`"))
            .collect();
        if !said.is_empty() {
            let text = format!(
                "{} may not fit the type that the field has upstream now",
                said.join(", ")
            );
            self.note(NoteKind::Contradicted, place, &text);
        }
    }
}
