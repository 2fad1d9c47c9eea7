//! A service version with its names in, every name out that two of its types or methods would get.

use yunqiao_model::{Code, Diagnostic, Location};

use crate::names::NamedService;
use crate::names::scope::Scope;
use crate::outline::is_version_module;

/// Names of the version's module that the generator itself uses.
const RESERVED_TYPES: [&str; 1] = ["Client"];

/// Reports a method with the name by which the client of all versions gives out that of a version. Any version may come to
/// stand beside this one, so that no date is free.
fn refuse_version(rust: &str, at: &Location, problems: &mut Vec<Diagnostic>) {
    if is_version_module(rust) {
        let message = format!("the method \"{rust}\" would take the name of a version's client");
        let help = "give it another name with `rust:` and say why in `because:`";
        problems.push(Diagnostic::new(Code::NameCollision, at.clone(), message).help(help));
    }
}

pub(super) fn types(named: &NamedService<'_>, problems: &mut Vec<Diagnostic>) {
    let (mut types, mut structs, mut enums) =
        (Scope::default(), Scope::default(), Scope::default());
    for item in &named.structs {
        let own = (item.item.name.as_str(), &item.item.at);
        if types.claim(&item.body.rust, own, problems) {
            structs.claim(&item.module, own, problems);
        }
    }
    for item in &named.enums {
        let own = (item.item.name.as_str(), &item.item.at);
        if types.claim(&item.rust, own, problems) {
            enums.claim(&item.module, own, problems);
        }
    }
    for action in &named.actions {
        for message in [&action.request, &action.response] {
            types.claim(&message.rust, (&message.wire, &action.action.at), problems);
        }
    }
    for reserved in RESERVED_TYPES {
        if let Some((_, at)) = types.owner(reserved) {
            let message =
                format!("the type \"{reserved}\" would take the name of the generated client");
            let help = "give it another name with `rust:` and say why in `because:`";
            problems.push(Diagnostic::new(Code::NameCollision, at.clone(), message).help(help));
        }
    }
    let structs = named
        .structs
        .iter()
        .map(|item| (item.former, &item.item.at));
    let enums = named.enums.iter().map(|item| (item.former, &item.item.at));
    for (former, at) in structs.chain(enums) {
        if let Some(old) = former {
            types.claim(old, (old, at), problems);
        }
    }
    for action in &named.actions {
        if let Some(former) = &action.former {
            types.claim(
                &former.request,
                (&former.request, &action.action.at),
                problems,
            );
            types.claim(
                &former.response,
                (&former.response, &action.action.at),
                problems,
            );
        }
    }
}

pub(super) fn actions(named: &NamedService<'_>, problems: &mut Vec<Diagnostic>) {
    let (mut methods, mut modules) = (Scope::default(), Scope::default());
    for action in &named.actions {
        let own = (action.action.name.as_str(), &action.action.at);
        refuse_version(&action.method, own.1, problems);
        if methods.claim(&action.method, own, problems) {
            modules.claim(&action.module, own, problems);
        }
    }
    for action in &named.actions {
        let former = action
            .former
            .as_ref()
            .and_then(|former| former.method.as_ref());
        if let (Some(former), Some(old)) = (former, &action.action.life.renamed_from) {
            methods.claim(former, (old, &action.action.at), problems);
        }
    }
}
