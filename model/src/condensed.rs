//! A schema file in, the same as short JSON out, and back: what programs carry along. It is read in a tenth of the time that the file
//! takes, but knows no places, so that only files without problems are worth it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::node::{Entry, Node, NodeValue};
use crate::{Code, Diagnostic, Location, Source};

/// The same file for [`Source::condensed`]; nothing if it cannot be read, or holds what JSON would tell otherwise.
///
/// ```
/// use yunqiao_model::{Source, condense, load};
///
/// let text = "service: demo\n# Said in passing.\ntitle: Demo\n";
/// let short = condense(&Source::new("tencent/demo/2024-01-01/service.yaml", text)).unwrap();
/// assert_eq!(short, r#"{"service":"demo","title":"Demo"}"#);
/// ```
#[must_use]
pub fn condense(source: &Source) -> Option<String> {
    let (node, problems) = source.tree();
    let node = node.filter(|_| problems.is_empty())?;
    let json = node.to_json().to_string();
    // Numbers are what may differ: how they were written counts where they are shown.
    let (again, _) = read(&Source::condensed(source.path.as_str(), json.as_str()));
    again
        .is_some_and(|again| again.says_same(&node))
        .then_some(json)
}

/// The tree of a condensed file. Its places are the file as a whole.
pub(crate) fn read(source: &Source) -> (Option<Node>, Vec<Diagnostic>) {
    let at = Location::file(&source.path);
    let mut reader = serde_json::Deserializer::from_slice(&source.bytes);
    let read = Tree(&at).deserialize(&mut reader);
    match read.and_then(|node| reader.end().map(|()| node)) {
        Ok(node) => (Some(node), Vec::new()),
        Err(error) => {
            let problem = Diagnostic::new(Code::Syntax, at, format!("not JSON: {error}"));
            (
                None,
                vec![problem.help("condense the file again from its schema")],
            )
        }
    }
}

/// A value at a place.
#[derive(Clone, Copy)]
struct Tree<'a>(&'a Location);

impl Tree<'_> {
    fn node(self, value: NodeValue) -> Node {
        Node {
            at: self.0.clone(),
            head: self.0.clone(),
            value,
            end: (0, 0),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Node, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(self.node(NodeValue::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(self.node(NodeValue::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(self.node(NodeValue::Int(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(self.node(crate::node::plain(&value.to_string())))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        let text = serde_json::Number::from_f64(value)
            .map_or_else(String::new, |number| number.to_string());
        Ok(self.node(NodeValue::Float(value, text.into())))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Node, E> {
        Ok(self.node(NodeValue::Text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self)? {
            items.push(item);
        }
        Ok(self.node(NodeValue::List(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key()? {
            entries.push(Entry {
                key,
                key_at: self.0.clone(),
                value: map.next_value_seed(self)?,
            });
        }
        Ok(self.node(NodeValue::Map(entries)))
    }
}

#[cfg(test)]
mod tests {
    use super::condense;
    use crate::{Loaded, Source, load};

    const PATH: &str = "tencent/demo/2024-01-01/service.yaml";

    #[test]
    fn order_and_meaning_of_scalars_stay() {
        let text = "b: no\na: [1, -2, 0.5, true, ~, '1', \"two\\nlines\"]\nc:\n  e: |\n    text\n  d: {}\n";
        assert_eq!(
            condense(&Source::new(PATH, text)).unwrap(),
            r#"{"b":"no","a":[1,-2,0.5,true,null,"1","two\nlines"],"c":{"e":"text\n","d":{}}}"#
        );
    }

    #[test]
    fn what_json_would_tell_otherwise_is_left_alone() {
        for text in ["a: 1.50\n", "a: 1e3\n", "a: .5\n", "a: 1\na: 2\n", "a: [\n"] {
            assert_eq!(condense(&Source::new(PATH, text)), None, "{text}");
        }
        let large = "a: 18446744073709551615\n";
        assert_eq!(
            condense(&Source::new(PATH, large)).as_deref(),
            Some("{\"a\":18446744073709551615}")
        );
    }

    #[test]
    fn the_same_comes_of_both_forms() {
        let text = "service: demo\nversion: 2024-01-01\nnome: x\n";
        let whole = load(&[Source::new(PATH, text)]);
        let short = condense(&Source::new(PATH, text)).unwrap();
        let short = load(&[Source::condensed(PATH, short)]);
        let names = |loaded: &Loaded| {
            let services = loaded.api.services.values();
            services
                .map(|service| (service.id.clone(), service.signing_name.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&whole), names(&short));
        let messages = |loaded: &Loaded| {
            let mut all: Vec<String> = loaded
                .diagnostics
                .iter()
                .map(|problem| problem.message.clone())
                .collect();
            all.sort();
            all
        };
        assert_eq!(messages(&whole), messages(&short));
        assert!(short.diagnostics.iter().all(|problem| problem.at.line == 0));
    }

    #[test]
    fn damaged_bytes_are_a_problem_of_the_file() {
        for bytes in [&b""[..], b"{", b"{\"a\":\xff}", b"{} {}", &[b'['; 500]] {
            let loaded = load(&[Source::condensed(PATH, bytes)]);
            assert!(
                loaded
                    .diagnostics
                    .iter()
                    .any(|problem| problem.message.starts_with("not JSON")),
                "{bytes:?}"
            );
        }
    }
}
