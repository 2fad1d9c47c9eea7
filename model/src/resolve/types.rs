//! Struct declarations in, structs with resolved fields out; and the names that types may refer to.

use std::collections::BTreeMap;

use crate::api::{Life, Struct};
use crate::dialect::{At, StructFile};
use crate::resolve::fields;
use crate::resolve::gather::Draft;
use crate::resolve::life::{Keys, life};
use crate::resolve::service::{description, needs_reason};
use crate::{Code, Diagnostic, Location, on_all_cores};

/// The names that a type may refer to.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) structs: Vec<String>,
    pub(super) enums: Vec<String>,
    /// Their file exists but could not be read.
    pub(super) unreadable: Vec<String>,
}

impl Names {
    pub(super) fn collect(draft: &Draft, problems: &mut Vec<Diagnostic>) -> Self {
        for (name, file) in &draft.enums {
            let at = place(file.name.as_ref(), &file.at);
            if let Some(other) = draft.structs.get(name) {
                let message = format!("\"{name}\" is a struct and an enum");
                let help = format!("{} defines it too; rename one", other.at.path);
                problems.push(Diagnostic::new(Code::TypeTwice, at.clone(), message).help(help));
            }
        }
        let messages = draft
            .actions
            .keys()
            .flat_map(|action| ["Request", "Response"].map(|end| format!("{action}{end}")));
        for message in messages {
            let item = draft.structs.get(&message);
            let item = item.map(|file| (place(file.name.as_ref(), &file.at), file.rust.is_some()));
            let file = item.or_else(|| {
                let item = draft.enums.get(&message);
                item.map(|file| (place(file.name.as_ref(), &file.at), file.rust.is_some()))
            });
            if let Some((at, false)) = file {
                let text =
                    format!("\"{message}\" is also the name of an action's request or answer");
                let help = "the fields of requests and answers stand in the action's file; rename the type, or give it `rust:`";
                problems.push(Diagnostic::new(Code::TypeTwice, at.clone(), text).help(help));
            }
        }
        Self {
            structs: draft.structs.keys().cloned().collect(),
            enums: draft.enums.keys().cloned().collect(),
            unreadable: draft.unreadable.clone(),
        }
    }
}

pub(super) fn structs(
    draft: &Draft,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Struct> {
    each(&draft.structs, problems, |name, file, problems| {
        structure(name, file, draft, names, problems)
    })
}

fn structure(
    name: &str,
    file: &StructFile,
    draft: &Draft,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> Option<Struct> {
    check_type_name(name, file.name.as_ref(), problems);
    check_rust(name, file.rust.as_ref(), file.because.as_ref(), problems);
    let keys = Keys {
        deprecated: file.deprecated.as_ref(),
        removed: file.removed.as_ref(),
        renamed_from: file.renamed_from.as_ref(),
    };
    let life = type_life(keys, draft, problems);
    // Without its fields nothing can be said about values of the struct.
    let entries = file.fields.as_ref()?;
    Some(Struct {
        name: name.to_owned(),
        doc: description(file.doc.as_ref(), file.upstream_doc.as_ref()),
        fields: fields::fields(&entries.value, names, problems),
        rust: file.rust.as_ref().map(|rust| rust.value.clone()),
        sensitive: file.sensitive.as_ref().map(|sensitive| sensitive.value),
        life,
        in_request: false,
        in_response: false,
        at: place(file.name.as_ref(), &file.at).clone(),
    })
}

/// Resolves items by themselves, on all cores.
pub(super) fn each<F: Sync, T: Send>(
    files: &BTreeMap<String, F>,
    problems: &mut Vec<Diagnostic>,
    resolve: impl Fn(&str, &F, &mut Vec<Diagnostic>) -> Option<T> + Sync,
) -> BTreeMap<String, T> {
    let files: Vec<(&String, &F)> = files.iter().collect();
    let resolved = on_all_cores(&files, |(name, file)| {
        let mut problems = Vec::new();
        (resolve(name, file, &mut problems), problems)
    });
    let mut items = BTreeMap::new();
    for ((name, _), (item, found)) in files.into_iter().zip(resolved) {
        problems.extend(found);
        items.extend(item.map(|item| (name.clone(), item)));
    }
    items
}

/// Where an item is declared: its name, or the file if that is missing.
pub(super) fn place<'a>(name: Option<&'a At<String>>, file: &'a Location) -> &'a Location {
    name.map_or(file, |name| &name.at)
}

/// The lifecycle marks of a struct or enum.
pub(super) fn type_life(keys: Keys<'_>, draft: &Draft, problems: &mut Vec<Diagnostic>) -> Life {
    let exists = |name: &str| draft.structs.contains_key(name) || draft.enums.contains_key(name);
    life(keys, is_type_name, exists, problems)
}

pub(super) fn check_type_name(
    name: &str,
    declared: Option<&At<String>>,
    problems: &mut Vec<Diagnostic>,
) {
    // A name that is not the file's has been reported.
    let Some(declared) = declared.filter(|declared| declared.value == name) else {
        return;
    };
    if !is_type_name(name) {
        let message = format!("\"{name}\" cannot name a type");
        let problem = Diagnostic::new(Code::BadName, declared.at.clone(), message);
        problems.push(problem.help("use UpperCamel ASCII, for example PdfVerifyResult"));
    }
}

/// Two upstream structs have an underscore in their names; every other name is UpperCamel.
fn is_type_name(name: &str) -> bool {
    is_upper_camel(&name.replace('_', "")) && !name.ends_with('_') && name != "Self"
}

pub(super) fn check_rust(
    name: &str,
    rust: Option<&At<String>>,
    because: Option<&At<String>>,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(rust) = rust else { return };
    if rust.value == name {
        let problem = Diagnostic::new(
            Code::NeedlessOverride,
            rust.at.clone(),
            "the Rust name is the wire name anyway",
        );
        problems.push(problem.help("remove `rust:`"));
    } else if !is_upper_camel(&rust.value) || rust.value == "Self" {
        let problem = Diagnostic::new(
            Code::BadName,
            rust.at.clone(),
            format!("\"{}\" cannot name a type", rust.value),
        );
        problems.push(problem.help("use UpperCamel ASCII"));
    }
    needs_reason(&rust.key_at, "rust", because, problems);
}

pub(super) fn is_upper_camel(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}
