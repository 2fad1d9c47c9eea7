//! `cargo xtask bench`: what things cost, each measured against something else in the same run.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::{Failure, Result};

mod cold;
mod generate;

pub(crate) use cold::run as cold;
pub(crate) use generate::run as generate;

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
