//! Two sides and their report in, the report judged by what the generator makes of both sides, and by the locks that are committed
//! with them, out.

use yunqiao_diff::Report;
use yunqiao_model::{Api, Diagnostic, on_all_cores};

use super::side::Side;
use crate::outcome::{Failure, Result};

/// Judges a report. Where the two contradict each other there is no report to trust.
pub(super) fn judge(sides: [&Side; 2], models: [&Api; 2], report: &mut Report) -> Result<()> {
    let both = [(sides[0], models[0]), (sides[1], models[1])];
    let made = on_all_cores(&both, |(side, api)| surface(side, api));
    let surfaces = match made.as_slice() {
        [Ok(old), Ok(new)] => [old.as_str(), new.as_str()],
        made => {
            for why in made.iter().filter_map(|made| made.as_ref().err()) {
                eprintln!("{why}");
            }
            return Ok(());
        }
    };
    report
        .judge(surfaces[0], surfaces[1])
        .map_err(|wrong| Failure::new(wrong.to_string()))?;
    if let (Some(old), Some(new)) = (sides[0].lock()?, sides[1].lock()?) {
        report.judge_generator(surfaces, [&old, &new]);
    }
    Ok(())
}

/// The lock of a side, or why the generator makes none of it: schemas that are imported as they are may need a decision first.
fn surface(side: &Side, api: &Api) -> std::result::Result<String, String> {
    let why = |problems: Vec<Diagnostic>| {
        let first = problems.first().map_or("", |problem| &problem.message);
        let s = if problems.len() == 1 { "" } else { "s" };
        format!(
            "{} cannot become Rust ({} problem{s}, the first: {first}): what callers see is not compared",
            side.shown(),
            problems.len()
        )
    };
    yunqiao_codegen::surface(api).map_err(why)
}
