//! Parsed JSON in, what it declares out, and every value that is not what it should be.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::place::escape;
use super::{Action, Item, Member, MemberType, Status, Struct, Upstream};
use crate::Problem;
use crate::problem::shown;

/// Reads a document and gathers its problems.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
    pointer: String,
}

type Object = Map<String, Json>;

/// Most actions, and most objects, of a file. Several times what any real service has; the work grows faster than the file.
const MOST_ENTRIES: usize = 20_000;
/// Most members of an object. The largest real one has 106.
const MOST_MEMBERS: usize = 1_000;

impl Reader {
    pub(super) fn document(&mut self, document: &Json) -> Upstream {
        let Some(root) = self.object(
            document,
            "an object with \"actions\", \"objects\" and \"metadata\"",
        ) else {
            return Upstream::default();
        };
        let mut upstream = Upstream::default();
        self.step("metadata", |reader| {
            if let Some(metadata) = reader.required(root, "metadata") {
                reader.metadata(metadata, &mut upstream);
            }
        });
        let mut objects = BTreeMap::new();
        self.step("objects", |reader| {
            for (name, value) in reader.members(root, "objects") {
                reader.step(name, |reader| {
                    let taken = reader.structure(value);
                    objects.insert(name.clone(), taken);
                });
            }
        });
        let mut messages = BTreeSet::new();
        self.step("actions", |reader| {
            for (name, value) in reader.members(root, "actions") {
                reader.step(name, |reader| {
                    let action = reader.action(value, &objects, &mut messages);
                    upstream.actions.insert(name.clone(), action);
                });
            }
        });
        objects.retain(|name, _| !messages.contains(name));
        upstream.structs = objects;
        upstream
    }

    fn metadata(&mut self, value: &Json, upstream: &mut Upstream) {
        let Some(metadata) = self.object(value, "an object") else {
            return;
        };
        upstream.service = self.text(metadata, "serviceShortName");
        upstream.version = self.text(metadata, "apiVersion");
        for key in ["serviceNameCN", "api_brief"] {
            upstream.prose.push(self.optional_text(metadata, key));
        }
    }

    fn action(
        &mut self,
        value: &Json,
        objects: &BTreeMap<String, Struct>,
        messages: &mut BTreeSet<String>,
    ) -> Action {
        let Some(action) = self.object(value, "an object") else {
            return Action::default();
        };
        let status = match self.optional_text(action, "status").as_str() {
            "" | "online" => Status::Online,
            "deprecated" => Status::Deprecated,
            "offline" => Status::Offline,
            other => {
                let message = format!(
                    "unknown status \"{}\"; online, deprecated and offline are known",
                    shown(other)
                );
                self.step("status", |reader| reader.report(message));
                Status::Online
            }
        };
        let mut out = Action {
            status,
            prose: vec![
                self.optional_text(action, "name"),
                self.optional_text(action, "document"),
            ],
            ..Action::default()
        };
        for (key, members) in [("input", &mut out.request), ("output", &mut out.response)] {
            let name = self.text(action, key);
            if name.is_empty() {
                continue;
            }
            match objects.get(&name) {
                Some(object) => members.extend(object.members.iter().cloned()),
                None => {
                    let message = format!("the object \"{}\" is missing", shown(&name));
                    self.step(key, |reader| reader.report(message));
                }
            }
            messages.insert(name);
        }
        // A streamed answer has its request id in a header, and the member's description says so.
        out.streaming = out
            .response
            .iter()
            .any(|member| member.name == "RequestId" && member.prose.contains("X-TC-RequestId"));
        out.response.retain(|member| member.name != "RequestId");
        out
    }

    fn structure(&mut self, value: &Json) -> Struct {
        let mut out = Struct::default();
        let Some(object) = self.object(value, "an object with \"members\"") else {
            return out;
        };
        out.prose.push(self.optional_text(object, "document"));
        out.usage = self.optional_text(object, "usage");
        self.step("members", |reader| {
            let Some(members) = reader.required(object, "members") else {
                return;
            };
            let Json::Array(members) = members else {
                reader.wrong(members, "a list");
                return;
            };
            if reader.too_many(members.len(), MOST_MEMBERS) {
                return;
            }
            for (index, member) in members.iter().enumerate() {
                reader.step(&index.to_string(), |reader| {
                    out.members.extend(reader.member(member))
                });
            }
        });
        out
    }

