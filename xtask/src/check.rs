//! `cargo xtask test` and `ci`: every check, in the order in which mistakes are cheapest to find, and one summary line.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::cli::{CorpusArgs, GenerateArgs};
use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;
use crate::{chromium, corpus, fmt, generate, lint, terminal, tidy, tree};

/// Counts of tests that ran.
#[derive(Debug, Default)]
struct Tally {
    passed: u64,
    failed: u64,
    ignored: u64,
}

/// Service versions that are taken through the whole pipe in one run; other ones every day.
const SAMPLE: usize = 4;

pub(crate) fn run(fast: bool) -> Result {
    let started = Instant::now();
    if !tree::root().join("../shared").is_dir() {
        say!("skipped: tests over the shared vectors and facts, because ../shared is not there");
    }
    let mut failed = Vec::new();
    let mut tally = Tally::default();
    let mut step = |name: &str, work: &mut dyn FnMut() -> Result| -> Result<()> {
        let color = terminal::stdout_color();
        let begun = Instant::now();
        say!("{}", terminal::paint(color, "1", &format!("== {name}")));
        let outcome = work()?;
        if outcome == Outcome::Findings {
            say!(
                "{}",
                terminal::paint(color, "1;31", &format!("FAILED: {name}"))
            );
            failed.push(name.to_owned());
        }
        say!("   {:.1} s", begun.elapsed().as_secs_f64());
        Ok(())
    };
    step("format", &mut || cargo(&["fmt", "--all", "--check"], &[]))?;
    step("schemas: lint", &mut || lint::run(None, None))?;
    step("schemas: canonical form", &mut || fmt::run(true, None))?;
    step("generated crate is up to date", &mut || {
        generate::run(&up_to_date())
    })?;
    step("house rules", &mut tidy::run)?;
    let clippy = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ];
    step("clippy", &mut || cargo(&clippy, &[]))?;
    step("a browser for the tests of pages", &mut || {
        say!("   {}", chromium::provide());
        Ok(Outcome::Fine)
    })?;
    step("tests", &mut || {
        tests(
            &["test", "--workspace", "--all-features", "--no-fail-fast"],
            &mut tally,
        )
    })?;
    if !fast {
        let doc = [
            "doc",
            "--workspace",
            "--all-features",
            "--no-deps",
            "--quiet",
        ];
        step("documentation", &mut || {
            cargo(&doc, &[("RUSTDOCFLAGS", "-D warnings")])
        })?;
        step("each feature alone", &mut each_feature)?;
        let bare = ["test", "-p", "yunqiao-runtime", "--no-default-features"];
        step("a sample of a vendor's metadata", &mut || {
            corpus::run(&CorpusArgs::sample(SAMPLE))
        })?;
        // With all features on, nobody sees what a call is like without HTTP/2 and gzip.
        let usual = [
            "test",
            "-p",
            "yunqiao-runtime",
            "--test",
            "runtime",
            "transports",
        ];
        step("the runtime as it is by default", &mut || {
            tests(&usual, &mut tally)
        })?;
        step("the runtime without TLS", &mut || tests(&bare, &mut tally))?;
    }
    let ok = failed.is_empty() && tally.failed == 0;
    if !failed.is_empty() {
        say!("failed: {}", failed.join(", "));
    }
    say!("{:.0} s", started.elapsed().as_secs_f64());
    // A step that failed counts once, so that the line cannot look green.
    let failures = tally.failed.max(failed.len() as u64);
    say!(
        "{} passed, {failures} failed, {} skipped",
        tally.passed,
        tally.ignored
    );
    Ok(Outcome::from_findings(!ok))
}

fn up_to_date() -> GenerateArgs {
    GenerateArgs {
        check: true,
        ..GenerateArgs::default()
    }
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(args).current_dir(tree::root());
    command
}

fn cargo(args: &[&str], variables: &[(&str, &str)]) -> Result {
    let status = command(args)
        .envs(variables.iter().copied())
        .status()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    Ok(Outcome::from_findings(!status.success()))
}

/// Runs tests, passes their output on and adds up their result lines.
fn tests(args: &[&str], tally: &mut Tally) -> Result {
    let mut child = command(args)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout)
            .lines()
            .map_while(std::result::Result::ok)
        {
            if let Some(counts) = line.strip_prefix("test result: ") {
                tally.passed += count(counts, " passed");
                tally.failed += count(counts, " failed");
                tally.ignored += count(counts, " ignored");
            }
            // One line a test would bury the ones that matter.
            let passed = line.starts_with("test ") && line.ends_with(" ok");
            if !passed && !line.is_empty() {
                say!("{line}");
            }
        }
    }
    let status = child
        .wait()
        .map_err(|error| Failure::new(format!("cannot wait for cargo: {error}")))?;
    Ok(Outcome::from_findings(!status.success()))
}

/// The number before a word, as in `12 passed`.
fn count(line: &str, word: &str) -> u64 {
    let Some(end) = line.find(word) else { return 0 };
    let digits = line[..end]
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    digits.parse().unwrap_or(0)
}

/// Nothing, and each service feature by itself, must compile without a warning.
fn each_feature() -> Result {
    let manifest = tree::root().join("generated/Cargo.toml");
    let text = std::fs::read_to_string(&manifest)
        .map_err(|error| Failure::io("read", &manifest, &error))?;
    let table = text.split("[features]").nth(1).unwrap_or_default();
    let table = table.split("\n[").next().unwrap_or_default();
    let lines: Vec<(&str, &str)> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .collect();
    // A service with one version is the same code by either name.
    let is_twin = |name: &str| {
        let only = format!("[\"{name}\"]");
        lines.iter().any(|(_, members)| *members == only)
    };
    let names = lines.iter().map(|(name, _)| *name);
    let mut failed = false;
    for feature in names
        .filter(|name| *name != "default" && !is_twin(name))
        .chain([""])
    {
        let args = [
            "clippy",
            "--quiet",
            "-p",
            "yunqiao",
            "--no-default-features",
            "--features",
            feature,
            "--",
            "-D",
            "warnings",
        ];
        if cargo(&args, &[])? == Outcome::Findings {
            say!("the feature \"{feature}\" alone does not compile cleanly");
            failed = true;
        }
    }
    Ok(Outcome::from_findings(failed))
}
