//! A call in, what would be sent out: what is wrong with it, the request on the wire, its signature step by step, and snippets.

use serde_json::{Value as Json, json};
use yunqiao_mock::PageReply;
use yunqiao_model::api::RegionRule;
use yunqiao_model::{Deviation, DeviationKind, conform_request};
use yunqiao_runtime::transport::{Bytes, http};
use yunqiao_runtime::{Config, credential::Chain};

use super::ask::{Asked, Target};
use super::reply;
use super::site::Site;
use crate::call::{connect, dry_run};
use crate::failure::{Failure, Result};
use crate::near;
use crate::sign::explain::{self, Key};
use crate::snippet::curl::{self, HIDDEN, is_token};
use crate::snippet::{Destination, Wanted, comment, unsendable};

/// A longer body is shown only as far as this.
const SHOWN: usize = 1 << 20;

pub(super) async fn prepare(site: &Site, asked: &Asked<'_>) -> PageReply {
    let mut problems = problems(asked);
    let request = sendable(site, asked).await;
    let (wire, signature, curl) = match &request {
        Ok(request) => (
            wire(request),
            signature(site, asked, request),
            curl::command(request),
        ),
        Err(failure) => {
            problems.push(problem("", &failure.to_string(), None));
            (Json::Null, json!([]), comment("#", &failure.to_string()))
        }
    };
    let snippets = json!({ "rust": rust(site, asked), "curl": curl, "cli": line(site, asked) });
    reply::json(
        200,
        &json!({ "problems": problems, "wire": wire, "signature": signature, "snippets": snippets }),
    )
}

/// The snippets alone.
pub(super) async fn snippets(site: &Site, asked: &Asked<'_>) -> PageReply {
    let request = sendable(site, asked).await;
    let curl = match &request {
        Ok(request) => curl::command(request),
        Err(failure) => comment("#", &failure.to_string()),
    };
    reply::json(
        200,
        &json!({ "rust": rust(site, asked), "curl": curl, "cli": line(site, asked) }),
    )
}

/// The request, unless only the generated crate can make it.
async fn sendable(site: &Site, asked: &Asked<'_>) -> Result<http::Request<Bytes>> {
    match unsendable(asked.found) {
        Some(why) => Err(Failure::new(why)),
        None => wire_request(site, asked).await,
    }
}

/// The request as it would be sent now.
pub(super) async fn wire_request(site: &Site, asked: &Asked<'_>) -> Result<http::Request<Bytes>> {
    let region = asked.region.as_deref();
    let builder = match asked.target {
        Target::Local => site.local(region)?,
        Target::Live => {
            let vendor = connect::runtime_vendor(asked.vendor());
            let builder = Config::builder().credential_provider(Chain::of(vendor));
            match region {
                Some(region) => builder.region(region),
                None => builder,
            }
        }
    };
    dry_run::request(builder, asked.found, asked.parameters.clone()).await
}

fn wanted<'a>(
    site: &'a Site,
    asked: &'a Asked<'_>,
    versions: &'a [&'a yunqiao_model::api::Service],
) -> Wanted<'a> {
    Wanted {
        found: asked.found,
        versions,
        request: &asked.parameters,
        region: asked.region.as_deref(),
        destination: match asked.target {
            Target::Local => site.destination(),
            Target::Live => Destination::Vendor,
        },
    }
}

fn rust(site: &Site, asked: &Asked<'_>) -> String {
    let versions = site.versions(&asked.found.service.id);
    let text = wanted(site, asked, &versions).rust();
    text.unwrap_or_else(|failure| comment("//", &failure.to_string()))
}

fn line(site: &Site, asked: &Asked<'_>) -> String {
    let versions = site.versions(&asked.found.service.id);
    wanted(site, asked, &versions).line()
}

fn problem(path: &str, message: &str, suggestion: Option<&str>) -> Json {
    json!({ "path": path, "message": message, "suggestion": suggestion })
}

/// Where the parameters differ from the schema.
fn problems(asked: &Asked<'_>) -> Vec<Json> {
    let (service, action) = (asked.found.service, asked.found.action);
    let found = conform_request(service, action, &asked.parameters);
    let mut problems: Vec<Json> = found.iter().map(told).collect();
    let needs_region = action.region == RegionRule::Required && service.default_region.is_none();
    if needs_region && asked.region.is_none() {
        problems.push(problem("", "a region is required", None));
    }
    problems
}

fn told(deviation: &Deviation) -> Json {
    let suggestion = match &deviation.kind {
        DeviationKind::Unknown(known) => {
            let last = deviation.path_text();
            let last = last.rsplit('.').next().unwrap_or_default();
            let near = near::nearest(last, known.iter().map(String::as_str));
            near.first().map(|name| (*name).to_owned())
        }
        _ => None,
    };
    problem(
        &deviation.path_text(),
        &deviation.kind.to_string(),
        suggestion.as_deref(),
    )
}

/// A request as it goes over the wire; of a token only that there is one.
pub(super) fn wire(request: &http::Request<Bytes>) -> Json {
    let mut headers: Vec<[String; 2]> = Vec::new();
    let host = request.uri().authority();
    if let Some(host) = host.filter(|_| !request.headers().contains_key("host")) {
        headers.push(["host".to_owned(), host.as_str().to_owned()]);
    }
    headers.extend(request.headers().iter().map(|(name, value)| {
        let value = if is_token(name.as_str()) {
            HIDDEN.to_owned()
        } else {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        [name.as_str().to_owned(), value]
    }));
    let bytes = request.body();
    let mut body = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN)]).into_owned();
    if bytes.len() > SHOWN {
        body.push_str(&format!("\n... {} bytes in all", bytes.len()));
    }
    json!({
        "method": request.method().as_str(),
        "url": request.uri().to_string(),
        "headers": headers,
        "body": body,
    })
}

fn signature(site: &Site, asked: &Asked<'_>, request: &http::Request<Bytes>) -> Json {
    let key = match (asked.target, site.demo_secret()) {
        (Target::Local, Some(secret)) => Key::Demo(secret),
        _ => Key::Hidden,
    };
    // A signature of our own that cannot be explained is a defect that the tests would show.
    let steps = explain::steps(asked.vendor(), request, key).unwrap_or_default();
    let one = |step: &explain::Step| json!({ "title": step.title, "value": step.value, "note": step.note });
    steps.iter().map(one).collect()
}
