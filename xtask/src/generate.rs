//! `cargo xtask generate`: one function serves writing, `--check` and the drift test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use yunqiao_codegen::{LOCK_FILE, Options, Package};
use yunqiao_model::{Api, JSON_SCHEMA_FILES, Source, json_schema, load, reference, render};

use crate::cli::GenerateArgs;
use crate::outcome::{Failure, Outcome, Result};
use crate::tree::{self, Drift};
use crate::{schemas, terminal};

pub(crate) fn run(args: &GenerateArgs) -> Result {
    let mut clock = Clock::new(args.timings);
    let (folder, name) = schemas::folder(args.schemas.as_deref());
    let (sources, loaded) = read(&folder, &args.only)?;
    clock.lap("read and check the schemas");
    if !loaded.diagnostics.is_empty() {
        schemas::report(&loaded.diagnostics, &sources, &name);
        return Ok(Outcome::Findings);
    }
    let own = args.out.is_none() && args.schemas.is_none();
    let target = args
        .out
        .clone()
        .unwrap_or_else(|| tree::root().join("generated"));
    let Some(files) = emit(&loaded.api, &sources, &name, &target, args)? else {
        return Ok(Outcome::Findings);
    };
    clock.lap("generate");
    let mut outputs = vec![Output {
        shown: shown(args.out.as_deref(), "generated"),
        folder: target,
        files,
    }];
    if own {
        outputs.push(Output {
            shown: "schemas".to_owned(),
            folder,
            files: dialect_files()?,
        });
    }
    let mut changed = 0;
    for output in &outputs {
        let drift = tree::compare(&output.folder, &output.files)?;
        changed += drift.count();
        if args.check {
            print_drift(&output.shown, &drift);
        } else {
            tree::write(&output.folder, &output.files, &drift)?;
        }
    }
    clock.lap(if args.check { "compare" } else { "write" });
    let total: usize = outputs.iter().map(|output| output.files.len()).sum();
    if args.check && changed > 0 {
        println!(
            "{changed} of {total} files differ; run `cargo xtask generate` and commit what it writes"
        );
        return Ok(Outcome::Findings);
    }
    let services = loaded.api.services.len();
    let actions: usize = loaded
        .api
        .services
        .values()
        .map(|service| service.actions.len())
        .sum();
    let done = if args.check {
        "all up to date".to_owned()
    } else {
        format!("{changed} written")
    };
    println!("{services} service versions, {actions} actions -> {total} files, {done}");
    Ok(Outcome::Fine)
}

/// A folder and what belongs into it.
struct Output {
    shown: String,
    folder: PathBuf,
    files: BTreeMap<String, String>,
}

fn shown(out: Option<&Path>, default: &str) -> String {
    out.map_or_else(|| default.to_owned(), |out| out.display().to_string())
}

/// Reads the schemas, or the part of them that is asked for.
fn read(folder: &Path, only: &[String]) -> Result<(Vec<Source>, yunqiao_model::Loaded)> {
    let (sources, loaded) = schemas::read(folder)?;
    if only.is_empty() {
        return Ok((sources, loaded));
    }
    let mut wanted = Vec::new();
    for name in only {
        let parts = name.trim_end_matches('/').split('/').count();
        let prefix = format!("{}/", name.trim_end_matches('/'));
        if !(2..=3).contains(&parts)
            || !sources
                .iter()
                .any(|source| source.path.starts_with(&prefix))
        {
            let known: Vec<String> = loaded
                .api
                .services
                .keys()
                .map(ToString::to_string)
                .collect();
            let message = format!(
                "--only {name}: no such service; there are {}",
                known.join(", ")
            );
            return Err(Failure::new(message));
        }
        wanted.push(prefix);
    }
    let keep = |source: &Source| {
        source.path.split('/').count() == 2
            || wanted.iter().any(|prefix| source.path.starts_with(prefix))
    };
    let sources: Vec<Source> = sources.into_iter().filter(keep).collect();
    let loaded = load(&sources);
    Ok((sources, loaded))
}

/// The crate's files, or `None` when the schemas cannot become the crate; the reasons are printed.
fn emit(
    api: &Api,
    sources: &[Source],
    name: &str,
    target: &Path,
    args: &GenerateArgs,
) -> Result<Option<BTreeMap<String, String>>> {
    let lock_path = target.join(LOCK_FILE);
    let lock = match fs::read_to_string(&lock_path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(Failure::io("read", &lock_path, &error)),
    };
    let package = match &args.out {
        None => Package::Member,
        Some(_) => Package::Standalone {
            runtime: tree::root().join("runtime").display().to_string(),
        },
    };
    let options = Options {
        package,
        lock: lock.clone(),
        accept_breaking: args.accept_breaking,
    };
    match yunqiao_codegen::generate(api, &options) {
        Ok(files) => Ok(Some(files)),
        Err(problems) => {
            if !problems.schema.is_empty() {
                schemas::report(&problems.schema, sources, name);
            }
            if !problems.surface.is_empty() {
                let lock = Source::new(LOCK_FILE, lock.unwrap_or_default());
                let root = shown(args.out.as_deref(), "generated");
                eprint!(
                    "{}",
                    render(&problems.surface, &[lock], &root, terminal::stderr_color())
                );
                eprintln!(
                    "{} breaks of the public surface; nothing was written",
                    problems.surface.len()
                );
            }
            Ok(None)
        }
    }
}

/// Files below `schemas/` that come from the dialect's declarations.
fn dialect_files() -> Result<BTreeMap<String, String>> {
    let mut files: BTreeMap<String, String> = JSON_SCHEMA_FILES
        .into_iter()
        .map(|(kind, name)| {
            (
                format!("dialect/{name}"),
                format!("{:#}\n", json_schema(kind)),
            )
        })
        .collect();
    let path = tree::root().join("schemas/README.md");
    let text = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let (begin, end) = ("<!-- reference: begin -->\n", "<!-- reference: end -->");
    let (Some(start), Some(stop)) = (text.find(begin).map(|at| at + begin.len()), text.find(end))
    else {
        return Err(Failure::new(format!(
            "{} has lost its marks {} and {end}",
            path.display(),
            begin.trim()
        )));
    };
    files.insert(
        "README.md".to_owned(),
        format!("{}\n{}\n{}", &text[..start], reference(), &text[stop..]),
    );
    Ok(files)
}

fn print_drift(shown: &str, drift: &Drift) {
    let color = terminal::stdout_color();
    for (what, names) in [
        ("stale", &drift.stale),
        ("missing", &drift.missing),
        ("extra", &drift.extra),
    ] {
        for name in names {
            println!("{}: {shown}/{name}", terminal::paint(color, "31", what));
        }
    }
}

/// Prints how long the stages took, if that is wanted.
struct Clock {
    wanted: bool,
    last: Instant,
}

impl Clock {
    fn new(wanted: bool) -> Self {
        Self {
            wanted,
            last: Instant::now(),
        }
    }

    fn lap(&mut self, stage: &str) {
        if self.wanted {
            println!(
                "{:>8.1} ms  {stage}",
                self.last.elapsed().as_secs_f64() * 1_000.0
            );
        }
        self.last = Instant::now();
    }
}
