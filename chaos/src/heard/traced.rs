//! Spans and events of `tracing` in, of every target and every level; their fields counted and searched out, those that are
//! recorded later included.

use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, Subscriber, set_global_default};
use tracing::{Event, Metadata};

use super::note;

/// What every span and event of this process is told to.
struct Listener {
    /// The id of the next span.
    next: AtomicU64,
}

impl Subscriber for Listener {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::always()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::TRACE)
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut text = Text::of(attributes.metadata());
        attributes.record(&mut text);
        note("a span", &text.0, |heard| heard.spans += 1);
        Id::from_u64(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut text = Text(String::new());
        values.record(&mut text);
        note("what a span was told later", &text.0, |_| {});
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::of(event.metadata());
        event.record(&mut text);
        note("a traced event", &text.0, |heard| heard.events += 1);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The fields of a span or an event as an operator would read them.
struct Text(String);

impl Text {
    fn of(metadata: &Metadata<'_>) -> Self {
        let (level, target, name) = (metadata.level(), metadata.target(), metadata.name());
        Self(format!("{level} {target} {name}"))
    }

    fn push(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        // Writing to a text cannot fail; a value whose own `Debug` does is cut there.
        let _ = write!(self.0, " {}={value}", field.name());
    }
}

impl Visit for Text {
    // As it is: what `Debug` escapes would not be found.
    fn record_str(&mut self, field: &Field, value: &str) {
        self.push(field, format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.push(field, format_args!("{value:?}"));
    }
}

pub(super) fn listen() {
    let listener = Listener {
        next: AtomicU64::new(1),
    };
    // There is one already, mostly that of an earlier run.
    drop(set_global_default(listener));
}
