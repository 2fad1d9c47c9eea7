//! The schemas and the generated clients in, the hosts that a site leads them to out. Nothing is sent: a limiter ends each call
//! after its host is known, and the error names the host.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::Arc;

use yunqiao::tencent::{ca, ess, essbasic};
use yunqiao::volcengine::sms;
use yunqiao::{Config, Credential, Error, JsonValue, Quota, QuotaRefusal, RateLimiter, Site};
use yunqiao_model::api::{Action, Api, Service, Vendor};
use yunqiao_model::load;
use yunqiao_tests::schemas;

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

fn at(site: Site, region: Option<&str>) -> Config {
    let config = Config::builder()
        .credential(Credential::new("AKIDexample", "a-secret-key"))
        .rate_limiter(Arc::new(Closed))
        .site(site)
        .validate(false);
    match region {
        Some(region) => config.region(region).build().unwrap(),
        None => config.build().unwrap(),
    }
}

#[track_caller]
fn assert_host(error: &Error, host: &str) {
    assert!(error.is_throttling(), "{error}");
    assert!(error.to_string().contains(&format!("({host})")), "{error}");
}

fn api() -> Api {
    load(&schemas()).api
}

fn actions(api: &Api) -> impl Iterator<Item = (&Service, &Action)> {
    let services = api.services.values();
    services.flat_map(|service| {
        service
            .actions
            .values()
            .map(move |action| (service, action))
    })
}

/// By the model: the host in production, and those by name.
fn hosts<'a>(service: &'a Service, action: &'a Action) -> (&'a str, &'a BTreeMap<String, String>) {
    match &action.host {
        Some(own) => (own, &action.hosts),
        None => (&service.host, &service.hosts),
    }
}

/// What is meant for another site must not reach a host that serves anything in production.
#[test]
fn no_site_leads_an_action_to_production() {
    let api = api();
    let production: BTreeSet<&str> = actions(&api)
        .map(|(service, action)| hosts(service, action).0)
        .collect();
    // Other ways to the same production, and the one that they are another way of is among its hosts.
    let same = ["cdn", "classic", "standard"];
    let mut sandboxes = 0;
    for (service, action) in actions(&api) {
        for (site, host) in hosts(service, action).1 {
            let is_other = !same.contains(&site.as_str());
            let reaches = production.contains(host.as_str());
            assert!(
                !(is_other && reaches),
                "{} {}: {site}",
                service.id,
                action.name
            );
            sandboxes += usize::from(site == "sandbox");
        }
    }
    assert!(sandboxes > 200, "only {sandboxes} actions have a sandbox");
}

/// Both services of electronic signing have a sandbox for whatever they do; a new action with a host of its own needs one, too.
#[test]
fn all_of_e_sign_has_a_sandbox() {
    for (service, action) in actions(&api()) {
        let is_e_sign = ["ess", "essbasic"].contains(&service.id.service.as_str());
        let sandbox = hosts(service, action).1.get("sandbox");
        assert_eq!(
            sandbox.is_some_and(|host| host.ends_with(".test.ess.tencent.cn")),
            is_e_sign,
            "{} {}",
            service.id,
            action.name
        );
    }
}

#[test]
fn services_of_tencent_have_the_hosts_of_their_vendor() {
    let api = api();
    let tencent = api.services.values();
    for service in tencent.filter(|service| service.id.vendor == Vendor::Tencent) {
        let name = &service.id.service;
        for (site, part) in [
            ("internal", "internal"),
            ("international", "intl"),
            ("regional", "{region}"),
        ] {
            assert_eq!(
                service.hosts[site],
                format!("{name}.{part}.tencentcloudapi.com")
            );
        }
    }
}

/// A call of every service, and of every action with a host of its own.
#[tokio::test]
async fn generated_clients_call_the_host_of_the_name() {
    let config = at(Site::SANDBOX, Some("ap-guangzhou"));
    let (ess, essbasic) = (ess::Client::new(&config), essbasic::Client::new(&config));
    let error = ess
        .upload_files(ess::UploadFilesRequest::default())
        .await
        .unwrap_err();
    assert_host(&error, "file.test.ess.tencent.cn");
    let error = essbasic
        .upload_files(essbasic::UploadFilesRequest::default())
        .await
        .unwrap_err();
    assert_host(&error, "file.test.ess.tencent.cn");
    for (client, host) in [
        (ess.runtime(), "ess.test.ess.tencent.cn"),
        (essbasic.runtime(), "essbasic.test.ess.tencent.cn"),
    ] {
        let call = client.call_any("DescribeFlowBriefs", JsonValue::Null);
        assert_host(&call.await.unwrap_err(), host);
    }
    let error = ess
        .describe_flow_briefs(ess::DescribeFlowBriefsRequest::default())
        .await
        .unwrap_err();
    assert_host(&error, "ess.test.ess.tencent.cn");

    let config = at(Site::BYTEPLUS, None);
    let error = sms::Client::new(&config)
        .send_sms(sms::SendSmsRequest::default())
        .await
        .unwrap_err();
    assert_host(&error, "sms.byteplusapi.com");
    assert!(
        error.to_string().contains("region ap-singapore-1 "),
        "{error}"
    );
}

#[tokio::test]
async fn generated_clients_call_nothing_else_instead() {
    let config = at(Site::SANDBOX, Some("ap-guangzhou"));
    let ca = ca::Client::new(&config);
    let error = ca.runtime().call_any("DescribeX", JsonValue::Null).await;
    let sms = sms::Client::new(&config);
    let sent = sms.send_sms(sms::SendSmsRequest::default()).await;
    let upload = ess::Client::new(&at(Site::INTERNAL, None));
    let upload = upload
        .upload_files(ess::UploadFilesRequest::default())
        .await;
    for (error, site, names) in [
        (
            error.unwrap_err(),
            "sandbox",
            "internal, international, regional;",
        ),
        (sent.unwrap_err(), "sandbox", "byteplus, cdn;"),
        (upload.unwrap_err(), "internal", "sandbox;"),
    ] {
        assert!(error.is_configuration(), "{error}");
        let text = error.to_string();
        assert!(
            text.contains(&format!("no host called \"{site}\"")),
            "{text}"
        );
        assert!(
            text.contains(&format!("beside production it has {names}")),
            "{text}"
        );
    }
}
