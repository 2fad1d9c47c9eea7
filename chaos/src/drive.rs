//! A stage and a client in, all planned calls made, wave by wave at several levels of concurrency; the report out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::caller::{Addresses, Caller};
use crate::heard;
use crate::ledger::Record;
use crate::plan::Plan;
use crate::report::Report;
use crate::rules::Case;
use crate::stage::Stage;
use crate::told::Told;

/// Callers at once, and calls until the next level. Each wave has clients of its own, for their budget of repeats is soon used up.
const WAVES: [(u64, u64); 4] = [(1, 10), (8, 120), (32, 240), (96, 440)];
/// How late a call may end where nothing else is going on.
const SLACK: Duration = Duration::from_millis(100);
/// How often the machine is asked how late it is.
const TICK: Duration = Duration::from_millis(5);
/// How long the server may go on after the last client has given up.
const AFTERMATH: Duration = Duration::from_millis(300);

/// What a run is made of.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What all plans come from.
    pub seed: u64,
    /// The first call.
    pub first: u64,
    /// How many calls.
    pub calls: u64,
}

/// Makes the calls with the clients that `make` gives for each wave, and judges them. `progress` is told how many are done.
///
/// # Errors
/// If the stage cannot be set, or a client not be made.
pub async fn run(
    options: Options,
    make: impl Fn(&Addresses) -> Result<Arc<dyn Caller>, String>,
    progress: impl Fn(u64),
) -> Result<Report, String> {
    let Options { seed, first, calls } = options;
    heard::listen();
    let stage = Stage::set(seed)?;
    let addresses = Addresses {
        line: stage.line.url().to_owned(),
        closed: stage.closed.url().to_owned(),
    };
    let started = Instant::now();
    let lag = Lag::watch();
    let mut told = BTreeMap::new();
    let (mut next, end) = (first, first.saturating_add(calls));
    for (level, count) in WAVES.into_iter().cycle() {
        if next >= end {
            break;
        }
        let until = end.min(next + count);
        told.extend(wave(seed, next..until, level, make(&addresses)?, &lag).await);
        next = until;
        progress(next - first);
    }
    let took = started.elapsed();
    tokio::time::sleep(AFTERMATH).await;
    let slack = SLACK + lag.longest() * 2;
    let records = stage.ledger.records();
    let mut report = Report::new(options, took, slack);
    let nothing = Record::default();
    for (number, (told, late)) in &told {
        let plan = Plan::new(seed, *number);
        report.add(Case {
            plan: &plan,
            told,
            record: records.get(number).unwrap_or(&nothing),
            slack: slack + *late,
        });
    }
    report.add_heard(heard::take());
    Ok(report)
}

/// Makes some calls, so many at once; what their callers were told, and how late the machine was meanwhile.
async fn wave(
    seed: u64,
    numbers: std::ops::Range<u64>,
    level: u64,
    caller: Arc<dyn Caller>,
    lag: &Lag,
) -> Vec<(u64, (Told, Duration))> {
    let next = Arc::new(AtomicU64::new(numbers.start));
    let told = Arc::new(Mutex::new(Vec::new()));
    let mut lanes = tokio::task::JoinSet::new();
    for _ in 0..level {
        let (next, told, caller) = (Arc::clone(&next), Arc::clone(&told), Arc::clone(&caller));
        let total = Arc::clone(&lag.total);
        lanes.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= numbers.end {
                    return;
                }
                let plan = Plan::new(seed, number);
                let before = total.load(Ordering::Relaxed);
                let mut one = caller.call(&plan).await;
                let late = Duration::from_micros(total.load(Ordering::Relaxed) - before);
                one.keep_leaks();
                told.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push((number, (one, late)));
            }
        });
    }
    // A call that panics is no answer: the panic goes on here.
    lanes.join_all().await;
    std::mem::take(&mut *told.lock().unwrap_or_else(PoisonError::into_inner))
}

/// How late this machine wakes tasks up.
struct Lag {
    longest: Arc<AtomicU64>,
    /// Of all times that it was later than a tick.
    total: Arc<AtomicU64>,
    watch: tokio::task::JoinHandle<()>,
}

impl Lag {
    fn watch() -> Self {
        let longest = Arc::new(AtomicU64::new(0));
        let total = Arc::new(AtomicU64::new(0));
        let (seen, sum) = (Arc::clone(&longest), Arc::clone(&total));
        let watch = tokio::spawn(async move {
            loop {
                let before = Instant::now();
                tokio::time::sleep(TICK).await;
                let late = before.elapsed().saturating_sub(TICK);
                let micros = u64::try_from(late.as_micros()).unwrap_or(u64::MAX);
                seen.fetch_max(micros, Ordering::Relaxed);
                if late > TICK {
                    sum.fetch_add(micros, Ordering::Relaxed);
                }
            }
        });
        Self {
            longest,
            total,
            watch,
        }
    }

    fn longest(&self) -> Duration {
        Duration::from_micros(self.longest.load(Ordering::Relaxed))
    }
}

impl Drop for Lag {
    fn drop(&mut self) {
        self.watch.abort();
    }
}
