//! Parts of the crate in, their files as text out: every core takes the next part. The result does not depend on which.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::emit::{self, Part};
use crate::names::Named;
use crate::{Files, Options, render};

/// Emits and renders all parts. Tokens cannot leave their thread, so a part goes all the way on one.
pub(crate) fn run(named: &Named<'_>, options: &Options) -> Files {
    let parts = emit::parts(named);
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.extend(text(named, options, part));
        }
        done
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..cores.min(parts.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut files: Files = work().into_iter().collect();
        for other in others {
            match other.join() {
                Ok(done) => files.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        files
    })
}

fn text(named: &Named<'_>, options: &Options, part: &Part<'_, '_>) -> Vec<(String, String)> {
    let files = emit::emit(named, options, part);
    files
        .into_iter()
        .map(|file| (file.path.clone(), render::render(&file)))
        .collect()
}
