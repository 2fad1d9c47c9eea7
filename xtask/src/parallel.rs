//! A list and some work in, the results in the order of the list out; a terminal sees how far it is.

use std::sync::atomic::{AtomicUsize, Ordering};

use yunqiao_model::on_all_cores;

use crate::terminal::Progress;

/// Does the work for each item on every core. The work also says what the item is called.
pub(crate) fn each<T: Sync, R: Send>(
    what: &str,
    items: &[T],
    work: impl Fn(&T) -> (String, R) + Sync,
) -> Vec<R> {
    let progress = Progress::new(what, items.len());
    let done = AtomicUsize::new(0);
    let results = on_all_cores(items, |item| {
        let (name, result) = work(item);
        progress.step(done.fetch_add(1, Ordering::Relaxed) + 1, &name);
        result
    });
    progress.end();
    results
}
