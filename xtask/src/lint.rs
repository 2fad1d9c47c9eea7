//! `cargo xtask lint`: every problem of every schema.

use std::path::Path;

use yunqiao_model::Code;

use crate::outcome::{Failure, Outcome, Result};
use crate::say::say;
use crate::schemas;

pub(crate) fn run(dir: Option<&Path>, explain: Option<&str>) -> Result {
    if let Some(number) = explain {
        return self::explain(number);
    }
    let (folder, name) = schemas::folder(dir);
    let (sources, loaded) = schemas::read(&folder)?;
    let mut problems = loaded.diagnostics;
    // Names collide only once they are Rust names.
    problems.extend(yunqiao_codegen::check(&loaded.api));
    problems.extend(yunqiao_model::lint(&loaded.api));
    problems.sort();
    if problems.is_empty() {
        let actions: usize = loaded
            .api
            .services
            .values()
            .map(|service| service.actions.len())
            .sum();
        say!(
            "{} files, {} service versions, {actions} actions: no problems",
            sources.len(),
            loaded.api.services.len()
        );
        return Ok(Outcome::Fine);
    }
    schemas::report(&problems, &sources, &name);
    Ok(Outcome::Findings)
}

fn explain(number: &str) -> Result {
    let wanted = number.to_ascii_uppercase();
    let Some(code) = Code::ALL.iter().find(|code| code.number() == wanted) else {
        let numbers: Vec<&str> = Code::ALL.iter().map(|code| code.number()).collect();
        return Err(Failure::new(format!(
            "no problem has the number {number}; there are {}",
            numbers.join(", ")
        )));
    };
    say!(
        "{}: {}\n\n{}",
        code.number(),
        code.title(),
        code.explanation()
    );
    Ok(Outcome::Fine)
}
