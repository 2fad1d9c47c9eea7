//! A JSON value and a list of fields in, every way in which they differ out. One rule book for examples, the local cloud and tests.

use std::fmt;

use serde_json::Value as Json;

use crate::api::{Action, Body, Enum, EnumKind, Field, Service, Type, WireValue};

mod constraint;
mod tolerance;

/// How a value departs from its description.
#[derive(Clone, Debug, PartialEq)]
pub struct Deviation {
    /// Where in the value.
    pub path: Vec<Segment>,
    /// What is wrong.
    pub kind: DeviationKind,
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A member of an object.
    Key(String),
    /// An entry of a list.
    Index(usize),
}

/// What is wrong with a value. Values themselves are never quoted: they may be personal data.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DeviationKind {
    /// A required field is absent.
    Missing,
    /// No such field; the known ones.
    Unknown(Vec<String>),
    /// Another type was expected.
    WrongType {
        /// What was expected, in words.
        expected: &'static str,
        /// What was found, in words.
        found: &'static str,
        /// The generated code reads the value all the same: `"12"` where 12 is meant, `""` where nothing is.
        read: bool,
    },
    /// A constraint is broken, in words.
    Constraint(String),
    /// An enum's value is not in the documented list. Tolerated on the wire.
    UndocumentedValue,
    /// The field is a tombstone.
    Removed,
}

impl Deviation {
    /// Whether a generated type still reads a document that has it. Unknown names are skipped, absent ones stay absent.
    #[must_use]
    pub fn is_read(&self) -> bool {
        !matches!(self.kind, DeviationKind::WrongType { read: false, .. })
    }

    /// The path as text, for example `Agent.ProxyOperator.OpenId` or `Users[2].Name`.
    #[must_use]
    pub fn path_text(&self) -> String {
        let mut text = String::new();
        for segment in &self.path {
            match segment {
                Segment::Key(key) if text.is_empty() => text.push_str(key),
                Segment::Key(key) => {
                    text.push('.');
                    text.push_str(key);
                }
                Segment::Index(index) => text.push_str(&format!("[{index}]")),
            }
        }
        text
    }
}

impl fmt::Display for DeviationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("required, but missing"),
            Self::Unknown(_) => f.write_str("no such field"),
            Self::WrongType {
                expected, found, ..
            } => write!(f, "expected {expected}, found {found}"),
            Self::Constraint(text) => f.write_str(text),
            Self::UndocumentedValue => f.write_str("not one of the documented values"),
            Self::Removed => f.write_str("removed upstream, cannot be sent"),
        }
    }
}

/// Compares a request with an action: types, unknown and missing fields, constraints that are enforced.
#[must_use]
pub fn conform_request(service: &Service, action: &Action, request: &Json) -> Vec<Deviation> {
    let text_only = matches!(action.body, Body::Query | Body::Form);
    let mut walk = Walk {
        service,
        request: true,
        text_only,
        path: Vec::new(),
        found: Vec::new(),
    };
    walk.object(&action.request, request);
    walk.found
}

/// Compares an answer (without envelope and request id) with an action.
#[must_use]
pub fn conform_response(service: &Service, action: &Action, response: &Json) -> Vec<Deviation> {
    let mut walk = Walk {
        service,
        request: false,
        text_only: false,
        path: Vec::new(),
        found: Vec::new(),
    };
    walk.object(&action.response, response);
    walk.found
}

struct Walk<'a> {
    service: &'a Service,
    request: bool,
    /// Numbers and truth values travel as text.
    text_only: bool,
    path: Vec<Segment>,
    found: Vec<Deviation>,
}

