//! Action declarations in, actions of the model out. Names of fields and other actions are checked by later passes.

use std::collections::BTreeMap;

use crate::api::{
    Action, Example, ExampleAnswer, HandlePlace, Life, PageUnit, Pagination, Service, Waiter,
};
use crate::dialect::{
    ActionFile, At, ExampleDecl, Fields, PaginationDecl, ServiceFile, WaiterDecl,
};
use crate::resolve::gather::Draft;
use crate::resolve::life::{Keys, life};
use crate::resolve::service::{check_docs, text};
use crate::resolve::types::{self, Names};
use crate::resolve::{fields, hosts, report_twice};
use crate::{Code, Diagnostic};

mod overrides;

pub(super) fn actions(
    draft: &Draft,
    names: &Names,
    service: &Service,
    declared: &ServiceFile,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Action> {
    types::each(&draft.actions, problems, |name, file, problems| {
        overrides::check(file, service, declared, problems);
        let keys = Keys {
            deprecated: file.deprecated.as_ref(),
            removed: file.removed.as_ref(),
            renamed_from: file.renamed_from.as_ref(),
        };
        let exists = |name: &str| draft.actions.contains_key(name);
        let life = life(keys, is_action_name, exists, problems);
        Some(action(name, file, life, names, service, problems))
    })
}

fn action(
    name: &str,
    file: &ActionFile,
    life: Life,
    names: &Names,
    service: &Service,
    problems: &mut Vec<Diagnostic>,
) -> Action {
    check_name(name, file, problems);
    check_docs(file.docs.as_ref(), problems);
    let (method, body) = overrides::encoding(file, problems);
    let flag = |value: &Option<At<bool>>| value.as_ref().is_some_and(|value| value.value);
    let string = |value: &Option<At<String>>| value.as_ref().map(|value| value.value.clone());
    let errors = file
        .errors
        .as_ref()
        .map(|errors| errors.value.as_slice())
        .unwrap_or_default();
    report_twice(
        errors.iter().map(|error| (error.value.as_str(), &error.at)),
        Code::DuplicateEntry,
        "error code",
        problems,
    );
    let (summary, doc) = words(file);
    Action {
        name: name.to_owned(),
        summary,
        doc,
        docs: string(&file.docs),
        rust: string(&file.rust),
        host: string(&file.host),
        hosts: hosts::of_action(
            file.host.as_ref(),
            file.hosts.as_ref(),
            &service.host,
            problems,
        ),
        version: string(&file.version),
        method,
        body,
        unsigned: flag(&file.unsigned),
        region: file
            .region
            .as_ref()
            .map_or(service.region, |region| region.value),
        rate_limit: file
            .rate_limit
            .as_ref()
            .map(|limit| limit.value)
            .or(service.rate_limit),
        idempotent: flag(&file.idempotent),
        idempotency_token: string(&file.idempotency_token),
        streaming: flag(&file.streaming),
        error_member: flag(&file.error_member),
        request: side(file.request.as_ref(), names, problems),
        response: response(file, names, problems),
        errors: errors.iter().map(|error| error.value.clone()).collect(),
        pagination: file
            .pagination
            .as_ref()
            .and_then(|decl| pagination(&decl.value)),
        waiter: file.waiter.as_ref().and_then(|decl| waiter(&decl.value)),
        examples: file
            .examples
            .iter()
            .flat_map(|list| &list.value)
            .filter_map(|decl| example(decl, problems))
            .collect(),
        life,
        because: string(&file.because),
        at: types::place(file.name.as_ref(), &file.at).clone(),
    }
}

/// One line and more: our own words, else the vendor's, whose first paragraph is the line.
fn words(file: &ActionFile) -> (String, Option<String>) {
    let own = |value: &Option<At<String>>| value.as_ref().map(|value| value.value.clone());
    match (&file.summary, &file.upstream_doc) {
        (None, Some(upstream)) => {
            let (first, rest) = upstream
                .value
                .split_once("\n\n")
                .unwrap_or((&upstream.value, ""));
            let rest = Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty());
            (first.to_owned(), own(&file.doc).or(rest))
        }
        (summary, _) => (text(summary.as_ref()), own(&file.doc)),
    }
}

