//! `yunqiao show`: an action in, what it does, takes and answers out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};
use yunqiao_model::api::{ExampleAnswer, Field, RegionRule, Service, Type, WireValue};

use crate::Outcome;
use crate::catalog::{Catalog, Found};
use crate::failure::Result;
use crate::output::{self, Format};

pub(crate) const EXAMPLES: &str = "\
Examples:
  yunqiao show CreateFlow
  yunqiao show ess.CreateFlow --skeleton > request.json
  yunqiao show sms SendSms --output json";

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The action, as ess.CreateFlow; or a service and an action.
    #[arg(required = true, num_args = 1..=2)]
    action: Vec<String>,
    /// Print a request to fill in, with every parameter.
    #[arg(long, conflicts_with = "output")]
    skeleton: bool,
    /// Print it for programs.
    #[arg(long, value_enum)]
    output: Option<Format>,
}

/// Shows an action.
pub(crate) fn run(arguments: &Arguments, catalog: &Catalog) -> Result<Outcome> {
    let words: Vec<&str> = arguments.action.iter().map(String::as_str).collect();
    let found = catalog.find(&words)?;
    if arguments.skeleton {
        let request = skeleton(found.service, &found.action.request, &mut Vec::new());
        output::print(&request, Format::Json, &[])?;
    } else if let Some(format) = arguments.output {
        output::print(&described(found), format, &[])?;
    } else {
        output::write(&text(found))?;
    }
    Ok(Outcome::Fine)
}

fn text(found: Found<'_>) -> String {
    let Found {
        service, action, ..
    } = found;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}.{}  ({})\n",
        service.id.service, action.name, service.id
    );
    let _ = writeln!(out, "{}", action.summary);
    if let Some(doc) = &action.doc {
        let _ = writeln!(out, "\n{doc}");
    }
    for note in notes(found) {
        let _ = writeln!(out, "{note}");
    }
    let mut structs = BTreeSet::new();
    fields("Parameters", &action.request, &mut structs, &mut out);
    fields("Answer", &action.response, &mut structs, &mut out);
    types(service, structs, &mut out);
    if !action.errors.is_empty() {
        let _ = writeln!(out, "\nErrors");
        for code in &action.errors {
            let meaning = found.meaning(code).unwrap_or_default();
            let _ = writeln!(out, "{}", format!("  {code}  {meaning}").trim_end());
        }
    }
    for example in &action.examples {
        let _ = writeln!(out, "\nExample: {}\n{:#}", example.title, example.request);
        match &example.answer {
            ExampleAnswer::Response(answer) => {
                let _ = writeln!(out, "answers\n{answer:#}");
            }
            ExampleAnswer::Error { code, .. } => {
                let _ = writeln!(out, "is refused with {code}");
            }
        }
    }
    out
}

/// What is to be known of how the call behaves, a line each.
fn notes(
    Found {
        service, action, ..
    }: Found<'_>,
) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(note) = &action.life.deprecated {
        notes.push(format!("Deprecated: {note}"));
    }
    let host = action.host.as_ref().unwrap_or(&service.host);
    notes.push(format!("Host: {host}"));
    match action.region {
        RegionRule::Required => notes.push("Region: required".to_owned()),
        RegionRule::Optional => notes.push("Region: optional".to_owned()),
        RegionRule::Unused => {}
    }
    if let Some(limit) = action.rate_limit.or(service.rate_limit) {
        notes.push(format!(
            "Limit: {} calls in {} s",
            limit.calls, limit.seconds
        ));
    }
    if action.idempotent {
        notes.push("Repeating it does no harm".to_owned());
    }
    if action.pagination.is_some() {
        notes.push("Its answer comes in pages: `--all` gets them all".to_owned());
    }
    if let Some(waiter) = &action.waiter {
        notes.push(format!(
            "It starts a job that {} reports on: `--wait` waits for its end",
            waiter.poll
        ));
    }
    if action.streaming {
        notes.push("Its answer is a stream of events".to_owned());
    }
    if let Some(docs) = &action.docs {
        notes.push(format!("See {docs}"));
    }
    if let Some(first) = notes.first_mut() {
        first.insert(0, '\n');
    }
    notes
}

fn fields(title: &str, fields: &[Field], structs: &mut BTreeSet<String>, out: &mut String) {
    if fields.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    for field in fields {
        field_lines(field, out);
        structs.extend(field.ty.struct_name().map(str::to_owned));
        structs.extend(field.ty.enum_name().map(str::to_owned));
    }
}

