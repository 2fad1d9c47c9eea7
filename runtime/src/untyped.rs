//! In: the name of any action and a JSON object. Out: when awaited, the JSON of the answer.

mod events;
mod paging;
mod waiting;
mod whole;

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value as JsonValue;

pub use self::events::{AnyEvents, AnyStreamCall};
pub use self::paging::{AnyItems, AnyPages, AnyPaging};
pub use self::waiting::{AnyWait, AnyWaiter};
use self::whole::Whole;
use crate::call::{Pending, Response, run};
use crate::codec::{Binary, whole};
use crate::config::Config;
use crate::error::Error;
use crate::operation::{Action, Body, Method, Named, RegionRule, Service, Shared};
use crate::retry::RetryPolicy;
use crate::site::Site;

/// An action by its name, and where it departs from the rule: a signed POST of JSON to the service's host, in its version, which
/// is not repeated by itself.
#[derive(Debug, Clone)]
#[must_use]
pub struct AnyAction {
    name: String,
    version: Option<String>,
    host: Option<String>,
    hosts: Named,
    method: Method,
    body: Body,
    region: Option<RegionRule>,
    signed: bool,
    idempotent: bool,
    rate_limit: Option<u32>,
    owns_error_member: bool,
    field_headers: Named,
}

impl AnyAction {
    /// The action of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: None,
            host: None,
            hosts: Named::NONE,
            method: Method::Post,
            body: Body::Json,
            region: None,
            signed: true,
            idempotent: false,
            rate_limit: None,
            owns_error_member: false,
            field_headers: Named::NONE,
        }
    }

    /// A version of its own.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// A host of its own. At other sites than production the action is then called only where [`host_at`](Self::host_at) gives
    /// a host, and no longer at the service's.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// The host at a site, where it is not the service's.
    pub fn host_at(mut self, site: impl Into<Site>, host: impl Into<String>) -> Self {
        self.hosts = self.hosts.with(site.into().as_str(), host);
        self
    }

    /// The method; [`Method::Get`] also moves the parameters into the query.
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        if method == Method::Get {
            self.body = Body::Query;
        }
        self
    }

    /// How the parameters travel: as JSON, flattened as a form or a query, as the parts of a multipart body, or beside a body
    /// that is bytes; see [`AnyCall::bytes`].
    pub fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    /// A region rule of its own.
    pub fn region(mut self, rule: RegionRule) -> Self {
        self.region = Some(rule);
        self
    }

    /// The parameter `field` travels as the header `name`, as all do that stand beside a body of bytes.
    pub fn header(mut self, field: impl Into<String>, name: impl Into<String>) -> Self {
        self.field_headers = self.field_headers.with(field, name);
        self
    }

    /// The action takes no signature and needs no credential.
    pub fn unsigned(mut self) -> Self {
        self.signed = false;
        self
    }

    /// Sending the same request twice does what sending it once does.
    pub fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// The vendor's documented limit, in requests per second.
    pub fn rate_limit(mut self, requests_per_second: u32) -> Self {
        self.rate_limit = Some(requests_per_second);
        self
    }

    /// The answer has a member of its own called `Error`; see [`Action::own_error_member`].
    pub fn own_error_member(mut self) -> Self {
        self.owns_error_member = true;
        self
    }

    fn of(self, service: Shared<Service>) -> Action {
        Action {
            service,
            name: Cow::Owned(self.name),
            method: self.method,
            body: self.body,
            host: self.host.map(Cow::Owned),
            hosts: self.hosts,
            version: self.version.map(Cow::Owned),
            region: self.region,
            signed: self.signed,
            idempotent: self.idempotent,
            rate_limit: self.rate_limit,
            owns_error_member: self.owns_error_member,
            field_headers: self.field_headers,
            idempotency_token: None,
        }
    }
}

impl From<&str> for AnyAction {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for AnyAction {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

/// A call of any action that has not been made yet: `await` it. See [`Client::call_any`](crate::Client::call_any).
#[must_use = "a call does nothing until it is awaited"]
pub struct AnyCall {
    pending: Pending,
    bytes: Vec<(String, Binary)>,
}

impl AnyCall {
    pub(crate) fn new(
        config: &Config,
        service: Shared<Service>,
        action: AnyAction,
        request: JsonValue,
    ) -> Self {
        let action = Shared::Counted(Arc::new(action.of(service)));
        Self {
            pending: Pending::new(config.clone(), action, Box::new(Whole::of(request))),
            bytes: Vec::new(),
        }
    }

    /// The bytes of one more parameter: a part of a [multipart](Body::Multipart) body, or the whole of one that is an
    /// [octet stream](Body::OctetStream).
    ///
    /// ```no_run
    /// use yunqiao_runtime::{AnyAction, Body, Client, Error};
    ///
    /// # async fn run(client: Client) -> Result<(), Error> {
    /// let upload = AnyAction::new("UploadPicture").body(Body::Multipart);
    /// let picture = vec![0x89, b'P', b'N', b'G'];
    /// let request = serde_json::json!({ "Title": "A picture" });
    /// let answer = client.call_any(upload, request).bytes("Picture", picture).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn bytes(mut self, field: impl Into<String>, bytes: impl Into<Binary>) -> Self {
        self.bytes.push((field.into(), bytes.into()));
        self
    }

    /// All that the call is made from.
    fn into_pending(self) -> Pending {
        let mut pending = self.pending;
        if !self.bytes.is_empty() {
            let json = whole(&*pending.request).cloned().unwrap_or_default();
            let request = self
                .bytes
                .into_iter()
                .fold(Whole::of(json), |request, (field, bytes)| {
                    request.with(field, bytes)
                });
            pending.request = Box::new(request);
        }
        pending
    }

    /// How long this call may take altogether, instead of the configured total timeout.
    pub fn timeout(mut self, total: Duration) -> Self {
        self.pending.total = Some(total);
        self
    }

    /// Which failures of this call are tried again, instead of what is configured.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.pending.retry = Some(policy);
        self
    }

    /// Makes at most one attempt.
    pub fn no_retry(self) -> Self {
        self.retry(RetryPolicy::none())
    }
}

impl IntoFuture for AnyCall {
    type Output = Result<Response<JsonValue>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (mut pending, mut whole) = (self.into_pending(), Whole::default());
            let outline = run(&mut pending, &mut whole).await?;
            Ok(Response::new(whole, outline).map(Whole::into_json))
        })
    }
}

impl fmt::Debug for AnyCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pending.debug("AnyCall", f).finish_non_exhaustive()
    }
}
