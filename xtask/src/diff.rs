//! `cargo xtask diff`: two states of the schemas in, what the change means for callers out.

mod approvals;
pub(crate) mod git;
mod prove;
mod side;
mod surface;
mod upstream;

use yunqiao_diff::{Declarations, Report, next, render};
use yunqiao_model::Api;

use crate::cli::{DiffArgs, DiffFormat, FailOn};
use crate::outcome::{Failure, Outcome, Result};
use crate::{say, terminal};
pub(crate) use approvals::today;
pub(crate) use side::{Side, workspace_version};

pub(crate) fn run(args: &DiffArgs) -> Result {
    let old = Side::find(&args.old, args.repo.as_deref())?;
    let new = Side::find(&args.new, args.repo.as_deref())?;
    let version = match &args.current {
        Some(version) => version.clone(),
        None => old.version()?,
    };
    let (before, after) = side::read(&old, &new)?;
    let mut report = judged([&old, &new], [&before, &after])?;
    let wrong = approvals::apply(args.approvals.as_deref(), &mut report)?;
    let next = next(&version, report.bump())
        .map_err(|error| Failure::new(format!("the version to start from: {error}")))?;
    let refuted = args.prove && prove::prove(&before, &after, &mut report)?;
    let text = match args.format {
        DiffFormat::Text => render::text(&report, &next, terminal::stdout_color()),
        DiffFormat::Markdown => render::markdown(&report, &next, args.full.as_deref()),
        DiffFormat::Json => render::json(&report, &next),
        DiffFormat::Html => {
            let sides = render::Sides {
                old: &args.old,
                new: &args.new,
                declarations: &Declarations::of(&report, &before, &after),
            };
            render::html(&report, &next, &sides)
        }
    };
    say::whole(format_args!("{text}"));
    for line in &wrong {
        eprintln!("{line}");
    }
    let fails = refuted
        || fails(&report, args.fail_on)
        || (!wrong.is_empty() && args.fail_on != FailOn::Never);
    Ok(Outcome::from_findings(fails))
}

/// The report of two sides.
pub(crate) fn compare(old: &Side, new: &Side) -> Result<Report> {
    let (before, after) = side::read(old, new)?;
    judged([old, new], [&before, &after])
}

/// The report of two models, judged by what the generator makes of both.
fn judged(sides: [&Side; 2], models: [&Api; 2]) -> Result<Report> {
    let mut report = yunqiao_diff::diff(models[0], models[1]);
    surface::judge(sides, models, &mut report)?;
    Ok(report)
}

fn fails(report: &Report, level: FailOn) -> bool {
    match level {
        FailOn::Never => false,
        FailOn::Breaking => report.is_breaking(),
        FailOn::Any => !report.changes.is_empty(),
    }
}
