//! The local cloud over real sockets: signatures, refusals, parameters, answers, life and death, the command.
#![allow(
    clippy::unwrap_used,
    reason = "a panic in a test is the report, and most helpers stand outside of test functions"
)]

mod answers;
mod bench;
#[cfg(feature = "cli")]
mod command;
mod control;
#[cfg(feature = "embedded")]
mod embedded;
mod faults;
mod guard;
mod http;
mod life;
mod line;
mod pages;
mod parameters;
mod records;
mod rules;
mod schemas;
mod sign;
mod signatures;
#[cfg(feature = "embedded")]
mod states;
mod streams;
mod synthesis;
mod tencent;
mod tencent_parameters;
#[cfg(feature = "embedded")]
mod things;
mod vectors;
mod volcengine;
