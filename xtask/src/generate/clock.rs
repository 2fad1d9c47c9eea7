//! Stages of a run in, the time of each out, summed over all cores, with the peak of memory.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crate::say::say;

/// What a run spends its time on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Find,
    Read,
    Check,
    Emit,
    Compare,
    Write,
    Remember,
}

const STAGES: [(Stage, &str); 7] = [
    (Stage::Find, "find the files"),
    (Stage::Read, "read the schemas"),
    (Stage::Check, "check the schemas"),
    (Stage::Emit, "make the crate"),
    (Stage::Compare, "compare"),
    (Stage::Write, "write"),
    (Stage::Remember, "remember for the next run"),
];

/// Adds up times. Stages of several cores run at once, so that their sum may exceed the time of the run.
#[derive(Debug)]
pub(super) struct Clock {
    started: Instant,
    spent: [AtomicU64; STAGES.len()],
}

impl Clock {
    pub(super) fn start() -> Self {
        Self {
            started: Instant::now(),
            spent: Default::default(),
        }
    }

    pub(super) fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        let spent = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.spent[stage as usize].fetch_add(spent, Ordering::Relaxed);
        done
    }

    pub(super) fn print(&self) {
        for (stage, name) in STAGES {
            let spent = self.spent[stage as usize].load(Ordering::Relaxed);
            say!("{:>8.1} ms  {name}", spent as f64 / 1e6);
        }
        let all = self.started.elapsed().as_secs_f64() * 1_000.0;
        say!("{all:>8.1} ms  all of it; stages are summed over the cores");
        if let Some(peak) = peak_megabytes() {
            say!("{peak:>8.1} MB  peak of memory");
        }
    }
}

/// Most memory that this process has held. Only Linux tells it.
fn peak_megabytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes / 1_024.0)
}
