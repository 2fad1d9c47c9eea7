//! A call that starts a job in, the answer that tells the end of the job out.

use std::future::IntoFuture as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Map, Value as Json};
use yunqiao_model::api::{HandlePlace, Type, Waiter};
use yunqiao_runtime::{AnyWait, AnyWaiter, Config, Error, JsonValue};

use super::query::Query;
use super::{connect, refusal};
use crate::Outcome;
use crate::catalog::Found;
use crate::failure::{Failure, Result};
use crate::output::{self, Format};
use crate::progress::{self, Progress};

/// How to wait for what an action starts.
pub(super) struct Plan<'a> {
    waiter: &'a Waiter,
    /// The action that is started.
    start: Found<'a>,
    /// The action that tells the state.
    poll: Found<'a>,
}

/// How to wait for the job of an action, or that it starts none.
pub(super) fn plan(found: Found<'_>) -> Result<Plan<'_>> {
    let name = &found.action.name;
    let waiter = found.action.waiter.as_ref().ok_or_else(|| {
        Failure::new(format!(
            "--wait: {name} starts no job that can be waited for; call it without --wait"
        ))
    })?;
    let poll = found.sibling(&waiter.poll).ok_or_else(|| {
        Failure::new(format!(
            "--wait: the schemas do not describe {}",
            waiter.poll
        ))
    })?;
    Ok(Plan {
        waiter,
        start: found,
        poll,
    })
}

/// What is printed, and how long is waited.
pub(super) struct Choice<'a> {
    pub(super) deadline: Duration,
    pub(super) query: Option<&'a Query>,
    pub(super) format: Format,
}

