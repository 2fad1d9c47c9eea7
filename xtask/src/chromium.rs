//! The machine in, a Chromium on it out, for the tests of pages; installed where that asks nobody anything. Never fails.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Names a Chromium that the tests do not find by themselves.
const VARIABLE: &str = "YUNQIAO_CHROMIUM";

/// The programs that the tests look for on the search path.
const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Debian's package, within a time: a machine without a network must not wait for it.
const INSTALL: &[&str] = &[
    "-o",
    "Acquire::http::Timeout=20",
    "-o",
    "Acquire::Retries=1",
    "-o",
    "DPkg::Lock::Timeout=30",
    "install",
    "-y",
    "--no-install-recommends",
    "chromium",
];

/// Looks for a Chromium or installs one, and says in a line what there is.
pub(crate) fn provide() -> String {
    let named = env::var_os(VARIABLE).filter(|named| !named.is_empty());
    if let Some(found) = named.map(PathBuf::from).or_else(|| program(NAMES)) {
        return format!("Chromium is there: {}", found.display());
    }
    match install() {
        Ok(()) => "Chromium has been installed by apt-get".to_owned(),
        Err(reason) => format!(
            "skipped: tests of pages, because there is no Chromium ({reason}); install it, or name one by {VARIABLE}"
        ),
    }
}

fn install() -> Result<(), &'static str> {
    program(&["apt-get"]).ok_or("no apt-get to install it with")?;
    if !is_root() {
        return Err("only root may install it");
    }
    // Lists of packages may be missing, or too old to be of use; fetching them costs time, so that is tried second.
    if run(INSTALL) || (run(&["-o", "Acquire::http::Timeout=20", "update"]) && run(INSTALL)) {
        program(NAMES).map(drop).ok_or("apt-get has brought none")
    } else {
        Err("apt-get cannot install it")
    }
}

fn run(args: &[&str]) -> bool {
    let status = Command::new("apt-get")
        .args(args)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The first of these programs on the search path.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|program| program.is_file())
}
