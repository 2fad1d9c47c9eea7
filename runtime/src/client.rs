//! In: a configuration and a service. Out: a client that makes calls.

use std::fmt;

use crate::call::{Call, StreamCall};
use crate::codec::Object;
use crate::config::Config;
use crate::error::Error;
use crate::operation::{Action, Service};

/// Makes calls to one service. Cheap to clone; clients of one [`Config`] share its connections.
#[derive(Clone)]
pub struct Client {
    config: Config,
    service: &'static Service,
}

impl Client {
    /// A client of `service` with this configuration.
    pub fn new(config: &Config, service: &'static Service) -> Self {
        Self {
            config: config.clone(),
            service,
        }
    }

    /// A client configured by the environment, as [`Config::from_env`] does.
    ///
    /// # Errors
    ///
    /// A source of the credential is there and cannot be used, or none can be there; the error names it.
    pub fn from_env(service: &'static Service) -> Result<Self, Error> {
        Ok(Self::new(&Config::from_env(service.vendor)?, service))
    }

    /// Prepares a call of `action`; nothing happens before it is awaited.
    pub fn call<T: Object + Default + 'static>(
        &self,
        action: &'static Action,
        request: impl Object + 'static,
    ) -> Call<T> {
        Call::new(self.config.clone(), action, Box::new(request))
    }

    /// Prepares a call of `action` whose answer may come in pieces; nothing happens before it is awaited.
    pub fn stream<T: Object + Default + 'static>(
        &self,
        action: &'static Action,
        request: impl Object + 'static,
    ) -> StreamCall<T> {
        StreamCall::new(self.config.clone(), action, Box::new(request))
    }

    /// The configuration it was made with.
    pub fn config(&self) -> &Config {
        &self.config
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.service.name)
            .field("config", &self.config)
            .finish()
    }
}
