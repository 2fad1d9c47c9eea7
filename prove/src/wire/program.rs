//! Calls in, what deployed code sends and reads out: a program of the old sides' clients, which get each answer from within.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

use crate::names::{method, module};
use crate::side::Sides;
use crate::toolchain::{Toolchain, run};
use crate::wire::plan::Call;
use crate::{Failure, Workplace};

/// What every program starts with: it is generic so that an action takes one line.
const FRAME: &str = include_str!("frame.rs.txt");

/// What a call came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// What was sent, if anything was: method, URL, headers and body.
    pub(crate) sent: Json,
    /// Why the call failed, if it did.
    pub(crate) error: Option<String>,
    /// What was read.
    pub(crate) read: Json,
}

/// Makes every call.
pub(crate) fn ask(
    calls: &[Call<'_>],
    sides: &Sides,
    toolchain: &Toolchain,
    workplace: &Workplace<'_>,
) -> Result<Vec<Outcome>, Failure> {
    if calls.is_empty() {
        return Ok(Vec::new());
    }
    let mut arms: BTreeMap<String, String> = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut lines = String::new();
    for call in calls {
        let side = sides.name(call.pair, 0);
        let name = format!("{side}/{}/{}", call.service.id, call.action.name);
        let answer = &call.answer;
        let line = json!([name, call.request, answer.content_type, answer.body]);
        let _ = writeln!(lines, "{line}");
        arms.entry(name).or_insert_with(|| arm(&side, call));
        names.insert(side);
    }
    let mut text = FRAME.to_owned();
    text.push_str(
        "async fn ask(name: &str, request: &Json, played: &Played) -> Told {\n    match name {\n",
    );
    for (name, arm) in &arms {
        let _ = writeln!(text, "        {name:?} => {arm},");
    }
    text.push_str("        _ => Told::default(),\n    }\n}\n");
    let path = workplace.folder.join("deployed.rs");
    fs::write(&path, text).map_err(|error| Failure::io("write", &path, &error))?;
    let program = workplace.folder.join("deployed");
    let mut command = toolchain.rustc();
    command.args(["--crate-type", "bin", "-A", "warnings"]);
    command
        .arg("--extern")
        .arg(format!("tokio={}", toolchain.tokio.display()));
    command.args(sides.externs(&names));
    command.arg("-o").arg(&program);
    let (output, messages) = run(command.arg(&path), &path)?;
    if !output.status.success() {
        let first = messages.into_iter().find(|message| message.is_error);
        let said = first.map_or_else(
            || String::from_utf8_lossy(&output.stderr).into_owned(),
            |message| message.rendered,
        );
        return Err(Failure::new(format!(
            "the deployed programs do not compile:\n{said}"
        )));
    }
    (workplace.progress)(&format!("making {} calls", calls.len()));
    let answers = talk(&program, lines)?;
    let outcomes: Vec<Outcome> = answers.lines().map(outcome).collect();
    if outcomes.len() == calls.len() {
        Ok(outcomes)
    } else {
        let (made, asked) = (outcomes.len(), calls.len());
        Err(Failure::new(format!("{made} of {asked} calls were made")))
    }
}

fn arm(side: &str, call: &Call<'_>) -> String {
    let of = |path: &str| path.replacen(crate::names::CRATE, side, 1);
    let (module, method) = (of(&module(call.service)), method(call.action));
    let way = if call.action.streaming {
        "stream"
    } else {
        "whole"
    };
    format!(
        "{way}(request, played, |config, request| {module}::Client::new(config).{method}(request)).await"
    )
}

/// Hands over all lines, and returns all answers.
fn talk(program: &std::path::Path, lines: String) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::io("run", program, &error);
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let stdin = child.stdin.take();
    // Writing and reading at once, or both sides would wait for each other.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(lines.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(failed)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "the deployed programs stopped:\n{said}"
    )))
}

fn outcome(line: &str) -> Outcome {
    let mut line: Json = serde_json::from_str(line).unwrap_or_default();
    Outcome {
        sent: line["sent"].take(),
        error: line["error"].as_str().map(str::to_owned),
        read: line["read"].take(),
    }
}
