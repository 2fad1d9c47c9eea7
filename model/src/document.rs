//! A schema file in, the same with keys changed out: for tools that write schemas. Comments and what nobody touched stay.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::node::{Entry, Node, NodeValue};
use crate::{Diagnostic, Location, Source, format, layout};

/// A schema file that can be changed and printed in canonical form.
///
/// ```
/// use yunqiao_model::{Document, Node};
///
/// let mut file = Document::new("tencent/demo/2024-01-01/structs/Tag.yaml");
/// file.root_mut().set("fields", Node::mapping());
/// file.root_mut().set("struct", Node::from("Tag"));
/// assert_eq!(file.text().unwrap(), "struct: Tag\nfields: {}\n");
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    source: Source,
    root: Node,
}

impl Document {
    /// An empty mapping that is to lie at this path below the schema folder.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self {
            source: Source::new(path, ""),
            root: Node::mapping(),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let (root, problems) = source.tree();
        match root.filter(|_| problems.is_empty()) {
            None => Err(problems),
            Some(root) if !matches!(root.value, NodeValue::Map(_)) => {
                Err(vec![format::no_mapping(&root)])
            }
            Some(root) => Ok(Self {
                source: source.clone(),
                root,
            }),
        }
    }

    /// The file's mapping.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The file's mapping, to be changed.
    pub fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// The canonical text: keys in their order, comments with what they belong to.
    ///
    /// # Errors
    /// The path is none of a schema file.
    pub fn text(&self) -> Result<String, Vec<Diagnostic>> {
        let place = layout::place(&self.source.path).map_err(|problem| vec![problem])?;
        Ok(format::print(&self.source, &self.root, place.kind))
    }
}

/// What can be asked of a value and done to it.
impl Node {
    /// A mapping without keys.
    #[must_use]
    pub fn mapping() -> Self {
        Self::made(NodeValue::Map(Vec::new()))
    }

    /// A list.
    #[must_use]
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::made(NodeValue::List(items.into_iter().collect()))
    }

    fn made(value: NodeValue) -> Self {
        Self {
            at: nowhere(),
            head: nowhere(),
            value,
            end: (0, 0),
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let NodeValue::Map(entries) = &mut self.value else {
            return None;
        };
        let entry = entries.iter_mut().find(|entry| entry.key == key)?;
        Some(&mut entry.value)
    }

    /// The keys and values of a mapping, in their order; nothing for other values.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Self)> {
        let entries = match &self.value {
            NodeValue::Map(entries) => entries.as_slice(),
            _ => &[],
        };
        entries
            .iter()
            .map(|entry| (entry.key.as_str(), &entry.value))
    }

    /// The items of a list; nothing for other values.
    pub fn items(&self) -> impl Iterator<Item = &Self> {
        match &self.value {
            NodeValue::List(items) => items.as_slice(),
            _ => &[],
        }
        .iter()
    }

    /// The text of a text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value of a truth value.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            NodeValue::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Gives a key a value; a new key goes to the end. Does nothing to what is no mapping.
    pub fn set(&mut self, key: &str, value: impl Into<Self>) {
        let value = value.into();
        match self.get_mut(key) {
            Some(place) => place.value = value.value,
            None => self.push(key, value),
        }
    }

    /// Adds a key that the mapping is known not to have. Does nothing to what is no mapping.
    pub fn push(&mut self, key: &str, value: impl Into<Self>) {
        if let NodeValue::Map(entries) = &mut self.value {
            entries.push(Entry {
                key: key.to_owned(),
                key_at: nowhere(),
                value: value.into(),
            });
        }
    }

    /// Removes a key and returns its value.
    pub fn remove(&mut self, key: &str) -> Option<Self> {
        let NodeValue::Map(entries) = &mut self.value else {
            return None;
        };
        let at = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(at).value)
    }

    /// Renames a key in its place, with its comments.
    pub fn rename(&mut self, from: &str, to: &str) {
        if let NodeValue::Map(entries) = &mut self.value
            && let Some(entry) = entries.iter_mut().find(|entry| entry.key == from)
        {
            to.clone_into(&mut entry.key);
        }
    }

    /// Puts the keys of a mapping into this order; those that it does not name stay behind the key that they follow now.
    pub fn arrange<'a>(&mut self, order: impl IntoIterator<Item = &'a str>) {
        let NodeValue::Map(entries) = &mut self.value else {
            return;
        };
        let rank: BTreeMap<&str, usize> = order.into_iter().zip(1..).collect();
        let mut last = 0;
        let mut ranked: Vec<(usize, Entry)> = std::mem::take(entries)
            .into_iter()
            .map(|entry| {
                last = rank.get(entry.key.as_str()).copied().unwrap_or(last);
                (last, entry)
            })
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        entries.extend(ranked.into_iter().map(|(_, entry)| entry));
    }

    /// Whether two values say the same, wherever they stand.
    #[must_use]
    pub fn says_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (NodeValue::List(a), NodeValue::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.says_same(b))
            }
            (NodeValue::Map(a), NodeValue::Map(b)) => {
                let same = |(a, b): (&Entry, &Entry)| a.key == b.key && a.value.says_same(&b.value);
                a.len() == b.len() && a.iter().zip(b).all(same)
            }
            (a, b) => a == b,
        }
    }
}

/// The place of what was never in a file.
fn nowhere() -> Location {
    static NOWHERE: LazyLock<Location> = LazyLock::new(|| Location::file(""));
    NOWHERE.clone()
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::made(NodeValue::Text(text.to_owned()))
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::made(NodeValue::Text(text))
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Self::made(NodeValue::Bool(value))
    }
}

impl From<i64> for Node {
    fn from(value: i64) -> Self {
        Self::made(NodeValue::Int(value))
    }
}
