//! In: a configuration and a service. Out: a client that makes calls.

use std::fmt;
use std::sync::Arc;

use serde_json::Value as JsonValue;

use crate::call::{Call, StreamCall};
use crate::codec::Object;
use crate::config::Config;
use crate::error::Error;
use crate::operation::{Action, Service, Shared};
use crate::untyped::{AnyAction, AnyCall, AnyWait, AnyWaiter};
use crate::waiting::{Job, Wait};

/// Makes calls to one service. Cheap to clone; clients of one [`Config`] share its connections.
#[derive(Clone)]
pub struct Client {
    config: Config,
    service: Shared<Service>,
}

impl Client {
    /// A client of `service` with this configuration.
    pub fn new(config: &Config, service: &'static Service) -> Self {
        Self {
            config: config.clone(),
            service: Shared::Constant(service),
        }
    }

    /// A client of a service that is described while the program runs: [`Service::described`].
    pub fn of_described(config: &Config, service: Service) -> Self {
        Self {
            config: config.clone(),
            service: Shared::Counted(Arc::new(service)),
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

    /// Waits for the end of the job that was `started`; see [`Wait::of`].
    pub fn wait_for<J: Job>(&self, started: &J, request: J::Poll) -> Wait<J::Answer> {
        Wait::of(&self.config, started, request)
    }

    /// Waits for the ends of all jobs that were `started`; see [`Wait::each_of`].
    pub fn wait_for_each<J: Job>(&self, started: &J, request: J::Poll) -> Vec<Wait<J::Answer>> {
        Wait::each_of(&self.config, started, request)
    }

    /// Prepares a call of any action of the service, known here or not, with JSON in and JSON out. Signature, limits and errors
    /// are those of every call; nothing happens before it is awaited.
    ///
    /// The request is the JSON object of the action's parameters. The answer is what stands in the vendor's envelope: Tencent's
    /// `Response`, with its `RequestId`, or Volcengine's `Result`. Nothing is known of its fields, so its `Debug` shows
    /// personal data and secrets too.
    ///
    /// ```no_run
    /// use yunqiao_runtime::{AnyAction, Client, Config, Service, Vendor};
    ///
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let service = Service::described(Vendor::Tencent, "cvm", "2017-03-12", "cvm.tencentcloudapi.com");
    /// let client = Client::of_described(&Config::from_env(Vendor::Tencent)?, service);
    /// let zones = client.call_any("DescribeZones", serde_json::json!({})).await?;
    /// println!("{}", zones["ZoneSet"][0]["Zone"]);
    ///
    /// let start = AnyAction::new("StartInstances").rate_limit(10);
    /// client.call_any(start, serde_json::json!({ "InstanceIds": ["ins-1"] })).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn call_any(&self, action: impl Into<AnyAction>, request: JsonValue) -> AnyCall {
        AnyCall::new(&self.config, self.service.clone(), action.into(), request)
    }

    /// Waits for the end of the job that was `started` by a call of any action: by its answer, or for some actions by its
    /// request. `request` is what the question needs beside the handle of the job.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use yunqiao_runtime::{AnyWaiter, Client, Config, Service, Vendor};
    ///
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let service = Service::described(Vendor::Tencent, "ocr", "2018-11-19", "ocr.tencentcloudapi.com");
    /// let client = Client::of_described(&Config::from_env(Vendor::Tencent)?, service);
    /// let file = serde_json::json!({ "FileUrl": "https://example.com/a.pdf" });
    /// let started = client.call_any("SubmitExtractDocAgentJob", file).await?;
    /// let waiter = AnyWaiter::new("DescribeExtractDocAgentJob", "JobId", "JobId", "JobStatus")
    ///     .success(["DONE"])
    ///     .failure(["FAIL"]);
    /// let done = client
    ///     .wait_for_any(waiter, &started, serde_json::json!({}))
    ///     .deadline(Duration::from_secs(120))
    ///     .await?;
    /// println!("{done:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait_for_any(
        &self,
        waiter: AnyWaiter,
        started: &JsonValue,
        request: JsonValue,
    ) -> AnyWait {
        AnyWait::of(&self.config, self.service.clone(), waiter, started, request)
    }

    /// As [`wait_for_any`](Self::wait_for_any), where an action starts several jobs and a question is about one of them: one wait
    /// for each, in the order of the handles.
    pub fn wait_for_each_any(
        &self,
        waiter: AnyWaiter,
        started: &JsonValue,
        request: &JsonValue,
    ) -> Vec<AnyWait> {
        AnyWait::each_of(&self.config, self.service.clone(), waiter, started, request)
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
