//! In: texts by name, from generated code or made at run time. Out: one table for both, which costs a constant nothing.

use std::collections::BTreeMap;

/// Texts by name.
#[derive(Debug, Clone)]
pub(crate) enum Named {
    Constant(&'static [(&'static str, &'static str)]),
    Described(BTreeMap<String, String>),
}

impl Named {
    /// No name has a text.
    pub(crate) const NONE: Self = Self::Constant(&[]);

    /// The text of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        match self {
            // A handful: a loop is as fast as a search, and asks for no order.
            Self::Constant(texts) => {
                let found = texts.iter().find(|(own, _)| *own == name);
                found.map(|(_, text)| *text)
            }
            Self::Described(texts) => texts.get(name).map(String::as_str),
        }
    }

    /// All names.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Constant(texts) => texts.iter().map(|(name, _)| *name).collect(),
            Self::Described(texts) => texts.keys().map(String::as_str).collect(),
        }
    }

    /// The same with another text.
    pub(crate) fn with(self, name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut texts = match self {
            Self::Constant(texts) => {
                let texts = texts.iter();
                texts
                    .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                    .collect()
            }
            Self::Described(texts) => texts,
        };
        let _ = texts.insert(name.into(), text.into());
        Self::Described(texts)
    }
}
