//! Witnesses that compile on both sides in, what they mean on either out: an expression of each is run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::side::Sides;
use crate::source::Case;
use crate::source::rounds::Said;
use crate::toolchain::{Toolchain, run};
use crate::{Failure, Workplace};

/// What one witness means.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    pub(super) before: String,
    pub(super) after: String,
}

pub(super) fn ask(
    cases: &[Case],
    said: [&[Said]; 2],
    sides: &Sides,
    toolchain: &Toolchain,
    workplace: &Workplace<'_>,
) -> Result<BTreeMap<usize, Meaning>, Failure> {
    let compiles = |index: &usize| said.iter().all(|side| side[*index].error.is_none());
    let asked: Vec<usize> = (0..cases.len())
        .filter(|index| cases[*index].witness.meaning.is_some())
        .filter(compiles)
        .collect();
    let (mut text, mut names) = (String::from("fn main() {\n"), BTreeSet::new());
    for index in &asked {
        let case = &cases[*index];
        for side in [0, 1] {
            let name = sides.name(case.pair, side);
            let expression = case.witness.meaning.as_deref().unwrap_or_default();
            let _ = writeln!(
                text,
                "    {{ use ::{name} as {}; println!(\"{{}}\", {expression}); }}",
                crate::names::CRATE
            );
            names.insert(name);
        }
    }
    text.push_str("}\n");
    if asked.is_empty() {
        return Ok(BTreeMap::new());
    }
    let path = workplace.folder.join("meanings.rs");
    fs::write(&path, text).map_err(|error| Failure::io("write", &path, &error))?;
    let program = workplace.folder.join("meanings");
    let mut command = toolchain.rustc();
    command.args(["--crate-type", "bin", "-A", "warnings"]);
    command.args(sides.externs(&names));
    command.arg("-o").arg(&program);
    let (output, _) = run(command.arg(&path), &path)?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!(
            "what asks for meanings does not compile:\n{text}"
        )));
    }
    let output = Command::new(&program)
        .output()
        .map_err(|error| Failure::io("run", &program, &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    let both = lines.chunks_exact(2);
    Ok(asked
        .into_iter()
        .zip(both)
        .map(|(index, both)| {
            let meaning = Meaning {
                before: both[0].to_owned(),
                after: both[1].to_owned(),
            };
            (index, meaning)
        })
        .collect())
}
