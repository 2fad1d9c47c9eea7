//! Bytes of a schema file in, a [`Node`] tree or a diagnostic out. Never panics, never grows beyond the file.

use std::collections::BTreeMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::node::{Entry, Node, NodeValue, plain};
use crate::{Code, Diagnostic, Location, Source};

mod quotes;
mod syntax;
mod text;

pub(crate) use text::turns_text;

/// Deepest nesting accepted.
const MAX_DEPTH: usize = 64;

/// Reads one document. Duplicate keys are reported and the first is kept; every other problem ends the reading.
pub(crate) fn parse(source: &Source) -> (Option<Node>, Vec<Diagnostic>) {
    let path: Arc<str> = source.path.as_str().into();
    let mut reader = Reader {
        path,
        stack: Vec::new(),
        root: None,
        problems: Vec::new(),
    };
    match reader.read(source) {
        Ok(()) => (reader.root, reader.problems),
        Err(problem) => {
            reader.problems.push(problem);
            (None, reader.problems)
        }
    }
}

/// A schema file as plain JSON, for tools that know nothing of the dialect.
///
/// # Errors
/// Why the file cannot be read.
pub fn to_json(source: &Source) -> Result<serde_json::Value, Vec<Diagnostic>> {
    let (node, problems) = source.tree();
    node.filter(|_| problems.is_empty())
        .map(|node| node.to_json())
        .ok_or(problems)
}

struct Reader {
    path: Arc<str>,
    stack: Vec<Open>,
    root: Option<Node>,
    problems: Vec<Diagnostic>,
}

/// A collection whose end has not come yet.
struct Open {
    at: Location,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        lines: BTreeMap<String, u32>,
        key: Option<(String, Location)>,
    },
}

