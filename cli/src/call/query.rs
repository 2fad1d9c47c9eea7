//! An answer and a JMESPath expression in, what it finds out.

use std::fmt;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::failure::{Failure, Result};

/// A compiled expression.
#[derive(Clone)]
pub(super) struct Query(Arc<jmespath::Expression<'static>>);

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Query").field(&self.0.as_str()).finish()
    }
}

/// Reads an expression, before anything is sent.
pub(super) fn read(text: &str) -> std::result::Result<Query, String> {
    let compiled = jmespath::compile(text);
    compiled
        .map(|query| Query(Arc::new(query)))
        .map_err(|error| error.to_string())
}

impl Query {
    /// What it finds; `null` if there is nothing.
    pub(super) fn find(&self, answer: &Json) -> Result<Json> {
        let failed = |why: String| Failure::new(format!("--query: {why}; the call was made"));
        let found = self
            .0
            .search(answer)
            .map_err(|error| failed(error.to_string()))?;
        serde_json::to_value(&*found).map_err(|error| failed(error.to_string()))
    }
}
