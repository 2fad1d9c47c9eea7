//! A YAML document as a tree that remembers where everything stood.

use std::sync::Arc;

use serde_json::{Map, Number, Value as Json};

use crate::Location;

/// A value of a schema file with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub(crate) at: Location,
    /// Where to point when the value lacks something: its key, or its first key.
    pub(crate) head: Location,
    pub(crate) value: NodeValue,
    /// Line and column behind the value.
    pub(crate) end: (u32, u32),
}

/// What a node holds. Plain scalars follow YAML 1.2's core schema, so `no` and `2021-05-26` are text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NodeValue {
    Null,
    Bool(bool),
    Int(i64),
    /// A number that is no `i64`; the text is kept.
    Float(f64, Arc<str>),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_at: Location,
    pub(crate) value: Node,
}

impl Node {
    /// The kind in words that fit after "found".
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            NodeValue::Null => "nothing",
            NodeValue::Bool(_) => "a truth value",
            NodeValue::Int(_) => "an integer",
            NodeValue::Float(..) => "a number",
            NodeValue::Text(_) => "text",
            NodeValue::List(_) => "a list",
            NodeValue::Map(_) => "a mapping",
        }
    }

    /// The node at a path of keys and list positions, or the last one on the way that exists.
    pub(crate) fn descend(&self, path: &[crate::conform::Segment]) -> &Self {
        let mut node = self;
        for segment in path {
            let next = match (&node.value, segment) {
                (NodeValue::Map(entries), crate::conform::Segment::Key(key)) => entries
                    .iter()
                    .find(|entry| entry.key == *key)
                    .map(|entry| &entry.value),
                (NodeValue::List(items), crate::conform::Segment::Index(index)) => {
                    items.get(*index)
                }
                _ => None,
            };
            let Some(next) = next else { break };
            node = next;
        }
        node
    }

    /// Where the key stands at which a path ends, or the deepest existing node.
    pub(crate) fn place(&self, path: &[crate::conform::Segment]) -> Location {
        if let Some((crate::conform::Segment::Key(last), parents)) = path.split_last()
            && let NodeValue::Map(entries) = &self.descend(parents).value
            && let Some(entry) = entries.iter().find(|entry| entry.key == *last)
        {
            return entry.key_at.clone();
        }
        self.descend(path).at.clone()
    }

    /// A scalar as the text that was probably meant; nothing for a collection.
    pub(crate) fn to_text(&self) -> String {
        match &self.value {
            NodeValue::Null | NodeValue::List(_) | NodeValue::Map(_) => String::new(),
            NodeValue::Bool(value) => value.to_string(),
            NodeValue::Int(value) => value.to_string(),
            NodeValue::Float(_, text) => text.to_string(),
            NodeValue::Text(text) => text.clone(),
        }
    }

    /// The same value as JSON, without places.
    pub(crate) fn to_json(&self) -> Json {
        match &self.value {
            NodeValue::Null => Json::Null,
            NodeValue::Bool(value) => Json::Bool(*value),
            NodeValue::Int(value) => Json::Number((*value).into()),
            NodeValue::Float(value, text) => {
                let exact = text.parse::<u64>().ok().map(Number::from);
                exact
                    .or_else(|| Number::from_f64(*value))
                    .map_or(Json::Null, Json::Number)
            }
            NodeValue::Text(text) => Json::String(text.clone()),
            NodeValue::List(items) => Json::Array(items.iter().map(Self::to_json).collect()),
            NodeValue::Map(entries) => Json::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_json()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}

/// What a plain scalar means under YAML 1.2's core schema.
pub(crate) fn plain(text: &str) -> NodeValue {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return NodeValue::Null,
        "true" | "True" | "TRUE" => return NodeValue::Bool(true),
        "false" | "False" | "FALSE" => return NodeValue::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.chars().any(|c| c.is_ascii_digit())
    {
        if let Ok(value) = text.parse::<i64>() {
            return NodeValue::Int(value);
        }
        let numeric = digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'));
        if numeric && let Ok(value) = text.parse::<f64>() {
            return NodeValue::Float(value, text.into());
        }
    }
    NodeValue::Text(text.to_owned())
}
