//! `cargo xtask bench`: what things cost, each measured against something else in the same run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::outcome::{Failure, Result};

mod call;
mod cold;
mod compile;
mod generate;
mod serve;

pub(crate) use call::run as call;
pub(crate) use cold::run as cold;
pub(crate) use compile::{Mode, run as compile};
pub(crate) use generate::run as generate;
pub(crate) use serve::run as serve;

/// CPU seconds of all ended children and theirs.
fn children_cpu() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, may hold anything; the 14th and 15th numbers behind it are the children's.
    let numbers: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = numbers.get(13)?.parse::<f64>().ok()? + numbers.get(14)?.parse::<f64>().ok()?;
    // Linux shows this file in hundredths of a second, whatever its own clock.
    Some(ticks / 100.0)
}

fn fresh(folder: &Path, name: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    if path.exists() {
        fs::remove_dir_all(&path).map_err(|error| Failure::io("remove", &path, &error))?;
    }
    fs::create_dir_all(&path).map_err(|error| Failure::io("create", &path, &error))?;
    Ok(path)
}

/// What a command took.
#[derive(Clone, Copy)]
struct Cost {
    /// By the clock on the wall.
    seconds: f64,
    /// On all cores together; steadier than the clock on a machine that others use too. Only Linux tells it.
    cpu: Option<f64>,
}

impl Cost {
    /// Runs the work and takes its cost.
    fn of(work: impl FnOnce() -> Result<()>) -> Result<Self> {
        let (started, before) = (Instant::now(), children_cpu());
        work()?;
        let cpu = children_cpu()
            .zip(before)
            .map(|(after, before)| after - before);
        Ok(Self {
            seconds: started.elapsed().as_secs_f64(),
            cpu,
        })
    }
}

/// Runs cargo in a folder, with build output in another.
fn cargo(home: &Path, args: &[&str], target: &Path) -> Result<()> {
    let output = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(home)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("CARGO_INCREMENTAL")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "cargo {}: {}",
        args.join(" "),
        String::from_utf8_lossy(&output.stderr)
    )))
}