fn is_action_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn check_name(name: &str, file: &ActionFile, problems: &mut Vec<Diagnostic>) {
    // A name that is not the file's has been reported.
    let Some(declared) = file.name.as_ref().filter(|declared| declared.value == name) else {
        return;
    };
    if !is_action_name(name) {
        let message = format!("\"{name}\" cannot name an action");
        let problem = Diagnostic::new(Code::BadName, declared.at.clone(), message);
        problems.push(problem.help("use the name on the wire, for example ChannelVerifyPdf"));
    }
}

fn side(
    decl: Option<&At<Fields>>,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> Vec<crate::api::Field> {
    decl.map(|decl| fields::fields(&decl.value, names, problems))
        .unwrap_or_default()
}

fn response(
    file: &ActionFile,
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> Vec<crate::api::Field> {
    for (key, _) in file.response.iter().flat_map(|response| &response.value.0) {
        let envelope = match key.text.as_str() {
            "RequestId" => {
                Some("every answer carries RequestId, and the runtime reads it; remove the field")
            }
            "Error" if file.error_member.is_none() => Some(
                "an answer's `Error` is the API's error; set `error_member: true` if it is not",
            ),
            _ => None,
        };
        if let Some(help) = envelope {
            let message = format!("\"{}\" belongs to the envelope", key.text);
            problems.push(Diagnostic::new(Code::EnvelopeField, key.at.clone(), message).help(help));
        }
    }
    side(file.response.as_ref(), names, problems)
}

fn pagination(decl: &PaginationDecl) -> Option<Pagination> {
    let string = |value: &Option<At<String>>| value.as_ref().map(|value| value.value.clone());
    Some(Pagination {
        style: decl.style.as_ref()?.value,
        input: string(&decl.input)?,
        size: string(&decl.size),
        unit: decl.unit.as_ref().map_or(PageUnit::Row, |unit| unit.value),
        items: string(&decl.items)?,
        total: string(&decl.total),
        next: string(&decl.next),
    })
}

fn waiter(decl: &WaiterDecl) -> Option<Waiter> {
    let string = |value: &Option<At<String>>| value.as_ref().map(|value| value.value.clone());
    let states = |value: &Option<At<Vec<crate::node::Node>>>| {
        value
            .iter()
            .flat_map(|list| &list.value)
            .map(crate::node::Node::to_json)
            .collect()
    };
    Some(Waiter {
        handle: string(&decl.handle)?,
        handle_in: decl
            .handle_in
            .as_ref()
            .map_or(HandlePlace::Answer, |place| place.value),
        poll: string(&decl.poll)?,
        poll_input: string(&decl.poll_input)?,
        state: string(&decl.state)?,
        success: states(&decl.success),
        failure: states(&decl.failure),
    })
}

fn example(decl: &ExampleDecl, problems: &mut Vec<Diagnostic>) -> Option<Example> {
    let answer = match (&decl.response, &decl.error) {
        (Some(response), None) => ExampleAnswer::Response(response.value.to_json()),
        (None, Some(error)) => ExampleAnswer::Error {
            code: text(error.value.code.as_ref()),
            message: text(error.value.message.as_ref()),
        },
        (Some(_), Some(error)) => {
            let problem = Diagnostic::new(
                Code::Conflict,
                error.key_at.clone(),
                "the example has an answer and an error",
            );
            problems.push(problem.help("keep `response:` or `error:`"));
            return None;
        }
        (None, None) => {
            let problem = Diagnostic::new(
                Code::MissingKey,
                decl.at.clone(),
                "missing key \"response\" in an example",
            );
            problems.push(problem.help("add `response:` or `error:`"));
            return None;
        }
    };
    Some(Example {
        title: text(decl.title.as_ref()),
        request: decl.request.as_ref()?.value.to_json(),
        answer,
    })
}
