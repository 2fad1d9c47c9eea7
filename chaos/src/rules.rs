//! One call's plan, what its caller was told and what the server's side recorded in; which promises hold out.

mod streams;

use std::time::Duration;

use crate::canary;
use crate::ledger::Record;
use crate::mishap::Mishap;
use crate::plan::{ATTEMPT, IDLE, Plan, Way};
use crate::told::{Delivery, Outcome, Told};

/// A promise of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// An action that may not be repeated is executed at most once because of the client.
    UnsafeOnce,
    /// An action that may not be repeated is sent again only after an answer that says that it was not executed.
    NotSentAgain,
    /// A success that the client reports is one that the server has, with the same request id.
    SuccessIsReal,
    /// A success whose answer came whole and in time is reported.
    SuccessIsTold,
    /// What was told as not sent has not been executed.
    NotSent,
    /// What was told as rejected has not been executed.
    Rejected,
    /// A call ends within its time.
    Deadline,
    /// No secret and no personal value is in any text.
    NoLeak,
    /// The client tells of every attempt that arrived.
    Attempts,
    /// The parts of an answer that were told are the first that were sent, in their order and each once.
    PartsAreReal,
    /// Every part of an answer that came is told.
    PartsAreTold,
    /// An answer in parts that was told to be whole is.
    EndIsReal,
}

impl Rule {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 12] = [
        Self::UnsafeOnce,
        Self::NotSentAgain,
        Self::SuccessIsReal,
        Self::SuccessIsTold,
        Self::NotSent,
        Self::Rejected,
        Self::Deadline,
        Self::NoLeak,
        Self::Attempts,
        Self::PartsAreReal,
        Self::PartsAreTold,
        Self::EndIsReal,
    ];

    /// What it is called in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::UnsafeOnce => "unsafe-once",
            Self::NotSentAgain => "not-sent-again",
            Self::SuccessIsReal => "success-is-real",
            Self::SuccessIsTold => "success-is-told",
            Self::NotSent => "not-sent-not-executed",
            Self::Rejected => "rejected-not-executed",
            Self::Deadline => "deadline",
            Self::NoLeak => "no-leak",
            Self::Attempts => "attempts",
            Self::PartsAreReal => "parts-are-real",
            Self::PartsAreTold => "parts-are-told",
            Self::EndIsReal => "end-is-real",
        }
    }

    /// What it promises, for people.
    #[must_use]
    pub fn promise(self) -> &'static str {
        match self {
            Self::UnsafeOnce => "no unsafe action is executed twice because of the client",
            Self::NotSentAgain => "unsafe actions are sent again only after a clear refusal",
            Self::SuccessIsReal => "the server has every success that was reported",
            Self::SuccessIsTold => "every success that came whole was reported",
            Self::NotSent => "nothing told as not sent was executed",
            Self::Rejected => "nothing told as rejected was executed",
            Self::Deadline => "every call ended within its time",
            Self::NoLeak => "no secret and no personal value in errors, Debug, logs and traces",
            Self::Attempts => "every attempt that arrived was counted",
            Self::PartsAreReal => "the parts of a stream were told in order, and each once",
            Self::PartsAreTold => "every part of a stream that came was told",
            Self::EndIsReal => "no stream that broke was told to be whole",
        }
    }
}

/// One call, from both sides.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) told: &'a Told,
    pub(crate) record: &'a Record,
    /// How late anything may be on this machine.
    pub(crate) slack: Duration,
}