fn field_lines(field: &Field, out: &mut String) {
    let mut marks = vec![spelled(&field.ty)];
    if field.required {
        marks.push("required".to_owned());
    }
    if field.disabled || field.life.deprecated.is_some() {
        marks.push("deprecated".to_owned());
    }
    if let Some(default) = &field.default {
        marks.push(format!("default {default}"));
    }
    if let Some(unit) = &field.unit {
        marks.push(format!("in {unit}"));
    }
    if field.sensitive.is_some() {
        marks.push("never shown".to_owned());
    }
    let _ = writeln!(out, "  {}  [{}]", field.name, marks.join(", "));
    for line in wrapped(&one_line(&field.doc), 96) {
        let _ = writeln!(out, "      {line}");
    }
    if let Some(when) = &field.required_if {
        for line in wrapped(&format!("Needed: {}", one_line(when)), 96) {
            let _ = writeln!(out, "      {line}");
        }
    }
}

/// The structs and enums that are reached, each once, in the order of their names.
fn types(service: &Service, mut waiting: BTreeSet<String>, out: &mut String) {
    let mut done: BTreeSet<String> = BTreeSet::new();
    while let Some(name) = waiting.pop_first() {
        if !done.insert(name.clone()) {
            continue;
        }
        if let Some(one) = service.structs.get(&name) {
            let mut inner = BTreeSet::new();
            fields(&name, &one.fields, &mut inner, out);
            waiting.extend(inner.into_iter().filter(|inner| !done.contains(inner)));
        } else if let Some(one) = service.enums.get(&name) {
            let _ = writeln!(out, "\n{name}");
            for value in &one.values {
                let _ = writeln!(out, "  {}  {}", value.value, one_line(&value.doc));
            }
        }
    }
}

/// A type as people read it.
pub(crate) fn spelled(ty: &Type) -> String {
    match ty {
        Type::String => "text".to_owned(),
        Type::Int => "integer".to_owned(),
        Type::Float => "number".to_owned(),
        Type::Bool => "true or false".to_owned(),
        Type::Binary => "bytes".to_owned(),
        Type::Json => "any JSON".to_owned(),
        Type::Struct(name) | Type::Enum(name) => name.clone(),
        Type::List(item) => format!("list of {}", spelled(item)),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of at most so many characters, where the words allow it.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A request with every parameter: those that a caller has to set first filled with what they may be.
fn skeleton(service: &Service, fields: &[Field], above: &mut Vec<String>) -> Json {
    let live = fields
        .iter()
        .filter(|field| !field.disabled && field.life.removed.is_none());
    let members = live.map(|field| (field.name.clone(), value(service, &field.ty, above)));
    Json::Object(members.collect())
}

fn value(service: &Service, ty: &Type, above: &mut Vec<String>) -> Json {
    match ty {
        Type::String | Type::Binary => json!(""),
        Type::Int => json!(0),
        Type::Float => json!(0.0),
        Type::Bool => json!(false),
        Type::Json => Json::Null,
        Type::Enum(name) => {
            let first = service.enums.get(name).and_then(|one| one.values.first());
            match first.map(|first| &first.value) {
                Some(WireValue::Text(text)) => json!(text),
                Some(WireValue::Int(number)) => json!(number),
                None => Json::Null,
            }
        }
        Type::Struct(name) => match service.structs.get(name) {
            // A struct within itself ends here.
            Some(one) if !above.contains(name) => {
                above.push(name.clone());
                let members = skeleton(service, &one.fields, above);
                above.pop();
                members
            }
            _ => json!({}),
        },
        Type::List(item) => json!([value(service, item, above)]),
    }
}

fn described(
    Found {
        service, action, ..
    }: Found<'_>,
) -> Json {
    let field = |field: &Field| {
        json!({
            "name": field.name,
            "type": spelled(&field.ty),
            "required": field.required,
            "required_if": field.required_if,
            "doc": field.doc,
            "default": field.default,
            "unit": field.unit,
            "sensitive": field.sensitive.is_some(),
        })
    };
    let fields = |fields: &[Field]| fields.iter().map(field).collect::<Vec<_>>();
    json!({
        "service": service.id.service,
        "vendor": service.id.vendor.folder(),
        "version": service.id.version,
        "action": action.name,
        "summary": action.summary,
        "doc": action.doc,
        "docs": action.docs,
        "host": action.host.as_ref().unwrap_or(&service.host),
        "idempotent": action.idempotent,
        "deprecated": action.life.deprecated,
        "request": fields(&action.request),
        "response": fields(&action.response),
        "errors": action.errors,
    })
}
