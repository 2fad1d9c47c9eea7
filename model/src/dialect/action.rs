//! An action file, as written.

use crate::api::{Body, HandlePlace, Method, PageStyle, PageUnit, RateLimit, RegionRule};
use crate::dialect::types::Names;
use crate::dialect::{At, Entries, Fields, choice, object};
use crate::node::Node;

object! {
    /// One action: `actions/<Name>.yaml`.
    struct ActionFile "an action file" {
        /// Wire name; the file is called the same.
        "action" name: String, required;
        /// One line: what a caller achieves with it.
        "summary" summary: String, described;
        /// More: what must have happened before, what comes next.
        "doc" doc: String;
        /// The vendor's own words, in its language, as `import --docs upstream` takes them over. Shown while `summary` is absent. Never
        /// part of this project's own schemas.
        "upstream_doc" upstream_doc: String;
        /// The vendor's page.
        "docs" docs: String;
        /// Still works, but something else should be used: what.
        "deprecated" deprecated: String;
        /// Gone upstream: since when and why. The method stays as a tombstone.
        "removed" removed: String;
        /// The wire name it had before.
        "renamed_from" renamed_from: String;
        /// Rust name of the method, where the derived one would collide. Needs `because`.
        "rust" rust: String;
        /// Host, when it is not the service's.
        "host" host: String;
        /// Further hosts of the action by name, for example `sandbox`, where it has a `host` of its own. Those of the service are then
        /// none of the action's: at other names it is not called. `{region}` stands for the region of the call.
        "hosts" hosts: Entries<At<String>>;
        /// Version on the wire, when it is not the folder's. Needs `because`.
        "version" version: String;
        /// HTTP method; POST when absent.
        "method" method: Method;
        /// How the request is encoded; `json` for POST and `query` for GET when absent.
        "body" body: Body;
        /// The call carries no signature. Needs `because`.
        "unsigned" unsigned: bool;
        /// Whether a call names a region, when it is not as the service says.
        "region" region: RegionRule;
        /// Documented limit, for example `20/s`, when it is not the service's.
        "rate_limit" rate_limit: RateLimit;
        /// Repeating the call does no harm: it only reads, or the result is the same.
        "idempotent" idempotent: bool;
        /// Request field whose value makes repeats harmless.
        "idempotency_token" idempotency_token: String;
        /// The answer is a stream of server-sent events.
        "streaming" streaming: bool;
        /// The answer has a member called `Error` that is no error. Needs `because`.
        "error_member" error_member: bool;
        /// Request fields by wire name, in the order of the wire documents. May be empty.
        "request" request: Fields, required;
        /// Answer fields by wire name, without the envelope and RequestId. May be empty.
        "response" response: Fields, required;
        /// Error codes that the vendor documents for the action.
        "errors" errors: Names;
        /// How to page through the answer.
        "pagination" pagination: PaginationDecl;
        /// How to wait for the job that the action starts.
        "waiter" waiter: WaiterDecl;
        /// Example calls, with values of our own.
        "examples" examples: Vec<ExampleDecl>;
        /// Why the action departs from the vendor's habits.
        "because" because: String;
    }
}

choice!(Method {
    "POST" => Method::Post,
    "GET" => Method::Get,
});

choice!(Body {
    "json" => Body::Json,
    "form" => Body::Form,
    "query" => Body::Query,
    "multipart" => Body::Multipart,
    "octet-stream" => Body::OctetStream,
});

choice!(RegionRule {
    "required" => RegionRule::Required,
    "optional" => RegionRule::Optional,
    "unused" => RegionRule::Unused,
});

object! {
    /// How to page through an answer.
    struct PaginationDecl "pagination" {
        /// What moves from page to page.
        "style" style: PageStyle, required;
        /// Request field that moves: the offset, the page number or the cursor.
        "input" input: String, required;
        /// Request field that sets the size of a page.
        "size" size: String;
        /// What an offset counts; `row` when absent.
        "unit" unit: PageUnit;
        /// Path of the list in the answer, for example `Result.Items`.
        "items" items: String, required;
        /// Path of the total in the answer.
        "total" total: String;
        /// Path of the next cursor in the answer.
        "next" next: String;
    }
}

choice!(PageStyle {
    "offset" => PageStyle::Offset,
    "page" => PageStyle::Page,
    "cursor" => PageStyle::Cursor,
});

choice!(PageUnit {
    "row" => PageUnit::Row,
    "page" => PageUnit::Page,
});

object! {
    /// How to wait for the end of a job.
    struct WaiterDecl "a waiter" {
        /// Path of the job's handle in this action's answer. Where it leads to several, through a list or to one, each is a
        /// job of its own, unless `poll_input` takes a list.
        "handle" handle: String, required;
        /// Where `handle` is looked up: in the answer when absent, in the request where the caller names what is started.
        "handle_in" handle_in: HandlePlace;
        /// Action that reports on the job.
        "poll" poll: String, required;
        /// Field of the poll's request that takes the handle.
        "poll_input" poll_input: String, required;
        /// Path of the state in the poll's answer. Through a list it means the state of every item: the job has succeeded when
        /// all have, and failed as soon as one has.
        "state" state: String, required;
        /// States that mean success.
        "success" success: Vec<Node>, required;
        /// States that mean failure.
        "failure" failure: Vec<Node>;
    }
}

choice!(HandlePlace {
    "answer" => HandlePlace::Answer,
    "request" => HandlePlace::Request,
});

object! {
    /// An example call.
    struct ExampleDecl "an example" {
        /// What it shows.
        "title" title: String, required;
        /// Request body.
        "request" request: Node, required;
        /// The answer's fields, without the envelope and RequestId.
        "response" response: Node;
        /// The error that comes back instead.
        "error" error: ErrorExample;
    }
}

object! {
    /// An error that comes back in an example.
    struct ErrorExample "an example's error" {
        /// Code on the wire.
        "code" code: String, required;
        /// Message.
        "message" message: String, required;
    }
}
