//! In: the facts of one action. Out: the constant that a call is made from.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::mem;

use super::named::Named;
use super::service::{RegionRule, Service};
use super::shared::Shared;

/// The HTTP method of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Method {
    /// Parameters in the query string; for the few actions that accept nothing else.
    Get,
    /// Parameters in the body.
    #[default]
    Post,
}

impl Method {
    /// As it is sent and signed.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// How the parameters of an action travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Body {
    /// As a JSON object.
    #[default]
    Json,
    /// Flattened into the query string; there is no body.
    Query,
    /// Flattened into a form body, `application/x-www-form-urlencoded`.
    Form,
    /// As the parts of a `multipart/form-data` body, bytes among them.
    Multipart,
    /// One field of bytes is the whole body, `application/octet-stream`; the others travel as headers.
    OctetStream,
}

/// One action of a service. Made by generated code, as a `static`.
#[derive(Debug)]
pub struct Action {
    pub(crate) service: Shared<Service>,
    pub(crate) name: Cow<'static, str>,
    pub(crate) method: Method,
    pub(crate) body: Body,
    pub(crate) host: Option<Cow<'static, str>>,
    pub(crate) hosts: Named,
    pub(crate) version: Option<Cow<'static, str>>,
    pub(crate) region: Option<RegionRule>,
    pub(crate) signed: bool,
    pub(crate) idempotent: bool,
    pub(crate) idempotency_token: Option<&'static str>,
    pub(crate) rate_limit: Option<u32>,
    pub(crate) owns_error_member: bool,
    /// Of untyped requests: the members that travel as headers. Typed ones know it of their fields.
    pub(crate) field_headers: Named,
}

impl Action {
    /// A signed POST of JSON to the service's host, not known to be idempotent.
    pub const fn new(service: &'static Service, name: &'static str) -> Self {
        Self {
            service: Shared::Constant(service),
            name: Cow::Borrowed(name),
            method: Method::Post,
            body: Body::Json,
            host: None,
            hosts: Named::NONE,
            version: None,
            region: None,
            signed: true,
            idempotent: false,
            idempotency_token: None,
            rate_limit: None,
            owns_error_member: false,
            field_headers: Named::NONE,
        }
    }

    /// The method; [`Method::Get`] also moves the parameters into the query.
    #[must_use]
    pub const fn method(mut self, method: Method) -> Self {
        self.method = method;
        if let Method::Get = method {
            self.body = Body::Query;
        }
        self
    }

    /// How the parameters travel.
    #[must_use]
    pub const fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    /// A host of its own (uploads have one).
    #[must_use]
    pub const fn host(mut self, host: &'static str) -> Self {
        // What it takes the place of is a constant, too, and a constant function cannot drop anything.
        mem::forget(self.host.replace(Cow::Borrowed(host)));
        self
    }

    /// Further hosts of the action by name, beside the one of its own; without one of its own, those of the service hold.
    #[must_use]
    pub const fn hosts(mut self, hosts: &'static [(&'static str, &'static str)]) -> Self {
        mem::forget(mem::replace(&mut self.hosts, Named::Constant(hosts)));
        self
    }

    /// A version of its own: Volcengine's are per action.
    #[must_use]
    pub const fn version(mut self, version: &'static str) -> Self {
        mem::forget(self.version.replace(Cow::Borrowed(version)));
        self
    }

    /// A region rule of its own.
    #[must_use]
    pub const fn region(mut self, rule: RegionRule) -> Self {
        self.region = Some(rule);
        self
    }

    /// The action takes no signature and needs no credential.
    #[must_use]
    pub const fn unsigned(mut self) -> Self {
        self.signed = false;
        self
    }

    /// Sending the same request twice does what sending it once does.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// The field of the request, by its wire name, whose value makes repeats harmless: the vendor does the work of equal tokens
    /// once. A call that leaves it empty gets a random one, the same on every attempt.
    #[must_use]
    pub const fn idempotency_token(mut self, wire_name: &'static str) -> Self {
        self.idempotency_token = Some(wire_name);
        self
    }

    /// The vendor's documented limit, in requests per second.
    #[must_use]
    pub const fn rate_limit(mut self, requests_per_second: u32) -> Self {
        self.rate_limit = Some(requests_per_second);
        self
    }

    /// The answer has a member of its own called `Error` (Tencent puts failures under the same key). A failure is then told
    /// by an `Error` object with a `Code`, beside which the answer has nothing that the action documents.
    #[must_use]
    pub const fn own_error_member(mut self) -> Self {
        self.owns_error_member = true;
        self
    }

    /// The service it belongs to.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The vendor's name of the action.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether sending the same request twice does what sending it once does.
    pub const fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// The vendor's documented limit in requests per second, if there is one; see
    /// [`RateLimiter`](crate::RateLimiter) for how it is kept.
    pub const fn requests_per_second(&self) -> Option<u32> {
        self.rate_limit
    }

    /// The host that serves it in production.
    pub(crate) fn serving_host(&self) -> &str {
        self.host.as_deref().unwrap_or(&self.service.host)
    }

    /// The host that serves it at a site other than production. The service's are none of an action that has a host of its own:
    /// what is served apart in production is served apart elsewhere.
    pub(crate) fn host_at(&self, site: &str) -> Option<&str> {
        let of_service = self.host.is_none().then_some(&self.service.hosts);
        let own = self.hosts.get(site);
        own.or_else(|| of_service.and_then(|hosts| hosts.get(site)))
    }

    /// The sites other than production that it is served at, in order.
    pub(crate) fn sites(&self) -> BTreeSet<&str> {
        let mut sites = BTreeSet::from_iter(self.hosts.names());
        if self.host.is_none() {
            sites.extend(self.service.hosts.names());
        }
        sites
    }

    /// The version that is sent.
    pub(crate) fn sent_version(&self) -> &Cow<'static, str> {
        self.version.as_ref().unwrap_or(&self.service.version)
    }

    /// The rule that holds for it.
    pub(crate) fn region_rule(&self) -> RegionRule {
        self.region.unwrap_or(self.service.region)
    }
}
