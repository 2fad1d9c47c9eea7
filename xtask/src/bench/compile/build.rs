//! Two crates in, what one build of each takes out: of the crate alone, its dependencies having been built before.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::bench::{Cost, cargo};
use crate::outcome::{Failure, Result};

/// The best of so many counts...
const REPEATS: usize = 3;

/// ... as long as they have taken less than this together: one long build is as good as three short ones.
const ENOUGH: Duration = Duration::from_secs(45);

/// Ways to build.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// `cargo check`.
    Check,
    /// `cargo build`.
    Dev,
    /// `cargo build --release`.
    Release,
}

impl Mode {
    pub(super) const ALL: [Self; 3] = [Self::Check, Self::Dev, Self::Release];

    /// The end of a row's name.
    pub(super) fn row(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Dev => "dev-build",
            Self::Release => "release-build",
        }
    }

    fn args(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Dev => &["build"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// A crate on disk. What has been built of its dependencies stays for the next run.
pub(super) struct Crate {
    pub(super) home: PathBuf,
    library: String,
}

impl Crate {
    /// Writes the files, and nothing that is not among them stays.
    pub(super) fn write<'a>(
        home: PathBuf,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self> {
        let source = home.join("src");
        if source.exists() {
            fs::remove_dir_all(&source).map_err(|error| Failure::io("remove", &source, &error))?;
        }
        let mut library = String::new();
        for (path, text) in files {
            put(&home.join(path), text)?;
            if path == "src/lib.rs" {
                text.clone_into(&mut library);
            }
        }
        // The same versions as the project's, as far as it has them.
        let lock = crate::tree::root().join("Cargo.lock");
        fs::copy(&lock, home.join("Cargo.lock"))
            .map_err(|error| Failure::io("copy", &lock, &error))?;
        let made = Self { home, library };
        // Downloads are not part of a build.
        cargo(&made.home, &["fetch"], &made.target())?;
        Ok(made)
    }

    pub(super) fn target(&self) -> PathBuf {
        self.home.join("target")
    }

    /// Builds the crate with these features, whatever was built before; not its dependencies, if they are there.
    fn build(&self, mode: Mode, features: &str) -> Result<Cost> {
        put(&self.home.join("src/lib.rs"), &self.library)?;
        let mut args = mode.args().to_vec();
        args.extend(["--lib", "--no-default-features", "--features", features]);
        // As for a dependency.
        args.extend(["--config", "build.incremental=false"]);
        Cost::of(|| cargo(&self.home, &args, &self.target()))
    }
}

pub(super) fn put(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| Failure::io("create", folder, &error))?;
    fs::write(path, text).map_err(|error| Failure::io("write", path, &error))
}

/// The best builds of ours and of the baseline, in turns, so that a machine's mood hits both.
pub(super) fn compare(
    ours: &Crate,
    baseline: &Crate,
    mode: Mode,
    features: &str,
) -> Result<[Cost; 2]> {
    let round = || -> Result<[Cost; 2]> {
        Ok([ours.build(mode, features)?, baseline.build(mode, features)?])
    };
    // Without a service, only the dependencies are much to build.
    for crate_ in [ours, baseline] {
        crate_.build(mode, "")?;
    }
    let started = Instant::now();
    let mut best = round()?;
    for _ in 1..REPEATS {
        if started.elapsed() >= ENOUGH {
            break;
        }
        for (best, cost) in best.iter_mut().zip(round()?) {
            best.seconds = best.seconds.min(cost.seconds);
            best.cpu = best.cpu.zip(cost.cpu).map(|(best, cpu)| best.min(cpu));
        }
    }
    Ok(best)
}
