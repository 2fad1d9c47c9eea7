//! A document and what a type wrote of it in, where they differ out. An absent member, `null` and an empty list are the same to
//! a typed value, as are 119 and 119.0; anything else counts.

use serde_json::Value as Json;

/// A place, as `Approvers[].Name`, and what is different there.
pub(crate) type Difference = (String, String);

/// Where the document and what was written of it differ.
pub(crate) fn differences(document: &Json, written: &Json) -> Vec<Difference> {
    let mut found = Vec::new();
    walk(document, written, "", &mut found);
    found.sort();
    found.dedup();
    found
}

fn walk(document: &Json, written: &Json, path: &str, found: &mut Vec<Difference>) {
    let mut report = |what: &str| found.push((path.to_owned(), what.to_owned()));
    match (document, written) {
        (Json::Object(document), Json::Object(written)) => {
            let below = |key: &str| match path {
                "" => key.to_owned(),
                path => format!("{path}.{key}"),
            };
            for (key, value) in document {
                match written.get(key) {
                    Some(written) => walk(value, written, &below(key), found),
                    None if is_nothing(value) => {}
                    None => found.push((below(key), "lost".to_owned())),
                }
            }
            for (key, value) in written {
                if !document.contains_key(key) && !is_nothing(value) {
                    found.push((below(key), "added".to_owned()));
                }
            }
        }
        (Json::Array(document), Json::Array(written)) => {
            if document.len() != written.len() {
                report("another number of entries");
            }
            for (document, written) in document.iter().zip(written) {
                walk(document, written, &format!("{path}[]"), found);
            }
        }
        (Json::Number(document), Json::Number(written)) => {
            if document != written && document.as_f64() != written.as_f64() {
                report("another number");
            }
        }
        (document, written) if document == written => {}
        (document, written) if is_nothing(document) && is_nothing(written) => {}
        (document, written) => report(&format!("{} read as {}", kind(document), kind(written))),
    }
}

fn is_nothing(value: &Json) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "truth value",
        Json::Number(_) => "number",
        Json::String(text) if text.is_empty() => "empty text",
        Json::String(_) => "text",
        Json::Array(_) => "list",
        Json::Object(_) => "object",
    }
}

/// `Approvers[3].Name` as `Approvers[].Name`: which entry it was does not matter.
pub(crate) fn without_indices(path: &str) -> String {
    let mut out = String::new();
    let mut is_inside = false;
    for c in path.chars() {
        is_inside &= c != ']';
        if !is_inside {
            out.push(c);
        }
        is_inside |= c == '[';
    }
    out
}

#[test]
fn a_difference_is_told_with_its_place() {
    use serde_json::json;
    let document =
        json!({ "A": [{ "B": 1, "C": null, "D": [] }, { "B": "2" }], "E": 119, "F": "x", "G": "" });
    let written = json!({ "A": [{ "B": 1 }, { "B": 2 }], "E": 119.0, "H": true });
    let found = differences(&document, &written);
    let expected = [
        ("A[].B", "text read as number"),
        ("F", "lost"),
        ("G", "lost"),
        ("H", "added"),
    ];
    assert_eq!(
        found,
        expected.map(|(path, what)| (path.to_owned(), what.to_owned()))
    );
    assert!(differences(&document, &document).is_empty());
    assert_eq!(differences(&json!([1, 2]), &json!([1])).len(), 1);
    assert_eq!(differences(&json!(1), &json!(2)).len(), 1);
    assert_eq!(without_indices("A[12].B[0].C"), "A[].B[].C");
}
