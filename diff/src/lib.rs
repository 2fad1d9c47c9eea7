//! Two models of schemas in, what the change from one to the other means for callers out. Pure.
//!
//! ```
//! use yunqiao_diff::diff;
//! use yunqiao_model::Api;
//!
//! let report = diff(&Api::default(), &Api::default());
//! assert!(report.changes.is_empty());
//! ```

pub mod approval;
mod axis;
mod change;
mod compare;
mod declared;
mod proof;
mod prose;
mod reach;
mod rename;
pub mod render;
mod report;
mod rule;
mod surface;
mod version;

pub use axis::{Bump, Class, Kind, Source, Wire};
pub use change::{Change, Evidence};
pub use declared::{Declarations, Declared};
pub use proof::{Proof, Shown};
pub use report::{Report, diff};
pub use rule::{ABSENT, Absent, GENERATOR, MOVED, Mirror, RULES, Rule, SHOWN, Verdict, rule};
pub use surface::Disagreement;
pub use version::{NoVersion, next};
