//! A URL with flattened parameters in, the parameters as nested JSON out: `Filters.0.Values.1=x` becomes a list in a list.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

/// Parameters that belong to the call, not to the action.
const COMMON: [&str; 10] = [
    "Action",
    "Version",
    "Region",
    "Timestamp",
    "Nonce",
    "SecretId",
    "Signature",
    "SignatureMethod",
    "Token",
    "Language",
];

/// Deepest nesting that is put together.
const DEPTH: usize = 32;

/// Names that lead to a value.
#[derive(Debug, Default)]
struct Tree {
    value: Option<String>,
    below: BTreeMap<String, Tree>,
    order: Vec<String>,
}

/// Reads the query of a URL that may be broken over lines and end in a note instead of the common parameters.
pub(super) fn query(url: &str) -> Result<Json, String> {
    let (_, query) = url.split_once('?').ok_or("a URL without a query")?;
    let mut tree = Tree::default();
    for pair in query.split('&') {
        let pair = pair.trim();
        // `<common parameters>` and the like.
        if pair.is_empty() || pair.starts_with('<') {
            continue;
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name.trim()), decode(value.trim()));
        tree.insert(&name, value)?;
    }
    let mut root = tree.json();
    if let Json::Object(members) = &mut root {
        // The same names are also parameters of some actions; those stand beside the common ones.
        members.shift_remove("Action");
        if members.contains_key("SignatureMethod") || members.contains_key("Nonce") {
            for name in COMMON {
                members.shift_remove(name);
            }
        }
    }
    Ok(root)
}

impl Tree {
    fn insert(&mut self, name: &str, value: String) -> Result<(), String> {
        let mut at = self;
        for (depth, step) in name.split('.').enumerate() {
            if depth == DEPTH {
                return Err("a parameter is nested too deeply".to_owned());
            }
            if !at.below.contains_key(step) {
                at.order.push(step.to_owned());
            }
            at = at.below.entry(step.to_owned()).or_default();
        }
        at.value = Some(value);
        Ok(())
    }

    fn json(&self) -> Json {
        if self.below.is_empty() {
            return Json::String(self.value.clone().unwrap_or_default());
        }
        let is_index = |step: &String| !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit());
        if self.order.iter().all(is_index) {
            let mut items: Vec<(u64, &Tree)> = self
                .below
                .iter()
                .map(|(step, tree)| (step.parse().unwrap_or(u64::MAX), tree))
                .collect();
            items.sort_by_key(|(index, _)| *index);
            return Json::Array(items.into_iter().map(|(_, tree)| tree.json()).collect());
        }
        let members = self
            .order
            .iter()
            .map(|step| (step.clone(), self.below[step].json()));
        Json::Object(members.collect::<Map<_, _>>())
    }
}

/// Percent escapes and `+` for a blank; what is no escape stays.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let escape = text
            .get(index + 1..index + 3)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, escape) {
            (b'%', Some(value)) => {
                out.push(value);
                index += 2;
            }
            (b'+', _) => out.push(b' '),
            _ => out.push(*byte),
        }
        index += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::query;

    #[test]
    fn names_with_dots_become_lists_and_objects() {
        let url = "https://cvm.tencentcloudapi.com/?Action=X\r\n&Filters.1.Values.0=b\n&Filters.0.Name=a%20b\n&Filters.0.Values.10=y\
                   &Filters.0.Values.2=x&Limit=1&Region=r&<common>";
        let expected = json!({
            "Filters": [{"Name": "a b", "Values": ["x", "y"]}, {"Values": ["b"]}], "Limit": "1", "Region": "r",
        });
        assert_eq!(query(url), Ok(expected));
    }
}
