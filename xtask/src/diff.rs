//! `cargo xtask diff`: two states of the schemas in, what the change means for callers out.

mod approvals;
mod git;
mod prove;
mod side;
mod upstream;

use yunqiao_diff::{Report, next, render};

use crate::cli::{DiffArgs, DiffFormat, FailOn};
use crate::outcome::{Failure, Outcome, Result};
use crate::terminal;
use side::Side;

pub(crate) fn run(args: &DiffArgs) -> Result {
    let old = Side::find(&args.old, args.repo.as_deref())?;
    let new = Side::find(&args.new, args.repo.as_deref())?;
    let version = match &args.current {
        Some(version) => version.clone(),
        None => old.version()?,
    };
    let (old, new) = side::read(&old, &new)?;
    let mut report = yunqiao_diff::diff(&old, &new);
    let wrong = approvals::apply(args.approvals.as_deref(), &mut report)?;
    let next = next(&version, report.bump())
        .map_err(|error| Failure::new(format!("the version to start from: {error}")))?;
    let refuted = args.prove && prove::prove(&old, &new, &mut report)?;
    let text = match args.format {
        DiffFormat::Text => render::text(&report, &next, terminal::stdout_color()),
        DiffFormat::Markdown => render::markdown(&report, &next, args.full.as_deref()),
        DiffFormat::Json => render::json(&report, &next),
    };
    print!("{text}");
    for line in &wrong {
        eprintln!("{line}");
    }
    let fails = refuted
        || fails(&report, args.fail_on)
        || (!wrong.is_empty() && args.fail_on != FailOn::Never);
    Ok(Outcome::from_findings(fails))
}

fn fails(report: &Report, level: FailOn) -> bool {
    match level {
        FailOn::Never => false,
        FailOn::Breaking => report.is_breaking(),
        FailOn::Any => !report.changes.is_empty(),
    }
}
