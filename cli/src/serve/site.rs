//! The model in, what the pages ask for of it out: everything that a running server knows.

use std::sync::{Arc, OnceLock};

use serde_json::{Value as Json, json};
use yunqiao_mock::LocalCloud;
use yunqiao_model::Api;

/// What the pages are made of.
pub(super) struct Site {
    pub(super) api: Api,
    pub(super) live: bool,
    running: OnceLock<Running>,
}

/// The cloud that the explorer calls.
struct Running {
    url: String,
}

impl Site {
    pub(super) fn new(api: Api, live: bool) -> Self {
        Self {
            api,
            live,
            running: OnceLock::new(),
        }
    }

    /// From here on calls can be made.
    pub(super) fn started(self: &Arc<Self>, cloud: &LocalCloud) {
        let running = Running {
            url: cloud.url().to_owned(),
        };
        // It starts once.
        drop(self.running.set(running));
    }

    /// What the pages have to know first.
    pub(super) fn state(&self) -> Json {
        let url = self.running.get().map(|running| running.url.as_str());
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "url": url,
            "live": self.live,
            "live_vendors": [],
            "services": self.api.services.len(),
        })
    }
}
