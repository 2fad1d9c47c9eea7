//! Fields that are the whole `Result` of an answer: they stand where that can be, and alone.

use crate::api::Vendor;
use crate::dialect::{At, Fields};
use crate::resolve::gather::Draft;
use crate::{Code, Diagnostic};

pub(super) fn check(vendor: Vendor, draft: &Draft, problems: &mut Vec<Diagnostic>) {
    for action in draft.actions.values() {
        refuse(
            action.request.as_ref(),
            "a request has no `Result`",
            problems,
        );
        let Some(response) = &action.response else {
            continue;
        };
        if vendor != Vendor::Volcengine {
            refuse(
                Some(response),
                "only Volcengine answers in a `Result`",
                problems,
            );
        } else if response.value.0.len() > 1 {
            refuse(
                Some(response),
                "nothing stands beside a field that is the whole `Result`",
                problems,
            );
        }
    }
    for item in draft.structs.values() {
        refuse(
            item.fields.as_ref(),
            "a struct lies inside of the `Result`",
            problems,
        );
    }
}

fn refuse(fields: Option<&At<Fields>>, why: &str, problems: &mut Vec<Diagnostic>) {
    for (_, field) in fields.iter().flat_map(|fields| &fields.value.0) {
        if let Some(flag) = field.result.as_ref().filter(|flag| flag.value) {
            let message = format!("`result: true`, but {why}");
            let problem = Diagnostic::new(Code::Conflict, flag.key_at.clone(), message);
            problems.push(
                problem.help("remove it; it marks the only field of an answer that is no object"),
            );
        }
    }
}
