//! In: a generated-looking service and a server that answers any bytes. Out: whether the runtime keeps its promises.
#![allow(clippy::unwrap_used, reason = "a panic is a test's report")]
#![allow(
    unreachable_pub,
    reason = "samples are written like generated code, whose items are public"
)]

mod sample;
mod server;
#[cfg(feature = "rustls")]
mod tls;

mod binary;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "callback")]
mod callbacks;
mod clocks;
mod connections;
mod credentials;
mod decoding;
mod deliveries;
mod documents;
mod drift;
mod encoding;
mod enums;
mod environment;
mod hostile;
mod limits;
mod names;
mod paging;
mod quotas;
mod redaction;
mod refusals;
mod repeats;
// Its hosts are called over HTTPS, and without TLS that is refused before a host is chosen.
#[cfg(feature = "rustls")]
mod sites;
mod streams;
mod strictness;
mod tencent;
mod traces;
mod transports;
mod twins;
mod untyped;
mod validation;
mod volcengine;
mod waiting;
