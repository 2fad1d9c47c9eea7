//! The model in, what is no mistake but helps nobody out: descriptions that say no more than the name they describe.
//!
//! Generating does not ask for this; `cargo xtask lint` and the project's tests do.

use crate::api::{Api, Enum, Field, Service, Struct, Type};
use crate::{Code, Diagnostic, Location};

/// Words that say nothing by themselves.
const EMPTY: [&str; 25] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "its", "of",
    "on", "or", "s", "that", "the", "this", "to", "which", "with", "value",
];

/// Reports every description all of whose words are in the name already: `FlowId: the flow id`.
#[must_use]
pub fn lint(api: &Api) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = api.services.values().flat_map(service).collect();
    found.sort();
    found
}

fn service(service: &Service) -> Vec<Diagnostic> {
    let actions = service.actions.values().flat_map(|action| {
        let own = one(&[&action.name], &action.summary, &action.at);
        let both = [&action.request, &action.response];
        own.into_iter()
            .chain(both.into_iter().flat_map(|side| fields(side)))
    });
    let structs = service.structs.values().flat_map(structure);
    let enums = service.enums.values().flat_map(enumeration);
    actions.chain(structs).chain(enums).collect()
}

fn structure(item: &Struct) -> impl Iterator<Item = Diagnostic> {
    let own = one(&[&item.name], &item.doc, &item.at);
    own.into_iter().chain(fields(&item.fields))
}

fn enumeration(item: &Enum) -> impl Iterator<Item = Diagnostic> {
    let own = one(&[&item.name], &item.doc, &item.at);
    let values = item.values.iter();
    own.into_iter()
        .chain(values.filter_map(|value| one(&[&value.name], &value.doc, &value.at)))
}

fn fields(fields: &[Field]) -> impl Iterator<Item = Diagnostic> {
    fields.iter().filter_map(|field| {
        let ty = match field.ty.innermost() {
            Type::Struct(name) | Type::Enum(name) => name,
            _ => "",
        };
        one(&[&field.name, ty], &field.doc, &field.at)
    })
}

fn one(names: &[&str], doc: &str, at: &Location) -> Option<Diagnostic> {
    let named: Vec<String> = names.iter().flat_map(|name| words(name)).collect();
    let mut said = words(doc).peekable();
    said.peek()?;
    let restates = said.all(|word| EMPTY.contains(&word.as_str()) || named.contains(&word));
    restates.then(|| {
        let message = format!("the description \"{}\" only restates the name", doc.trim());
        Diagnostic::new(Code::RestatedName, at.clone(), message)
            .help("say what it means, in which unit or format, when it is needed, or where the value comes from")
    })
}

/// The words of a name or a sentence in their bare forms: `FlowIds` and "the flow ids" have the same ones.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let chars: Vec<char> = text.chars().collect();
    for (index, &c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| chars[index]);
        let after = chars.get(index + 1);
        let starts = c.is_uppercase()
            && (before.is_some_and(|before| !before.is_uppercase())
                || after.is_some_and(|after| after.is_lowercase()));
        if !c.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(|word| bare(&word))
}

/// A word without the ending of its plural or its verb form. Both sides are treated alike, so it need not be good English.
fn bare(word: &str) -> String {
    let word = if word == "identifier" { "id" } else { word };
    let ends = ["ies", "es", "s", "ed", "ing"];
    let stem = ends.iter().find_map(|end| word.strip_suffix(end));
    stem.filter(|stem| stem.len() > 1)
        .unwrap_or(word)
        .to_owned()
}
