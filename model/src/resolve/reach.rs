//! Which types actions reach, from which side; types that nothing reaches and live items that lean on removed ones.

use std::collections::BTreeSet;

use crate::api::{Field, Service};
use crate::{Code, Diagnostic};

/// Marks where each struct occurs; the names of all types that any action reaches.
pub(crate) fn mark(service: &mut Service) -> BTreeSet<String> {
    let sent = closure(
        service,
        service.actions.values().flat_map(|action| &action.request),
    );
    let mut received = closure(
        service,
        service.actions.values().flat_map(|action| &action.response),
    );
    for (name, item) in &mut service.structs {
        item.in_request = sent.contains(name);
        item.in_response = received.contains(name);
    }
    received.extend(sent);
    received
}

/// `complete` says that every use can be seen; otherwise unused types are not reported.
pub(super) fn check(service: &mut Service, complete: bool, problems: &mut Vec<Diagnostic>) {
    let used = mark(service);
    let structs = service
        .structs
        .values()
        .map(|item| ("struct", &item.name, &item.life, &item.at));
    let enums = service
        .enums
        .values()
        .map(|item| ("enum", &item.name, &item.life, &item.at));
    for (what, name, life, at) in structs.chain(enums) {
        if complete && !used.contains(name) && life.removed.is_none() {
            let problem = Diagnostic::new(
                Code::Unused,
                at.clone(),
                format!("the {what} \"{name}\" is not used"),
            );
            problems.push(problem.help("no action sends or receives it; remove the file, or mark it `removed:` if it was published"));
        }
    }
    for (owner, field) in live_fields(service) {
        let (structs, enums) = (&service.structs, &service.enums);
        let item = field.ty.struct_name().and_then(|name| structs.get(name));
        let item = item.map(|item| (&item.name, &item.life));
        let value = field.ty.enum_name().and_then(|name| enums.get(name));
        let used = item.or_else(|| value.map(|item| (&item.name, &item.life)));
        if let Some((name, life)) = used
            && life.removed.is_some()
            && field.life.removed.is_none()
        {
            let message = format!(
                "{owner}.{} has the type \"{name}\", which is removed",
                field.name
            );
            let help = "mark the field `removed:` too, or bring the type back";
            problems
                .push(Diagnostic::new(Code::RemovedInUse, field.at.clone(), message).help(help));
        }
    }
}

fn live_fields(service: &Service) -> impl Iterator<Item = (&str, &Field)> {
    let structs = service
        .structs
        .values()
        .filter(|item| item.life.removed.is_none());
    let structs = structs.flat_map(|item| {
        item.fields
            .iter()
            .map(move |field| (item.name.as_str(), field))
    });
    let actions = service
        .actions
        .values()
        .filter(|action| action.life.removed.is_none());
    let actions = actions.flat_map(|action| {
        action
            .request
            .iter()
            .chain(&action.response)
            .map(move |field| (action.name.as_str(), field))
    });
    structs.chain(actions)
}

/// Names of all structs and enums that the fields lead to.
fn closure<'a>(service: &'a Service, roots: impl Iterator<Item = &'a Field>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<&Field> = roots.collect();
    while let Some(field) = waiting.pop() {
        if let Some(name) = field.ty.enum_name() {
            seen.insert(name.to_owned());
        }
        if let Some(name) = field.ty.struct_name()
            && seen.insert(name.to_owned())
        {
            waiting.extend(
                service
                    .structs
                    .get(name)
                    .into_iter()
                    .flat_map(|item| &item.fields),
            );
        }
    }
    seen
}
