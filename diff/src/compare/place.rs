//! Where a comparison is: both sides of a service, the path, which way data goes, and which actions are reached.

use yunqiao_model::api::{Service, VendorInfo};

use crate::change::Change;
use crate::reach::Reach;
use crate::rule::{Rule, rule};

/// Both sides of one service version.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) old: &'a Service,
    pub(super) new: &'a Service,
    pub(super) reach: &'a Reach,
    /// What the vendor says of all its services, on both sides.
    pub(super) vendors: [Option<&'a VendorInfo>; 2],
}

impl Place<'_> {
    /// A path in the service.
    pub(super) fn path(&self, rest: &str) -> String {
        if rest.is_empty() {
            self.new.id.to_string()
        } else {
            format!("{}/{rest}", self.new.id)
        }
    }

    pub(super) fn change(&self, id: &str, rest: &str) -> Change {
        Change::new(rule(id), self.path(rest))
    }
}

/// Which way data goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) request: bool,
    pub(super) response: bool,
}

impl Way {
    pub(super) const REQUEST: Self = Self {
        request: true,
        response: false,
    };
    pub(super) const RESPONSE: Self = Self {
        request: false,
        response: true,
    };

    /// The rule for this way; both ways have the worse of the two. A struct that nothing reaches is judged as an answer:
    /// callers can hold one, and that is all.
    pub(super) fn rule(self, request: &str, response: &str, is_guarded: bool) -> &'static Rule {
        let (asked, answered) = (rule(request), rule(response));
        match (self.request, self.response) {
            (true, false) => asked,
            (false, _) => answered,
            (true, true) => {
                let weight = |rule: &Rule| {
                    let verdict = match rule.bare {
                        Some(bare) if !is_guarded => bare,
                        _ => rule.guarded,
                    };
                    (verdict.bump, verdict.class(), verdict.wire)
                };
                if weight(answered) > weight(asked) {
                    answered
                } else {
                    asked
                }
            }
        }
    }
}

/// The fields that are compared, and what is around them.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) place: Place<'a>,
    /// Path in the service: `structs/FlowInfo`.
    pub(super) rest: &'a str,
    pub(super) way: Way,
    pub(super) actions: &'a [String],
    /// The request field that sets the size of a page, if there is one.
    pub(super) page_size: Option<&'a str>,
}

impl Around<'_> {
    pub(super) fn change(&self, rule: &'static Rule, field: &str) -> Change {
        let path = self.place.path(&format!("{}/{field}", self.rest));
        Change::new(rule, path).actions(self.actions)
    }

    /// A change that has the same meaning for each way, or a rule for each.
    pub(super) fn judged(&self, request: &str, response: &str, field: &str) -> Change {
        self.change(self.way.rule(request, response, true), field)
    }
}
