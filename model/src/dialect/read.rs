//! From a [`Node`] to a Rust value, with every problem on the way.

use crate::dialect::{Shape, wrong_kind};
use crate::node::{Entry, Node, NodeValue};
use crate::{Code, Diagnostic, Location};

/// A value that can be read from a schema file and says what it accepts.
pub(crate) trait Read: Sized {
    /// What it accepts.
    fn shape() -> Shape;

    /// Reads it, or reports why not.
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self>;

    /// What stands for a value that cannot be read, so that the rest can still be checked.
    fn blank(_at: &Location) -> Option<Self> {
        None
    }
}

/// A value with the places of its key and of itself.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) key_at: Location,
    pub(crate) at: Location,
    pub(crate) value: T,
}

impl<T: Read> At<T> {
    /// Reads the value of an entry. An empty value counts as missing and is reported.
    pub(crate) fn read(entry: &Entry, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        if entry.value.value == NodeValue::Null && !matches!(T::shape(), Shape::Any) {
            let message = format!("\"{}\" has no value", entry.key);
            let help = if matches!(T::shape(), Shape::Map(_)) {
                format!("write `{}: {{}}` if there is nothing to list", entry.key)
            } else {
                "give it a value or remove the key".to_owned()
            };
            let problem = Diagnostic::new(Code::WrongKind, entry.key_at.clone(), message);
            problems.push(problem.help(help));
            return None;
        }
        let value = T::read(&entry.value, problems)?;
        Some(Self {
            key_at: entry.key_at.clone(),
            at: entry.value.at.clone(),
            value,
        })
    }
}

/// A mapping from names to values, in the order of the file.
#[derive(Clone, Debug)]
pub(crate) struct Entries<T>(pub(crate) Vec<(Key, T)>);

/// A name used as a key.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) at: Location,
}

impl Read for String {
    fn shape() -> Shape {
        Shape::Text(None)
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        match &node.value {
            NodeValue::Text(text) if !text.trim().is_empty() => Some(text.clone()),
            NodeValue::Text(_) => {
                let problem =
                    Diagnostic::new(Code::WrongKind, node.at.clone(), "the text is empty");
                problems.push(problem.help("write it, or remove the key if it may be absent"));
                None
            }
            _ => {
                wrong_kind(node, "text", problems);
                None
            }
        }
    }
}

impl Read for bool {
    fn shape() -> Shape {
        Shape::Bool
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        if let NodeValue::Bool(value) = node.value {
            return Some(value);
        }
        wrong_kind(node, "true or false", problems);
        None
    }
}

impl Read for i64 {
    fn shape() -> Shape {
        Shape::Int
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        if let NodeValue::Int(value) = node.value {
            return Some(value);
        }
        wrong_kind(node, "an integer", problems);
        None
    }
}

/// Any value, kept with its places.
impl Read for Node {
    fn shape() -> Shape {
        Shape::Any
    }

    fn read(node: &Node, _problems: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(node.clone())
    }
}

impl<T: Read> Read for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let NodeValue::List(items) = &node.value else {
            wrong_kind(node, "a list", problems);
            return None;
        };
        Some(
            items
                .iter()
                .filter_map(|item| T::read(item, problems))
                .collect(),
        )
    }
}

/// A list entry with its place.
impl<T: Read> Read for At<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let value = T::read(node, problems)?;
        Some(Self {
            key_at: node.at.clone(),
            at: node.at.clone(),
            value,
        })
    }
}

impl<T: Read> Read for Entries<T> {
    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let NodeValue::Map(entries) = &node.value else {
            wrong_kind(node, "a mapping", problems);
            return None;
        };
        let read = |entry: &Entry| {
            let key = Key {
                text: entry.key.clone(),
                at: entry.key_at.clone(),
            };
            T::read(&entry.value, problems)
                .or_else(|| T::blank(&entry.key_at))
                .map(|value| (key, value))
        };
        Some(Self(entries.iter().filter_map(read).collect()))
    }
}
