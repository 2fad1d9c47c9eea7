//! Judged calls in, what people and programs read about a run out.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::drive::Options;
use crate::heard::Heard;
use crate::kinds::Sort;
use crate::mishap::Mishap;
use crate::plan::Way;
use crate::rules::{Case, Rule};
use crate::told::Outcome;

mod table;

/// Findings that are shown of each rule.
const MOST: usize = 10;
/// In so many calls every rule must have had something to say, or it has proved nothing.
const ENOUGH: u64 = 2_000;

/// A promise that was broken.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which promise.
    pub rule: Rule,
    /// The call, if it is one call's.
    pub call: Option<u64>,
    /// What happened.
    pub text: String,
}

/// How often something ended how.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    succeeded: u64,
    failed: u64,
    abandoned: u64,
}

impl Ends {
    fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Success { .. } => self.succeeded += 1,
            Outcome::Failure { .. } => self.failed += 1,
            Outcome::Abandoned => self.abandoned += 1,
        }
    }

    fn json(self) -> Json {
        json!({ "succeeded": self.succeeded, "failed": self.failed, "abandoned": self.abandoned })
    }
}

/// What a run has shown.
#[derive(Debug)]
pub struct Report {
    options: Options,
    took: Duration,
    slack: Duration,
    ends: Ends,
    /// By what happened to the first attempt.
    by_mishap: BTreeMap<&'static str, Ends>,
    /// By what is special about the action.
    by_sort: BTreeMap<Sort, Ends>,
    /// Calls that were made by threads that wait.
    blocking: Ends,
    /// Parts of streams that callers were told.
    parts: usize,
    /// Calls that a rule had something to say about, and those that broke it.
    judged: BTreeMap<Rule, (u64, u64)>,
    arrivals: usize,
    executed: usize,
    copies: usize,
    /// Calls that met trouble and succeeded all the same.
    recovered: u64,
    /// The longest that a call took beyond its time.
    latest: Duration,
    heard: Heard,
    findings: Vec<Finding>,
}

impl Report {
    pub(crate) fn new(options: Options, took: Duration, slack: Duration) -> Self {
        Self {
            options,
            took,
            slack,
            ends: Ends::default(),
            by_mishap: BTreeMap::new(),
            by_sort: BTreeMap::new(),
            blocking: Ends::default(),
            parts: 0,
            judged: Rule::ALL.into_iter().map(|rule| (rule, (0, 0))).collect(),
            arrivals: 0,
            executed: 0,
            copies: 0,
            recovered: 0,
            latest: Duration::ZERO,
            heard: Heard::default(),
            findings: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, case: Case<'_>) {
        let Case {
            plan, told, record, ..
        } = case;
        let first = plan.mishap(0);
        let name = match plan.way {
            Way::Closed => "refused-connection",
            Way::WrongClock if first.is_none() => "wrong-clock",
            _ => first.map_or("none", Mishap::name),
        };
        self.ends.add(&told.outcome);
        self.by_mishap.entry(name).or_default().add(&told.outcome);
        self.by_sort
            .entry(plan.kind.sort)
            .or_default()
            .add(&told.outcome);
        if plan.blocking {
            self.blocking.add(&told.outcome);
        }
        self.parts += told.streamed.as_ref().map_or(0, |told| told.parts.len());
        self.arrivals += record.arrivals;
        self.executed += record.executed().count();
        self.copies += record.entries.iter().filter(|entry| entry.is_copy).count();
        let succeeded = matches!(told.outcome, Outcome::Success { .. });
        self.recovered += u64::from(succeeded && record.arrivals > 1);
        self.latest = self.latest.max(told.elapsed.saturating_sub(plan.total));
        for rule in Rule::ALL {
            let Some(verdict) = case.judge(rule) else {
                continue;
            };
            let text = verdict.err().map(|text| {
                let way: Vec<&str> = plan.mishaps.iter().map(|mishap| mishap.name()).collect();
                format!(
                    "{} ({}) by {:?} through [{}]: {}; told: {}",
                    plan.kind.action,
                    plan.kind.vendor,
                    plan.way,
                    way.join(", "),
                    text,
                    told.summary()
                )
            });
            self.count(rule, Some(plan.number), text);
        }
    }

    /// What was logged and traced during the run.
    pub(crate) fn add_heard(&mut self, mut heard: Heard) {
        for leak in std::mem::take(&mut heard.leaks) {
            self.count(Rule::NoLeak, None, Some(leak));
        }
        self.heard = heard;
    }

    fn count(&mut self, rule: Rule, call: Option<u64>, broken: Option<String>) {
        let (judged, found) = self.judged.entry(rule).or_default();
        *judged += 1;
        if let Some(text) = broken {
            *found += 1;
            if *found <= MOST as u64 {
                self.findings.push(Finding { rule, call, text });
            }
        }
    }

    /// Every promise has held; and if the run was long enough to expect it, some calls were saved by a repeat, every rule has had
    /// something to judge, and logs and traces were heard.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        let repeats = self.recovered > 0 || self.options.calls < ENOUGH;
        self.findings.is_empty() && self.idle().is_empty() && repeats && !self.is_deaf()
    }

    /// In a long run not a word was heard of the log, or of traces.
    fn is_deaf(&self) -> bool {
        let Heard {
            lines,
            spans,
            events,
            ..
        } = self.heard;
        self.options.calls >= ENOUGH && [lines, spans, events].contains(&0)
    }

    /// Rules that a long run has left without a single call to judge.
    #[must_use]
    pub fn idle(&self) -> Vec<Rule> {
        let is_long = self.options.calls >= ENOUGH;
        let idle = |(rule, (judged, _)): (&Rule, &(u64, u64))| (*judged == 0).then_some(*rule);
        self.judged
            .iter()
            .filter(|_| is_long)
            .filter_map(idle)
            .collect()
    }

    /// The promises that were broken; not more than ten of each.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Calls that a rule had something to say about.
    #[must_use]
    pub fn judged(&self, rule: Rule) -> u64 {
        self.judged.get(&rule).map_or(0, |(judged, _)| *judged)
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Json {
        let rules = self.judged.iter().map(|(rule, (judged, found))| {
            json!({ "name": rule.name(), "promise": rule.promise(), "judged": judged, "findings": found })
        });
        let findings = self.findings.iter().map(
            |Finding { rule, call, text }| json!({ "rule": rule.name(), "call": call, "text": text }),
        );
        let troubles: BTreeMap<_, _> = self
            .by_mishap
            .iter()
            .map(|(name, ends)| (*name, ends.json()))
            .collect();
        let sorts: BTreeMap<_, _> = self
            .by_sort
            .iter()
            .map(|(sort, ends)| (sort.name(), ends.json()))
            .collect();
        json!({
            "seed": self.options.seed,
            "first": self.options.first,
            "calls": self.options.calls,
            "seconds": self.took.as_secs_f64(),
            "fine": self.is_fine(),
            "outcomes": self.ends.json(),
            "sorts": sorts,
            "blocking": self.blocking.json(),
            "stream_parts_told": self.parts,
            "repeated_and_succeeded": self.recovered,
            "requests_arrived": self.arrivals,
            "executed": self.executed,
            "copies_by_intermediaries": self.copies,
            "latest_ms": self.latest.as_secs_f64() * 1e3,
            "slack_ms": self.slack.as_secs_f64() * 1e3,
            "log_lines": self.heard.lines,
            "traced_spans": self.heard.spans,
            "traced_events": self.heard.events,
            "rules": rules.collect::<Vec<_>>(),
            "first_troubles": troubles,
            "findings": findings.collect::<Vec<_>>(),
        })
    }
}
