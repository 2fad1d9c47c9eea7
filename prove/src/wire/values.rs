//! Fields of the model in, JSON that they allow out: documents with everything in them, and the values at the edges of what one
//! field allows.

use serde_json::{Map, Value as Json, json};
use yunqiao_model::api::{
    Bounds, Check, Enum, Field, Format, Pattern, Service, Type, Width, WireValue,
};

/// Longest text and list that are made.
const LONGEST: usize = 4_096;

/// Items of a list, and characters of a text, that nothing limits.
const MANY: i64 = 300;

/// What is put where a document departs from the usual.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Special<'a> {
    #[default]
    Nothing,
    /// This field has this value.
    Value(&'a Field, &'a Json),
    /// This field is left out.
    Absent(&'a Field),
    /// All fields of this enum have this value.
    Listed(&'a str, &'a WireValue),
}

/// An object with all fields that live.
pub(crate) fn full<'a>(service: &'a Service, fields: &'a [Field], special: Special<'a>) -> Json {
    let mut maker = Maker {
        service,
        special,
        inside: Vec::new(),
    };
    maker.object(fields)
}

/// An object with nothing but the way to a field and what is below it.
pub(crate) fn only<'a>(
    service: &'a Service,
    fields: &'a [Field],
    way: &[String],
    special: Special<'a>,
) -> Json {
    let mut maker = Maker {
        service,
        special,
        inside: Vec::new(),
    };
    maker.way(fields, way)
}

/// Every value at an edge of what a field allows.
pub(crate) fn edges(service: &Service, field: &Field) -> Vec<Json> {
    // What is only documented is no edge: people go beyond it.
    let free = Field {
        checks: Vec::new(),
        ..field.clone()
    };
    let field = if field.advisory { &free } else { field };
    let items = bounds_of(field, |check| match check {
        Check::Items(bounds) => Some(*bounds),
        _ => None,
    });
    wrapped(service, field, &field.ty, items)
}

fn wrapped(service: &Service, field: &Field, ty: &Type, items: Option<Bounds>) -> Vec<Json> {
    let Type::List(item) = ty else {
        return scalars(service, field, ty);
    };
    let mut found: Vec<Json> = wrapped(service, field, item, None)
        .into_iter()
        .map(|value| repeated(value, items, 1))
        .collect();
    let usual = found.first().and_then(|first| first.get(0)).cloned();
    let items = items.unwrap_or(Bounds {
        min: None,
        max: None,
    });
    for end in [items.min.unwrap_or(1), items.max.unwrap_or(MANY)] {
        let end = usize::try_from(end).unwrap_or_default().min(LONGEST);
        found.extend(usual.clone().map(|usual| Json::Array(vec![usual; end])));
    }
    found
}

fn repeated(value: Json, items: Option<Bounds>, usual: i64) -> Json {
    let count = items.map_or(usual, |items| inside(items, usual));
    let count = usize::try_from(count).unwrap_or_default().min(LONGEST);
    Json::Array(vec![value; count])
}

fn scalars(service: &Service, field: &Field, ty: &Type) -> Vec<Json> {
    match ty {
        Type::Int => ints(field),
        Type::Float => {
            let ends = field.checks.iter().find_map(|check| match check {
                Check::FloatRange(bounds) => Some(*bounds),
                _ => None,
            });
            let ends = ends.into_iter().flat_map(|bounds| [bounds.min, bounds.max]);
            let mut found: Vec<Json> = ends.flatten().map(Json::from).collect();
            found.insert(0, json!(float(field)));
            // One without a fraction, too, unless it is beyond an end.
            if found.len() == 1 {
                found.push(json!(2.0));
            }
            found
        }
        Type::Bool => vec![json!(true), json!(false)],
        Type::Json => vec![json!({ "Any": 1 }), json!(["any"]), json!("any"), json!(1)],
        Type::String | Type::Binary => texts(field),
        Type::Enum(name) => match service.enums.get(name) {
            Some(list) => alive(list).map(wire).collect(),
            None => Vec::new(),
        },
        Type::Struct(name) => {
            let inner = service.structs.get(name);
            inner
                .map(|inner| full(service, &inner.fields, Special::Nothing))
                .into_iter()
                .collect()
        }
        Type::List(_) => Vec::new(),
    }
}

