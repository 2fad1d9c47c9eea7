//! In: an action, a request, and what one call wants otherwise than the configuration. Out: all that the call is made from.

use std::fmt;
use std::time::Duration;

use crate::codec::Object;
use crate::config::Config;
use crate::operation::{Action, Shared};
use crate::retry::RetryPolicy;

/// A call that has not been made yet, whatever it answers.
pub(crate) struct Pending {
    pub(crate) config: Config,
    pub(crate) action: Shared<Action>,
    pub(crate) request: Box<dyn Object>,
    pub(crate) validate: bool,
    /// Instead of the configured total timeout.
    pub(crate) total: Option<Duration>,
    /// Instead of the configured policy.
    pub(crate) retry: Option<RetryPolicy>,
}

impl Pending {
    pub(crate) fn new(config: Config, action: Shared<Action>, request: Box<dyn Object>) -> Self {
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
    pub(crate) fn debug<'a, 'b: 'a>(
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
