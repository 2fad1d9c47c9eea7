//! The generated types against documents: the vendor's own example calls, and the project's, the latter over real HTTP as well.
//!
//! A program with one arm for each action is written, built against the generated crate and asked, one document at a time.
//! Where the vendor's examples contradict the description is listed in `tests/conformance/contradictions.tsv`.
#![allow(clippy::unwrap_used, reason = "a panic is how a test reports")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

#[path = "conformance/compare.rs"]
mod compare;
#[path = "conformance/examples.rs"]
mod examples;
#[path = "conformance/program.rs"]
mod program;
#[path = "conformance/upstream.rs"]
mod upstream;
