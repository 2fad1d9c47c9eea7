//! A report in, the page that people read out.

use std::fmt;

use super::{Ends, Report};

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ends = self.ends;
        writeln!(f, "first trouble            calls  succeeded  failed")?;
        writeln!(f, "-----------------------  -----  ---------  ------")?;
        for (name, ends) in &self.by_mishap {
            row(f, name, *ends)?;
        }
        writeln!(f)?;
        writeln!(f, "kind of call             calls  succeeded  failed")?;
        writeln!(f, "-----------------------  -----  ---------  ------")?;
        for (sort, ends) in &self.by_sort {
            row(f, sort.name(), *ends)?;
        }
        row(f, "of all these, blocking", self.blocking)?;
        writeln!(f)?;
        writeln!(
            f,
            "promise                                                             calls  broken"
        )?;
        writeln!(
            f,
            "------------------------------------------------------------------  -----  ------"
        )?;
        for (rule, (judged, found)) in &self.judged {
            writeln!(f, "{:<66}  {judged:>5}  {found:>6}", rule.promise())?;
        }
        writeln!(f)?;
        writeln!(
            f,
            "{} calls in {:.1} s: {} succeeded, {} of them after they were sent again; {} failed, {} were abandoned",
            ends.succeeded + ends.failed + ends.abandoned,
            self.took.as_secs_f64(),
            ends.succeeded,
            self.recovered,
            ends.failed,
            ends.abandoned
        )?;
        writeln!(
            f,
            "{} requests arrived, {} were executed, {} more by intermediaries",
            self.arrivals, self.executed, self.copies
        )?;
        writeln!(
            f,
            "the latest call ended {:.0} ms after its time, at least {:.0} ms are allowed on this machine today",
            self.latest.as_secs_f64() * 1e3,
            self.slack.as_secs_f64() * 1e3
        )?;
        writeln!(f, "{} parts of streams were told", self.parts)?;
        writeln!(
            f,
            "{} lines were logged, {} spans and {} events traced",
            self.heard.lines, self.heard.spans, self.heard.events
        )?;
        if self.is_deaf() {
            writeln!(f, "logs or traces could not be heard")?;
        }
        for rule in self.idle() {
            writeln!(f, "not one call could be judged: {}", rule.promise())?;
        }
        for finding in &self.findings {
            let call = finding
                .call
                .map_or(String::new(), |call| format!(" call {call}:"));
            writeln!(f, "BROKEN {}:{call} {}", finding.rule.name(), finding.text)?;
        }
        let verdict = if self.is_fine() { "fine" } else { "NOT fine" };
        write!(f, "{verdict}; seed {}", self.options.seed)
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, ends: Ends) -> fmt::Result {
    let calls = ends.succeeded + ends.failed + ends.abandoned;
    writeln!(
        f,
        "{name:<23}  {calls:>5}  {:>9}  {:>6}",
        ends.succeeded, ends.failed
    )
}
