//! The programs that show the services at work in, what they print and what reaches the local cloud out.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

#[path = "programs/any.rs"]
mod any;
#[path = "programs/bench.rs"]
mod bench;
#[path = "programs/contracts.rs"]
mod contracts;
#[path = "programs/refusals.rs"]
mod refusals;
#[path = "programs/reports.rs"]
mod reports;
#[path = "programs/roles.rs"]
mod roles;
#[path = "programs/sms.rs"]
mod sms;
#[path = "programs/verdicts.rs"]
mod verdicts;
