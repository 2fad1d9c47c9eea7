//! Options and the environment in, a configured runtime and calls over it out.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value as Json;
use tokio::runtime::Runtime;
use yunqiao_model::api::{Method, RegionRule, Service, Type, Vendor};
use yunqiao_runtime::credential::Profile;
use yunqiao_runtime::{
    self as runtime, AnyAction, AnyCall, Client, Config, ConfigBuilder, Error, Site,
};

use crate::catalog::Found;
use crate::configure;
use crate::failure::{Failure, Result};

/// Where calls go, and who makes them.
#[derive(Debug, clap::Args)]
pub(crate) struct Connection {
    /// The profile of the vendor's credential file to sign with.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The region of the call.
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// A base URL in place of the vendor's hosts, such as that of the local cloud.
    #[arg(long, value_name = "URL", conflicts_with_all = ["site", "sandbox"])]
    endpoint: Option<String>,
    /// The name of the hosts to call, such as internal or international.
    #[arg(long, value_name = "NAME", conflicts_with = "sandbox")]
    site: Option<String>,
    /// Call the sandbox hosts.
    #[arg(long)]
    sandbox: bool,
    /// Seconds that the whole call may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// Language of the vendor's messages, such as en-US.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

impl Connection {
    /// The environment's configuration, with the options in front of it.
    pub(crate) fn builder(&self, vendor: Vendor) -> Result<ConfigBuilder> {
        let of = vendor;
        let vendor = runtime_vendor(vendor);
        let mut builder = match &self.profile {
            Some(name) => Config::builder()
                .credential_provider(Profile::new(vendor).named(name))
                .proxy_from_env(),
            None => ConfigBuilder::from_env(vendor).map_err(unusable)?,
        };
        let stored = || {
            let profile = self.profile.as_deref()?;
            configure::region(of, profile)
        };
        if let Some(region) = self.region.clone().or_else(stored) {
            builder = builder.region(region);
        }
        if let Some(endpoint) = &self.endpoint {
            builder = builder.endpoint(endpoint);
        }
        if self.sandbox {
            builder = builder.site(Site::SANDBOX);
        }
        if let Some(site) = &self.site {
            builder = builder.site(Site::named(site));
        }
        if let Some(language) = &self.language {
            builder = builder.language(language);
        }
        let total = Duration::from_secs(self.timeout);
        Ok(builder
            .total_timeout(total)
            .attempt_timeout(total.min(Duration::from_secs(30))))
    }

    pub(crate) fn config(&self, vendor: Vendor) -> Result<Config> {
        self.builder(vendor)?.build().map_err(unusable)
    }
}

pub(crate) fn unusable(error: Error) -> Failure {
    Failure::new(error.to_string())
}

pub(crate) fn runtime_vendor(vendor: Vendor) -> runtime::Vendor {
    match vendor {
        Vendor::Tencent => runtime::Vendor::Tencent,
        Vendor::Volcengine => runtime::Vendor::Volcengine,
    }
}

/// What the runtime has to know of a service.
fn service(of: &Service) -> runtime::Service {
    let mut service = runtime::Service::described(
        runtime_vendor(of.id.vendor),
        &of.id.service,
        &of.id.version,
        &of.host,
    )
    .signed_as(&of.signing_name)
    .region(region(of.region));
    if let Some(default) = &of.default_region {
        service = service.served_from(default);
    }
    for (site, host) in &of.hosts {
        service = service.host_at(Site::named(site), host);
    }
    service
}

fn region(rule: RegionRule) -> runtime::RegionRule {
    match rule {
        RegionRule::Required => runtime::RegionRule::Required,
        RegionRule::Optional => runtime::RegionRule::Optional,
        RegionRule::Unused => runtime::RegionRule::Unused,
    }
}

/// What the runtime has to know of an action.
pub(super) fn action(
    Found {
        service,
        action: of,
        ..
    }: Found<'_>,
) -> AnyAction {
    use yunqiao_model::api::Body;
    let mut action = AnyAction::new(&of.name).region(region(of.region));
    if let Some(version) = &of.version {
        action = action.version(version);
    }
    if let Some(host) = &of.host {
        action = action.host(host);
        for (site, host) in &of.hosts {
            action = action.host_at(Site::named(site), host);
        }
    }
    if of.method == Method::Get {
        action = action.method(runtime::Method::Get);
    }
    action = match of.body {
        Body::Form => action.body(runtime::Body::Form),
        Body::Query => action.body(runtime::Body::Query),
        Body::Multipart => action.body(runtime::Body::Multipart),
        Body::OctetStream => action.body(runtime::Body::OctetStream),
        Body::Json => action,
    };
    for field in &of.request {
        if let Some(header) = &field.header {
            action = action.header(&field.name, header);
        }
    }
    if of.unsigned {
        action = action.unsigned();
    }
    if of.idempotent {
        action = action.idempotent();
    }
    if let Some(limit) = of.rate_limit.or(service.rate_limit) {
        action = action.rate_limit((limit.calls / limit.seconds.max(1)).max(1));
    }
    if of.error_member {
        action = action.own_error_member();
    }
    action
}

/// A client of the action's service.
pub(super) fn client(config: &Config, found: Found<'_>) -> Client {
    Client::of_described(config, service(found.service))
}

/// The call, not made yet. Fields of bytes, which are base64 in JSON, are sent as they are.
pub(crate) fn any_call(config: &Config, found: Found<'_>, mut request: Json) -> Result<AnyCall> {
    use yunqiao_model::api::Body;
    let mut bytes = Vec::new();
    if matches!(found.action.body, Body::Multipart | Body::OctetStream) {
        let fields = found.action.request.iter();
        for field in fields.filter(|field| field.ty == Type::Binary) {
            let taken = request
                .as_object_mut()
                .and_then(|members| members.remove(&field.name));
            let Some(Json::String(text)) = taken else {
                continue;
            };
            let content = BASE64.decode(text).map_err(|_| {
                Failure::new(format!(
                    "{}: no base64, as which bytes stand in JSON",
                    field.name
                ))
            })?;
            bytes.push((field.name.clone(), content));
        }
    }
    let call = client(config, found).call_any(action(found), request);
    let with = |call: AnyCall, (name, content)| call.bytes(name, content);
    Ok(bytes.into_iter().fold(call, with))
}

/// Runs asynchronous work to its end; nothing comes of it if somebody presses Ctrl-C before.
pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> Result<Option<T>> {
    let runtime = runtime()?;
    Ok(run(&runtime, work))
}

/// What asynchronous work runs on. Connections live as long as it does.
pub(super) fn runtime() -> Result<Runtime> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.map_err(|error| Failure::io("cannot start", &error))
}

/// As [`block_on`], one work after another.
pub(super) fn run<T>(runtime: &Runtime, work: impl Future<Output = T>) -> Option<T> {
    runtime.block_on(async {
        let (mut work, mut stop) = (pin!(work), pin!(tokio::signal::ctrl_c()));
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Some(done));
            }
            match stop.as_mut().poll(context) {
                Poll::Ready(Ok(())) => Poll::Ready(None),
                // Where the signal cannot be heard, it ends the process as ever.
                _ => Poll::Pending,
            }
        })
        .await
    })
}
