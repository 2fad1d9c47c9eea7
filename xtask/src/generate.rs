//! `cargo xtask generate`: one function serves writing, `--check` and the drift test.
//!
//! A run that writes remembers what it has read and written, and the next one does only what has changed. Whenever something is
//! to be reported, and for `--check`, everything is done anew, so that answers never depend on what was remembered.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use yunqiao_codegen::{LOCK_FILE, Options, Outline, Package, Runtime};
use yunqiao_model::api::{Vendor, VendorInfo};
use yunqiao_model::unit::LoadedVendor;
use yunqiao_model::{Source, render};

use crate::cli::GenerateArgs;
use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;
use crate::{schemas, terminal, tree};

mod cache;
mod clock;
mod dialect;
mod input;
mod keep;
mod output;
mod programs;
mod update;

use cache::Cache;
use clock::{Clock, Stage};
use input::{Input, Made, Problems};
use output::{Difference, Drift, Target};

/// Files of the crate that belong to no service version and lie beside `src/`.
const BESIDE: [&str; 3] = ["Cargo.toml", "rustfmt.toml", LOCK_FILE];

/// A run: where from, where to, and how.
#[derive(Debug)]
struct Run<'a> {
    args: &'a GenerateArgs,
    /// How messages name the schema folder.
    name: String,
    input: Input,
    target: Target,
    options: Options,
    cache: Option<Cache>,
    clock: Clock,
}

/// What a run has done.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    services: usize,
    actions: usize,
    files: usize,
    changed: usize,
}

pub(crate) fn run(args: &GenerateArgs) -> Result {
    let clock = Clock::start();
    let (folder, name) = schemas::folder(args.schemas.as_deref());
    schemas::must_exist(&folder)?;
    let input = clock.time(Stage::Find, || {
        Input::find(&folder, &args.only, &args.actions)
    })?;
    let own = args.out.is_none();
    let crate_folder = args
        .out
        .clone()
        .unwrap_or_else(|| tree::root().join("generated"));
    let package = if own {
        Package::Member
    } else {
        Package::Standalone {
            runtime: Runtime::Path(tree::root().join("runtime").display().to_string()),
        }
    };
    let programs = if own {
        match programs::read(&crate_folder, &programs::features(&input))? {
            Ok(programs) => programs,
            Err(unfit) => {
                programs::report(&unfit, "generated");
                return Ok(Outcome::Findings);
            }
        }
    } else {
        Vec::new()
    };
    let cache = (!args.check).then(|| Cache::open(&key(&folder, &crate_folder, args)));
    let shown = shown(args.out.as_deref(), "generated");
    let target = clock.time(Stage::Find, || Target::find(crate_folder, shown, &BESIDE))?;
    let run = Run {
        args,
        name,
        input,
        target,
        options: Options {
            package,
            lock: None,
            accept_breaking: args.accept_breaking,
            programs,
        },
        cache: cache.flatten(),
        clock,
    };
    let done = match update::update(&run)? {
        Some(done) => Some(done),
        None => run.everything()?,
    };
    let Some(mut done) = done else {
        return Ok(Outcome::Findings);
    };
    if own && args.schemas.is_none() {
        run.dialect(folder, &mut done)?;
    }
    if args.timings {
        run.clock.print();
    }
    Ok(run.finish(done))
}

/// What the cache must not mix up.
fn key(folder: &Path, target: &Path, args: &GenerateArgs) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    format!(
        "{:?} {:?} {:?} {:?} {}",
        absolute(folder),
        absolute(target),
        args.only,
        args.actions,
        args.out.is_some()
    )
}

fn shown(out: Option<&Path>, default: &str) -> String {
    out.map_or_else(|| default.to_owned(), |out| out.display().to_string())
}

