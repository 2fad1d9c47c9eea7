//! Lines of `log` in, each counted and searched out.

use super::note;

/// The log of this process.
struct Log;

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let text = format!("{} {}: {}", record.level(), record.target(), record.args());
        note("the log", &text, |heard| heard.lines += 1);
    }

    fn flush(&self) {}
}

pub(super) fn listen() {
    if log::set_logger(&Log).is_ok() {
        log::set_max_level(log::LevelFilter::Trace);
    }
}
