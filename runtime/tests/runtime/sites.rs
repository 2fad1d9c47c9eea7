//! In: the name of a site. Out: the host that a call goes to, or why it goes nowhere.
//!
//! Nothing is sent: a limiter ends each call after its host is known, and the error names the host.

use std::pin::Pin;
use std::sync::Arc;

use serde_json::json;
use yunqiao_runtime::credential::AssumeRole;
use yunqiao_runtime::{
    Action, AnyAction, Client, Config, ConfigBuilder, Credential, Error, Quota, QuotaRefusal,
    RateLimiter, RegionRule, Service, Site, Vendor,
};

use crate::sample::Everything;
use crate::server::Server;

static PARCELS: Service = Service::new(
    Vendor::Tencent,
    "parcels",
    "2024-01-01",
    "parcels.example.com",
)
.hosts(&[
    ("abroad", "parcels.{region}.example.org"),
    ("regional", "parcels.{region}.example.com"),
    ("sandbox", "parcels.test.example.com"),
])
.default_regions(&[("abroad", "ap-singapore-1")]);
static SEND: Action = Action::new(&PARCELS, "SendParcel");
static TRACK: Action = Action::new(&PARCELS, "TrackParcel").region(RegionRule::Unused);
static UPLOAD: Action = Action::new(&PARCELS, "UploadLabel")
    .host("files.example.com")
    .hosts(&[("sandbox", "files.test.example.com")]);
static WEIGH: Action = Action::new(&PARCELS, "WeighParcel").host("scales.example.com");

static DEPOTS: Service = Service::new(
    Vendor::Volcengine,
    "depots",
    "2024-01-01",
    "depots.example.com",
)
.region(RegionRule::Required)
.default_region("cn-north-1")
.hosts(&[
    ("byteplus", "depots.{region}.example.org"),
    ("regional", "depots.{region}.example.com"),
])
.default_regions(&[("byteplus", "ap-singapore-1")]);
static OPEN: Action = Action::new(&DEPOTS, "OpenDepot");

/// Lets nothing be sent, and tells for which region it would have been.
struct Closed;

impl RateLimiter for Closed {
    fn acquire<'a>(
        &'a self,
        quota: Quota<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<(), QuotaRefusal>> + Send + 'a>> {
        let region = quota.region().unwrap_or("none");
        Box::pin(async move { Err(QuotaRefusal::new(format!("region {region}"))) })
    }
}

fn own() -> Credential {
    Credential::new("AKIDexample", "a-secret-key")
}

fn unled() -> ConfigBuilder {
    let builder = Config::builder().credential(own());
    builder.rate_limiter(Arc::new(Closed))
}

fn at(site: impl Into<Site>) -> ConfigBuilder {
    unled().site(site)
}

async fn call(builder: ConfigBuilder, action: &'static Action) -> Error {
    let client = Client::new(&builder.build().unwrap(), &PARCELS);
    let call = client.call::<Everything>(action, Everything::default());
    call.no_retry().await.unwrap_err()
}

async fn call_any(builder: ConfigBuilder, service: Service, action: AnyAction) -> Error {
    let client = Client::of_described(&builder.build().unwrap(), service);
    let call = client.call_any(action, json!({}));
    call.no_retry().await.unwrap_err()
}

fn assert_host(error: &Error, host: &str) {
    assert!(error.is_throttling(), "{error}");
    assert!(error.to_string().contains(&format!("({host})")), "{error}");
}

#[track_caller]
fn assert_refused(error: &Error, parts: &[&str]) {
    assert!(error.is_configuration(), "{error}");
    for part in parts {
        assert!(error.to_string().contains(part), "{part}: {error}");
    }
}

#[tokio::test]
async fn a_site_leads_every_action_to_its_host_of_the_name() {
    for (site, action, host) in [
        (Site::SANDBOX, &SEND, "parcels.test.example.com"),
        (Site::SANDBOX, &UPLOAD, "files.test.example.com"),
        (Site::PRODUCTION, &SEND, "parcels.example.com"),
        (Site::PRODUCTION, &UPLOAD, "files.example.com"),
        (Site::PRODUCTION, &WEIGH, "scales.example.com"),
        (Site::named("sandbox"), &SEND, "parcels.test.example.com"),
    ] {
        assert_host(&call(at(site), action).await, host);
    }
    for (action, host) in [
        (&SEND, "parcels.example.com"),
        (&UPLOAD, "files.example.com"),
    ] {
        assert_host(&call(unled(), action).await, host);
    }
}

#[tokio::test]
async fn a_call_goes_nowhere_rather_than_elsewhere() {
    for (site, action, reason) in [
        (
            Site::INTERNAL,
            &SEND,
            r#"parcels SendParcel: has no host called "internal" and is called nowhere else instead: beside production it has abroad, regional, sandbox;"#,
        ),
        // A host of its own in production is none of the service's elsewhere.
        (
            Site::REGIONAL,
            &UPLOAD,
            r#"UploadLabel: has no host called "regional" and is called nowhere else instead: beside production it has sandbox;"#,
        ),
        (
            Site::SANDBOX,
            &WEIGH,
            r#"WeighParcel: has no host called "sandbox" and is called nowhere else instead: beside production it has none;"#,
        ),
    ] {
        assert_refused(&call(at(site), action).await, &[reason, ".site(...)"]);
    }
}