fn alive(list: &Enum) -> impl Iterator<Item = &WireValue> {
    let values = list.values.iter();
    let alive = values.filter(|value| value.life.removed.is_none());
    alive.map(|value| &value.value)
}

fn wire(value: &WireValue) -> Json {
    match value {
        WireValue::Text(text) => json!(text),
        WireValue::Int(number) => json!(number),
    }
}

/// What integers of a documented width can be.
pub(crate) fn width(width: Option<Width>) -> (i128, i128) {
    match width {
        Some(Width::Int32) => (i32::MIN.into(), i32::MAX.into()),
        Some(Width::Uint32) => (0, u32::MAX.into()),
        Some(Width::Uint64) => (0, u64::MAX.into()),
        Some(Width::Int64 | Width::Double) | None => (i64::MIN.into(), i64::MAX.into()),
    }
}

/// Integers at the edges, also those beyond what Rust's 64 bits with a sign hold.
fn ints(field: &Field) -> Vec<Json> {
    let range = bounds_of(field, |check| match check {
        Check::Range(bounds) => Some(*bounds),
        _ => None,
    });
    let (low, high) = width(field.width);
    let usual = range.map_or(1, |range| inside(range, 1));
    let low = range.and_then(|range| range.min).map_or(low, i128::from);
    let high = range.and_then(|range| range.max).map_or(high, i128::from);
    let number = |value: i128| {
        let small = i64::try_from(value).map(Json::from);
        let large = u64::try_from(value).map(Json::from);
        small.or(large).unwrap_or_default()
    };
    vec![number(usual.into()), number(low), number(high)]
}

fn float(field: &Field) -> f64 {
    let bounds = field.checks.iter().find_map(|check| match check {
        Check::FloatRange(bounds) => Some(*bounds),
        _ => None,
    });
    bounds.map_or(1.5, |bounds| {
        let low = bounds.min.unwrap_or(f64::NEG_INFINITY);
        1.5_f64.max(low).min(bounds.max.unwrap_or(f64::INFINITY))
    })
}

fn texts(field: &Field) -> Vec<Json> {
    let mut ends = Bounds {
        min: None,
        max: None,
    };
    let mut pattern = None;
    for check in &field.checks {
        match check {
            Check::Length(found) => {
                ends.min = ends.min.max(found.min);
                ends.max = match (ends.max, found.max) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
            }
            Check::Pattern(found) => pattern = Some(found),
            _ => {}
        }
    }
    if let Some(pattern) = pattern {
        return vec![json!(matching(pattern, ends.min))];
    }
    let usual = match field.format {
        Some(Format::Json) => "{}",
        Some(Format::Base64) => "dGV4dA==",
        _ => "text",
    };
    let fitted = |wanted: usize| -> String { usual.chars().cycle().take(wanted).collect() };
    let long = |end: i64| usize::try_from(end).unwrap_or_default().min(LONGEST);
    let count = inside(ends, i64::try_from(usual.len()).unwrap_or_default());
    let mut found = vec![json!(fitted(long(count)))];
    let bytes = field.checks.iter().find_map(|check| match check {
        Check::Bytes(bounds) => bounds.max,
        _ => None,
    });
    let most = ends.max.or(bytes).unwrap_or(MANY);
    let ends = [
        ends.min.unwrap_or(1),
        bytes.map_or(most, |bytes| most.min(bytes)),
    ];
    found.extend(ends.map(|end| json!(fitted(long(end)))));
    // As many characters, and as many bytes as they can have.
    let fits = bytes.map_or(ends[1], |bytes| ends[1].min(bytes / 3));
    found.push(json!("字".repeat(long(fits))));
    found
}

