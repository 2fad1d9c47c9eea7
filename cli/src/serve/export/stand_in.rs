//! A recording with hidden values in, the same with stand-ins that their fields take out.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};
use yunqiao_model::api::{
    Action, Check, EnumKind, Example, ExampleAnswer, Field, Format, Service, Type, WireValue,
};

/// What the cloud shows in the place of a value.
const HIDDEN: &str = "<redacted>";

/// Puts stand-ins in the place of hidden values, and remembers where.
#[derive(Default)]
pub(super) struct StandIns {
    fields: BTreeSet<String>,
}

/// Where stand-ins come from: what the schemas give as examples is valid.
struct Place<'a> {
    service: &'a Service,
    examples: Vec<&'a Json>,
}

impl StandIns {
    pub(super) fn request(&mut self, service: &Service, action: &Action, value: &Json) -> Json {
        let examples = action.examples.iter().map(|one| &one.request).collect();
        let place = Place { service, examples };
        self.object(&place, &action.request, value)
    }

    pub(super) fn answer(&mut self, service: &Service, action: &Action, value: &Json) -> Json {
        fn answer(example: &Example) -> Option<&Json> {
            match &example.answer {
                ExampleAnswer::Response(answer) => Some(answer),
                ExampleAnswer::Error { .. } => None,
            }
        }
        let examples = action.examples.iter().filter_map(answer).collect();
        let place = Place { service, examples };
        match action.response.iter().find(|field| field.result) {
            Some(whole) => self.value(&place, whole, &whole.ty, value),
            None => self.object(&place, &action.response, value),
        }
    }

    /// The fields that have one, if any has.
    pub(super) fn names(&self) -> Option<String> {
        let names: Vec<&str> = self.fields.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    fn object(&mut self, place: &Place<'_>, fields: &[Field], value: &Json) -> Json {
        let mut out = Map::new();
        for (name, member) in value.as_object().into_iter().flatten() {
            // What the schema does not know cannot be sent either.
            let Some(field) = fields.iter().find(|field| field.name == *name) else {
                continue;
            };
            let value = self.value(place, field, &field.ty, member);
            out.insert(name.clone(), value);
        }
        Json::Object(out)
    }

    fn value(&mut self, place: &Place<'_>, field: &Field, ty: &Type, value: &Json) -> Json {
        match (ty, value) {
            (_, Json::String(text)) if text == HIDDEN => {
                self.fields.insert(field.name.clone());
                place.stand_in(field, ty)
            }
            (Type::List(item), Json::Array(entries)) => {
                let entries = entries
                    .iter()
                    .map(|one| self.value(place, field, item, one));
                Json::Array(entries.collect())
            }
            (Type::Struct(name), Json::Object(_)) => match place.service.structs.get(name) {
                Some(inner) => self.object(place, &inner.fields, value),
                None => value.clone(),
            },
            _ => value.clone(),
        }
    }
}

impl Place<'_> {
    fn stand_in(&self, field: &Field, ty: &Type) -> Json {
        // Of what has to be like something, the example is.
        let is_bound = !field.checks.is_empty() && !field.advisory || field.format.is_some();
        let is_plain = matches!(ty, Type::String) && !is_bound;
        if !is_plain {
            let examples = self.examples.iter();
            if let Some(found) = examples.copied().find_map(|one| named(one, &field.name)) {
                return found.clone();
            }
        }
        match ty {
            Type::String | Type::Binary => json!(text(field)),
            Type::Int => json!(0),
            Type::Float => json!(0.5),
            Type::Bool => json!(false),
            Type::Json | Type::List(_) => Json::Null,
            Type::Struct(name) => {
                let inner = self.service.structs.get(name);
                let needed = inner.into_iter().flat_map(|inner| &inner.fields);
                let needed = needed.filter(|field| field.required);
                let members = needed.map(|one| (one.name.clone(), self.stand_in(one, &one.ty)));
                Json::Object(members.collect())
            }
            Type::Enum(name) => {
                let one = self.service.enums.get(name);
                let first = one.and_then(|one| one.values.first());
                match (first.map(|first| &first.value), one.map(|one| one.kind)) {
                    (Some(WireValue::Int(number)), _) => json!(number),
                    (Some(WireValue::Text(text)), _) => json!(text),
                    (None, Some(EnumKind::Int)) => json!(0),
                    (None, _) => json!(""),
                }
            }
        }
    }
}

/// A text that says what it is, where the field lets it.
fn text(field: &Field) -> String {
    match field.format {
        Some(Format::Phone) => return "13800000000".to_owned(),
        Some(Format::Email) => return "stand-in@example.com".to_owned(),
        Some(Format::Url) => return "https://example.com/stand-in".to_owned(),
        Some(Format::Ip) => return "192.0.2.1".to_owned(),
        Some(Format::Json) => return "{}".to_owned(),
        Some(Format::Base64) => return "c3RhbmQtaW4=".to_owned(),
        _ => {}
    }
    let mut text = format!("stand-in for {}", field.name);
    for check in &field.checks {
        if let Check::Length(bounds) = check {
            if let Some(most) = bounds.max.and_then(|most| usize::try_from(most).ok()) {
                text = text.chars().take(most).collect();
            }
            while bounds
                .min
                .is_some_and(|least| (text.chars().count() as i64) < least)
            {
                text.push('.');
            }
        }
    }
    text
}

/// The first value of a member of this name, however deep.
fn named<'a>(value: &'a Json, name: &str) -> Option<&'a Json> {
    match value {
        Json::Object(members) => members
            .get(name)
            .filter(|found| !found.is_null())
            .or_else(|| members.values().find_map(|inner| named(inner, name))),
        Json::Array(entries) => entries.iter().find_map(|entry| named(entry, name)),
        _ => None,
    }
}
