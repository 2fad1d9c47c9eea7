//! Fields of the model and fields as the facts tell them in, the differences out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use yunqiao_model::api::{EnumKind, Field, Service, Type, Width};

use crate::finding::Findings;

/// A field as the facts tell it, in the words of both vendors.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) ty: String,
    /// `None` where the facts do not know, or where it means nothing.
    pub(crate) required: Option<bool>,
    pub(crate) disabled: bool,
    /// Whether the vendor calls it outdated, where that is not the same as switched off.
    pub(crate) deprecated: Option<bool>,
    pub(crate) default: Option<String>,
    /// The documented values.
    pub(crate) values: Option<Vec<String>>,
    /// Whether the list of values is certain.
    pub(crate) is_certain: bool,
}

/// A JSON scalar without quotes.
pub(crate) fn text(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), ToOwned::to_owned)
}

pub(crate) fn compare(
    service: &Service,
    owner: &str,
    fields: &[Field],
    facts: &[Fact],
    told: &mut Told,
    findings: &mut Findings,
) {
    told.add(fields, facts);
    let name = |field: &Field| field.name.clone();
    findings.same_set(
        owner,
        "field",
        fields.iter().map(name),
        facts.iter().map(|fact| fact.name.clone()),
    );
    let known = |fact: &&Fact| fields.iter().any(|field| field.name == fact.name);
    let order: Vec<&str> = facts
        .iter()
        .filter(known)
        .map(|fact| fact.name.as_str())
        .collect();
    let ours: Vec<&str> = fields
        .iter()
        .map(|field| field.name.as_str())
        .filter(|name| order.contains(name))
        .collect();
    findings.same(owner, "order", ours.join(","), order.join(","));
    for field in fields {
        if let Some(fact) = facts.iter().find(|fact| fact.name == field.name) {
            one(
                service,
                &format!("{owner}.{}", field.name),
                field,
                fact,
                findings,
            );
        }
    }
}

fn one(service: &Service, place: &str, field: &Field, fact: &Fact, findings: &mut Findings) {
    let enumerated = field
        .ty
        .enum_name()
        .and_then(|name| service.enums.get(name));
    let (ours, mut theirs) = (type_text(service, &field.ty, field.width), fact.ty.clone());
    if enumerated.is_some_and(|item| item.kind == EnumKind::Int) {
        // An enum has no width.
        theirs = ["uint32", "uint64", "int32", "int64"]
            .iter()
            .fold(theirs, |text, width| text.replace(width, "int"));
    }
    findings.same(place, "type", ours, theirs);
    if let Some(required) = fact.required {
        findings.same(place, "required", field.required, required);
    }
    findings.same(place, "disabled", field.disabled, fact.disabled);
    if let Some(deprecated) = fact.deprecated {
        findings.same(place, "deprecated", field.life.note().is_some(), deprecated);
    }
    // The facts' defaults come from prose by pattern: where they have none, that says nothing.
    if let (Some(ours), Some(theirs)) = (&field.default, &fact.default) {
        let is_list = matches!(field.ty, Type::List(_)) && !theirs.starts_with('[');
        let theirs = if is_list {
            format!("[{theirs}]")
        } else {
            theirs.clone()
        };
        findings.same(place, "default", ours, &theirs);
    }
    let values: Option<Vec<String>> = enumerated.map(|item| {
        item.values
            .iter()
            .map(|value| value.value.to_string())
            .collect()
    });
    match (values, &fact.values) {
        // What the enum has beyond this list is another field's, or a finding about the enum.
        (Some(ours), Some(theirs)) if fact.is_certain => {
            findings.compared += theirs.len();
            for lacking in theirs.iter().filter(|value| !ours.contains(value)) {
                findings.report(place, "value", "-", lacking);
            }
        }
        (None, Some(theirs)) if fact.is_certain => {
            findings.report(place, "enum", "-", theirs.join("|"));
        }
        (Some(_), None) => {
            let name = field.ty.enum_name().unwrap_or_default();
            findings.report(place, "enum", name, "-");
        }
        _ => {}
    }
}

/// Which values the facts tell for the enums, by the fields that have their types.
#[derive(Debug, Default)]
pub(crate) struct Told(BTreeMap<String, BTreeSet<String>>);

impl Told {
    pub(crate) fn add(&mut self, fields: &[Field], facts: &[Fact]) {
        for field in fields {
            let fact = facts.iter().find(|fact| fact.name == field.name);
            let values = fact.and_then(|fact| fact.values.as_ref());
            if let (Some(name), Some(values)) = (field.ty.enum_name(), values) {
                let told = self.0.entry(name.to_owned()).or_default();
                told.extend(values.iter().cloned());
            }
        }
    }

    /// Takes what the facts tell of an enum itself.
    pub(crate) fn named(&mut self, name: &str, values: BTreeSet<String>) {
        self.0.insert(name.to_owned(), values);
    }

    /// Reports values that no field's list tells.
    pub(crate) fn settle(&self, service: &Service, findings: &mut Findings) {
        for item in service.enums.values() {
            let told = self.0.get(&item.name);
            findings.compared += item.values.len();
            for value in item.values.iter().map(|value| value.value.to_string()) {
                // An enum without any list has been reported at its field.
                if told.is_some_and(|told| !told.contains(&value)) {
                    findings.report(&item.name, "value", value, "-");
                }
            }
        }
    }
}

/// The type in the words of the facts.
fn type_text(service: &Service, ty: &Type, width: Option<Width>) -> String {
    match ty {
        Type::List(item) => format!("list<{}>", type_text(service, item, width)),
        Type::Struct(name) => name.clone(),
        Type::Enum(name) => match service.enums[name].kind {
            EnumKind::Int => "int".to_owned(),
            EnumKind::Text => "string".to_owned(),
        },
        Type::String => "string".to_owned(),
        Type::Int => match width {
            Some(Width::Int32) => "int32",
            Some(Width::Int64) => "int64",
            Some(Width::Uint32) => "uint32",
            Some(Width::Uint64) => "uint64",
            _ => "int",
        }
        .to_owned(),
        Type::Float => "float".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Binary | Type::Json => format!("{ty:?}"),
    }
}