impl Walk<'_> {
    fn report(&mut self, kind: DeviationKind) {
        self.found.push(Deviation {
            path: self.path.clone(),
            kind,
        });
    }

    fn within(&mut self, segment: Segment, step: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        step(self);
        self.path.pop();
    }

    fn object(&mut self, fields: &[Field], value: &Json) {
        let Json::Object(members) = value else {
            self.report(DeviationKind::WrongType {
                expected: "an object",
                found: kind(value),
                read: false,
            });
            return;
        };
        for (key, member) in members {
            self.within(Segment::Key(key.clone()), |walk| {
                match fields.iter().find(|field| field.name == *key) {
                    None => walk.report(DeviationKind::Unknown(
                        fields.iter().map(|field| field.name.clone()).collect(),
                    )),
                    Some(field) => walk.field(field, member),
                }
            });
        }
        if self.request {
            for field in fields
                .iter()
                .filter(|field| field.required && field.life.removed.is_none())
            {
                if members.get(&field.name).is_none_or(Json::is_null) {
                    self.within(Segment::Key(field.name.clone()), |walk| {
                        walk.report(DeviationKind::Missing)
                    });
                }
            }
        }
    }

    fn field(&mut self, field: &Field, value: &Json) {
        if self.request && field.life.removed.is_some() {
            self.report(DeviationKind::Removed);
            return;
        }
        if value.is_null() {
            return;
        }
        let before = self.found.len();
        self.value(&field.ty, value);
        if self.request && !field.advisory && self.found.len() == before {
            for text in constraint::broken(field, value) {
                self.report(DeviationKind::Constraint(text));
            }
        }
    }

    fn value(&mut self, ty: &Type, value: &Json) {
        let service = self.service;
        match (ty, value) {
            (Type::List(item), Json::Array(entries)) => {
                for (index, entry) in entries.iter().enumerate() {
                    self.within(Segment::Index(index), |walk| walk.value(item, entry));
                }
            }
            (Type::Struct(name), Json::Object(_)) => {
                if let Some(inner) = service.structs.get(name) {
                    self.object(&inner.fields, value);
                }
            }
            (Type::Enum(name), _) => {
                if let Some(inner) = service.enums.get(name) {
                    self.enum_value(ty, inner, value);
                }
            }
            (Type::Json, _)
            | (Type::String | Type::Binary, Json::String(_))
            | (Type::Float, Json::Number(_))
            | (Type::Bool, Json::Bool(_)) => {}
            (Type::Int, Json::Number(number)) if number.is_i64() => {}
            (Type::Int, Json::String(text)) if self.text_only && text.parse::<i64>().is_ok() => {}
            (Type::Float, Json::String(text)) if self.text_only && text.parse::<f64>().is_ok() => {}
            (Type::Bool, Json::String(text))
                if self.text_only && matches!(text.as_str(), "true" | "false") => {}
            _ => self.report(DeviationKind::WrongType {
                expected: expected(ty),
                found: kind(value),
                read: tolerance::is_read(service, ty, value),
            }),
        }
    }

    fn enum_value(&mut self, ty: &Type, inner: &Enum, value: &Json) {
        let wire = match (inner.kind, value) {
            (EnumKind::Text, Json::String(text)) => Some(WireValue::Text(text.clone())),
            (EnumKind::Int, Json::String(text)) if self.text_only => {
                text.parse().ok().map(WireValue::Int)
            }
            (EnumKind::Int, _) => value.as_i64().map(WireValue::Int),
            _ => None,
        };
        match wire {
            None => {
                let expected = if inner.kind == EnumKind::Int {
                    "an integer"
                } else {
                    "text"
                };
                self.report(DeviationKind::WrongType {
                    expected,
                    found: kind(value),
                    read: tolerance::is_read(self.service, ty, value),
                });
            }
            // An enum whose values could not be read has none.
            Some(wire)
                if !inner.values.is_empty()
                    && !inner.values.iter().any(|known| known.value == wire) =>
            {
                self.report(DeviationKind::UndocumentedValue);
            }
            Some(_) => {}
        }
    }
}

fn expected(ty: &Type) -> &'static str {
    match ty {
        Type::String | Type::Binary | Type::Enum(_) => "text",
        Type::Int => "an integer",
        Type::Float => "a number",
        Type::Bool => "true or false",
        Type::Json => "any value",
        Type::Struct(_) => "an object",
        Type::List(_) => "a list",
    }
}

fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a truth value",
        Json::Number(number) if number.is_f64() => "a number with a fraction",
        Json::Number(number) if !number.is_i64() => "a number beyond 64 bits",
        Json::Number(_) => "a number",
        Json::String(_) => "text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
