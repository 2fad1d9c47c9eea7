//! A command in, what it printed and what it took out: time, CPU and memory.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::bench::children_cpu;
use crate::outcome::{Failure, Result};

/// How often a running command is looked at.
const GLANCE: Duration = Duration::from_millis(2);

/// A command that has ended well.
pub(super) struct Child {
    pub(super) output: String,
    /// By the clock on the wall.
    pub(super) seconds: f64,
    /// On all cores together. Only Linux tells it.
    pub(super) cpu: Option<f64>,
    /// Most memory held at a time, in megabytes. Only Linux tells it.
    pub(super) peak_mb: Option<f64>,
}

/// Runs a program to its end.
pub(super) fn measure(program: &Path, args: &[&str]) -> Result<Child> {
    let failed = |error: std::io::Error| Failure::io("run", program, &error);
    let (started, before) = (Instant::now(), children_cpu());
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let (output, errors) = (
        thread::spawn(move || text(output)),
        thread::spawn(move || text(errors)),
    );
    let mut peak_mb = None;
    let status = loop {
        peak_mb = peak(child.id()).or(peak_mb);
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        thread::sleep(GLANCE);
    };
    let seconds = started.elapsed().as_secs_f64();
    let cpu = children_cpu().zip(before);
    let joined = |thread: thread::JoinHandle<String>| thread.join().unwrap_or_default();
    let (output, errors) = (joined(output), joined(errors));
    if !status.success() {
        let command = args.join(" ");
        return Err(Failure::new(format!("xtask {command}: {output}{errors}")));
    }
    Ok(Child {
        output,
        seconds,
        cpu: cpu.map(|(after, before)| after - before),
        peak_mb,
    })
}

fn text(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // What cannot be read any more is missing in a message.
        let _ = pipe.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Most memory that a running process has held so far.
fn peak(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes / 1_024.0)
}
