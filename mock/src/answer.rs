//! An action and a request in, the answer's fields out: those of the example that fits best, or made-up ones.

use std::borrow::Cow;

use serde_json::Value as Json;
use yunqiao_model::api::{Action, Type};

use crate::lookup::Found;

mod example;
mod synthesise;

/// Whether the answer to the request is a stream. Where a request can say so (`Stream`, once `Streaming`), it is none unless the
/// request does.
pub(crate) fn is_streamed(action: &Action, request: &Json) -> bool {
    let switch = action.request.iter().find(|field| {
        field.ty == Type::Bool && matches!(field.name.as_str(), "Stream" | "Streaming")
    });
    action.streaming && switch.is_none_or(|switch| request[&switch.name] == Json::Bool(true))
}

/// The fields that answer the request. The same request always gets the same answer.
pub(crate) fn fields<'a>(found: Found<'a>, request: &Json) -> Cow<'a, Json> {
    example::best(found.action, request)
        .map_or_else(|| Cow::Owned(synthesise::response(found)), Cow::Borrowed)
}
