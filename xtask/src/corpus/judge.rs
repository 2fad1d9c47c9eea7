//! Imported schemas and the vendor's example calls in, what the model's codec says of each call out.

use std::fmt;
use std::path::Path;

use serde_json::Value as Json;
use yunqiao_import::{Example, Release, Request, examples};
use yunqiao_model::api::{Service, ServiceId};
use yunqiao_model::{Deviation, conform_request, conform_response, load};

use crate::import::find::{self, Found};
use crate::outcome::{Failure, Result};
use crate::parallel::each;
use crate::tree;

/// Requests or answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Answer,
}

/// A document of an example, and whether the model reads it.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) id: ServiceId,
    pub(super) action: String,
    pub(super) index: usize,
    pub(super) side: Side,
    pub(super) document: Json,
    pub(super) is_read: bool,
}

/// A document that cannot be read.
#[derive(Debug)]
pub(super) struct Refusal {
    file: String,
    action: String,
    index: usize,
    side: Side,
    reason: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            action,
            index,
            reason,
            ..
        } = self;
        write!(
            f,
            "{file}: {action}, example {}, {}: {reason}",
            index + 1,
            self.side
        )
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request",
            Self::Answer => "answer",
        })
    }
}

/// What became of all examples.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    pub(super) calls: Vec<Call>,
    pub(super) refusals: Vec<Refusal>,
    /// Read, and all.
    pub(super) requests: (usize, usize),
    /// Read, and all, without those that tell an error.
    pub(super) answers: (usize, usize),
    pub(super) errors: usize,
}

/// Judges every example beside the files.
pub(super) fn judge(found: &[Found], schemas: &Path) -> Result<Verdicts> {
    let parts = each("judging", found, |found| {
        (found.shown(), judge_one(found, schemas))
    });
    let mut all = Verdicts::default();
    for part in parts {
        let part = part?;
        all.calls.extend(part.calls);
        all.refusals.extend(part.refusals);
        all.requests = (
            all.requests.0 + part.requests.0,
            all.requests.1 + part.requests.1,
        );
        all.answers = (
            all.answers.0 + part.answers.0,
            all.answers.1 + part.answers.1,
        );
        all.errors += part.errors;
    }
    Ok(all)
}

fn judge_one(found: &Found, schemas: &Path) -> Result<Verdicts> {
    let mut verdicts = Verdicts::default();
    let Some(path) = &found.examples else {
        return Ok(verdicts);
    };
    let bytes = |path: &Path| {
        find::bytes(path).map_err(|problem| Failure::new(format!("{}: {problem}", path.display())))
    };
    let Ok(release) = Release::read(&bytes(&found.api)?, None) else {
        // The import has reported why.
        return Ok(verdicts);
    };
    let loaded = load(&tree::read_service(schemas, &release.id())?);
    let Some(service) = loaded.api.services.get(&release.id()) else {
        return Ok(verdicts);
    };
    for example in examples(&bytes(path)?).unwrap_or_default() {
        verdicts.take(service, example, &found.examples_shown());
    }
    Ok(verdicts)
}

impl Verdicts {
    fn take(&mut self, service: &Service, example: Example, file: &str) {
        let Some(action) = service.actions.get(&example.action) else {
            return;
        };
        let Example {
            action: name,
            index,
            request,
            answer,
        } = example;
        let request = request.map(|request| match request {
            Request::Json(document) | Request::Query(document) => document,
        });
        let is_error = |answer: &Json| {
            !action.error_member && answer.pointer("/Error/Code").is_some_and(Json::is_string)
        };
        if answer
            .as_ref()
            .is_ok_and(|answer| answer.iter().any(is_error))
        {
            self.errors += 1;
        } else {
            self.answers.1 += 1;
            // Each event of a stream is a document; the answer is read if all of them are.
            let documents: Vec<_> = match answer {
                Err(reason) => vec![Err(reason)],
                Ok(documents) => documents
                    .into_iter()
                    .map(|document| Ok((conform_response(service, action, &document), document)))
                    .collect(),
            };
            let judge = |found| self.count(service, &name, index, Side::Answer, file, found);
            let refused = documents
                .into_iter()
                .map(judge)
                .filter(|read| !read)
                .count();
            self.answers.0 += usize::from(refused == 0);
        }
        self.requests.1 += 1;
        let found = request.map(|document| (conform_request(service, action, &document), document));
        let read = self.count(service, &name, index, Side::Request, file, found);
        self.requests.0 += usize::from(read);
    }

    fn count(
        &mut self,
        service: &Service,
        action: &str,
        index: usize,
        side: Side,
        file: &str,
        found: std::result::Result<(Vec<Deviation>, Json), String>,
    ) -> bool {
        let mut refuse = |reason: String| {
            self.refusals.push(Refusal {
                file: file.to_owned(),
                action: action.to_owned(),
                index,
                side,
                reason,
            });
        };
        match found {
            Err(reason) => {
                refuse(reason);
                false
            }
            Ok((deviations, document)) => {
                let broken = deviations.iter().find(|deviation| !deviation.is_read());
                if let Some(deviation) = broken {
                    refuse(format!("{}: {}", deviation.path_text(), deviation.kind));
                }
                let is_read = broken.is_none();
                self.calls.push(Call {
                    id: service.id.clone(),
                    action: action.to_owned(),
                    index,
                    side,
                    document,
                    is_read,
                });
                is_read
            }
        }
    }
}
