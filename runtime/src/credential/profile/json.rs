//! In: JSON with secrets, from a file or an answer. Out: its texts, each taken once; what stays is overwritten.

use serde_json::Value;
use zeroize::{Zeroize as _, Zeroizing};

/// A JSON object.
pub(in super::super) struct Document(Value);

impl Document {
    /// Reads a JSON object. The error has line and column, and nothing of the content.
    pub(in super::super) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        let document = match serde_json::from_str(text) {
            Ok(value) => Self(value),
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                return Err(format!("no valid JSON at line {line} column {column}"));
            }
        };
        if document.0.is_object() {
            Ok(document)
        } else {
            Err("JSON, but not an object".to_owned())
        }
    }

    /// Whether it has nothing in it.
    pub(in super::super) fn is_empty(&self) -> bool {
        self.0.as_object().is_none_or(|members| members.is_empty())
    }

    /// A member that is an object itself, taken out; `None` if it is missing or `null`.
    pub(in super::super) fn object(&mut self, name: &str) -> Result<Option<Self>, String> {
        match self.0.get_mut(name).map(Value::take) {
            None | Some(Value::Null) => Ok(None),
            Some(value @ Value::Object(_)) => Ok(Some(Self(value))),
            Some(other) => {
                drop(Self(other));
                Err(format!("\"{name}\" is not an object"))
            }
        }
    }

    /// A member as text, taken out; `None` if it is missing, `null` or empty. Numbers are texts too.
    pub(in super::super) fn text(
        &mut self,
        name: &str,
    ) -> Result<Option<Zeroizing<String>>, String> {
        match self.0.get_mut(name).map(Value::take) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => {
                Ok(Some(Zeroizing::new(text)).filter(|text| !text.is_empty()))
            }
            Some(Value::Number(number)) => Ok(Some(Zeroizing::new(number.to_string()))),
            Some(other) => {
                drop(Self(other));
                Err(format!("\"{name}\" is not a text"))
            }
        }
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_taken_and_mistakes_show_no_content() {
        let text = "\u{feff}{\"a\": \"x\", \"n\": 5, \"e\": \"\", \"o\": {\"b\": \"y\"}, \"l\": [\"hunter2\"], \"z\": null}";
        let mut document = Document::parse(text).unwrap();
        assert_eq!(document.text("a").unwrap().unwrap().as_str(), "x");
        assert_eq!(document.text("a").unwrap(), None);
        assert_eq!(document.text("n").unwrap().unwrap().as_str(), "5");
        assert_eq!(document.text("e").unwrap(), None);
        assert_eq!(document.text("z").unwrap(), None);
        let mut inner = document.object("o").unwrap().unwrap();
        assert_eq!(inner.text("b").unwrap().unwrap().as_str(), "y");
        assert_eq!(document.text("l").unwrap_err(), "\"l\" is not a text");
        assert!(document.object("missing").unwrap().is_none());
        let told = |text: &str| Document::parse(text).err().unwrap();
        assert_eq!(
            told("{\n\"k\": hunter2}"),
            "no valid JSON at line 2 column 6"
        );
        assert_eq!(told("[\"hunter2\"]"), "JSON, but not an object");
    }

    #[test]
    fn what_is_left_is_overwritten() {
        let mut value = serde_json::json!({"a": ["hunter2"], "b": {"c": "hunter2"}});
        wipe(&mut value);
        assert_eq!(value, serde_json::json!({"a": [""], "b": {"c": ""}}));
    }
}
