//! One action: what goes in, what comes out, and how it behaves on the wire.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Field, Life};
use crate::Location;

/// One action of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Wire name.
    pub name: String,
    /// One line: what the caller achieves.
    pub summary: String,
    /// More: what must have happened before, what comes next.
    pub doc: Option<String>,
    /// The vendor's page.
    pub docs: Option<String>,
    /// Rust name of the method, where the derived one would collide.
    pub rust: Option<String>,
    /// Host, when it is not the service's.
    pub host: Option<String>,
    /// Further hosts by name, when it has a host of its own; else those of the service hold.
    pub hosts: BTreeMap<String, String>,
    /// Version on the wire, when it is not the folder's.
    pub version: Option<String>,
    /// HTTP method.
    pub method: Method,
    /// How the request is encoded.
    pub body: Body,
    /// The call carries no signature.
    pub unsigned: bool,
    /// Whether the call carries a region.
    pub region: RegionRule,
    /// Documented limit.
    pub rate_limit: Option<RateLimit>,
    /// Repeating the call does no harm.
    pub idempotent: bool,
    /// The field that makes repeats harmless.
    pub idempotency_token: Option<String>,
    /// The answer is a stream of server-sent events.
    pub streaming: bool,
    /// The answer has a member called `Error` that is no error.
    pub error_member: bool,
    /// Request fields in wire order.
    pub request: Vec<Field>,
    /// Answer fields in wire order, without the request id.
    pub response: Vec<Field>,
    /// Error codes the action documents.
    pub errors: Vec<String>,
    /// How to page through the answer.
    pub pagination: Option<Pagination>,
    /// How to wait for the job that this action starts.
    pub waiter: Option<Waiter>,
    /// Example calls.
    pub examples: Vec<Example>,
    /// Lifecycle marks.
    pub life: Life,
    /// Why the action departs from the vendor's habits, if it does.
    pub because: Option<String>,
    /// Where it is declared.
    pub at: Location,
}

/// HTTP method of an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// The rule.
    #[default]
    Post,
    /// Parameters in the query.
    Get,
}

/// How a request is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// A JSON object.
    #[default]
    Json,
    /// Flattened, `application/x-www-form-urlencoded`.
    Form,
    /// Flattened into the URL.
    Query,
    /// `multipart/form-data`.
    Multipart,
    /// Raw bytes; the other fields travel in headers.
    OctetStream,
}

/// Whether a call names a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionRule {
    /// Refused without one.
    Required,
    /// Sent when the caller sets one.
    Optional,
    /// Never sent.
    Unused,
}

/// A documented limit: calls per period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Calls allowed.
    pub calls: u32,
    /// Length of the period in seconds.
    pub seconds: u32,
}

/// How an answer is paged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// What moves from page to page.
    pub style: PageStyle,
    /// Request field that moves: the offset, the page number or the cursor.
    pub input: String,
    /// Request field that sets the page's size.
    pub size: Option<String>,
    /// What an offset counts.
    pub unit: PageUnit,
    /// Path of the list in the answer, for example `Result.Items`.
    pub items: String,
    /// Path of the total in the answer.
    pub total: Option<String>,
    /// Path of the next cursor in the answer.
    pub next: Option<String>,
}

/// What moves from page to page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageStyle {
    /// An offset.
    Offset,
    /// A page number.
    Page,
    /// A cursor from the answer before.
    Cursor,
}

/// What an offset counts. In half of the paged e-sign actions it counts pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageUnit {
    /// Rows.
    Row,
    /// Pages.
    Page,
}

/// How to wait for the end of a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiter {
    /// Path of the job's handle; several handles are several jobs, unless the poll takes a list.
    pub handle: String,
    /// Where the path starts.
    pub handle_in: HandlePlace,
    /// Action that reports on the job.
    pub poll: String,
    /// Field of the poll's request that takes the handle.
    pub poll_input: String,
    /// Path of the state in the poll's answer; through a list, the state of every item.
    pub state: String,
    /// States that mean success.
    pub success: Vec<Json>,
    /// States that mean failure.
    pub failure: Vec<Json>,
}

/// Where the handle of a job is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandlePlace {
    /// In the answer of the action that starts the job.
    #[default]
    Answer,
    /// In its request: the caller names what is started.
    Request,
}

/// An example call with our own values.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// Request body.
    pub request: Json,
    /// What comes back.
    pub answer: ExampleAnswer,
}

/// What comes back in an example.
#[derive(Clone, Debug, PartialEq)]
pub enum ExampleAnswer {
    /// The answer's fields, without envelope and request id.
    Response(Json),
    /// An error.
    Error {
        /// Code on the wire.
        code: String,
        /// Message.
        message: String,
    },
}