impl Plan<'_> {
    /// The question about the job, but for its handle: what both actions take alike, such as who is asking.
    ///
    /// # Errors
    ///
    /// The question needs more: better to know before the job is started.
    pub(super) fn question(&self, request: &Map<String, Json>) -> Result<Json> {
        let mut question = Map::new();
        for field in &self.poll.action.request {
            if field.name == self.waiter.poll_input {
                continue;
            }
            let alike = |other: &&yunqiao_model::api::Field| {
                other.name == field.name && other.ty == field.ty
            };
            let shared = self.start.action.request.iter().find(alike);
            match shared.and_then(|field| request.get(&field.name)) {
                Some(value) => {
                    question.insert(field.name.clone(), value.clone());
                }
                None if field.required => {
                    return Err(Failure::new(format!(
                        "--wait: {} needs {}, which {} does not take; call both by themselves",
                        self.poll.action.name, field.name, self.start.action.name
                    )));
                }
                None => {}
            }
        }
        Ok(Json::Object(question))
    }

    fn waiter(&self) -> AnyWaiter {
        let of = self.waiter;
        let mut waiter = AnyWaiter::new(
            connect::action(self.poll),
            &of.handle,
            &of.poll_input,
            &of.state,
        )
        .success(of.success.iter().map(text))
        .failure(of.failure.iter().map(text));
        let mut fields = self.poll.action.request.iter();
        let input = fields.find(|field| field.name == of.poll_input);
        if input.is_some_and(|field| matches!(field.ty, Type::List(_))) {
            waiter = waiter.takes_list();
        }
        waiter
    }

    /// Starts the job, waits for its end, and prints the answer that tells it.
    pub(super) fn run(
        &self,
        config: &Config,
        request: Json,
        question: &Json,
        choice: &Choice<'_>,
    ) -> Result<Outcome> {
        let progress = Arc::new(Progress::new());
        progress.show(|| format!("{}: starting", self.start.action.name));
        let runtime = connect::runtime()?;
        let call = connect::any_call(config, self.start, request.clone())?;
        let answer = match connect::run(&runtime, async { call.await }) {
            Some(Ok(answer)) => answer.into_inner(),
            Some(Err(error)) => {
                progress.clear();
                return refusal::tell(self.start, &error);
            }
            None => {
                progress.clear();
                progress::tell("interrupted: the call may have been carried out\n");
                return Ok(Outcome::Interrupted);
            }
        };
        let started = match self.waiter.handle_in {
            HandlePlace::Answer => &answer,
            HandlePlace::Request => &request,
        };
        let client = connect::client(config, self.start);
        let waits = client.wait_for_each_any(self.waiter(), started, question);
        let last = Arc::new(Mutex::new(vec![None; waits.len()]));
        let waits: Vec<AnyWait> = waits
            .into_iter()
            .enumerate()
            .map(|(index, wait)| self.watched(index, wait, choice, &progress, &last))
            .collect();
        let several = waits.len() > 1;
        let ended = connect::run(&runtime, together(waits));
        progress.clear();
        let Some(ended) = ended else {
            progress::tell(&format!(
                "interrupted: the job goes on\n{}",
                self.named(started)
            ));
            return Ok(Outcome::Interrupted);
        };
        let answers: std::result::Result<Vec<JsonValue>, Error> = ended.into_iter().collect();
        let mut answers = match answers {
            Ok(answers) => answers,
            Err(error) => return self.unfinished(&error, started, &answer, choice),
        };
        let shown = match answers.pop() {
            Some(only) if !several => only,
            last => Json::Array(answers.into_iter().chain(last).collect()),
        };
        let shown = match choice.query {
            Some(query) => query.find(&shown)?,
            None => shown,
        };
        output::print(&shown, choice.format, &[])?;
        let failed = last.lock().ok().and_then(|states| {
            let mut states = states.iter().flatten();
            let is_failure = |state: &&String| {
                self.waiter
                    .failure
                    .iter()
                    .map(text)
                    .any(|own| own == **state)
            };
            states.find(is_failure).cloned()
        });
        let Some(state) = failed else {
            return Ok(Outcome::Fine);
        };
        let meaning = self.meaning(&state);
        progress::tell(&format!(
            "error: the job of {} has failed, its state is {state}{meaning}\n",
            self.start.action.name
        ));
        Ok(Outcome::Finding)
    }

    fn watched(
        &self,
        index: usize,
        wait: AnyWait,
        choice: &Choice<'_>,
        progress: &Arc<Progress>,
        last: &Arc<Mutex<Vec<Option<String>>>>,
    ) -> AnyWait {
        let (progress, last) = (Arc::clone(progress), Arc::clone(last));
        let name = self.start.action.name.clone();
        wait.deadline(choice.deadline)
            .failure_as_answer()
            .progress(move |now| {
                if now.failure().is_none()
                    && let Ok(mut last) = last.lock()
                {
                    last[index] = now.state().map(str::to_owned);
                }
                progress.show(|| {
                    let jobs = match (now.done(), now.jobs()) {
                        (_, 1) => String::new(),
                        (done, jobs) => format!(", {done} of {jobs} done"),
                    };
                    let state = match (now.failure(), now.state()) {
                        (Some(failure), _) => format!("waiting through: {failure}"),
                        (None, Some(state)) => format!("state {state}"),
                        (None, None) => "no state yet".to_owned(),
                    };
                    let seconds = now.elapsed().as_secs();
                    format!(
                        "{name}: {state}{jobs}, asked {} times in {seconds} s",
                        now.attempt()
                    )
                });
            })
    }

    /// What a state means, if the schemas tell.
    fn meaning(&self, state: &str) -> String {
        let service = self.start.service;
        let mut fields = &self.poll.action.response;
        let mut meaning = String::new();
        for name in self.waiter.state.split('.') {
            let Some(field) = fields.iter().find(|field| field.name == name) else {
                break;
            };
            if let Some(of) = field
                .ty
                .struct_name()
                .and_then(|of| service.structs.get(of))
            {
                fields = &of.fields;
            }
            let of = field.ty.enum_name().and_then(|of| service.enums.get(of));
            let mut values = of.into_iter().flat_map(|of| &of.values);
            if let Some(value) = values.find(|value| value.value.to_string() == state) {
                let words: Vec<&str> = value.doc.split_whitespace().collect();
                meaning = format!(" ({})", words.join(" ").trim_end_matches('.'));
            }
        }
        meaning
    }

    /// The call that asks for the job.
    fn named(&self, started: &Json) -> String {
        let handle = handle(started, &self.waiter.handle);
        let poll = format!("{}.{}", self.poll.service.id.service, self.poll.action.name);
        let input = &self.waiter.poll_input;
        format!("  the job: yunqiao call {poll} --{input} {handle}\n")
    }

    fn unfinished(
        &self,
        error: &Error,
        started: &Json,
        answer: &Json,
        choice: &Choice<'_>,
    ) -> Result<Outcome> {
        let mut text = format!("error: {error}\n");
        if error.is_validation() {
            // The call was made: what it has answered is not to be lost.
            output::print(answer, choice.format, &[])?;
            text.push_str("  the call: was made, and its answer names no job to wait for\n");
            progress::tell(&text);
            return Ok(Outcome::Unreached);
        }
        text.push_str("  the call: was made, and the job may go on\n");
        text.push_str(&self.named(started));
        progress::tell(&text);
        Ok(if error.is_service() {
            Outcome::Finding
        } else {
            Outcome::Unreached
        })
    }
}

/// All waits, side by side.
async fn together(waits: Vec<AnyWait>) -> Vec<std::result::Result<JsonValue, Error>> {
    let tasks: Vec<_> = waits
        .into_iter()
        .map(|wait| tokio::spawn(wait.into_future()))
        .collect();
    let mut ended = Vec::new();
    for task in tasks {
        let answer = task.await.expect("a wait neither panics nor is given up");
        ended.push(answer.map(|answer| answer.into_inner()));
    }
    ended
}

/// A state as it is compared and shown.
fn text(state: &Json) -> String {
    match state {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The first handle at a path, as an argument.
fn handle(started: &Json, path: &str) -> String {
    let mut at = started;
    for name in path.split('.') {
        if let Json::Array(items) = at {
            at = items.first().unwrap_or(&Json::Null);
        }
        at = &at[name];
    }
    match at {
        Json::Array(_) => format!("'{at}'"),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