#[tokio::test]
async fn a_host_holds_the_region_of_the_call() {
    let regional = || at(Site::REGIONAL);
    for (builder, action, host) in [
        (
            regional().region("ap-guangzhou"),
            &SEND,
            "parcels.ap-guangzhou.example.com",
        ),
        // What sends no region has a host for each all the same.
        (
            regional().region("ap-guangzhou"),
            &TRACK,
            "parcels.ap-guangzhou.example.com",
        ),
        (regional(), &OPEN, "depots.cn-north-1.example.com"),
        (
            regional().region("cn-beijing"),
            &OPEN,
            "depots.cn-beijing.example.com",
        ),
        (
            at(Site::BYTEPLUS),
            &OPEN,
            "depots.ap-singapore-1.example.org",
        ),
        (
            at(Site::BYTEPLUS).region("ap-2"),
            &OPEN,
            "depots.ap-2.example.org",
        ),
        (at("abroad"), &SEND, "parcels.ap-singapore-1.example.org"),
    ] {
        assert_host(&call(builder, action).await, host);
    }
    let reason = "is served by a host for each region, parcels.{region}.example.com";
    let error = call(regional(), &SEND).await;
    assert_refused(&error, &[reason, "none is configured", ".region(...)"]);
    // It would be signed as it is and sent in small letters, or be two parts of a host.
    for region in ["AP-Guangzhou", "ap.guangzhou", "ap_guangzhou", "-ap", "ap-"] {
        let error = call(regional().region(region), &SEND).await;
        assert_refused(&error, &[reason, region, "cannot be a part of"]);
    }
}

/// Signed is the region of the site, too, whatever its host is called.
#[tokio::test]
async fn a_site_has_a_region_of_its_own() {
    for (builder, region) in [
        (unled(), "cn-north-1"),
        (at(Site::REGIONAL), "cn-north-1"),
        (at(Site::BYTEPLUS), "ap-singapore-1"),
        (at(Site::BYTEPLUS).region("ap-2"), "ap-2"),
    ] {
        let error = call(builder, &OPEN).await.to_string();
        assert!(error.contains(&format!("region {region} ")), "{error}");
    }
}

#[tokio::test]
async fn what_is_described_at_run_time_has_sites_too() {
    let service = || {
        Service::described(Vendor::Tencent, "cvm", "2017-03-12", "cvm.example.com")
            .host_at(Site::INTERNAL, "cvm.internal.example.com")
            .host_at("regional", "cvm.{region}.example.com")
    };
    let start = || AnyAction::new("StartInstances");
    let upload = || start().host("files.example.com");
    for (builder, action, host) in [
        (unled(), start(), "cvm.example.com"),
        (at(Site::INTERNAL), start(), "cvm.internal.example.com"),
        (
            at(Site::REGIONAL).region("ap-1"),
            start(),
            "cvm.ap-1.example.com",
        ),
        (unled(), upload(), "files.example.com"),
        (
            at("sandbox"),
            upload().host_at(Site::SANDBOX, "files.test.example.com"),
            "files.test.example.com",
        ),
        (
            at("sandbox"),
            start().host_at(Site::SANDBOX, "cvm.test.example.com"),
            "cvm.test.example.com",
        ),
    ] {
        assert_host(&call_any(builder, service(), action).await, host);
    }
    let error = call_any(at(Site::SANDBOX), service(), start()).await;
    assert_refused(&error, &["beside production it has internal, regional;"]);
    let error = call_any(at(Site::INTERNAL), service(), upload()).await;
    assert_refused(&error, &["beside production it has none;"]);
    // The constants stay what they are when one more host is told.
    let more = PARCELS.clone().host_at("near", "parcels.example.net");
    for (site, host) in [
        ("near", "parcels.example.net"),
        ("sandbox", "parcels.test.example.com"),
    ] {
        assert_host(&call_any(at(site), more.clone(), start()).await, host);
    }
}

#[tokio::test]
async fn an_endpoint_and_a_site_are_one_too_many() {
    let server = Server::with_body("{}").await;
    let error = server.config().site(Site::SANDBOX).build().unwrap_err();
    assert_refused(
        &error,
        &[r#"the site "sandbox""#, ".endpoint(...) or .site(...)"],
    );
    for name in [
        "",
        "Sandbox",
        "in house",
        "sandbox.example.com",
        "https://x",
    ] {
        let error = at(name).build().unwrap_err();
        assert_refused(
            &error,
            &["is no name that a host can have", &format!("{name:?}")],
        );
    }
    let shown = format!("{:?} {:?}", at("sandbox"), at("sandbox").build().unwrap());
    assert_eq!(
        shown.matches(r#"site: Some(Site("sandbox"))"#).count(),
        2,
        "{shown}"
    );
}

/// The service that hands out roles has sites of its own, if any.
#[tokio::test]
async fn a_role_is_asked_for_where_it_always_is() {
    let role = AssumeRole::new(Vendor::Tencent, own(), "qcs::cam::uin/1:roleName/reader");
    let error = call(at(Site::SANDBOX).credential_provider(role), &SEND).await;
    assert!(error.is_credential(), "{error}");
    assert!(
        error.to_string().contains("(sts.tencentcloudapi.com)"),
        "{error}"
    );
}
