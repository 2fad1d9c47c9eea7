//! Schemas in, a cloud on this computer out: a real HTTP server that plays Tencent Cloud and Volcengine. It verifies every
//! signature by rebuilding it from the bytes received, checks parameters against the schemas, and answers in the vendors' own
//! envelopes and error codes.
//!
#![cfg_attr(feature = "embedded", doc = "```")]
#![cfg_attr(not(feature = "embedded"), doc = "```ignore")]
//! use serde_json::json;
//! use yunqiao_mock::LocalCloud;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let cloud = LocalCloud::start()?;
//! // Point a client at the address, with the key that the cloud accepts.
//! let (endpoint, id, key) = (cloud.url(), cloud.secret_id(), cloud.secret_key());
//! # let _ = (endpoint, id, key);
//!
//! // The examples of the schemas are the answers, unless a test wants others.
//! cloud.answer("ChannelVerifyPdf", json!({ "VerifyResult": 3 }));
//! cloud.fail("CreateVerifyReport", "OperationDenied", "Not today.");
//!
//! // Then look at what arrived.
//! for call in cloud.calls() {
//!     assert!(call.signature.is_verified(), "{call:?}");
//! }
//! # Ok(())
//! # }
//! ```

mod answer;
mod builder;
mod calendar;
mod clock;
mod cloud;
mod conform;
mod control;
mod dates;
mod decode;
#[cfg(feature = "embedded")]
mod embedded;
mod fault;
mod folder;
mod guard;
mod handle;
mod issue;
mod line;
mod lookup;
mod page;
mod play;
mod protocol;
mod received;
mod record;
mod reply;
mod rules;
mod script;
mod scripted;
mod server;
mod start_error;
mod verify;
mod walk;

pub use builder::{Builder, DEMO_SECRET_ID, DEMO_SECRET_KEY};
pub use cloud::LocalCloud;
#[cfg(feature = "embedded")]
pub use embedded::{embedded, embedded_sources};
pub use folder::sources_in;
pub use line::{Arrival, ClosedPort, Line, Trouble};
pub use page::{PageFuture, PageReply, PageRequest};
pub use play::Thing;
pub use record::{Call, Signature};
pub use script::{Script, ScriptError};
pub use scripted::Answer;
pub use start_error::StartError;