/// The shortest text of a pattern's first alternative that is long enough.
fn matching(pattern: &Pattern, least: Option<i64>) -> String {
    let runs = pattern.alternatives.first().map_or(&[][..], Vec::as_slice);
    let shortest: usize = runs.iter().map(|run| run.min as usize).sum();
    let least = least.map_or(0, |least| usize::try_from(least).unwrap_or_default());
    let mut missing = least.min(LONGEST).saturating_sub(shortest);
    let mut text = String::new();
    for run in runs {
        let more = missing.min(run.max.saturating_sub(run.min) as usize);
        missing -= more;
        let character = run.ranges.first().map_or('a', |(low, _)| *low);
        text.extend(std::iter::repeat_n(character, run.min as usize + more));
    }
    text
}

fn bounds_of(field: &Field, pick: impl Fn(&Check) -> Option<Bounds>) -> Option<Bounds> {
    field.checks.iter().find_map(pick)
}

/// The number nearest to the usual one that the bounds allow.
fn inside(bounds: Bounds, usual: i64) -> i64 {
    let low = bounds.min.unwrap_or(i64::MIN);
    usual.max(low).min(bounds.max.unwrap_or(i64::MAX))
}

struct Maker<'a> {
    service: &'a Service,
    special: Special<'a>,
    /// The structs around the present place: one inside itself would never end.
    inside: Vec<&'a str>,
}

impl<'a> Maker<'a> {
    fn object(&mut self, fields: &'a [Field]) -> Json {
        let mut members = Map::new();
        for field in fields.iter().filter(|field| field.life.removed.is_none()) {
            if let Some(value) = self.field(field) {
                members.insert(field.name.clone(), value);
            }
        }
        Json::Object(members)
    }

    fn way(&mut self, fields: &'a [Field], way: &[String]) -> Json {
        let mut members = Map::new();
        let first = way.first();
        let field = fields.iter().find(|field| Some(&field.name) == first);
        if let Some(field) = field {
            let value = match (way.get(1..), field.ty.struct_name()) {
                (Some(rest), Some(name)) if !rest.is_empty() => {
                    let service = self.service;
                    let inner = service.structs.get(name).map_or(&[][..], |one| &one.fields);
                    let inner = self.way(inner, rest);
                    Some(listed(&field.ty, inner))
                }
                _ => self.field(field),
            };
            members.extend(value.map(|value| (field.name.clone(), value)));
        }
        Json::Object(members)
    }

    fn field(&mut self, field: &'a Field) -> Option<Json> {
        match self.special {
            Special::Value(special, value) if std::ptr::eq(special, field) => Some(value.clone()),
            Special::Absent(special) if std::ptr::eq(special, field) => None,
            Special::Listed(name, value) if field.ty.enum_name() == Some(name) => {
                Some(listed(&field.ty, wire(value)))
            }
            _ => {
                let items = bounds_of(field, |check| match check {
                    Check::Items(bounds) => Some(*bounds),
                    _ => None,
                });
                self.usual(field, &field.ty, items)
            }
        }
    }

    fn usual(&mut self, field: &'a Field, ty: &'a Type, items: Option<Bounds>) -> Option<Json> {
        match ty {
            Type::List(item) => {
                let inner = self.usual(field, item, None)?;
                Some(repeated(inner, items, 1))
            }
            Type::Struct(name) => {
                let service = self.service;
                let inner = service.structs.get(name)?;
                if self.inside.contains(&name.as_str()) {
                    return None;
                }
                self.inside.push(name);
                let value = self.object(&inner.fields);
                self.inside.pop();
                Some(value)
            }
            _ => scalars(self.service, field, ty).into_iter().next(),
        }
    }
}

/// A value inside of the lists of a type.
fn listed(ty: &Type, value: Json) -> Json {
    match ty {
        Type::List(item) => json!([listed(item, value)]),
        _ => value,
    }
}
