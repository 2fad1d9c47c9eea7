//! An action in, an answer that conforms to it out, made from types, formats, enums and constraints. The same action always gets
//! the same answer.

use serde_json::{Map, Value as Json, json};
use yunqiao_model::api::{Bounds, Check, Field, Format, Service, Type, WireValue};

use crate::lookup::Found;

mod text;

/// 2 January 2024, 03:04:05 UTC.
const MOMENT: i64 = 1_704_164_645;

/// The answer's fields.
pub(super) fn response(found: Found<'_>) -> Json {
    Maker {
        service: found.service,
        inside: Vec::new(),
    }
    .object(&found.action.response)
}

struct Maker<'a> {
    service: &'a Service,
    /// The structs around the present place: a struct inside itself would never end.
    inside: Vec<&'a str>,
}

impl<'a> Maker<'a> {
    fn object(&mut self, fields: &'a [Field]) -> Json {
        let mut members = Map::new();
        for field in fields.iter().filter(|field| field.life.removed.is_none()) {
            if let Some(value) = self.value(field, &field.ty) {
                members.insert(field.name.clone(), value);
            }
        }
        Json::Object(members)
    }

    /// A value of the type, which is the field's or that of its entries; none where a struct would contain itself.
    fn value(&mut self, field: &'a Field, ty: &'a Type) -> Option<Json> {
        Some(match ty {
            Type::List(item) => {
                let bounds = field.checks.iter().find_map(|check| match check {
                    Check::Items(bounds) => Some(*bounds),
                    _ => None,
                });
                // Lists stand inside lists, so even a few entries more each time would make the answer very long.
                let count = within(bounds, 1).clamp(0, 20);
                Json::Array((0..count).filter_map(|_| self.value(field, item)).collect())
            }
            Type::Struct(name) => {
                let inner = self.service.structs.get(name)?;
                if self.inside.contains(&name.as_str()) {
                    return None;
                }
                self.inside.push(name);
                let value = self.object(&inner.fields);
                self.inside.pop();
                value
            }
            Type::Enum(name) => {
                let values = &self.service.enums.get(name)?.values;
                let live = values
                    .iter()
                    .find(|value| value.life.removed.is_none())
                    .or(values.first())?;
                match &live.value {
                    WireValue::Text(text) => json!(text),
                    WireValue::Int(number) => json!(number),
                }
            }
            Type::Int => json!(int(field)),
            Type::Float => json!(float(field)),
            Type::Bool => json!(true),
            Type::Json => json!({}),
            Type::String | Type::Binary => json!(text::text(field)),
        })
    }
}

fn int(field: &Field) -> i64 {
    let usual = match field.format {
        Some(Format::UnixSeconds) => MOMENT,
        Some(Format::UnixMilliseconds) => MOMENT * 1_000,
        Some(Format::Seconds) => 60,
        Some(Format::Milliseconds) => 60_000,
        _ => 1,
    };
    let bounds = field.checks.iter().find_map(|check| match check {
        Check::Range(bounds) => Some(*bounds),
        _ => None,
    });
    within(bounds, usual)
}

fn float(field: &Field) -> f64 {
    let bounds = field.checks.iter().find_map(|check| match check {
        Check::FloatRange(bounds) => Some(*bounds),
        _ => None,
    });
    let usual = 1.5_f64;
    bounds.map_or(usual, |bounds| {
        usual
            .max(bounds.min.unwrap_or(f64::NEG_INFINITY))
            .min(bounds.max.unwrap_or(f64::INFINITY))
    })
}

/// The number nearest to the usual one that the bounds allow.
fn within(bounds: Option<Bounds>, usual: i64) -> i64 {
    let Some(Bounds { min, max }) = bounds else {
        return usual;
    };
    usual
        .max(min.unwrap_or(i64::MIN))
        .min(max.unwrap_or(i64::MAX))
}
