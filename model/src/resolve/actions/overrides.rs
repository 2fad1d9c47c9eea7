//! Keys of an action that depart from the service: they must change something, be well formed and say why.

use crate::api::{Body, Method, Service};
use crate::dialect::{ActionFile, ServiceFile};
use crate::resolve::service::needs_reason;
use crate::{Code, Diagnostic, Location};

pub(super) fn check(
    file: &ActionFile,
    service: &Service,
    declared: &ServiceFile,
    problems: &mut Vec<Diagnostic>,
) {
    let mut needless = |key: &str, at: Option<&Location>, same: bool| {
        if let Some(at) = at.filter(|_| same) {
            let message = format!("`{key}:` says what holds for the action anyway");
            problems.push(
                Diagnostic::new(Code::NeedlessOverride, at.clone(), message).help("remove it"),
            );
        }
    };
    let (host, version) = (file.host.as_ref(), file.version.as_ref());
    let same = host.is_some_and(|host| host.value == service.host);
    needless("host", host.map(|host| &host.key_at), same);
    let same = version.is_some_and(|version| version.value == service.id.version);
    needless("version", version.map(|version| &version.key_at), same);
    let method = file.method.as_ref();
    let same = method.is_some_and(|method| method.value == Method::default());
    needless("method", method.map(|method| &method.key_at), same);
    let body = file.body.as_ref();
    let same = body.is_some_and(|body| body.value == rule(self::method(file)));
    needless("body", body.map(|body| &body.key_at), same);
    let region = file.region.as_ref();
    let rule = declared.region.as_ref().map(|region| region.value);
    let same = region.is_some_and(|region| Some(region.value) == rule);
    needless("region", region.map(|region| &region.key_at), same);
    let limit = file.rate_limit.as_ref();
    let same = limit.is_some_and(|limit| Some(limit.value) == service.rate_limit);
    needless("rate_limit", limit.map(|limit| &limit.key_at), same);
    if let Some(hosts) = file.hosts.as_ref().filter(|_| host.is_none()) {
        let message = "`hosts:` without a `host:` of the action's own";
        let problem = Diagnostic::new(Code::Conflict, hosts.key_at.clone(), message);
        problems.push(problem.help("hosts that hold for all actions stand in service.yaml"));
    }
    reasons(file, problems);
}

fn reasons(file: &ActionFile, problems: &mut Vec<Diagnostic>) {
    let because = file.because.as_ref();
    if let Some(version) = &file.version {
        needs_reason(&version.key_at, "version", because, problems);
        if !crate::layout::is_date(&version.value) {
            let message = format!("\"{}\" is no version", version.value);
            let problem = Diagnostic::new(Code::Malformed, version.at.clone(), message);
            problems.push(problem.help("a version is a date, YYYY-MM-DD"));
        }
    }
    if let Some(rust) = &file.rust {
        needs_reason(&rust.key_at, "rust", because, problems);
    }
    let flags = [
        ("unsigned", &file.unsigned),
        ("error_member", &file.error_member),
    ];
    for (key, flag) in flags {
        if let Some(flag) = flag.as_ref().filter(|flag| flag.value) {
            needs_reason(&flag.key_at, key, because, problems);
        }
    }
}

/// How the request travels.
pub(super) fn encoding(file: &ActionFile, problems: &mut Vec<Diagnostic>) -> (Method, Body) {
    let method = method(file);
    let body = file.body.as_ref().map_or(rule(method), |body| body.value);
    if let (true, Some(at)) = ((method == Method::Get) != (body == Body::Query), &file.body) {
        let problem = Diagnostic::new(
            Code::Conflict,
            at.at.clone(),
            "the body does not go with the method",
        );
        problems.push(problem.help("GET carries its parameters in the query, POST in a body"));
    }
    (method, body)
}

fn method(file: &ActionFile) -> Method {
    file.method
        .as_ref()
        .map_or(Method::Post, |method| method.value)
}

/// The body of an action that names none.
fn rule(method: Method) -> Body {
    match method {
        Method::Get => Body::Query,
        Method::Post => Body::Json,
    }
}
