//! The machine in, its Chromium out.

use std::env;
use std::path::PathBuf;

/// Names the program, where it is not found by itself.
pub const VARIABLE: &str = "YUNQIAO_CHROMIUM";

/// What Chromium is called where it is on the search path.
const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Where it is otherwise.
const PLACES: &[&str] = &[
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// A program.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) program: PathBuf,
    /// Somebody has named it.
    pub(super) is_named: bool,
}

pub(super) fn chromium() -> Result<Found, String> {
    if !cfg!(unix) {
        return Err("Chromium is driven through pipes, which only Unix hands on".to_owned());
    }
    if let Some(named) = env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
        return Ok(Found {
            program: named.into(),
            is_named: true,
        });
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).flat_map(|folder| {
        let names = NAMES.iter();
        names.map(move |name| folder.join(name)).collect::<Vec<_>>()
    });
    let mut all = on_path.chain(PLACES.iter().map(PathBuf::from));
    match all.find(|program| program.is_file()) {
        Some(program) => Ok(Found {
            program,
            is_named: false,
        }),
        None => Err(format!(
            "no Chromium on this machine; install it, or name one by {VARIABLE}"
        )),
    }
}
