//! In: a poll, and which states end it. Out: question after question until the jobs have ended; knows no types.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use super::pace::Pace;
use super::{Progress, States, Waiter, leads_through_list, texts};
use crate::call::{Outline, Pending, run};
use crate::clock;
use crate::codec::{Object, Problem, Value, each, put_texts, spelling};
use crate::config::Config;
use crate::error::{Error, Kind};
use crate::operation::Shared;

/// What the caller may choose.
pub(super) struct Choices {
    pub(super) deadline: Duration,
    pub(super) interval: Option<Duration>,
    pub(super) progress: Option<Tell>,
    /// Failure ends the wait with the answer.
    pub(super) takes_failure: bool,
}

type Tell = Box<dyn FnMut(&Progress<'_>) + Send>;

/// One wait.
pub(super) struct Watch {
    pub(super) pending: Pending,
    pub(super) choices: Choices,
    waiter: Shared<Waiter>,
    jobs: Vec<String>,
    /// Set when the wait begins.
    span: Option<Span>,
    attempt: u32,
    last_state: Option<String>,
    last_failure: Option<Error>,
}

/// From when to when.
#[derive(Clone, Copy)]
struct Span {
    start: Instant,
    end: Instant,
}

/// What the states of an answer say.
struct Standing {
    /// Of the first job that has not succeeded, or else of the last.
    telling: Option<String>,
    failed: bool,
    done: usize,
    ended: bool,
}

impl Watch {
    pub(super) fn new(
        config: &Config,
        waiter: Shared<Waiter>,
        jobs: Vec<String>,
        request: Box<dyn Object>,
    ) -> Self {
        Self {
            pending: Pending::new(config.clone(), waiter.poll.clone(), request),
            choices: Choices {
                deadline: Duration::from_secs(600),
                interval: None,
                progress: None,
                takes_failure: false,
            },
            waiter,
            jobs,
            span: None,
            attempt: 0,
            last_state: None,
            last_failure: None,
        }
    }

    /// Fills the handles into the request, and starts the time.
    pub(super) fn begin(&mut self) -> Result<(), Error> {
        let input = &*self.waiter.input;
        let own = texts(&*self.pending.request, input);
        if !own.is_empty() {
            self.jobs = own;
        } else if self.jobs.is_empty() {
            return Err(self.refused(format!(
                "is missing: what started the job has no {}",
                self.waiter.handle
            )));
        } else if !put_texts(&mut *self.pending.request, input, &self.jobs) {
            let count = self.jobs.len();
            return Err(self.refused(if count > 1 {
                format!("takes one job and {count} were started: use wait_for_each")
            } else {
                format!(
                    "cannot take the {} of what started the job",
                    self.waiter.handle
                )
            }));
        }
        if tokio::runtime::Handle::try_current().is_err() {
            let message = "a wait must be awaited inside a tokio runtime";
            return Err(self.about(Error::configuration(message)));
        }
        let start = clock::moment();
        // Beyond what the clock can tell is as good as never; a century is never, too.
        let century = Duration::from_secs(100 * 365 * 86_400);
        let end = start + self.choices.deadline.min(century);
        self.span = Some(Span { start, end });
        Ok(())
    }

    /// Waits, asks once, and judges. `None` if the jobs go on.
    pub(super) async fn poll(&mut self, answer: &mut dyn Object) -> Result<Option<Outline>, Error> {
        let span = self.span.expect("a wait begins before it asks");
        self.attempt = self.attempt.saturating_add(1);
        let wait = self.pace().before(self.attempt);
        let next = clock::moment().checked_add(wait);
        let Some(next) = next.filter(|next| *next < span.end) else {
            sleep_until(span.end).await;
            return Err(self.unfinished());
        };
        sleep_until(next).await;
        let Ok(outcome) = timeout_at(span.end, run(&mut self.pending, answer)).await else {
            return Err(self.unfinished());
        };
        let outline = match outcome {
            Ok(outline) => outline,
            Err(failure) if may_pass(&failure) => {
                self.tell(span, None, Some(&failure));
                self.last_failure = Some(failure);
                return Ok(None);
            }
            Err(failure) => return Err(failure),
        };
        let standing = self.standing(answer);
        self.tell(span, Some(&standing), None);
        self.last_state = standing.telling;
        self.last_failure = None;
        if standing.failed && !self.choices.takes_failure {
            let state = self.shown().unwrap_or_else(|| "not shown".to_owned());
            let error = Error::new(Kind::Job(state)).with_status(outline.http_status);
            return Err(self.about(error.with_ids(outline.request_id, outline.log_id)));
        }
        Ok((standing.failed || standing.ended).then_some(outline))
    }

    fn pace(&self) -> Pace {
        let mut salt = DefaultHasher::new();
        self.jobs.hash(&mut salt);
        Pace {
            interval: self.choices.interval,
            per_second: self.waiter.poll.requests_per_second(),
            salt: salt.finish(),
        }
    }

    fn standing(&self, answer: &dyn Object) -> Standing {
        let Waiter {
            success, failure, ..
        } = &*self.waiter;
        let mut states = Vec::new();
        each(answer, &self.waiter.state, &mut |value| match value {
            Value::List(list) => {
                let items = (0..list.count()).filter_map(|index| list.item(index));
                states.extend(items.map(|item| spelling(item.value())));
            }
            scalar => states.push(spelling(scalar)),
        });
        let is_of = |set: &States, state: &Option<String>| {
            state.as_deref().is_some_and(|state| set.has(state))
        };
        let done = states.iter().filter(|state| is_of(success, state)).count();
        let failed = states.iter().position(|state| is_of(failure, state));
        let waiting = states.iter().position(|state| !is_of(success, state));
        let telling = failed.or(waiting).or(states.len().checked_sub(1));
        // An answer that leaves out some of the jobs says nothing of their end.
        let expected = if leads_through_list(answer, &self.waiter.state) {
            self.jobs.len()
        } else {
            1
        };
        Standing {
            failed: failed.is_some(),
            ended: done == states.len() && done >= expected.max(1),
            done,
            telling: telling.and_then(|index| states.swap_remove(index)),
        }
    }

    fn tell(&mut self, span: Span, standing: Option<&Standing>, failure: Option<&Error>) {
        let (attempt, jobs) = (self.attempt, self.jobs.len());
        let Some(tell) = &mut self.choices.progress else {
            return;
        };
        tell(&Progress {
            state: standing.and_then(|standing| standing.telling.as_deref()),
            attempt,
            elapsed: clock::moment().saturating_duration_since(span.start),
            done: standing.map_or(0, |standing| standing.done),
            jobs,
            failure,
        });
    }

    /// The last state, if it is a word that may stand in an error: answers are not shown there.
    fn shown(&self) -> Option<String> {
        let is_plain = |state: &String| {
            (1..=40).contains(&state.len())
                && state
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        };
        self.last_state.clone().filter(is_plain)
    }

    fn unfinished(&mut self) -> Error {
        let error = Error::new(Kind::Unfinished(self.choices.deadline, self.shown()));
        let error = self.about(error);
        match self.last_failure.take() {
            Some(failure) => error.because(failure),
            None => error,
        }
    }

    fn refused(&self, message: String) -> Error {
        self.about(Error::validation(vec![Problem::new(
            self.waiter.input.as_ref(),
            message,
        )]))
    }

    fn about(&self, error: Error) -> Error {
        let action = &*self.waiter.poll;
        error.of(&action.service.name, &action.name)
    }
}

/// Whether the same question may be answered the next time.
fn may_pass(failure: &Error) -> bool {
    let internal = |code: &str| {
        let family = code.split('.').next().unwrap_or_default();
        matches!(
            family,
            "InternalError" | "InternalServiceError" | "ServiceUnavailable"
        )
    };
    failure.is_timeout()
        || failure.can_be_repeated()
        || failure.is_connect()
        || failure.is_broken()
        || failure.is_throttling()
        || failure.http_status().is_some_and(|status| status >= 500)
        || failure.code().is_some_and(internal)
}
