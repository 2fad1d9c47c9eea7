//! The body of a request to the API in, the call that it is about out, or why there is none.

use serde_json::{Map, Value as Json};
use yunqiao_mock::{PageReply, PageRequest};
use yunqiao_model::api::Vendor;

use super::reply;
use super::site::Site;
use crate::catalog::Found;

/// A longer body is refused.
const LONGEST: usize = 8 << 20;

/// Where a call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To the cloud that this server is.
    Local,
    /// To the vendor, with the credentials of this process.
    Live,
}

/// A call as a page asks for it.
pub(super) struct Asked<'a> {
    pub(super) found: Found<'a>,
    pub(super) parameters: Json,
    pub(super) region: Option<String>,
    pub(super) target: Target,
}

impl Asked<'_> {
    pub(super) fn vendor(&self) -> Vendor {
        self.found.service.id.vendor
    }
}

/// The JSON object of a request that carries one.
pub(super) fn object(request: PageRequest) -> Result<Map<String, Json>, PageReply> {
    let kind = request.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    // A form of another site cannot send this type without asking first.
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(reply::refusal(
            415,
            "the body has to be JSON",
            "send content-type: application/json",
        ));
    }
    let body = request.body.filter(|body| body.len() <= LONGEST);
    let Some(body) = body else {
        return Err(reply::refusal(
            413,
            "the body is too long",
            "8 MiB is the most",
        ));
    };
    match serde_json::from_slice(&body) {
        Ok(Json::Object(members)) => Ok(members),
        Ok(_) => Err(wrong("the body is no JSON object")),
        Err(error) => Err(wrong(&format!(
            "the body is no JSON: line {}, column {}",
            error.line(),
            error.column()
        ))),
    }
}

fn wrong(what: &str) -> PageReply {
    reply::refusal(
        400,
        what,
        r#"send {"id": "tencent/ess/2020-11-11/CreateFlow", "parameters": {}, "region": null, "target": "local"}"#,
    )
}

/// The call that a body is about.
pub(super) fn call(site: &Site, mut body: Map<String, Json>) -> Result<Asked<'_>, PageReply> {
    let Some(id) = body.get("id").and_then(Json::as_str) else {
        return Err(wrong("id is missing"));
    };
    let found = found(site, id)?;
    let parameters = match body.remove("parameters") {
        None | Some(Json::Null) => Json::Object(Map::new()),
        Some(Json::Object(members)) => Json::Object(members),
        Some(_) => return Err(wrong("parameters is no object")),
    };
    let region = match body.remove("region") {
        None | Some(Json::Null) => None,
        Some(Json::String(region)) => Some(region).filter(|region| !region.is_empty()),
        Some(_) => return Err(wrong("region is no text")),
    };
    let target = match body.get("target").map(Json::as_str) {
        None | Some(Some("local")) => Target::Local,
        Some(Some("live")) => Target::Live,
        Some(_) => return Err(wrong("target is neither local nor live")),
    };
    if target == Target::Live && !site.live {
        return Err(reply::refusal(
            403,
            "calls to the real clouds are not allowed",
            "start the server with: yunqiao serve --live",
        ));
    }
    Ok(Asked {
        found,
        parameters,
        region,
        target,
    })
}

/// The action of an id.
pub(super) fn found<'a>(site: &'a Site, id: &str) -> Result<Found<'a>, PageReply> {
    site.find(id).ok_or_else(|| {
        let shown: String = id.chars().take(120).collect();
        reply::refusal(
            404,
            &format!("there is no action {shown:?}"),
            "GET /api/actions lists all",
        )
    })
}
