//! Witnesses and one side in, what the compiler says of each out.
//!
//! All of them are one crate, a line each. A name that is not found keeps the compiler from looking at types, and an error anywhere
//! keeps it from warning: so the crate is compiled again without those that have failed, until nothing fails.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use crate::side::Sides;
use crate::source::Case;
use crate::toolchain::{Message, Toolchain, run};
use crate::{Failure, Workplace};

/// What the compiler says of a witness.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// Its first error.
    pub(super) error: Option<String>,
    /// What is deprecated of that which the change is about.
    pub(super) warnings: BTreeSet<String>,
}

/// More rounds than phases of a compiler that hide the next.
const MOST: usize = 8;

pub(super) fn compile(
    cases: &[Case],
    sides: &Sides,
    side: usize,
    toolchain: &Toolchain,
    workplace: &Workplace<'_>,
) -> Result<Vec<Said>, Failure> {
    let mut said = vec![Said::default(); cases.len()];
    for _ in 0..MOST {
        let (text, lines, names) = write(cases, &said, sides, side);
        let path = workplace.folder.join(format!("witnesses_{side}.rs"));
        fs::write(&path, text).map_err(|error| Failure::io("write", &path, &error))?;
        let mut command = toolchain.rustc();
        command.args([
            "--crate-name",
            &format!("witnesses_{side}"),
            "--crate-type",
            "lib",
        ]);
        command.args(["--emit", "metadata", "-W", "deprecated"]);
        command.args(sides.externs(&names));
        command.arg("--out-dir").arg(workplace.folder);
        let (output, messages) = run(command.arg(&path), &path)?;
        let of = |message: &Message| -> BTreeSet<usize> {
            let lines_of = message.lines.iter();
            lines_of
                .filter_map(|line| lines.get(line.checked_sub(1)?).copied())
                .collect()
        };
        let mut has_failed = false;
        for message in messages.iter().filter(|message| message.is_error) {
            for index in of(message) {
                has_failed = true;
                said[index]
                    .error
                    .get_or_insert_with(|| message.rendered.clone());
            }
        }
        if has_failed {
            continue;
        }
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            return Err(Failure::new(format!(
                "the witnesses do not compile:\n{text}"
            )));
        }
        for message in messages
            .iter()
            .filter(|message| message.code == "deprecated")
        {
            for index in of(message) {
                let names = &cases[index].witness.names;
                let path = message.message.split('`').nth(1).unwrap_or_default();
                let last = path.rsplit("::").next().unwrap_or_default();
                if names.iter().any(|name| name == last) {
                    said[index].warnings.insert(last.to_owned());
                }
            }
        }
        return Ok(said);
    }
    Err(Failure::new(
        "the compiler finds ever new errors in the witnesses",
    ))
}

/// The crate of those that have not failed, whose each line is, and which crates it needs.
fn write(
    cases: &[Case],
    said: &[Said],
    sides: &Sides,
    side: usize,
) -> (String, Vec<usize>, BTreeSet<String>) {
    let (mut text, mut lines, mut names) = (String::new(), Vec::new(), BTreeSet::new());
    for (index, case) in cases.iter().enumerate() {
        if said[index].error.is_some() {
            continue;
        }
        let name = sides.name(case.pair, side);
        let code = case.witness.text.replace('\n', " ");
        let _ = writeln!(
            text,
            "pub mod witness_{index} {{ use ::{name} as {}; {code}}}",
            crate::names::CRATE
        );
        lines.push(index);
        names.insert(name);
    }
    (text, lines, names)
}
