//! Examples against the actions they illustrate.

use crate::api::{Action, Service};
use crate::conform::{Deviation, DeviationKind, Segment, conform_request, conform_response};
use crate::node::{Node, NodeValue};
use crate::resolve::gather::Draft;
use crate::{Code, Diagnostic, Location, suggest};

pub(super) fn check(service: &Service, draft: &Draft, problems: &mut Vec<Diagnostic>) {
    for (name, file) in &draft.actions {
        let Some(action) = service.actions.get(name) else {
            continue;
        };
        for example in file.examples.iter().flat_map(|examples| &examples.value) {
            // An example of an error may be an example of a bad request.
            let fails = example.error.is_some();
            if let (Some(request), Some(_)) = (&example.request, &file.request) {
                let found = conform_request(service, action, &request.value.to_json());
                let wrong = |deviation: &&Deviation| {
                    !fails
                        || matches!(
                            deviation.kind,
                            DeviationKind::Unknown(_) | DeviationKind::WrongType { .. }
                        )
                };
                found.iter().filter(wrong).for_each(|deviation| {
                    report(action, "the request", &request.value, deviation, problems)
                });
            }
            if let (Some(response), Some(_)) = (&example.response, &file.response) {
                let found = conform_response(service, action, &response.value.to_json());
                found.iter().for_each(|deviation| {
                    report(action, "the answer", &response.value, deviation, problems)
                });
            }
        }
    }
}

fn report(
    action: &Action,
    side: &str,
    node: &Node,
    deviation: &Deviation,
    problems: &mut Vec<Diagnostic>,
) {
    let path = match deviation.path_text() {
        path if path.is_empty() => side.to_owned(),
        path => path,
    };
    let found = node.descend(&deviation.path);
    let mismatch = |at: Location| {
        let message = format!("{path}: {}", deviation.kind);
        Diagnostic::new(Code::ExampleMismatch, at, message)
    };
    let problem = match &deviation.kind {
        DeviationKind::Unknown(known) => {
            let name = match deviation.path.last() {
                Some(Segment::Key(key)) => key.as_str(),
                _ => "",
            };
            let message = format!("{} has no field \"{path}\"", action.name);
            let help = suggest::hint(name, known.iter().map(String::as_str));
            let at = node.place(&deviation.path);
            Diagnostic::new(Code::ExampleUnknownField, at, message).help(help)
        }
        DeviationKind::UndocumentedValue => {
            mismatch(found.at.clone()).help("use a value of the enum, or add the value there")
        }
        DeviationKind::Missing => {
            mismatch(found.head.clone()).help("add it, or show the error that comes back instead")
        }
        DeviationKind::WrongType { expected, .. } => {
            mismatch(found.at.clone()).help(match (*expected, &found.value) {
                ("text", NodeValue::Int(_) | NodeValue::Float(..) | NodeValue::Bool(_)) => {
                    "put the value in quotes, or mend the field's type"
                }
                _ => "mend the example, or the field's type",
            })
        }
        _ => mismatch(found.at.clone()).help("mend the example, or the field's description"),
    };
    problems.push(problem);
}
