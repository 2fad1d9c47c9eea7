//! Parameters and their schema in, the same without values that must not be shown out.

use serde_json::{Map, Value as Json};
use yunqiao_model::api::{Field, Service, Type};

use crate::lookup::Found;

const HIDDEN: &str = "<redacted>";

/// Hides sensitive fields, and everything that the schema does not know: it may be anything.
pub(crate) fn shown(found: Option<Found<'_>>, parameters: &Json) -> Json {
    match (found, parameters) {
        (_, Json::Null) => Json::Null,
        (Some(Found { service, action }), Json::Object(members)) => {
            object(service, &action.request, members)
        }
        _ => hidden(),
    }
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
