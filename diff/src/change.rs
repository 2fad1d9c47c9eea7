//! One change: which rule, where, from what to what, whom it reaches, and what would make it cheaper.

use crate::approval::Approval;
use crate::axis::{Bump, Class, Source};
use crate::proof::Proof;
use crate::rule::{Rule, Verdict};

/// A difference between two models, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// Whether the guard of the rule holds.
    pub is_guarded: bool,
    /// Where, as `tencent/ess/2020-11-11/structs/FlowInfo/FlowId`.
    pub path: String,
    /// What there was, if anything.
    pub before: Option<String>,
    /// What there is, if anything.
    pub after: Option<String>,
    /// Names of the actions that it reaches, sorted; empty where it is about the whole service.
    pub actions: Vec<String>,
    /// The smallest edit of the schemas that lowers the bump, or what to look at.
    pub advice: Option<String>,
    /// Why it is taken for a likely rename, if it is.
    pub evidence: Option<Evidence>,
    /// Who has accepted it, if somebody has.
    pub approval: Option<Approval>,
    /// Whether a line of `api.lock` differs because of it; `None` until [`crate::Report::judge`] has looked.
    pub surface: Option<bool>,
    /// What compilers and deployed code have shown of its verdict, if they were asked.
    pub proof: Option<Proof>,
}

/// What speaks for a rename.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The new name.
    pub to: String,
    /// Reasons, in words.
    pub reasons: Vec<&'static str>,
    /// The line for the schema of the new one, ready to paste.
    pub line: String,
}

impl Evidence {
    /// The edit that makes a rename of what looks like one.
    pub(crate) fn advice(&self) -> String {
        format!("if it was renamed, write `{}` into {}", self.line, self.to)
    }
}

/// So many of these, as `1 field` and `2 fields`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {what}{end}")
}

impl Change {
    /// A change whose guard, if its rule has one, holds.
    pub(crate) fn new(rule: &'static Rule, path: String) -> Self {
        Self {
            rule,
            is_guarded: true,
            path,
            before: None,
            after: None,
            actions: Vec::new(),
            advice: None,
            evidence: None,
            approval: None,
            surface: None,
            proof: None,
        }
    }

    pub(crate) fn before(mut self, before: impl Into<String>) -> Self {
        self.before = Some(before.into());
        self
    }

    pub(crate) fn after(mut self, after: impl Into<String>) -> Self {
        self.after = Some(after.into());
        self
    }

    pub(crate) fn actions(mut self, actions: &[String]) -> Self {
        self.actions = actions.to_vec();
        self
    }

    /// Where the guard does not hold, with the edit that would make it hold.
    pub(crate) fn guarded(mut self, holds: bool, advice: impl FnOnce() -> String) -> Self {
        self.is_guarded = holds;
        if !holds {
            self.advice = Some(advice());
        }
        self
    }

    /// Where a schema has moved a Rust name.
    pub(crate) fn moved(self, former: &str) -> Self {
        self.guarded(false, || {
            format!("keep the Rust name `{former}` until the next major release")
        })
    }

    /// The verdict in force.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.rule.bare {
            Some(bare) if !self.is_guarded => bare,
            _ => self.rule.guarded,
        }
    }

    /// Its class.
    #[must_use]
    pub fn class(&self) -> Class {
        self.verdict().class()
    }

    /// Whether it is no change in Rust, as far as that has been judged: `api.lock` lists the same for callers, and the compiler
    /// has nothing to say.
    #[must_use]
    pub fn is_same_in_rust(&self) -> bool {
        self.surface == Some(false) && self.verdict().source == Source::Ok
    }

    /// The bump that it asks for.
    #[must_use]
    pub fn bump(&self) -> Bump {
        self.verdict().bump
    }
}