impl Reader {
    fn read(&mut self, source: &Source) -> Result<(), Diagnostic> {
        let text = text::text(source, &self.path)?;
        // Its characters are needed only where there are quotes.
        let whole = &*text;
        let mut chars: Vec<char> = Vec::new();
        let mut documents = 0;
        for event in Parser::new_from_str(&text) {
            let (event, span) =
                event.map_err(|error| syntax::diagnose(&self.path, &text, &error))?;
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let problem = Diagnostic::new(
                            Code::NotOneDocument,
                            self.at(span),
                            "a second document starts here",
                        );
                        return Err(problem
                            .help("a schema file holds one document; give each its own file"));
                    }
                }
                Event::Alias(_) => return Err(self.no_alias(span, "an alias")),
                Event::Scalar(text, style, anchor, tag) => {
                    let quoted =
                        matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                    let span = if quoted {
                        if chars.is_empty() {
                            chars.extend(whole.chars());
                        }
                        quotes::trim(&chars, span)
                    } else {
                        span
                    };
                    self.refuse(span, anchor, tag.is_some())?;
                    let value = if style == ScalarStyle::Plain {
                        plain(&text)
                    } else {
                        NodeValue::Text(text.into_owned())
                    };
                    let at = self.at(span);
                    self.put(Node {
                        head: at.clone(),
                        at,
                        value,
                        end: end(span),
                    })?;
                }
                Event::SequenceStart(anchor, tag) => {
                    self.refuse(span, anchor, tag.is_some())?;
                    self.open(span, OpenKind::List(Vec::new()))?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.refuse(span, anchor, tag.is_some())?;
                    self.open(
                        span,
                        OpenKind::Map {
                            entries: Vec::new(),
                            lines: BTreeMap::new(),
                            key: None,
                        },
                    )?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
                _ => {}
            }
        }
        if self.root.is_none() {
            let problem = Diagnostic::new(
                Code::NotOneDocument,
                Location::file(&self.path),
                "the file is empty",
            );
            return Err(problem.help("a schema file holds one mapping"));
        }
        Ok(())
    }

    fn at(&self, span: Span) -> Location {
        let one_line = span.start.line() == span.end.line();
        let length = if one_line {
            span.end.col().saturating_sub(span.start.col())
        } else {
            1
        };
        Location {
            path: Arc::clone(&self.path),
            line: line(span.start.line()),
            column: line(span.start.col() + 1),
            length: line(length.max(1)),
        }
    }

    fn no_alias(&self, span: Span, what: &str) -> Diagnostic {
        Diagnostic::new(
            Code::Alias,
            self.at(span),
            format!("{what} is not part of the dialect"),
        )
        .help("write the value out where it is used")
    }

    fn refuse(&self, span: Span, anchor: usize, tagged: bool) -> Result<(), Diagnostic> {
        match (anchor, tagged) {
            (0, false) => Ok(()),
            (0, true) => Err(self.no_alias(span, "a tag")),
            _ => Err(self.no_alias(span, "an anchor")),
        }
    }

    fn open(&mut self, span: Span, kind: OpenKind) -> Result<(), Diagnostic> {
        let at = self.at(span);
        if self.stack.len() == MAX_DEPTH {
            return Err(syntax::too_deep(at));
        }
        if let Some(Open {
            kind: OpenKind::Map { key: None, .. },
            ..
        }) = self.stack.last()
        {
            return Err(Diagnostic::new(Code::WrongKind, at, "a key is not text")
                .help("keys are single words"));
        }
        self.stack.push(Open { at, kind });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Diagnostic> {
        let Some(open) = self.stack.pop() else {
            return Ok(());
        };
        let mut at = open.at;
        let (last, behind) = end(span);
        // A collection in brackets on one line; the end of a block is somewhere behind it.
        if last == at.line && behind > at.column && span.start.col() < span.end.col() {
            at.length = behind - at.column;
        }
        let (value, head) = match open.kind {
            OpenKind::List(items) => (NodeValue::List(items), None),
            OpenKind::Map { entries, .. } => {
                let first = entries.first().map(|entry: &Entry| entry.key_at.clone());
                (NodeValue::Map(entries), first)
            }
        };
        self.put(Node {
            head: head.unwrap_or_else(|| at.clone()),
            at,
            value,
            end: end(span),
        })
    }

    fn put(&mut self, node: Node) -> Result<(), Diagnostic> {
        match self.stack.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::List(items)) => items.push(node),
            Some(OpenKind::Map {
                entries,
                lines,
                key,
            }) => match key.take() {
                None => *key = Some((key_text(&node)?, node.at)),
                Some((text, key_at)) if text == "<<" => self.problems.push(
                    Diagnostic::new(
                        Code::Alias,
                        key_at,
                        "a merge key is not part of the dialect",
                    )
                    .help("write the keys out where they are used"),
                ),
                Some((text, key_at)) => {
                    if let Some(first) = lines.get(&text) {
                        let message = format!("the key \"{text}\" stands twice");
                        let help = format!("it stands first in line {first}; keep one");
                        self.problems
                            .push(Diagnostic::new(Code::DuplicateKey, key_at, message).help(help));
                    } else {
                        lines.insert(text.clone(), key_at.line);
                        let value = Node {
                            head: key_at.clone(),
                            ..node
                        };
                        entries.push(Entry {
                            key: text,
                            key_at,
                            value,
                        });
                    }
                }
            },
        }
        Ok(())
    }
}

fn key_text(node: &Node) -> Result<String, Diagnostic> {
    match &node.value {
        NodeValue::Text(text) => Ok(text.clone()),
        NodeValue::Int(number) => Ok(number.to_string()),
        NodeValue::Bool(value) => Ok(value.to_string()),
        NodeValue::Float(_, text) => Ok(text.to_string()),
        _ => Err(
            Diagnostic::new(Code::WrongKind, node.at.clone(), "a key is not text")
                .help("keys are single words"),
        ),
    }
}

fn end(span: Span) -> (u32, u32) {
    (line(span.end.line()), line(span.end.col() + 1))
}

fn line(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
