//! In: one attempt's outcome after the other. Out: whether and when there is another one, and the error that ends a call.

use std::time::Duration;

use super::attempt::Deadline;
use super::attempts::Token;
use super::prepared::{Exchange, Prepared};
use crate::credential::Credential;
use crate::error::{Class, Delivery, Ending, Error, Kind, Limit};
use crate::quota::Quota;
use crate::retry::RetryPolicy;
use crate::transport::RetryAfter;
use crate::vendor::is_passing;

/// What the head of an answer says beside the answer: the time there, and how long to wait.
pub(super) type Hints = (Option<i64>, Option<RetryAfter>);

/// What happens after a failure.
pub(super) enum Step {
    /// Another attempt, after a while.
    Wait(Duration),
    End(Error),
}

/// When a failure may be followed by another attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Repeat {
    Never,
    /// If twice is like once.
    IfSafe,
    /// Nothing was done.
    Always,
}

/// What a call has come to so far.
pub(super) struct Course<'a> {
    exchange: Exchange<'a>,
    host: &'a str,
    region: Option<&'a str>,
    policy: &'a RetryPolicy,
    token: Token,
    deadline: Deadline,
    attempts: u32,
    /// How far the furthest attempt got.
    furthest: Delivery,
    last: Option<Error>,
    /// What the current attempt's time is corrected by.
    offset: i64,
    /// Whether the time was corrected within this call.
    corrected: bool,
}

impl<'a> Course<'a> {
    pub(super) fn new(
        prepared: &'a Prepared<'a>,
        policy: &'a RetryPolicy,
        token: Token,
        deadline: Deadline,
    ) -> Self {
        Self {
            exchange: prepared.exchange,
            host: prepared.endpoint.authority(),
            region: prepared.region,
            policy,
            token,
            deadline,
            attempts: 0,
            furthest: Delivery::NotSent,
            last: None,
            offset: 0,
            corrected: false,
        }
    }

    /// An attempt starts; what comes back is what its time is to be corrected by.
    pub(super) fn begin(&mut self) -> i64 {
        self.attempts += 1;
        self.offset = self.exchange.settings.offsets.of(self.host);
        self.offset
    }

    /// How many attempts have started.
    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// There is an answer; what comes back is the number of attempts.
    pub(super) fn succeeded(&self) -> u32 {
        self.exchange.settings.budget.succeeded(self.attempts);
        self.attempts
    }

    /// How far the attempts that have failed got.
    pub(super) fn furthest(&self) -> Delivery {
        self.furthest
    }

    /// There was no room for another attempt. What went wrong before says more than that.
    pub(super) fn unadmitted(&mut self, error: Error) -> Error {
        let ending = match error.kind() {
            Kind::Quota(_) => Some(Ending::Quota),
            Kind::Timeout(Limit::Waiting, _) => Some(Ending::Deadline),
            _ => None,
        };
        match (self.last.take(), ending) {
            (Some(last), Some(ending)) => last.ended_by(ending),
            // What is wrong here now, such as a credential that nobody has any more, is for the caller to know.
            (_, None) => error.after(self.attempts, self.furthest),
            (None, Some(_)) => error.repeatable(true),
        }
    }

    /// The current attempt has failed.
    pub(super) fn failed(
        &mut self,
        error: Error,
        credential: Option<&Credential>,
        (date, retry_after): Hints,
    ) -> Step {
        let settings = self.exchange.settings;
        let throttled = error.is_throttling();
        if let (true, Some(limiter)) = (throttled, &settings.limiter) {
            let action = self.exchange.action;
            limiter.throttled(Quota::of(action, credential, self.region, Duration::ZERO));
        }
        if matches!(error.kind(), Kind::Service(_, Class::Clock)) {
            return self.mistimed(error, date);
        }
        let repeat = self.repeat(&error);
        let error = self.note(error, repeat);
        if !self.may(repeat) || !self.policy.allows_more(self.attempts) {
            return self.end(error, None);
        }
        let delay = self
            .policy
            .delay(self.attempts, throttled, &settings.random);
        let delay = delay.max(self.asked(retry_after, date));
        if delay >= self.deadline.left() {
            return self.end(error, Some(Ending::Deadline));
        }
        if !settings.budget.take() {
            return self.end(error, Some(Ending::Budget));
        }
        self.last = Some(error);
        Step::Wait(delay)
    }