    fn member(&mut self, value: &Json) -> Option<Member> {
        let member = self.object(value, "an object")?;
        let name = self.text(member, "name");
        let (outer, inner) = (self.text(member, "type"), self.text(member, "member"));
        let ty = member_type(&outer, &inner);
        if ty.is_none() && !outer.is_empty() && !inner.is_empty() {
            let message = format!(
                "unknown type \"{}\" of \"{}\"",
                shown(&outer),
                shown(&inner)
            );
            self.step("type", |reader| reader.report(message));
        }
        Some(Member {
            name,
            ty: ty?,
            required: self.flag(member, "required"),
            disabled: self.flag(member, "disabled"),
            present_or_null: self.flag(member, "output_required")
                && self.flag(member, "value_allowed_null"),
            example: self.optional_text(member, "example"),
            prose: self.optional_text(member, "document"),
        })
    }

    fn step(&mut self, key: &str, inside: impl FnOnce(&mut Self)) {
        let before = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(key));
        inside(self);
        self.pointer.truncate(before);
    }

    fn report(&mut self, message: impl Into<String>) {
        self.problems.push(Problem::at(&self.pointer, message));
    }

    fn wrong(&mut self, value: &Json, expected: &str) {
        let found = match value {
            Json::Null => "null",
            Json::Bool(_) => "a truth value",
            Json::Number(_) => "a number",
            Json::String(_) => "text",
            Json::Array(_) => "a list",
            Json::Object(_) => "an object",
        };
        self.report(format!("expected {expected}, found {found}"));
    }

    fn object<'a>(&mut self, value: &'a Json, expected: &str) -> Option<&'a Object> {
        let object = value.as_object();
        if object.is_none() {
            self.wrong(value, expected);
        }
        object
    }

    /// The value of a key; the reader already stands at it.
    fn required<'a>(&mut self, object: &'a Object, key: &str) -> Option<&'a Json> {
        let value = object.get(key);
        if value.is_none() {
            self.report("missing");
        }
        value
    }

    /// The members of a mapping; the reader already stands at it.
    fn members<'a>(&mut self, root: &'a Object, key: &str) -> Vec<(&'a String, &'a Json)> {
        let value = self.required(root, key);
        let object = value.and_then(|value| self.object(value, "an object"));
        match object {
            Some(object) if !self.too_many(object.len(), MOST_ENTRIES) => object.iter().collect(),
            _ => Vec::new(),
        }
    }

    fn too_many(&mut self, number: usize, most: usize) -> bool {
        if number > most {
            self.report(format!(
                "{number} entries are more than the {most} that are read"
            ));
        }
        number > most
    }

    fn text(&mut self, object: &Object, key: &str) -> String {
        let before = self.problems.len();
        let text = self.optional_text(object, key);
        if text.is_empty() && self.problems.len() == before {
            self.step(key, |reader| reader.report("missing or empty"));
        }
        text
    }

    fn optional_text(&mut self, object: &Object, key: &str) -> String {
        match object.get(key) {
            None | Some(Json::Null) => String::new(),
            Some(Json::String(text)) => text.clone(),
            Some(other) => {
                self.step(key, |reader| reader.wrong(other, "text"));
                String::new()
            }
        }
    }

    fn flag(&mut self, object: &Object, key: &str) -> bool {
        match object.get(key) {
            None | Some(Json::Null) => false,
            Some(Json::Bool(value)) => *value,
            Some(other) => {
                self.step(key, |reader| reader.wrong(other, "true or false"));
                false
            }
        }
    }
}

/// The type that `type` and `member` give together.
fn member_type(outer: &str, inner: &str) -> Option<MemberType> {
    let scalar = |name, format| Some(Item::Scalar(name, format));
    let (list, kind) = match outer {
        "list" => (true, inner),
        "object" => (false, "object"),
        _ => (false, outer),
    };
    let item = match (kind, inner) {
        ("object", name) => Some(Item::Struct(name.to_owned())),
        (_, "string") if list || kind == "string" => scalar("string", None),
        // The vendor's own SDKs take all three for text, and the values follow their formats only mostly.
        (_, "date") if list || kind == "string" => scalar("string", Some("date")),
        (_, "datetime") if list || kind == "string" => scalar("string", Some("datetime")),
        (_, "datetime_iso") if list || kind == "string" => scalar("string", Some("datetime-iso")),
        (_, "int64") if list || kind == "int" => scalar("int64", None),
        (_, "uint64") if list || kind == "int" => scalar("uint64", None),
        (_, "float") if list || kind == "float" => scalar("float", None),
        (_, "bool") if list || kind == "bool" => scalar("bool", None),
        ("binary", "binary") => scalar("binary", None),
        (name, _) if list => Some(Item::Struct(name.to_owned())),
        _ => None,
    };
    Some(MemberType { list, item: item? })
}
