//! In: an action, a request, and what one call wants otherwise than the configuration. Out: all that the call is made from.

use std::fmt;
use std::time::Duration;

use crate::codec::Object;
use crate::config::Config;
use crate::operation::Action;
use crate::retry::RetryPolicy;

/// A call that has not been made yet, whatever it answers.
pub(super) struct Pending {
    pub(super) config: Config,
    pub(super) action: &'static Action,
    pub(super) request: Box<dyn Object>,
    pub(super) validate: bool,
    /// Instead of the configured total timeout.
    pub(super) total: Option<Duration>,
    /// Instead of the configured policy.
    pub(super) retry: Option<RetryPolicy>,
}

impl Pending {
    pub(super) fn new(config: Config, action: &'static Action, request: Box<dyn Object>) -> Self {
        Self {
            validate: config.0.validate,
            config,
            action,
            request,
            total: None,
            retry: None,
        }
    }

    /// What `Debug` shows of the call; the request is shown by its own.
    pub(super) fn debug<'a, 'b: 'a>(
        &self,
        name: &str,
        f: &'a mut fmt::Formatter<'b>,
    ) -> fmt::DebugStruct<'a, 'b> {
        let mut out = f.debug_struct(name);
        out.field("service", &self.action.service().name())
            .field("action", &self.action.name())
            .field("validate", &self.validate)
            .field("timeout", &self.total);
        out
    }
}
