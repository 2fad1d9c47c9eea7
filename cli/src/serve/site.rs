//! The model and the running cloud in, what the API asks of both out: everything that the server knows.

use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::{Value as Json, json};
use yunqiao_mock::{DEMO_SECRET_ID, DEMO_SECRET_KEY, LocalCloud};
use yunqiao_model::Api;
use yunqiao_model::api::{Service, ServiceId, Vendor};
use yunqiao_runtime::{Config, ConfigBuilder, Credential};

use super::describe;
use crate::call::connect;
use crate::catalog::Found;
use crate::failure::Failure;
use crate::snippet::{Destination, local};

/// What the pages are made of.
pub(super) struct Site {
    pub(super) api: Api,
    pub(super) live: bool,
    running: OnceLock<Running>,
    /// Every action, once somebody has asked.
    actions: OnceLock<Vec<u8>>,
    /// Vendors that there are credentials for.
    live_vendors: OnceLock<Vec<&'static str>>,
    /// One configuration a vendor: credentials are fetched once, and quotas hold for all calls.
    configs: Mutex<Vec<(Vendor, Option<String>, Config)>>,
}

/// The cloud that the explorer calls.
struct Running {
    url: String,
    id: String,
    secret: String,
}

impl Site {
    pub(super) fn new(api: Api, live: bool) -> Self {
        Self {
            api,
            live,
            running: OnceLock::new(),
            actions: OnceLock::new(),
            live_vendors: OnceLock::new(),
            configs: Mutex::default(),
        }
    }

    /// From here on calls can be made.
    pub(super) fn started(&self, cloud: &LocalCloud) {
        let running = Running {
            url: cloud.url().to_owned(),
            id: cloud.secret_id().to_owned(),
            secret: cloud.secret_key().to_owned(),
        };
        // It starts once.
        drop(self.running.set(running));
    }

    /// What the pages have to know first.
    pub(super) fn state(&self) -> Json {
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "url": self.url(),
            "live": self.live,
            "live_vendors": self.live_vendors(),
        })
    }

    /// The list of all actions, as JSON.
    pub(super) fn actions(&self) -> &[u8] {
        self.actions
            .get_or_init(|| describe::list(&self.api).to_string().into_bytes())
    }

    /// The action of `tencent/ess/2020-11-11/CreateFlow`.
    pub(super) fn find(&self, id: &str) -> Option<Found<'_>> {
        let parts: Vec<&str> = id.split('/').collect();
        let [vendor, service, version, action] = parts.as_slice() else {
            return None;
        };
        let id = ServiceId {
            vendor: Vendor::from_folder(vendor)?,
            service: (*service).to_owned(),
            version: (*version).to_owned(),
        };
        let service = self.api.services.get(&id)?;
        let action = service.actions.get(*action)?;
        Some(Found::new(
            self.api.vendors.get(&id.vendor),
            service,
            action,
        ))
    }

    /// Every version of a service.
    pub(super) fn versions(&self, of: &ServiceId) -> Vec<&Service> {
        let ids = self.api.services.values();
        ids.filter(|one| one.id.vendor == of.vendor && one.id.service == of.service)
            .collect()
    }

    /// Where the cloud is; empty until it has started.
    pub(super) fn url(&self) -> &str {
        self.running.get().map_or("", |running| &running.url)
    }

    /// The secret key, if it is the demo key's, which anybody may see.
    pub(super) fn demo_secret(&self) -> Option<&str> {
        let running = self.running.get()?;
        let is_demo = running.id == DEMO_SECRET_ID && running.secret == DEMO_SECRET_KEY;
        is_demo.then_some(running.secret.as_str())
    }

    /// Where snippets for the local cloud go.
    pub(super) fn destination(&self) -> Destination<'_> {
        match self.demo_secret() {
            Some(_) => Destination::Demo(self.url()),
            None => Destination::Local(self.url()),
        }
    }

    /// Calls to the cloud.
    pub(super) fn local(&self, region: Option<&str>) -> Result<ConfigBuilder, Failure> {
        let running = self.running.get();
        let running = running.ok_or_else(|| Failure::new("the cloud has not started yet"))?;
        let credential = Credential::new(&*running.id, &*running.secret);
        Ok(local(&running.url, credential, region))
    }

    /// Calls to a vendor, with whatever credential of it this process finds.
    pub(super) fn vendor(&self, vendor: Vendor, region: Option<&str>) -> Result<Config, Failure> {
        let mut configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        let known = configs
            .iter()
            .find(|(of, at, _)| *of == vendor && at.as_deref() == region);
        if let Some((_, _, config)) = known {
            return Ok(config.clone());
        }
        let chain = yunqiao_runtime::credential::Chain::of(connect::runtime_vendor(vendor));
        let mut builder = Config::builder()
            .credential_provider(chain)
            .proxy_from_env();
        if let Some(region) = region {
            builder = builder.region(region);
        }
        let config = builder.build().map_err(connect::unusable)?;
        configs.push((vendor, region.map(str::to_owned), config.clone()));
        // Whoever tries out regions of no vendor does not fill the memory.
        if configs.len() > 32 {
            configs.remove(0);
        }
        Ok(config)
    }

    fn live_vendors(&self) -> &[&'static str] {
        if !self.live {
            return &[];
        }
        self.live_vendors.get_or_init(|| {
            let has =
                |vendor: &Vendor| ConfigBuilder::from_env(connect::runtime_vendor(*vendor)).is_ok();
            let known = Vendor::ALL.into_iter().filter(has);
            known.map(Vendor::folder).collect()
        })
    }
}
