//! The dialect's shapes in, JSON Schema documents out: what editors complete and check by.

use serde_json::{Map, Value as Json, json};

use crate::dialect::{Need, ObjectShape, Shape, file_shapes};
use crate::layout::FileKind;

/// Names of the documents below `schemas/dialect/`.
pub const JSON_SCHEMA_FILES: [(FileKind, &str); 5] = [
    (FileKind::Vendor, "vendor.schema.json"),
    (FileKind::Service, "service.schema.json"),
    (FileKind::Action, "action.schema.json"),
    (FileKind::Struct, "struct.schema.json"),
    (FileKind::Enum, "enum.schema.json"),
];

/// The JSON Schema (draft 2020-12) of one kind of schema file.
#[must_use]
pub fn json_schema(kind: FileKind) -> Json {
    let mut definitions = Map::new();
    let root = file_shapes()
        .into_iter()
        .find(|(found, _)| *found == kind)
        .map(|(_, shape)| shape);
    let root = root.map_or(Json::Bool(true), |shape| object(&shape, &mut definitions));
    let mut document = Map::new();
    document.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    document.insert(
        "title".to_owned(),
        json!(format!("Yunqiao {} file", kind.word())),
    );
    if let Json::Object(members) = root {
        document.extend(members);
    }
    if !definitions.is_empty() {
        document.insert("$defs".to_owned(), Json::Object(definitions));
    }
    Json::Object(document)
}

fn object(shape: &ObjectShape, definitions: &mut Map<String, Json>) -> Json {
    let mut properties = Map::new();
    for key in &shape.keys {
        let mut value = schema(&(key.shape)(), definitions);
        if let Json::Object(members) = &mut value {
            members.insert("description".to_owned(), json!(key.doc_text()));
        }
        properties.insert(key.name.to_owned(), value);
    }
    let required: Vec<&str> = shape
        .keys
        .iter()
        .filter(|key| key.need == Need::Required)
        .map(|key| key.name)
        .collect();
    let mut out = Map::new();
    out.insert("description".to_owned(), json!(shape.doc_text()));
    out.insert("type".to_owned(), json!("object"));
    out.insert("additionalProperties".to_owned(), json!(false));
    if !required.is_empty() {
        out.insert("required".to_owned(), json!(required));
    }
    out.insert("properties".to_owned(), Json::Object(properties));
    Json::Object(out)
}

fn schema(shape: &Shape, definitions: &mut Map<String, Json>) -> Json {
    match shape {
        Shape::Text(None) => json!({ "type": "string", "minLength": 1 }),
        Shape::Text(Some((pattern, example))) => {
            json!({ "type": "string", "pattern": pattern, "examples": [example] })
        }
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Int => json!({ "type": "integer" }),
        Shape::TextOrInt => json!({ "type": ["string", "number"] }),
        Shape::Any => json!({}),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::List(item) => json!({ "type": "array", "items": schema(item, definitions) }),
        Shape::Map(value) => {
            json!({ "type": "object", "additionalProperties": schema(value, definitions) })
        }
        Shape::Type => {
            let list = json!({ "type": "array", "items": { "$ref": "#/$defs/Type" }, "minItems": 1, "maxItems": 1 });
            definitions.insert(
                "Type".to_owned(),
                json!({ "anyOf": [{ "type": "string" }, list] }),
            );
            json!({ "$ref": "#/$defs/Type" })
        }
        Shape::Object(inner) => {
            let inner = inner();
            if !definitions.contains_key(inner.name) {
                definitions.insert(inner.name.to_owned(), Json::Bool(true));
                let body = object(&inner, definitions);
                definitions.insert(inner.name.to_owned(), body);
            }
            json!({ "$ref": format!("#/$defs/{}", inner.name) })
        }
    }
}