impl Run<'_> {
    /// Does all the work, whatever was there before. Nothing is written if there is anything to report.
    fn everything(&self) -> Result<Option<Done>> {
        let vendors = self.input.load_vendors()?;
        let services: Vec<_> = self.input.services.iter().collect();
        let made = match self.input.make(&services, &vendors, &self.clock)? {
            Ok(made) => made,
            Err(problems) => return self.report(problems).map(|()| None),
        };
        let infos = infos(vendors);
        let outlines: Vec<Outline> = made.iter().map(|made| made.outline.clone()).collect();
        let surfaces: Vec<&str> = made.iter().map(|made| made.surface.as_str()).collect();
        let joined = self.clock.time(Stage::Emit, || {
            let lock = yunqiao_codegen::join_surfaces(&infos, &outlines, &surfaces)?;
            let root = yunqiao_codegen::root_files(&infos, &outlines, &self.options)?;
            Ok((lock, root))
        });
        let (lock, mut root) = match joined {
            Ok(joined) => joined,
            Err(names) => {
                let schemas = Vec::new();
                return self.report(Problems { schemas, names }).map(|()| None);
            }
        };
        if self.breaks(&lock)? {
            return Ok(None);
        }
        root.insert(LOCK_FILE.to_owned(), lock);
        let root: Vec<(String, String)> = root.into_iter().collect();
        let mut files: Vec<&[(String, String)]> =
            made.iter().map(|made| made.files.as_slice()).collect();
        files.push(&root);
        let (total, changed) = self.settle(&files, &[])?;
        if self.cache.is_some() {
            self.clock
                .time(Stage::Remember, || self.remember_all(&made, &root))?;
        }
        Ok(Some(Done {
            services: outlines.len(),
            actions: outlines.iter().map(Outline::actions).sum(),
            files: total,
            changed,
        }))
    }

    /// Writes what differs and removes what is no longer wanted, or with `--check` lists it. `kept` are files known to be as they
    /// should. Gives the number of all files and of those that differ.
    fn settle(&self, files: &[&[(String, String)]], kept: &[&str]) -> Result<(usize, usize)> {
        let mut drift = Drift::default();
        let mut wanted: HashSet<&str> = kept.iter().copied().collect();
        for files in files {
            let differences = self
                .clock
                .time(Stage::Compare, || self.target.compare(files))?;
            for ((name, _), difference) in files.iter().zip(&differences) {
                wanted.insert(name);
                match difference {
                    Difference::None => {}
                    Difference::Stale => drift.stale.push(name.clone()),
                    Difference::Missing => drift.missing.push(name.clone()),
                }
            }
            if !self.args.check {
                self.clock
                    .time(Stage::Write, || self.target.write(files, &differences))?;
            }
        }
        drift.extra = self.target.extra(&wanted);
        if self.args.check {
            print_drift(&self.target.shown, drift.sorted());
        } else {
            self.target.remove(&drift.extra)?;
        }
        Ok((wanted.len(), drift.count()))
    }

    /// Brings the files below `schemas/` up to date that come from the dialect.
    fn dialect(&self, folder: PathBuf, done: &mut Done) -> Result<()> {
        let files = dialect::files()?;
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let target = Target::find(folder, "schemas".to_owned(), &names)?;
        let differences = target.compare(&files)?;
        let mut drift = Drift::default();
        for ((name, _), difference) in files.iter().zip(&differences) {
            match difference {
                Difference::None => {}
                Difference::Stale => drift.stale.push(name.clone()),
                Difference::Missing => drift.missing.push(name.clone()),
            }
        }
        if self.args.check {
            print_drift(&target.shown, drift.sorted());
        } else {
            target.write(&files, &differences)?;
        }
        done.files += files.len();
        done.changed += drift.count();
        Ok(())
    }

    /// Whether callers would lose something; if so, that is reported.
    fn breaks(&self, lock: &str) -> Result<bool> {
        let path = self.target.folder.join(LOCK_FILE);
        let old = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(Failure::io("read", &path, &error)),
        };
        if self.options.accept_breaking {
            return Ok(false);
        }
        let breaks = yunqiao_codegen::breaks(&old, lock);
        if breaks.is_empty() {
            return Ok(false);
        }
        let color = terminal::stderr_color();
        let shown = &self.target.shown;
        eprint!(
            "{}",
            render(&breaks, &[Source::new(LOCK_FILE, old)], shown, color)
        );
        let count = breaks.len();
        eprintln!("{count} breaks of the public surface; nothing was written");
        Ok(true)
    }

    fn report(&self, mut problems: Problems) -> Result<()> {
        if problems.schemas.is_empty() {
            problems.schemas = problems.names;
        }
        problems.schemas.sort();
        problems.schemas.dedup();
        let all = self.input.vendors.values().flatten();
        let all = all.chain(self.input.services.iter().flat_map(|(_, files)| files));
        let named: HashSet<&str> = problems
            .schemas
            .iter()
            .map(|problem| &*problem.at.path)
            .collect();
        let sources: Result<Vec<Source>> = all
            .chain(&self.input.strays)
            .filter(|found| named.contains(found.path.as_str()))
            .map(|found| tree::read_source(&self.input.folder, found))
            .collect();
        schemas::report(&problems.schemas, &sources?, &self.name);
        Ok(())
    }

    fn finish(&self, done: Done) -> Outcome {
        let Done {
            services,
            actions,
            files,
            changed,
        } = done;
        if self.args.check && changed > 0 {
            say!(
                "{changed} of {files} files differ; run `cargo xtask generate` and commit what it writes"
            );
            return Outcome::Findings;
        }
        let done = if self.args.check {
            "all up to date".to_owned()
        } else {
            format!("{changed} written")
        };
        say!("{services} service versions, {actions} actions -> {files} files, {done}");
        Outcome::Fine
    }
}

fn infos(vendors: BTreeMap<Vendor, LoadedVendor>) -> BTreeMap<Vendor, VendorInfo> {
    let infos = vendors.into_iter();
    infos
        .filter_map(|(vendor, loaded)| Some((vendor, loaded.info?)))
        .collect()
}

fn print_drift(shown: &str, drift: &Drift) {
    let color = terminal::stdout_color();
    for (what, names) in [
        ("stale", &drift.stale),
        ("missing", &drift.missing),
        ("extra", &drift.extra),
    ] {
        for name in names {
            say!("{}: {shown}/{name}", terminal::paint(color, "31", what));
        }
    }
}
