//! Schema files in, a checked [`Api`] and every problem found out. Pure: no file, clock or network is touched here.
//!
//! ```
//! use yunqiao_model::{Source, load};
//!
//! let sources = [Source::new("tencent/demo/2024-01-01/service.yaml", "service: demo\n")];
//! let loaded = load(&sources);
//! assert!(loaded.diagnostics.iter().any(|problem| problem.message.contains("missing key")));
//! ```

pub mod api;
mod condensed;
mod conform;
mod cores;
mod diagnostic;
pub mod dialect;
mod document;
mod format;
mod json_schema;
mod layout;
mod lint;
mod node;
mod reference;
mod resolve;
mod select;
mod source;
mod suggest;
pub mod unit;
mod yaml;

pub use api::Api;
pub use condensed::condense;
pub use conform::{Deviation, DeviationKind, Segment, conform_request, conform_response};
pub use cores::on_all_cores;
pub use diagnostic::{Code, Diagnostic, Location, render};
pub use document::Document;
pub use format::format;
pub use json_schema::{JSON_SCHEMA_FILES, json_schema};
pub use layout::FileKind;
pub use lint::lint;
pub use node::Node;
pub use reference::reference;
pub use resolve::{Loaded, load};
pub use select::NoAction;
pub use source::Source;
pub use yaml::to_json;
