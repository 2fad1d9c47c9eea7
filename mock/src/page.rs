//! What a browser asks for in, what its pages' author answers out. The cloud itself has no pages.

use std::future::Future;
use std::pin::Pin;

/// A request that speaks to no vendor: what a browser asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageRequest {
    /// The method, in upper case.
    pub method: String,
    /// The path as in the request line, still encoded.
    pub path: String,
    /// The query as in the request line, still encoded and without the question mark.
    pub query: String,
    /// Names in lower case, values as received, in order.
    pub headers: Vec<(String, String)>,
    /// The body; absent if it is longer than 100 MiB.
    pub body: Option<Vec<u8>>,
}

impl PageRequest {
    /// A header's first value without the spaces around it. The name is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.trim())
    }
}

/// The answer to a request of a browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageReply {
    /// HTTP status, between 200 and 599.
    pub status: u16,
    /// Headers, with names in lower case. One that cannot stand in an answer is left out.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A reply that may take its time.
pub type PageFuture = Pin<Box<dyn Future<Output = PageReply> + Send>>;

/// Answers what speaks to no vendor.
pub(crate) type Pages = Box<dyn Fn(PageRequest) -> PageFuture + Send + Sync>;
