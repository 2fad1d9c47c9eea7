//! A seed in, findings out: calls of both vendors through connections that break at every point, and then the cloud's ledger
//! beside what the client was told.
//!
//! The way of a run: a [`Plan`] for each call by its number, a [`Caller`] that makes the calls wave by wave against a local cloud
//! with trouble on its line, [`Told`] by the client and [`Record`] by the cloud for each call, the rules that compare both, a
//! [`Report`].
//!
//! What a seed fixes is the plan of each call: the action, its size, its time limit and the trouble that each of its attempts
//! meets. Timing is the machine's, so counts differ from run to run by a little.

mod caller;
mod canary;
mod dice;
mod drive;
mod flow;
mod heard;
mod kinds;
mod ledger;
mod mishap;
mod plan;
mod report;
mod rules;
mod schemas;
mod stage;
mod told;

pub use self::caller::{Addresses, Caller, Finished, Generated};
pub use self::drive::{Options, run};
pub use self::kinds::{KINDS, Kind, Sort};
pub use self::ledger::{Entry, Record};
pub use self::mishap::Mishap;
pub use self::plan::{Plan, Way};
pub use self::report::{Finding, Report};
pub use self::rules::Rule;
pub use self::schemas::schemas;
pub use self::told::{Delivery, Outcome, Streamed, Told};
