//! `cargo xtask corpus`: a vendor's metadata in, whether all of it goes through the pipe out. Imported, linted, generated and
//! compiled as one crate with every feature; and the vendor's own example calls are read by the model's codec and by the
//! generated types, which must agree.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

mod judge;
mod program;

use crate::cli::{CorpusArgs, GenerateArgs, ImportArgs, ImportDocs, ImportVendor};
use crate::import::find::{self, Found};
use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;
use crate::{generate, import, tree};
use judge::Verdicts;

/// Services whose generated types read the examples when all of the metadata are taken: large and small, old and new, with
/// streams, forms, recursion, colliding names and an `Error` of their own.
const JUDGES: [&str; 16] = [
    "cii",
    "cloudmate",
    "cls",
    "cvm",
    "dnspod",
    "es",
    "ess",
    "essbasic",
    "lkeap",
    "oceanus",
    "ocr",
    "sms",
    "sts",
    "tcr",
    "tem",
    "teo",
];

/// The least share of requests and of answers that must be read, of all examples.
const LEAST: (f64, f64) = (0.999, 0.998);

pub(crate) fn run(args: &CorpusArgs) -> Result {
    let beside = tree::root()
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default();
    let shared = beside.join("shared/upstream/tencentcloud");
    let path = args.path.clone().unwrap_or(shared);
    if args.path.is_none() && !path.is_dir() {
        say!("skipped: there is no ../shared/upstream/tencentcloud, and no other path was given");
        return Ok(Outcome::Fine);
    }
    let found = chosen(find::find(&[path])?, args)?;
    let work = args
        .out
        .clone()
        .unwrap_or_else(|| tree::root().join("target/corpus"));
    let (schemas, output) = (work.join("schemas"), work.join("crate"));
    for folder in [&schemas, &output] {
        empty(folder)?;
    }
    say!("== import");
    let imported = import::run(&ImportArgs {
        vendor: ImportVendor::Tencent,
        paths: found.iter().map(|found| found.api.clone()).collect(),
        out: schemas.clone(),
        docs: args.docs,
    })?;
    say!("== generate");
    let generated = generate::run(&GenerateArgs {
        schemas: Some(schemas.clone()),
        out: Some(output.clone()),
        ..GenerateArgs::default()
    })?;
    say!("== examples, read by the model");
    let verdicts = judge::judge(&found, &schemas)?;
    let mut failed = imported == Outcome::Findings || generated == Outcome::Findings;
    failed |= !acceptable(&verdicts, args.sample.is_none());
    if generated == Outcome::Fine {
        say!("== compile, every feature on");
        failed |= !cargo(
            &output,
            &work,
            &["check", "--all-features", "--quiet"],
            &[("RUSTFLAGS", "-D warnings")],
        )?;
        if args.docs == ImportDocs::Upstream {
            say!("== rustdoc");
            let flags = [("RUSTDOCFLAGS", "-D warnings -W rustdoc::all")];
            let doc = ["doc", "--all-features", "--no-deps", "--quiet"];
            failed |= !cargo(&output, &work, &doc, &flags)?;
            failed |= has_doctests(&output, &work)?;
        }
        say!("== examples, read by the generated types");
        let wanted = |service: &str| args.sample.is_some() || JUDGES.contains(&service);
        failed |= program::judge(&verdicts, wanted, &output, &work)? == Outcome::Findings;
    }
    Ok(Outcome::from_findings(failed))
}

/// All service versions, or those that are the day's.
fn chosen(found: Vec<Found>, args: &CorpusArgs) -> Result<Vec<Found>> {
    let Some(count) = args.sample else {
        return Ok(found);
    };
    let today = SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap_or(Duration::ZERO)
        .as_secs()
        / 86_400;
    let day = args
        .from
        .unwrap_or(usize::try_from(today).unwrap_or_default());
    let total = found.len();
    if count == 0 || total == 0 {
        return Err(Failure::new("--sample 0 leaves nothing to do"));
    }
    // A stride that shares no divisor with the total visits everything before it comes back to the first.
    let stride = (1..)
        .map(|more| total * 5 / 13 + more)
        .find(|stride| coprime(*stride, total))
        .unwrap_or(1);
    let mut wanted: Vec<usize> = (0..count.min(total))
        .map(|index| (day * count + index) * stride % total)
        .collect();
    wanted.sort_unstable();
    say!(
        "{} of {total} service versions; `--sample {count} --from {day}` takes them again",
        wanted.len()
    );
    let all = found.into_iter().enumerate();
    Ok(all
        .filter(|(index, _)| wanted.contains(index))
        .map(|(_, found)| found)
        .collect())
}

fn coprime(a: usize, b: usize) -> bool {
    if b == 0 { a == 1 } else { coprime(b, a % b) }
}

/// Prints what could not be read and the shares; whether they are large enough, which is asked of all examples together only.
fn acceptable(verdicts: &Verdicts, all: bool) -> bool {
    for refusal in &verdicts.refusals {
        say!("  {refusal}");
    }
    let mut enough = true;
    for (what, (read, total), least) in [
        ("requests", verdicts.requests, LEAST.0),
        ("answers", verdicts.answers, LEAST.1),
    ] {
        #[allow(
            clippy::cast_precision_loss,
            reason = "there are some thousand examples"
        )]
        let share = if total == 0 {
            1.0
        } else {
            read as f64 / total as f64
        };
        say!("{read} of {total} {what} read, {:.2} %", share * 100.0);
        if all && share < least {
            say!("FAILED: at least {:.1} % are asked for", least * 100.0);
            enough = false;
        }
    }
    say!("{} more answers tell an error", verdicts.errors);
    enough
}

fn empty(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::io("remove", folder, &error))
        }
        _ => fs::create_dir_all(folder).map_err(|error| Failure::io("create", folder, &error)),
    }
}

/// Whether any of the vendor's prose has become a test of the documentation. Imported services have no examples of their own.
fn has_doctests(folder: &Path, work: &Path) -> Result<bool> {
    let output = command(folder, work)?
        .args(["test", "--doc", "--all-features", "--quiet", "--", "--list"])
        .output()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let tests: Vec<&str> = text
        .lines()
        .filter(|line| line.ends_with(": test"))
        .collect();
    for test in &tests {
        say!("a description has become a test: {test}");
    }
    if !output.status.success() {
        say!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(!output.status.success() || !tests.is_empty())
}

/// Runs cargo in a folder, with what it builds kept from run to run.
fn cargo(folder: &Path, work: &Path, args: &[&str], variables: &[(&str, &str)]) -> Result<bool> {
    let status = command(folder, work)?
        .args(args)
        .envs(variables.iter().copied())
        .status()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    Ok(status.success())
}

fn command(folder: &Path, work: &Path) -> Result<Command> {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", absolute(work)?.join("target"))
        // Nobody edits the crate between two runs, and remembering its items costs time and disk.
        .env("CARGO_INCREMENTAL", "0");
    Ok(command)
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|error| Failure::io("find", path, &error))
}
