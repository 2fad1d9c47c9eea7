//! Comments of a YAML text, each bound to the key or list entry it belongs to, so that it moves along.

use std::collections::BTreeMap;

use crate::Location;
use crate::node::{Node, NodeValue};

/// Comments by the place of what they belong to.
#[derive(Debug, Default)]
pub(super) struct Comments {
    bound: BTreeMap<(u32, u32), Vec<String>>,
    /// Those behind the last key.
    rest: Vec<String>,
}

impl Comments {
    /// Finds the comments and binds each to the key on its line, or else to the next one.
    pub(super) fn collect(text: &str, root: &Node) -> Self {
        let mut marks = Marks::default();
        marks.visit(root);
        marks.anchors.sort_unstable();
        marks.scalars.sort_unstable();
        let mut comments = Self::default();
        for (index, line) in text.lines().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let Some((column, comment)) = marks.comment(number, line) else {
                continue;
            };
            let anchors = &marks.anchors;
            let before = anchors.partition_point(|anchor| *anchor < (number, column));
            let same_line = anchors[..before].last().filter(|anchor| anchor.0 == number);
            let next = anchors.partition_point(|anchor| anchor.0 <= number);
            match same_line.or(anchors.get(next)) {
                Some(anchor) => comments.bound.entry(*anchor).or_default().push(comment),
                None => comments.rest.push(comment),
            }
        }
        comments
    }

    /// Prints the comments of the key or entry at a place, once.
    pub(super) fn before(&mut self, at: &Location, indent: usize, out: &mut String) {
        for comment in self.bound.remove(&(at.line, at.column)).unwrap_or_default() {
            out.push_str(&format!("{:indent$}{comment}\n", ""));
        }
    }

    /// Prints what is left at the end of the file.
    pub(super) fn rest(&mut self, out: &mut String) {
        for comment in std::mem::take(&mut self.bound)
            .into_values()
            .flatten()
            .chain(std::mem::take(&mut self.rest))
        {
            out.push_str(&comment);
            out.push('\n');
        }
    }
}

/// Where keys, entries and scalars stand.
#[derive(Debug, Default)]
struct Marks {
    anchors: Vec<(u32, u32)>,
    /// Start and end of every scalar and key; a `#` inside is text.
    scalars: Vec<((u32, u32), (u32, u32))>,
}

impl Marks {
    fn visit(&mut self, node: &Node) {
        match &node.value {
            NodeValue::Map(entries) => {
                for entry in entries {
                    let start = (entry.key_at.line, entry.key_at.column);
                    self.anchors.push(start);
                    self.scalars
                        .push((start, (start.0, start.1 + entry.key_at.length)));
                    self.visit(&entry.value);
                }
            }
            NodeValue::List(items) => {
                for item in items {
                    self.anchors.push((item.at.line, item.at.column));
                    self.visit(item);
                }
            }
            _ => self
                .scalars
                .push(((node.at.line, node.at.column), node.end)),
        }
    }

    /// Whether a place lies inside of a scalar or key.
    fn inside(&self, at: (u32, u32)) -> bool {
        let behind = self.scalars.partition_point(|(start, _)| *start <= at);
        self.scalars[..behind]
            .last()
            .is_some_and(|(_, end)| at < *end)
    }

    /// The comment of a line and its column.
    fn comment(&self, number: u32, line: &str) -> Option<(u32, String)> {
        let mut before = ' ';
        for (index, c) in line.chars().enumerate() {
            let at = (number, u32::try_from(index + 1).unwrap_or(u32::MAX));
            if c == '#' && before.is_whitespace() && !self.inside(at) {
                return Some((
                    at.1,
                    line.chars()
                        .skip(index)
                        .collect::<String>()
                        .trim_end()
                        .to_owned(),
                ));
            }
            before = c;
        }
        None
    }
}