impl Case<'_> {
    /// Whether the promise holds, with what breaks it; nothing if it says nothing about this call.
    pub(crate) fn judge(self, rule: Rule) -> Option<Result<(), String>> {
        let Self {
            plan, told, record, ..
        } = self;
        let executed = record.executed().count();
        match rule {
            Rule::UnsafeOnce => (!plan.kind.safe).then(|| {
                holds(executed <= 1, || {
                    format!("executed {executed} times: {:?}", record.entries)
                })
            }),
            Rule::NotSentAgain => (!plan.kind.safe && record.arrivals > 0).then(|| {
                let again = (1..record.arrivals).find(|attempt| !self.was_refused(*attempt));
                holds(again.is_none(), || {
                    format!(
                        "sent {} times, though the answer to one of the first left it open",
                        record.arrivals
                    )
                })
            }),
            Rule::SuccessIsReal => match &told.outcome {
                Outcome::Success { request_id } => {
                    let is_there = record.executed().any(|entry| {
                        Some(&entry.request_id) == request_id.as_ref()
                            && entry.action == plan.kind.action
                            && entry.vendor == plan.kind.vendor
                    });
                    Some(holds(is_there, || {
                        format!("the server has {:?}", record.entries)
                    }))
                }
                _ => None,
            },
            Rule::SuccessIsTold => self.success_is_told(),
            Rule::NotSent => self.told_as(Delivery::NotSent, executed),
            Rule::Rejected => self.told_as(Delivery::Rejected, executed),
            Rule::Deadline => Some(self.deadline()),
            Rule::NoLeak => {
                let shown = told
                    .texts
                    .iter()
                    .find_map(|text| Some((canary::shown(text)?, text)));
                Some(match shown {
                    None => Ok(()),
                    Some((canary, text)) => Err(format!("{canary} in: {text}")),
                })
            }
            Rule::Attempts => match told.outcome {
                Outcome::Failure { attempts, .. } => {
                    Some(holds(record.arrivals <= attempts as usize, || {
                        format!("told of {attempts}, {} arrived", record.arrivals)
                    }))
                }
                _ => None,
            },
            Rule::PartsAreReal => self.parts_are_real(),
            Rule::PartsAreTold => self.parts_are_told(),
            Rule::EndIsReal => self.end_is_real(),
        }
    }

    /// The answer was there in time, and so was each of its parts.
    fn deadline(self) -> Result<(), String> {
        let Self {
            plan, told, slack, ..
        } = self;
        let whole = (told.elapsed, plan.total);
        let late = [Some(whole), self.longest_wait()]
            .into_iter()
            .flatten()
            .find(|(took, most)| *took > *most + slack);
        late.map_or(Ok(()), |(took, most)| {
            Err(format!("took {took:?} of {most:?}"))
        })
    }

    /// Whether an attempt, the first of which is 1, got an answer that says that nothing was executed.
    fn was_refused(self, attempt: usize) -> bool {
        let by_the_line = self
            .plan
            .mishap(attempt - 1)
            .is_some_and(Mishap::invites_again);
        let by_the_cloud = self
            .record
            .entries
            .iter()
            .any(|entry| entry.attempt == attempt && entry.error_code.is_some());
        by_the_line || by_the_cloud
    }

    /// The last attempt was executed, and its answer went out as it was.
    fn success_is_told(self) -> Option<Result<(), String>> {
        let Self {
            plan, told, record, ..
        } = self;
        if plan.way == Way::Closed || record.arrivals == 0 {
            return None;
        }
        let harmless = plan
            .mishap(record.arrivals - 1)
            .is_none_or(|mishap| mishap.is_harmless(plan.kind.sort));
        let executed = record
            .executed()
            .any(|entry| entry.attempt == record.arrivals);
        let in_time = match told.outcome {
            Outcome::Abandoned => false,
            // Late is late: on a busy machine a sound answer may miss its time. And after an attempt that was given up, what
            // arrives last need not be what was sent last.
            Outcome::Failure {
                is_timeout,
                attempts,
                ..
            } => {
                let is_patient = told
                    .streamed
                    .as_ref()
                    .is_none_or(|streamed| streamed.longest_wait < IDLE);
                (told.elapsed < ATTEMPT.min(plan.total) && is_patient)
                    || (attempts == 1 && !is_timeout)
            }
            Outcome::Success { .. } => true,
        };
        (harmless && executed && in_time).then(|| {
            holds(matches!(told.outcome, Outcome::Success { .. }), || {
                format!("the answer to attempt {} came whole", record.arrivals)
            })
        })
    }

    fn told_as(self, what: Delivery, executed: usize) -> Option<Result<(), String>> {
        match self.told.outcome {
            Outcome::Failure { delivery, .. } if delivery == what => {
                Some(holds(executed == 0, || {
                    format!("executed: {:?}", self.record.entries)
                }))
            }
            _ => None,
        }
    }
}

fn holds(it_does: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if it_does { Ok(()) } else { Err(otherwise()) }
}
