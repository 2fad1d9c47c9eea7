//! A call whose answer came in parts in; what its caller was told of them against what was sent, out.

use std::time::Duration;

use super::{Case, holds};
use crate::flow::Flow;
use crate::mishap::Mishap;
use crate::plan::{ATTEMPT, IDLE};
use crate::told::{Outcome, Streamed};

impl<'a> Case<'a> {
    /// What was told of the parts, and what may have been; nothing if there was no stream.
    fn stream(self) -> Option<(&'a Streamed, Option<Mishap>, Flow)> {
        let streamed = self.told.streamed.as_ref()?;
        let mut entries = self.record.entries.iter();
        let answering =
            entries.find(|entry| Some(&entry.request_id) == streamed.request_id.as_ref());
        // Another one than the cloud has no parts.
        let Some(entry) = answering else {
            let nothing = Flow {
                least: 0,
                most: 0,
                ends: false,
            };
            return Some((streamed, None, nothing));
        };
        let mishap = self.plan.mishap(entry.attempt - 1);
        Some((streamed, mishap, Flow::of(mishap, self.plan.parts)))
    }

    pub(super) fn parts_are_real(self) -> Option<Result<(), String>> {
        let (streamed, _, flow) = self.stream()?;
        let sent: Vec<String> = self.plan.telling().take(flow.most).collect();
        Some(holds(sent.starts_with(&streamed.parts), || {
            format!("told {:?} of {sent:?}", streamed.parts)
        }))
    }

    pub(super) fn parts_are_told(self) -> Option<Result<(), String>> {
        let (streamed, mishap, flow) = self.stream()?;
        // On a busy machine the client may have given up before they came.
        let is_impatient = matches!(
            self.told.outcome,
            Outcome::Failure {
                is_timeout: true,
                ..
            }
        ) && mishap != Some(Mishap::StallBody);
        (!is_impatient).then(|| {
            holds(streamed.parts.len() >= flow.least, || {
                format!("{} came, told {:?}", flow.least, streamed.parts)
            })
        })
    }

    pub(super) fn end_is_real(self) -> Option<Result<(), String>> {
        let (streamed, _, flow) = self.stream()?;
        let is_told = matches!(self.told.outcome, Outcome::Success { .. });
        is_told.then(|| {
            holds(flow.ends && streamed.parts.len() == flow.least, || {
                format!("it broke, and {:?} was told", streamed.parts)
            })
        })
    }

    /// How long a caller may have to wait for a part, without what the machine needs.
    pub(super) fn longest_wait(self) -> Option<(Duration, Duration)> {
        let (streamed, mishap, _) = self.stream()?;
        // A part that drips is none until its last byte has come.
        let dripping = match mishap {
            Some(Mishap::DripSlow) => ATTEMPT * 2,
            _ => Duration::ZERO,
        };
        Some((streamed.longest_wait, IDLE + dripping))
    }
}
