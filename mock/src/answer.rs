//! An action and a request in, the answer's fields out: those of the example that fits best, or made-up ones.

use serde_json::Value as Json;

use crate::lookup::Found;

mod example;
mod synthesise;

/// The fields that answer the request. The same request always gets the same answer.
pub(crate) fn fields(found: Found<'_>, request: &Json) -> Json {
    example::best(found.action, request)
        .cloned()
        .unwrap_or_else(|| synthesise::response(found))
}
