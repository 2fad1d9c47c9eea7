//! In: what a program's operator should know although no call fails. Out: an event of `tracing`.

/// Signatures for this host are made with another time than the local clock's. Told once for each host.
pub(crate) fn clock_corrected(host: &str, offset: i64) {
    tracing::warn!(
        host,
        offset,
        "the local clock is wrong by {offset} seconds, as {host} says; signatures are corrected, but please set the clock"
    );
}