    /// The vendor says that the time of the signature is wrong, so it has done nothing. Once in a call the time is corrected.
    fn mistimed(&mut self, error: Error, date: Option<i64>) -> Step {
        let settings = self.exchange.settings;
        let error = self.note(error, Repeat::Never);
        if self.corrected {
            settings.offsets.forget(self.host, self.offset);
            return self.end(error, None);
        }
        let now = settings.time.now();
        // Another call may have corrected it meanwhile.
        let helps = settings.offsets.of(self.host) != self.offset
            || settings.offsets.correct(self.host, now, self.offset, date);
        if !helps {
            settings.offsets.forget(self.host, self.offset);
            return self.end(error, None);
        }
        if !self.policy.allows_more(self.attempts) {
            return self.end(error.repeatable(true), None);
        }
        if !settings.budget.take() {
            return self.end(error.repeatable(true), Some(Ending::Budget));
        }
        self.corrected = true;
        self.last = Some(error);
        Step::Wait(Duration::ZERO)
    }

    fn repeat(&self, error: &Error) -> Repeat {
        let Exchange {
            action, protocol, ..
        } = self.exchange;
        let broken_there = error
            .http_status()
            .is_some_and(|status| status >= 500 || matches!(status, 408 | 429));
        match error.kind() {
            Kind::Connect | Kind::Timeout(Limit::Connect, _) => Repeat::Always,
            Kind::Service(_, Class::Throttling) => Repeat::Always,
            Kind::Service(..) if broken_there || is_passing(protocol, action, error.code()) => {
                Repeat::IfSafe
            }
            Kind::Broken | Kind::Timeout(Limit::Attempt, _) => Repeat::IfSafe,
            Kind::Unreadable(unreadable) if unreadable.truncated => Repeat::IfSafe,
            Kind::Answer(_) | Kind::Unreadable(_) if broken_there => Repeat::IfSafe,
            _ => Repeat::Never,
        }
    }

    fn may(&self, repeat: Repeat) -> bool {
        match repeat {
            Repeat::Never => false,
            Repeat::IfSafe => self.exchange.action.idempotent || self.token != Token::None,
            Repeat::Always => true,
        }
    }

    /// Adds to the error what is known of its call, and whether the caller may make the call again.
    fn note(&mut self, error: Error, repeat: Repeat) -> Error {
        let earlier = self.furthest;
        let error = error.after(self.attempts, earlier);
        self.furthest = error.delivery();
        // A token made for this call is gone with it, and the next call is another one.
        let safe = self.exchange.action.idempotent || self.token == Token::Given;
        let harmless = safe || self.furthest != Delivery::Unknown;
        error.repeatable(repeat != Repeat::Never && harmless)
    }

    fn end(&mut self, error: Error, ending: Option<Ending>) -> Step {
        // In flight when the time ran out: what went wrong before is the cause, as far as anybody knows.
        let error = match (error.kind(), self.last.take()) {
            (Kind::Timeout(Limit::Total, _), Some(last)) => error.because(last),
            _ => error,
        };
        Step::End(match ending {
            Some(ending) => error.ended_by(ending),
            None => error,
        })
    }

    /// How long the server wants to be left alone.
    fn asked(&self, retry_after: Option<RetryAfter>, date: Option<i64>) -> Duration {
        let seconds = match retry_after {
            None => 0,
            Some(RetryAfter::Seconds(seconds)) => seconds,
            Some(RetryAfter::Until(moment)) => {
                // By the server's own clock, if it shows one.
                let here = self
                    .exchange
                    .settings
                    .time
                    .now()
                    .saturating_add(self.offset);
                let wait = moment.saturating_sub(date.unwrap_or(here));
                u64::try_from(wait).unwrap_or(0)
            }
        };
        Duration::from_secs(seconds)
    }
}
