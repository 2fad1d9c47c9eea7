//! The commands as a maintainer runs them: arguments and folders in, exit codes, messages and files out.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]

mod actions;
mod clone;
mod compile;
mod diff;
mod import;
mod lock;
mod memory;
mod output;
mod prove;
mod release;
mod review;
mod schemas;
mod support;
mod usage;
