//! A list and some work in, the results in the order of the list out: every core takes the next item, and a terminal sees how
//! far it is.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::terminal::Progress;

/// Does the work for each item. The work also says what the item is called.
pub(crate) fn each<T: Sync, R: Send>(
    what: &str,
    items: &[T],
    work: impl Fn(&T) -> (String, R) + Sync,
) -> Vec<R> {
    let progress = Progress::new(what, items.len());
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let run = || {
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            let (name, result) = work(item);
            let mut results = results
                .lock()
                .expect("no thread panics while it adds a result");
            results.push((index, result));
            progress.step(results.len(), &name);
        }
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 1..cores.min(items.len()) {
            scope.spawn(run);
        }
        run();
    });
    progress.end();
    let mut results = results.into_inner().expect("every thread has ended");
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
