//! A call in, the line of `yunqiao call` that makes it out: with flags where they are few and say just the same, or else with
//! its JSON on standard input.

use serde_json::{Map, Value as Json};
use yunqiao_model::api::{Field, Service, Type};

use super::curl::{quoted, word};
use super::{Destination, Wanted};
use crate::parameters::{self, Parameter};

/// More flags than these are harder to read than JSON.
const MOST_FLAGS: usize = 8;
/// So is a longer line.
const LONGEST: usize = 400;

/// Flags of the command itself: a parameter of such a name is none of them.
const OPTIONS: [&str; 15] = [
    "input", "dry-run", "no-check", "query", "output", "profile", "region", "endpoint", "site",
    "sandbox", "timeout", "language", "schemas", "help", "version",
];

/// The line; `variables` are set for the command.
pub(super) fn command(wanted: &Wanted<'_>, variables: Option<&str>) -> String {
    let service = wanted.found.service;
    let variables = variables.map(|set| format!("{set} ")).unwrap_or_default();
    let mut line = format!("{variables}yunqiao call {}", action(wanted));
    if let Destination::Demo(url) | Destination::Local(url) = wanted.destination {
        line.push_str(&format!(" --endpoint {}", word(url)));
    }
    if let Some(region) = wanted.region {
        line.push_str(&format!(" --region {}", word(region)));
    }
    match flags(service, &wanted.found.action.request, wanted.request) {
        Some(flags) => {
            for flag in flags {
                line.push(' ');
                line.push_str(&flag);
            }
            line.push('\n');
            line
        }
        None => {
            let json = serde_json::to_string_pretty(wanted.request).unwrap_or_default();
            // The shell itself prints it, so that it may be long; and it holds no line that could end it too early.
            format!("printf %s {} |\n  {line} --input -\n", quoted(&json))
        }
    }
}

/// The action's name, with as much before it as it needs.
fn action(wanted: &Wanted<'_>) -> String {
    let (service, name) = (wanted.found.service, &wanted.found.action.name);
    let newest = wanted
        .versions
        .iter()
        .filter(|version| version.actions.contains_key(name))
        .map(|version| &version.id.version)
        .max();
    if newest == Some(&service.id.version) {
        format!("{}.{name}", service.id.service)
    } else {
        format!("{}@{}.{name}", service.id.service, service.id.version)
    }
}

/// The parameters as flags, where reading them gives the same request.
fn flags(service: &Service, fields: &[Field], request: &Json) -> Option<Vec<String>> {
    let members = request.as_object()?;
    let mut all = Vec::new();
    object(service, fields, members, "", &mut all)?;
    if all.len() > MOST_FLAGS {
        return None;
    }
    let mut read = Map::new();
    parameters::set(service, fields, &mut read, &all, &[]).ok()?;
    if Json::Object(read) != *request {
        return None;
    }
    let flags: Vec<String> = all.iter().filter_map(flag).collect();
    (flags.iter().map(String::len).sum::<usize>() <= LONGEST).then_some(flags)
}

fn flag(parameter: &Parameter) -> Option<String> {
    let (path, value) = (&parameter.path, parameter.value.as_ref()?);
    Some(if value.starts_with("--") {
        format!("--{}={}", word(path), word(value))
    } else {
        format!("--{} {}", word(path), word(value))
    })
}

fn object(
    service: &Service,
    fields: &[Field],
    members: &Map<String, Json>,
    above: &str,
    out: &mut Vec<Parameter>,
) -> Option<()> {
    for (name, value) in members {
        let field = fields.iter().find(|field| field.name == *name)?;
        let is_path = !name.contains(['.', '=']) && !name.is_empty();
        if !is_path || above.is_empty() && OPTIONS.contains(&name.as_str()) {
            return None;
        }
        let path = format!("{above}{name}");
        match (&field.ty, value) {
            (Type::Struct(inner), Json::Object(members)) if !members.is_empty() => {
                let inner = service.structs.get(inner)?;
                object(service, &inner.fields, members, &format!("{path}."), out)?;
            }
            _ => out.push(Parameter {
                path,
                value: Some(text(value)),
            }),
        }
    }
    Some(())
}

/// A value as a flag takes it.
fn text(value: &Json) -> String {
    match value {
        // What begins with it is the name of a file.
        Json::String(text) if text.starts_with('@') => format!("@{text}"),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
