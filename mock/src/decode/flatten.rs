//! Flat keys such as `Filters.0.Values.1` with their texts in, nested JSON out. The schema says where lists and numbers belong.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value as Json};
use yunqiao_model::api::{EnumKind, Field, Service, Type};

use crate::fault::Fault;

/// How lists are written flat.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lists {
    /// Number of the first entry.
    pub(crate) first: usize,
    /// A list may also be written by repeating its key.
    pub(crate) repeated: bool,
}

/// Deepest nesting accepted; JSON bodies have a similar limit.
const DEEPEST: usize = 64;

/// The keys as a tree.
#[derive(Debug)]
enum Tree {
    /// The values of one key.
    Leaf(Vec<String>),
    /// What follows the dot.
    Node(BTreeMap<String, Tree>),
}

/// Puts the pairs together. What does not fit the schema comes out as it is, for the comparison with the schema to find.
pub(crate) fn unflatten(
    pairs: impl Iterator<Item = (String, String)>,
    service: &Service,
    fields: &[Field],
    lists: Lists,
) -> Result<Json, Fault> {
    let mut root = BTreeMap::new();
    for (key, value) in pairs {
        let path: Vec<&str> = key.split('.').collect();
        if path.len() > DEEPEST {
            return Err(Fault::Body(format!("a key has more than {DEEPEST} parts")));
        }
        insert(&mut root, &path, value)?;
    }
    Ok(Typing { service, lists }.members(fields, &root))
}

/// One text as a value of the type.
pub(crate) fn scalar(service: &Service, ty: &Type, text: &str, lists: Lists) -> Json {
    Typing { service, lists }.text(ty, text)
}

fn insert(nodes: &mut BTreeMap<String, Tree>, path: &[&str], value: String) -> Result<(), Fault> {
    let both = || Fault::Body("a key is the beginning of another one".to_owned());
    match path {
        [] => Ok(()),
        [last] => match nodes
            .entry((*last).to_owned())
            .or_insert_with(|| Tree::Leaf(Vec::new()))
        {
            Tree::Leaf(values) => {
                values.push(value);
                Ok(())
            }
            Tree::Node(_) => Err(both()),
        },
        [first, rest @ ..] => match nodes
            .entry((*first).to_owned())
            .or_insert_with(|| Tree::Node(BTreeMap::new()))
        {
            Tree::Node(inner) => insert(inner, rest, value),
            Tree::Leaf(_) => Err(both()),
        },
    }
}

struct Typing<'a> {
    service: &'a Service,
    lists: Lists,
}

impl Typing<'_> {
    fn members(&self, fields: &[Field], nodes: &BTreeMap<String, Tree>) -> Json {
        let member = |(name, tree): (&String, &Tree)| {
            let field = fields.iter().find(|field| field.name == *name);
            let value =
                field.map_or_else(|| self.untyped(tree), |field| self.value(&field.ty, tree));
            (name.clone(), value)
        };
        Json::Object(nodes.iter().map(member).collect())
    }

    fn value(&self, ty: &Type, tree: &Tree) -> Json {
        match (ty, tree) {
            (Type::List(item), Tree::Node(nodes)) => match self.in_order(nodes) {
                Some(entries) => Json::Array(
                    entries
                        .into_iter()
                        .map(|entry| self.value(item, entry))
                        .collect(),
                ),
                None => self.untyped(tree),
            },
            (Type::List(item), Tree::Leaf(values)) if self.lists.repeated => {
                Json::Array(values.iter().map(|text| self.text(item, text)).collect())
            }
            (Type::Struct(name), Tree::Node(nodes)) => {
                let fields = self
                    .service
                    .structs
                    .get(name)
                    .map(|inner| inner.fields.as_slice());
                self.members(fields.unwrap_or_default(), nodes)
            }
            (ty, Tree::Leaf(values)) => match values.as_slice() {
                [text] => self.text(ty, text),
                _ => self.untyped(tree),
            },
            _ => self.untyped(tree),
        }
    }

    /// The entries of a list, if the keys are the numbers from the first to the last.
    fn in_order<'t>(&self, nodes: &'t BTreeMap<String, Tree>) -> Option<Vec<&'t Tree>> {
        let first = self.lists.first;
        (first..first + nodes.len())
            .map(|number| nodes.get(&number.to_string()))
            .collect()
    }

    fn untyped(&self, tree: &Tree) -> Json {
        match tree {
            Tree::Leaf(values) => match values.as_slice() {
                [text] => Json::String(text.clone()),
                _ => Json::Array(values.iter().cloned().map(Json::String).collect()),
            },
            Tree::Node(nodes) => Json::Object(
                nodes
                    .iter()
                    .map(|(name, tree)| (name.clone(), self.untyped(tree)))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    fn text(&self, ty: &Type, text: &str) -> Json {
        let number = match ty {
            Type::Int => true,
            Type::Enum(name) => self
                .service
                .enums
                .get(name)
                .is_some_and(|inner| inner.kind == EnumKind::Int),
            _ => false,
        };
        let parsed = match ty {
            _ if number => text
                .parse::<i64>()
                .ok()
                .map(|number| Json::Number(number.into())),
            Type::Float => text
                .parse::<f64>()
                .ok()
                .and_then(Number::from_f64)
                .map(Json::Number),
            // Capital letters: the vendor's Python SDK writes truth values as its language does.
            Type::Bool => match text {
                "true" | "True" => Some(Json::Bool(true)),
                "false" | "False" => Some(Json::Bool(false)),
                _ => None,
            },
            _ => None,
        };
        parsed.unwrap_or_else(|| Json::String(text.to_owned()))
    }
}
