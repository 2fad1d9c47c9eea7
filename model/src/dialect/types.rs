//! Struct and enum files, and the type of a field, as written.

use crate::api::{EnumKind, Sensitivity};
use crate::dialect::{At, Fields, Read, Shape, choice, object, wrong_kind};
use crate::node::{Node, NodeValue};
use crate::{Code, Diagnostic, Location};

object! {
    /// A structure used in requests or answers: `structs/<Name>.yaml`.
    struct StructFile "a struct file" {
        /// Wire name; the file is called the same.
        "struct" name: String, required;
        /// What the structure describes.
        "doc" doc: String, described;
        /// The vendor's own words, in its language, as `import --docs upstream` takes them over. Shown while `doc` is absent. Never
        /// part of this project's own schemas.
        "upstream_doc" upstream_doc: String;
        /// The whole struct is personal data or a secret.
        "sensitive" sensitive: Sensitivity;
        /// Still works, but something else should be used: what.
        "deprecated" deprecated: String;
        /// Gone upstream: since when and why.
        "removed" removed: String;
        /// The wire name it had before.
        "renamed_from" renamed_from: String;
        /// Rust name, where the wire name would collide with another type. Needs `because`.
        "rust" rust: String;
        /// Why the struct departs from the vendor's documents or habits.
        "because" because: String;
        /// Fields by wire name, in the order of the wire documents. May be empty.
        "fields" fields: Fields, required;
    }
}

object! {
    /// A documented list of values: `enums/<Name>.yaml`. On the wire it is open: other values are kept, not refused.
    struct EnumFile "an enum file" {
        /// Name of the Rust type; the file is called the same.
        "enum" name: String, required;
        /// What the values say.
        "doc" doc: String, described;
        /// What is on the wire.
        "type" kind: EnumKind, required;
        /// Still works, but something else should be used: what.
        "deprecated" deprecated: String;
        /// Gone upstream: since when and why.
        "removed" removed: String;
        /// The name it had before.
        "renamed_from" renamed_from: String;
        /// Rust name, where the name would collide with another type. Needs `because`.
        "rust" rust: String;
        /// Why the enum departs from the vendor's documents or habits.
        "because" because: String;
        /// Values in the order of the documents.
        "values" values: Vec<ValueDecl>, required;
    }
}

object! {
    /// A value of an enum.
    struct ValueDecl "an enum value" {
        /// What is on the wire: text in a `string` enum, an integer in an `int` enum.
        "value" value: Node, required;
        /// Name of the Rust variant, UpperCamel.
        "name" name: String, required;
        /// What the value means.
        "doc" doc: String, described;
        /// Still works, but something else should be used: what.
        "deprecated" deprecated: String;
        /// Gone upstream: since when and why. The variant stays, deprecated.
        "removed" removed: String;
    }
}

choice!(EnumKind {
    "string" => EnumKind::Text,
    "int" => EnumKind::Int,
});

/// The type of a field as written: a name, inside as many lists as there are brackets.
#[derive(Clone, Debug)]
pub(crate) struct TypeText {
    /// The name inside all brackets.
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) at: Location,
    /// Brackets around it.
    pub(crate) lists: usize,
}

impl Read for TypeText {
    fn shape() -> Shape {
        Shape::Type
    }

    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        match &node.value {
            NodeValue::Text(name) => Some(Self {
                name: name.clone(),
                at: node.at.clone(),
                lists: 0,
            }),
            NodeValue::List(items) => {
                let [item] = items.as_slice() else {
                    let message = format!("a list type names one type, found {}", items.len());
                    let problem = Diagnostic::new(Code::Malformed, node.at.clone(), message);
                    problems.push(problem.help("write [string] or [Agent]"));
                    return None;
                };
                let inner = Self::read(item, problems)?;
                Some(Self {
                    lists: inner.lists + 1,
                    ..inner
                })
            }
            _ => {
                wrong_kind(node, "a type", problems);
                None
            }
        }
    }
}

/// Names in a list, with their places.
pub(crate) type Names = Vec<At<String>>;
