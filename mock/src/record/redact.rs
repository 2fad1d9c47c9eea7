//! Parameters and their schema in, the same without values that must not be shown out.

use serde_json::{Map, Value as Json};
use yunqiao_model::api::{Action, Field, Service, Type, Vendor};

const HIDDEN: &str = "<redacted>";

/// What the schemas say about a call.
type Schema<'a> = Option<(&'a Service, &'a Action)>;

/// Hides sensitive fields, and everything that the schema does not know: it may be anything.
pub(crate) fn request(schema: Schema<'_>, parameters: &Json) -> Json {
    match (schema, parameters) {
        (_, Json::Null) => Json::Null,
        (Some((service, action)), Json::Object(members)) => {
            object(service, &action.request, members)
        }
        _ => hidden(),
    }
}

/// The same for an answer in the vendor's envelope. What stands in the envelope itself is nobody's secret.
pub(crate) fn answer(vendor: Vendor, schema: Schema<'_>, answer: &Json) -> Json {
    let Json::Object(members) = answer else {
        return hidden();
    };
    let member = |(name, value): (&String, &Json)| {
        let shown = match (vendor, name.as_str(), value) {
            (Vendor::Tencent, "Response", Json::Object(fields)) => response(schema, fields),
            (Vendor::Volcengine, "ResponseMetadata", Json::Object(_)) => value.clone(),
            (Vendor::Volcengine, "Result", _) => result(schema, value),
            _ => hidden(),
        };
        (name.clone(), shown)
    };
    Json::Object(members.iter().map(member).collect())
}

/// Tencent's envelope has its own two members among the fields.
fn response(schema: Schema<'_>, fields: &Map<String, Json>) -> Json {
    let mut fields = fields.clone();
    let own = [
        fields.remove("RequestId").map(|id| ("RequestId", id)),
        // Some actions have a field of this name, which is no error.
        match schema {
            Some((_, action)) if action.error_member => None,
            _ => fields.remove("Error").map(|error| ("Error", error)),
        },
    ];
    let shown = match schema {
        Some((service, action)) => object(service, &action.response, &fields),
        None => object_of_nothing(&fields),
    };
    let Json::Object(mut shown) = shown else {
        return hidden();
    };
    shown.extend(
        own.into_iter()
            .flatten()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    Json::Object(shown)
}

/// Volcengine's `Result` is the fields, or the value of the one field that is all of it.
fn result(schema: Schema<'_>, value: &Json) -> Json {
    let Some((service, action)) = schema else {
        return hidden();
    };
    match (action.response.iter().find(|field| field.result), value) {
        (_, Json::Null) => Json::Null,
        (Some(whole), _) if whole.sensitive.is_none() => typed(service, &whole.ty, value),
        (None, Json::Object(members)) => object(service, &action.response, members),
        _ => hidden(),
    }
}

fn object_of_nothing(members: &Map<String, Json>) -> Json {
    let member = |name: &String| (name.clone(), hidden());
    Json::Object(members.keys().map(member).collect())
}

fn object(service: &Service, fields: &[Field], members: &Map<String, Json>) -> Json {
    let member = |(name, value): (&String, &Json)| {
        let field = fields
            .iter()
            .find(|field| field.name == *name && field.sensitive.is_none());
        (
            name.clone(),
            field.map_or_else(hidden, |field| typed(service, &field.ty, value)),
        )
    };
    Json::Object(members.iter().map(member).collect())
}

fn typed(service: &Service, ty: &Type, value: &Json) -> Json {
    match (ty, value) {
        (_, Json::Null) => Json::Null,
        (Type::Json, _) => value.clone(),
        // A file fills the screen, and nobody has described what is in it.
        (Type::Binary, Json::String(text)) => Json::String(format!("<{} bytes>", text.len())),
        (Type::List(item), Json::Array(entries)) => Json::Array(
            entries
                .iter()
                .map(|entry| typed(service, item, entry))
                .collect(),
        ),
        (Type::Struct(name), Json::Object(members)) => match service.structs.get(name) {
            Some(inner) if inner.sensitive.is_none() => object(service, &inner.fields, members),
            _ => hidden(),
        },
        // What has another form than its field may be anything, too.
        (Type::List(_) | Type::Struct(_), _) | (_, Json::Array(_) | Json::Object(_)) => hidden(),
        _ => value.clone(),
    }
}

fn hidden() -> Json {
    Json::String(HIDDEN.to_owned())
}
