//! `cargo xtask release-check`: a clone in, the version that must come next since its last release out, with the reasons and a
//! draft of the changelog.

mod crates;
mod since;
mod verdict;

use std::path::{Path, PathBuf};

use yunqiao_diff::{Bump, next};

use crate::diff::{self, Side};
use crate::outcome::{Failure, Outcome, Result};
use crate::say;
use verdict::Verdict;

/// What stands on the command line.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Exit code: 0 the version in Cargo.toml is high enough, 1 it is too low, 2 that could not be found out.\n\nExamples:\n  \
                  cargo xtask release-check\n  cargo xtask release-check --since v0.1.0\n  \
                  cargo xtask release-check --format json"
)]
pub(crate) struct Args {
    /// The release to count from: a tag, or any revision. The last tag `v*` that leads here when absent.
    #[arg(long, value_name = "TAG")]
    since: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The clone; the one around this folder when absent.
    #[arg(long, value_name = "DIR")]
    repo: Option<PathBuf>,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// For programs.
    Json,
}

pub(crate) fn run(args: &Args) -> Result {
    let root = since::root(args.repo.as_deref().unwrap_or(Path::new(".")))?;
    let manifest = root.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest)
        .map_err(|error| Failure::io("read", &manifest, &error))?;
    let stated = diff::workspace_version(&text).ok_or_else(|| {
        let place = manifest.display();
        Failure::new(format!("{place} has no version below [workspace.package]"))
    })?;
    let Some(tag) = since::find(&root, args.since.as_deref())? else {
        let printed = match args.format {
            Format::Text => format!(
                "nothing was released: no tag v* leads here, so {stated} in Cargo.toml is the first version\n"
            ),
            Format::Json => verdict::first(&stated),
        };
        say::whole(format_args!("{printed}"));
        return Ok(Outcome::Fine);
    };
    let verdict = judge(&root, &tag, stated)?;
    let printed = match args.format {
        Format::Text => verdict.text(),
        Format::Json => verdict.json(),
    };
    say::whole(format_args!("{printed}"));
    Ok(Outcome::from_findings(!verdict.is_high_enough()))
}

/// Everything that speaks for a version.
fn judge(root: &Path, tag: &str, stated: String) -> Result<Verdict> {
    let old = Side::find(&format!("{tag}:schemas"), Some(root))?;
    let released = since::released(&old, tag)?;
    let new = Side::folder(root.join("schemas"));
    let report = diff::compare(&old, &new)?;
    let crates = crates::changed(root, tag)?;
    // What has been published cannot be published again: whatever differs needs a version of its own.
    let least = if crates.is_empty() {
        Bump::None
    } else {
        Bump::Patch
    };
    let needed = next(&released, report.bump().max(least))
        .map_err(|error| Failure::new(format!("the version of {tag}: {error}")))?;
    verdict::number(&stated)
        .ok_or_else(|| Failure::new(format!("{stated:?} in Cargo.toml is no version")))?;
    Ok(Verdict {
        since: tag.to_owned(),
        released,
        stated,
        needed,
        report,
        crates,
        has_semver_checks: crates::has_semver_checks(),
        today: diff::today(),
    })
}
