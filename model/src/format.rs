//! A schema file in, its canonical form out: fixed order of keys, one key a line, comments kept.

use crate::dialect::{ObjectShape, Shape, file_shapes};
use crate::format::comments::Comments;
use crate::node::{Entry, Node, NodeValue};
use crate::{Code, Diagnostic, Document, FileKind, Source};

mod comments;
mod scalar;

/// Lines are folded at this column where that is possible.
const WIDTH: usize = 100;

/// The canonical form of a schema file. Formatting it again changes nothing.
///
/// # Errors
/// Why the file cannot be read. Unknown keys are kept, behind the known ones.
pub fn format(source: &Source) -> Result<String, Vec<Diagnostic>> {
    Document::read(source)?.text()
}

/// Prints a file of a kind. The source gives the comments, and with its name the language.
pub(crate) fn print(source: &Source, root: &Node, kind: FileKind) -> String {
    let shape = file_shapes()
        .into_iter()
        .find(|(found, _)| *found == kind)
        .map(|(_, shape)| shape);
    let ordered = shape.map_or_else(|| root.clone(), |shape| order_object(root, &shape));
    if source.path.ends_with(".json") {
        return format!("{:#}\n", ordered.to_json());
    }
    let text = String::from_utf8_lossy(&source.bytes);
    let mut printer = Printer {
        out: String::new(),
        comments: Comments::collect(text.trim_start_matches('\u{feff}'), root),
    };
    printer.value(&ordered, 0);
    printer.comments.rest(&mut printer.out);
    printer.out
}

/// What is wrong with a document that is no mapping.
pub(crate) fn no_mapping(node: &Node) -> Diagnostic {
    let message = format!("expected a mapping, found {}", node.kind());
    Diagnostic::new(Code::NotOneDocument, node.at.clone(), message)
        .help("a schema file holds one mapping")
}

/// A copy with keys in canonical order, all the way down.
fn order(node: &Node, shape: &Shape) -> Node {
    match (shape, &node.value) {
        (Shape::Object(shape), NodeValue::Map(_)) => order_object(node, &shape()),
        (Shape::Map(inner), NodeValue::Map(entries)) => {
            // All values of a mapping have one shape, which is made once.
            let inner = match &**inner {
                Shape::Object(shape) => Inner::Object(shape()),
                other => Inner::Other(other),
            };
            let value = |entry: &Entry| match &inner {
                Inner::Object(shape) => order_object(&entry.value, shape),
                Inner::Other(shape) => order(&entry.value, shape),
            };
            let entries = entries.iter().map(|entry| moved(entry, value(entry)));
            holding(node, NodeValue::Map(entries.collect()))
        }
        (Shape::List(inner), NodeValue::List(items)) => {
            let items = items.iter().map(|item| order(item, inner));
            holding(node, NodeValue::List(items.collect()))
        }
        _ => node.clone(),
    }
}

/// The shape of a mapping's values.
enum Inner<'a> {
    Object(ObjectShape),
    Other(&'a Shape),
}

fn order_object(node: &Node, shape: &ObjectShape) -> Node {
    let NodeValue::Map(entries) = &node.value else {
        return node.clone();
    };
    let rank = |entry: &Entry| {
        shape
            .keys
            .iter()
            .position(|key| key.name == entry.key)
            .unwrap_or(usize::MAX)
    };
    let mut sorted: Vec<(usize, &Entry)> =
        entries.iter().map(|entry| (rank(entry), entry)).collect();
    sorted.sort_by_key(|(rank, _)| *rank);
    let ordered = sorted.into_iter().map(|(rank, entry)| {
        let value = shape.keys.get(rank).map_or_else(
            || entry.value.clone(),
            |key| order(&entry.value, &(key.shape)()),
        );
        moved(entry, value)
    });
    holding(node, NodeValue::Map(ordered.collect()))
}

/// An entry with another value, in the same place.
fn moved(entry: &Entry, value: Node) -> Entry {
    Entry {
        key: entry.key.clone(),
        key_at: entry.key_at.clone(),
        value,
    }
}

/// A node with another value, in the same place.
fn holding(node: &Node, value: NodeValue) -> Node {
    Node {
        at: node.at.clone(),
        head: node.head.clone(),
        value,
        end: node.end,
    }
}

struct Printer {
    out: String,
    comments: Comments,
}

impl Printer {
    /// Prints a collection as a block that starts on a line of its own.
    fn value(&mut self, node: &Node, indent: usize) {
        match &node.value {
            NodeValue::Map(entries) => {
                for entry in entries {
                    self.comments.before(&entry.key_at, indent, &mut self.out);
                    self.entry(entry, indent);
                }
            }
            NodeValue::List(items) => {
                for item in items {
                    self.comments.before(&item.at, indent, &mut self.out);
                    self.item(item, indent);
                }
            }
            _ => {}
        }
    }

    fn entry(&mut self, entry: &Entry, indent: usize) {
        let key = scalar::inline(&entry.key);
        self.out.push_str(&format!("{:indent$}{key}:", ""));
        match &entry.value.value {
            NodeValue::Map(entries) if !entries.is_empty() => {
                self.out.push('\n');
                self.value(&entry.value, indent + 2);
            }
            NodeValue::List(items) if !items.is_empty() => {
                if let Some(text) = scalar::flow_type(&entry.key, items) {
                    self.out.push_str(&format!(" {text}\n"));
                } else {
                    self.out.push('\n');
                    self.value(&entry.value, indent + 2);
                }
            }
            value => {
                let text = scalar::block(value, indent + 2, indent + key.chars().count() + 2);
                self.out.push_str(&if text.is_empty() {
                    "\n".to_owned()
                } else {
                    format!(" {text}\n")
                });
            }
        }
    }

    fn item(&mut self, item: &Node, indent: usize) {
        match &item.value {
            NodeValue::Map(entries) if !entries.is_empty() => {
                let start = self.out.len();
                self.value(item, indent + 2);
                // The first key shares the line of the dash.
                self.dash(start, indent);
            }
            NodeValue::List(items) if !items.is_empty() => {
                self.out.push_str(&format!("{:indent$}-\n", ""));
                self.value(item, indent + 2);
            }
            value => {
                let text = scalar::block(value, indent + 2, indent + 2);
                let text = if text.is_empty() {
                    "null".to_owned()
                } else {
                    text
                };
                self.out.push_str(&format!("{:indent$}- {text}\n", ""));
            }
        }
    }

    /// Puts the dash into the indentation of the first line after `start` that is no comment; the comments before it move out
    /// to the dash.
    fn dash(&mut self, start: usize, indent: usize) {
        let mut at = start;
        while self.out[at..].trim_start_matches(' ').starts_with('#') {
            self.out.replace_range(at..at + 2, "");
            at += self.out[at..]
                .find('\n')
                .map_or(self.out.len() - at, |end| end + 1);
        }
        self.out.replace_range(at + indent..=at + indent, "-");
    }
}
